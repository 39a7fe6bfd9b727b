// The board as a file: a picture (PNG, SVG) or what it says (JSON). Each carries the caveat of what it was made from.
import type { Board } from "./board";
import type { Picture } from "./picture";
import type { About } from "./source";
import { spoken } from "./words";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 60;
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
  const colour = (name: string): string => colours.getPropertyValue(`--${name}`).trim();
  const places = new Map([...board.records.keys()].map((id) => [id, picture.at(id)]));
  const all = [...places.values()];
  const [left, top] = [Math.min(...all.map(({ x }) => x)) - MARGIN, Math.min(...all.map(({ y }) => y)) - MARGIN];
  const width = Math.max(...all.map(({ x }) => x)) + MARGIN - left;
  const height = Math.max(...all.map(({ y }) => y)) + MARGIN - top;
  const page = document.implementation.createDocument(SVG, "svg");
  const root = page.documentElement;
  const add = (name: string, facts: Record<string, string | number>, text = ""): void => {
    const made = page.createElementNS(SVG, name);
    for (const [fact, value] of Object.entries(facts)) made.setAttribute(fact, String(value));
    made.textContent = text;
    root.append(made);
  };
  root.setAttribute("viewBox", `${left} ${top} ${Math.max(width, 600)} ${height + STRIP}`);
  root.setAttribute("font-family", "system-ui, sans-serif");
  add("rect", { x: left, y: top, width: Math.max(width, 600), height: height + STRIP, fill: colour("paper") });
  for (const link of board.links.values()) {
    const [from, to] = [places.get(link.from), places.get(link.to)];
    if (!from || !to) continue;
    add("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: colour("link") });
    add("text", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 2, "font-size": 7, fill: colour("quiet"), "text-anchor": "middle" }, spoken(link.type));
  }
  for (const brief of board.records.values()) {
    const { x, y } = places.get(brief.id) as { x: number; y: number };
    const fill = colour(brief.kind.toLowerCase());
    if (brief.kind === "SUBJECT") add("circle", { cx: x, cy: y, r: 13, fill });
    else add("rect", { x: x - 12, y: y - 13, width: 24, height: 26, rx: brief.kind === "CASE" ? 6 : 0, fill });
    add("text", { x, y: y + 25, "font-size": 10, fill: colour("ink"), "text-anchor": "middle" }, brief.label);
    if (brief.title && brief.kind !== "SUBJECT") add("text", { x, y: y + 36, "font-size": 8, fill: colour("quiet"), "text-anchor": "middle" }, brief.title);
  }
  add("text", { x: left + 10, y: top + height + STRIP / 2, "font-size": 10, fill: colour("ink") }, about.caveat);
  return new Blob([new XMLSerializer().serializeToString(page)], { type: "image/svg+xml" });
}
