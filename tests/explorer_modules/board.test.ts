import assert from "node:assert/strict";
import test from "node:test";
import * as boards from "../../server/web/src/explorer/board";
import type { Direction, Neighbour } from "../../server/web/src/explorer/source";
import { board, brief, drawing, link, standing } from "./a_board";

const CITES = { type: "CITES", direction: "OUT" as Direction, kind: "DOCUMENT" as const, count: 3 };

function neighbour(name: string): Neighbour {
  return { brief: brief(name[1] as string), link: link(name) };
}

test("a link is put on a board only where both its ends are", () => {
  assert.deepEqual(standing(board("abc", "ab", "bz", "zc")), ["abc", "ab"]);
});

test("what is on a board already stays as it is and where it is", () => {
  const before = board("ab");
  const after = boards.withRecords(before, [brief("a", "CASE"), brief("c")]);
  assert.deepEqual([...after.records.values()].map(({ id, kind }) => `${id} ${kind}`), ["a DOCUMENT", "b DOCUMENT", "c DOCUMENT"]);
  assert.deepEqual(standing(before), ["ab", ""]);
});

test("what is left of a sort of links after a page of it stands as a group, and is gone with the last page", () => {
  const first = boards.expanded(board("a"), "a", CITES, { found: [neighbour("ab"), neighbour("ac")], total: 3, next: "more" });
  const [group] = first.groups.values();
  assert.equal(group?.next, "more");
  assert.equal(boards.remaining(first, group as boards.Group), 1);
  const last = boards.expanded(first, "a", CITES, { found: [neighbour("ad")], total: 3, next: null });
  assert.deepEqual([standing(last), last.groups.size], [["abcd", "ab ac ad"], 0]);
});

test("what is collapsed loses what hangs on it alone, but what is pinned", () => {
  const star = boards.withPin(board("abcde", "ab", "ac", "ad", "ce"), "d");
  assert.deepEqual(standing(boards.collapsed(star, "a")), ["acde", "ac ad ce"]);
});

test("what is grouped says how many it has of each sort that are not shown", () => {
  const star = board("abcde", "ab", "ac", "ce");
  const grouped = boards.grouped(star, "a", [CITES]);
  assert.deepEqual(standing(grouped), ["acde", "ac ce"]);
  assert.deepEqual([...grouped.groups.values()].map((group) => boards.remaining(grouped, group)), [2]);
});

test("what is taken off takes its links, its groups and its pin along", () => {
  const pinned = boards.withPin(boards.counted(board("abc", "ab", "bc"), "b", [CITES]), "b");
  const left = boards.without(pinned, new Set(["b"]));
  assert.deepEqual([standing(left), left.groups.size, left.pinned.size], [["ac", ""], 0, 0]);
});

test("what is pinned twice is not pinned", () => {
  assert.deepEqual([...boards.withPin(boards.withPin(board("ab"), "a"), "a").pinned], []);
});

test("what was asked for anew and is not found is gone, and what was not asked for stays", () => {
  const asked = new Set(["a", "b", "ab", "bc"]);
  const found = { records: [brief("a", "CASE"), brief("b")], links: [link("bc", { withheld: true })] };
  const renewed = boards.renewed(board("abcd", "ab", "bc", "cd"), found, asked);
  assert.deepEqual(standing(renewed), ["abcd", "bc cd"]);
  assert.deepEqual([renewed.records.get("a")?.kind, renewed.links.get("bc")?.withheld], ["CASE", true]);
  assert.deepEqual(standing(boards.renewed(board("ab", "ab"), { records: [brief("a")], links: [] }, new Set(["a", "b", "ab"]))), ["a", ""]);
});

test("the parts of a board have both ends of each of its links together, each record, and no more than they may", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const below = drawing(seed);
    const number = 1 + below(26);
    const letters = "abcdefghijklmnopqrstuvwxyz".slice(0, number);
    const letter = (): string => letters[below(number)] as string;
    const drawn = board(letters, ...Array.from({ length: below(40) }, (_, place) => `${letter()}${letter()} ${place}`));
    const most = 2 + below(6);
    const parts = boards.covered(drawn, most);
    const isTogether = ({ from, to }: { from: string; to: string }): boolean => parts.some((part) => part.includes(from) && part.includes(to));
    assert.deepEqual([...drawn.links.values()].filter((each) => !isTogether(each)), []);
    assert.deepEqual([...new Set(parts.flat())].sort(), [...letters]);
    assert.deepEqual(parts.filter((part) => part.length > most || new Set(part).size < part.length), []);
  }
});

test("an empty board has no parts", () => {
  assert.deepEqual(boards.covered(boards.EMPTY, 100), []);
});
