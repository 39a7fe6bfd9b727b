// Where an arrow key leads on the canvas: to the neighbour that lies most nearly that way.
import type { Point } from "./places";

const WAYS: Readonly<Record<string, number>> = {
  ArrowRight: 0,
  ArrowDown: Math.PI / 2,
  ArrowLeft: Math.PI,
  ArrowUp: -Math.PI / 2,
};

/** Whoever lies farther off the way than this does not lie that way. */
const WIDEST = Math.PI * 0.4;

export function isArrow(key: string): boolean {
  return key in WAYS;
}

/** The one of these that lies that way from here; of several the one that lies most nearly so. */
export function towards<T>(key: string, here: Point, others: readonly (readonly [T, Point])[]): T | null {
  const way = WAYS[key] ?? 0;
  let [found, least]: [T | null, number] = [null, WIDEST];
  for (const [other, place] of others) {
    const turn = Math.abs(Math.atan2(place.y - here.y, place.x - here.x) - way);
    const off = Math.min(turn, 2 * Math.PI - turn);
    if (off < least) [found, least] = [other, off];
  }
  return found;
}
