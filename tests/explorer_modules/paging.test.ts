import assert from "node:assert/strict";
import test from "node:test";
import { bothEnds, MOST_IDS, next, parts, questions, together } from "../../server/web/src/explorer/paging";
import { brief, link } from "./a_board";

function numbered(number: number, word = "r"): string[] {
  return Array.from({ length: number }, (_, place) => `${word}${place}`);
}

test("what is cut into parts is there once, in its order", () => {
  assert.deepEqual(parts(numbered(5), 2), [["r0", "r1"], ["r2", "r3"], ["r4"]]);
  assert.deepEqual(parts([], 2), []);
});

for (const [own, beside] of [[1, 0], [50, 0], [51, 0], [260, 0], [1, 400], [130, 130], [0, 0], [0, 5]] as const) {
  test(`questions about ${own} with ${beside} others have each two of them in one, and each record is asked for once`, () => {
    const [ids, others] = [numbered(own), numbered(beside, "o")];
    const asked = questions(ids, others);
    const pairs = new Set(asked.flatMap(({ ids: each }) => each.flatMap((one) => each.map((other) => `${one} ${other}`))));
    const wanted = ids.flatMap((one) => [...ids, ...others].map((other) => `${one} ${other}`));
    assert.deepEqual(wanted.filter((pair) => !pairs.has(pair)), []);
    assert.deepEqual(asked.filter(({ ids: each }) => each.length > MOST_IDS), []);
    const fresh = asked.flatMap((question) => question.fresh);
    assert.deepEqual([...fresh].sort(), (own ? [...ids, ...others] : []).sort());
  });
}

test("who is among the others and asked about is asked for once", () => {
  assert.deepEqual(questions(["a", "a"], ["a", "b"]), [{ ids: ["a", "b"], fresh: ["a", "b"] }]);
});

test("a link that several answers have is there once", () => {
  const all = together([{ records: [brief("a")], links: [link("ab")] }, { records: [brief("b")], links: [link("ab"), link("ba")] }]);
  assert.deepEqual([all.records.map(({ id }) => id), all.links.map(({ id }) => id)], [["a", "b"], ["ab", "ba"]]);
});

test("the ends of both are found over all pages, without the two themselves", async () => {
  const pages: Record<string, string[][]> = { a: [["c", "d"], ["e", "b"]], b: [["e"], ["d", "a"], ["f"]] };
  const ends = async (id: string, after: string | null) => {
    const place = Number(after ?? 0);
    return { ends: pages[id]?.[place] ?? [], next: pages[id]?.[place + 1] ? String(place + 1) : null };
  };
  assert.deepEqual(await bothEnds("a", "b", ends), { both: ["d", "e"], complete: true });
});

test("of a record with more pages than are looked through it is said that not all were", async () => {
  const asked: string[] = [];
  const ends = async (id: string, after: string | null) => {
    asked.push(id);
    return { ends: [`${id} ${after}`], next: id === "a" ? `${asked.length}` : null };
  };
  assert.deepEqual(await bothEnds("a", "b", ends), { both: [], complete: false });
  assert.equal(asked.filter((id) => id === "a").length, 20);
});

test("the last page has no next one, whatever its cursor", () => {
  assert.deepEqual([next({ hasNextPage: false, endCursor: "x" }), next({ hasNextPage: true, endCursor: "x" })], [null, "x"]);
});
