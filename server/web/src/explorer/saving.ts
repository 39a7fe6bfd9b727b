// The board as a file: a picture (PNG, SVG) or what it says (JSON). Each carries the caveat of what it was made from.
import type { Board } from "./board";
import type { Picture } from "./picture";
import { drawn } from "./shapes";
import type { About } from "./source";

const SVG = "http://www.w3.org/2000/svg";
const STRIP = 44;

export type Format = "PNG" | "SVG" | "JSON";

export async function save(format: Format, board: Board, about: About, picture: Picture): Promise<void> {
  const made = { PNG: () => asPng(picture, about), SVG: () => asSvg(board, about, picture), JSON: () => asJson(board, about) };
  const blob = await made[format]();
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = `caselink.${format.toLowerCase()}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function asJson(board: Board, about: About): Blob {
  const told = {
    caveat: about.caveat,
    about: Object.fromEntries(about.lines),
    records: [...board.records.values()],
    links: [...board.links.values()],
  };
  return new Blob([JSON.stringify(told, null, 2)], { type: "application/json" });
}

/** The picture as it stands, with the caveat in a strip below it. */
async function asPng(picture: Picture, about: About): Promise<Blob> {
  const colours = getComputedStyle(document.documentElement);
  const [ink, paper] = [colours.getPropertyValue("--ink"), colours.getPropertyValue("--paper")];
  const drawn = await createImageBitmap(await picture.png(paper.trim()));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(drawn.width, 1000);
  canvas.height = drawn.height + STRIP * 2;
  const brush = canvas.getContext("2d") as CanvasRenderingContext2D;
  brush.fillStyle = paper;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(drawn, (canvas.width - drawn.width) / 2, 0);
  brush.fillStyle = ink;
  brush.font = "20px system-ui, sans-serif";
  brush.fillText(about.caveat, 20, drawn.height + STRIP, canvas.width - 40);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))));
}

/** The picture as lines and shapes. All words are put in as text. */
function asSvg(board: Board, about: About, picture: Picture): Blob {
  const colours = getComputedStyle(document.documentElement);
  const { frame, shapes } = drawn(board, about.caveat, (id) => picture.at(id), (name) => colours.getPropertyValue(`--${name}`).trim());
  const page = document.implementation.createDocument(SVG, "svg");
  const root = page.documentElement;
  root.setAttribute("viewBox", `${frame.left} ${frame.top} ${frame.width} ${frame.height}`);
  root.setAttribute("font-family", "system-ui, sans-serif");
  for (const { name, facts, text } of shapes) {
    const made = page.createElementNS(SVG, name);
    for (const [fact, value] of Object.entries(facts)) made.setAttribute(fact, String(value));
    if (text) made.textContent = text;
    root.append(made);
  }
  return new Blob([new XMLSerializer().serializeToString(page)], { type: "image/svg+xml" });
}
