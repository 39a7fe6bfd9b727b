// The board as the lines and shapes of a picture to be kept: what points where, what is withheld, and the caveat below
// it all. Places and colours are given; nothing is drawn here.
import { type Board, remaining } from "./board";
import type { Point } from "./places";
import type { Brief, Kind, Link } from "./source";
import { count, kindName, spoken } from "./words";

/** An element of SVG. */
export interface Shape {
  name: "rect" | "circle" | "path" | "text";
  facts: Readonly<Record<string, string | number>>;
  text?: string;
}

/** What an image shows of the plane. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Drawn {
  frame: Frame;
  shapes: readonly Shape[];
}

type Colour = (name: string) => string;

const MARGIN = 60;
const STRIP = 44;
const NARROWEST = 600;
/** From the middle of a record to where an arrow at it ends. */
const RADIUS = 16;
const ARROW = 7;
/** Between links of the same two records. */
const BESIDE = 26;
/** What is withheld, as on the canvas. */
const DASHED = { "stroke-width": 2, "stroke-dasharray": "4 3" };

/** at: where a record or a group stands. colour: as the page's look has it. */
export function drawn(board: Board, caveat: string, at: (id: string) => Point, colour: Colour): Drawn {
  const groups = [...board.groups.values()].filter((group) => board.records.has(group.hub) && remaining(board, group) > 0);
  const frame = frameOf([...board.records.keys(), ...groups.map(({ id }) => id)].map(at));
  const shapes: Shape[] = [{ name: "rect", facts: { x: frame.left, y: frame.top, width: frame.width, height: frame.height, fill: colour("paper") } }];
  for (const [link, bend] of bent(board.links.values())) shapes.push(...ofLink(link, at(link.from), at(link.to), bend, colour));
  for (const group of groups) {
    const [hub, place] = [at(group.hub), at(group.id)];
    shapes.push({ name: "path", facts: { d: `M${spot(hub)} L${spot(place)}`, stroke: colour("link"), "stroke-dasharray": "4 3", fill: "none" } });
    shapes.push({ name: "circle", facts: { cx: place.x, cy: place.y, r: 15, fill: colour("canvas"), stroke: colour("quiet"), "stroke-dasharray": "4 3" } });
    const left = remaining(board, group);
    shapes.push(words(place.x, place.y + 27, 10, colour("quiet"), `+ ${count(left)} ${kindName(group.kind, left)}, ${spoken(group.type)}`));
  }
  for (const brief of board.records.values()) shapes.push(...ofRecord(brief, at(brief.id), colour));
  const below = { x: frame.left + 10, y: frame.top + frame.height - STRIP / 2, "font-size": 10, fill: colour("ink") };
  return { frame, shapes: [...shapes, { name: "text", facts: below, text: caveat }] };
}

function frameOf(points: readonly Point[]): Frame {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  return { left, top, width: Math.max(Math.max(...xs) + MARGIN - left, NARROWEST), height: Math.max(...ys) + MARGIN + STRIP - top };
}

/** Each link with how far it bends to one side of the straight line, so that links of the same two lie apart. */
function bent(links: Iterable<Link>): [Link, number][] {
  const pairs = new Map<string, Link[]>();
  for (const link of links) {
    const pair = [link.from, link.to].sort().join(" ");
    pairs.set(pair, [...(pairs.get(pair) ?? []), link]);
  }
  return [...pairs.values()].flatMap((together) =>
    together.map((link, place): [Link, number] => {
      const side = (place - (together.length - 1) / 2) * BESIDE;
      return [link, link.from > link.to ? -side : side]; // what is left of one way is right of the other
    }),
  );
}

function ofLink(link: Link, from: Point, to: Point, bend: number, colour: Colour): Shape[] {
  const straight = towards(from, to);
  const middle = { x: (from.x + to.x) / 2 - straight.y * bend, y: (from.y + to.y) / 2 + straight.x * bend };
  const control = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
  const way = towards(control, to);
  const tip = { x: to.x - way.x * RADIUS, y: to.y - way.y * RADIUS };
  const end = { x: tip.x - way.x * ARROW, y: tip.y - way.y * ARROW };
  const side = { x: (-way.y * ARROW) / 2, y: (way.x * ARROW) / 2 };
  const stroke = colour(link.withheld ? "wrong" : "link");
  const corners = [tip, { x: end.x + side.x, y: end.y + side.y }, { x: end.x - side.x, y: end.y - side.y }];
  return [
    { name: "path", facts: { d: `M${spot(from)} Q${spot(control)} ${spot(end)}`, fill: "none", stroke, ...(link.withheld ? DASHED : {}) } },
    { name: "path", facts: { d: `M${corners.map(spot).join(" L")} Z`, fill: stroke } },
    words(middle.x, middle.y - 2, 7, colour("quiet"), named(spoken(link.type), link)),
  ];
}

function ofRecord(brief: Brief, { x, y }: Point, colour: Colour): Shape[] {
  const { kind, label, title, withheld } = brief;
  const look = withheld ? { fill: colour("canvas"), stroke: colour("wrong"), ...DASHED } : { fill: colour(kind.toLowerCase()) };
  const shapes = [outline(kind, x, y, look), words(x, y + 25, 10, colour(withheld ? "wrong" : "ink"), named(label, brief))];
  return title && kind !== "SUBJECT" ? [...shapes, words(x, y + 36, 8, colour("quiet"), title)] : shapes;
}

function named(text: string, { withheld }: { withheld?: boolean }): string {
  return withheld ? `${text} (withheld)` : text;
}

function outline(kind: Kind, x: number, y: number, look: Shape["facts"]): Shape {
  if (kind === "SUBJECT") return { name: "circle", facts: { cx: x, cy: y, r: 13, ...look } };
  return { name: "rect", facts: { x: x - 12, y: y - 13, width: 24, height: 26, rx: kind === "CASE" ? 6 : 0, ...look } };
}

function words(x: number, y: number, size: number, fill: string, text: string): Shape {
  return { name: "text", facts: { x: round(x), y: round(y), "font-size": size, fill, "text-anchor": "middle" }, text };
}

/** The direction from one point to another, one long; of two that are the same, to the right. */
function towards(from: Point, to: Point): Point {
  const far = Math.hypot(to.x - from.x, to.y - from.y);
  return far ? { x: (to.x - from.x) / far, y: (to.y - from.y) / far } : { x: 1, y: 0 };
}

function spot({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
