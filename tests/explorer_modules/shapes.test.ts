import assert from "node:assert/strict";
import test from "node:test";
import { counted, EMPTY, withRecords } from "../../server/web/src/explorer/board";
import { drawn, type Shape } from "../../server/web/src/explorer/shapes";
import { asJson } from "../../server/web/src/explorer/saving";
import { board, brief, link } from "./a_board";

const PLACES: Record<string, { x: number; y: number }> = { a: { x: 0, y: 0 }, b: { x: 100, y: 0 }, c: { x: 0, y: 200 } };
const ABOUT = { caveat: "Verify before acting.", lines: [["Agreement", "county"]] as const };

function shapesOf(of: Parameters<typeof drawn>[0]): readonly Shape[] {
  return drawn(of, ABOUT.caveat, (id) => PLACES[id] ?? { x: 50, y: 50 }, (name) => name).shapes;
}

/** The shapes of links: where each line goes, and the corners of its arrow. */
function lines(shapes: readonly Shape[]): unknown[] {
  return shapes.filter(({ name }) => name === "path").map(({ facts }) => facts["d"]);
}

test("a link is drawn from the middle of its one end to an arrow at the edge of the other", () => {
  assert.deepEqual(lines(shapesOf(board("ab", "ab"))), ["M0,0 Q50,0 77,0", "M84,0 L77,3.5 L77,-3.5 Z"]);
  assert.deepEqual(lines(shapesOf(board("ab", "ba"))), ["M100,0 Q50,0 23,0", "M16,0 L23,-3.5 L23,3.5 Z"]);
});

test("links of the same two bend away from one another, whichever way they go", () => {
  const tops = (...names: string[]): number[] =>
    shapesOf(board("ab", ...names)).flatMap(({ facts }) => (/^M\S+ Q/.test(String(facts["d"])) ? [Number(String(facts["d"]).split(" ")[1]?.split(",")[1])] : []));
  assert.deepEqual(tops("ab 1", "ab 2"), [-26, 26]);
  assert.deepEqual(tops("ab 1", "ba 2"), [-26, 26]);
  assert.deepEqual(tops("ab 1", "ab 2", "ba 3"), [-52, 0, 52]);
});

test("what is withheld is dashed and says so", () => {
  const shapes = shapesOf(withRecords(EMPTY, [brief("a", "SUBJECT", { withheld: true }), brief("b", "CASE", { title: "Pier" })], [link("ab", { withheld: true })]));
  assert.deepEqual(shapes.map(({ text }) => text).filter(Boolean), ["cites (withheld)", "A (withheld)", "B", "Pier", ABOUT.caveat]);
  assert.deepEqual(shapes.filter(({ facts }) => facts["stroke-dasharray"]).map(({ name, facts }) => [name, facts["stroke"]]), [["path", "wrong"], ["circle", "wrong"]]);
});

test("a group says how many it stands for, and an empty one is not drawn", () => {
  const cites = { type: "CITES", direction: "OUT", kind: "DOCUMENT", count: 3 } as const;
  const words = (count: number): unknown[] => shapesOf(counted(board("ab", "ab"), "a", [{ ...cites, count }])).map(({ text }) => text).filter(Boolean);
  assert.deepEqual(words(3), ["cites", "+ 2 documents, cites", "A", "B", ABOUT.caveat]);
  assert.deepEqual(words(1), ["cites", "A", "B", ABOUT.caveat]);
});

test("the frame holds all that is drawn", () => {
  const { frame } = drawn(board("abc"), ABOUT.caveat, (id) => PLACES[id] as { x: number; y: number }, (name) => name);
  assert.deepEqual(frame, { left: -60, top: -60, width: 600, height: 364 });
});

test("what is saved as JSON is what stands there, with what it is of", async () => {
  const told = JSON.parse(await asJson(board("ab", "ab"), ABOUT).text());
  assert.deepEqual(told, { caveat: ABOUT.caveat, about: { Agreement: "county" }, records: [brief("a"), brief("b")], links: [link("ab")] });
});
