import assert from "node:assert/strict";
import test from "node:test";
import { counted, EMPTY, withRecords } from "../../server/web/src/explorer/board";
import { ALL, type Filters, filtered, isAll, kindsOn, typesOn } from "../../server/web/src/explorer/filters";
import { brief, link, standing } from "./a_board";

const DRAWN = withRecords(
  EMPTY,
  [
    brief("a", "CASE", { from: "2003-01-01", until: "2004-06-30" }),
    brief("b", "DOCUMENT", { from: "2004-05-01", until: "2004-05-01" }),
    brief("c", "SUBJECT"),
    brief("d", "DOCUMENT", { from: "2006", until: "2006" }),
  ],
  [link("ab"), link("bc", { type: "MENTIONS" }), link("ca", { type: "SUBJECT_OF", since: "2003-02", until: "2003-05" })],
);

function shown(more: Partial<Filters>): [string, string] {
  return standing(filtered(DRAWN, { ...ALL, ...more }));
}

test("without a filter all is shown, and is the very same board", () => {
  assert.equal(filtered(DRAWN, ALL), DRAWN);
  assert.deepEqual([isAll(ALL), isAll({ ...ALL, undated: false })], [true, false]);
});

test("kinds that are left out take their links along; types that are left out leave the records", () => {
  assert.deepEqual(shown({ kinds: new Set(["DOCUMENT"]) }), ["ac", "ca"]);
  assert.deepEqual(shown({ types: new Set(["CITES", "MENTIONS"]) }), ["abcd", "ca"]);
});

test("what touches the time is shown, a year or a month by each of its days", () => {
  assert.deepEqual(shown({ from: "2004-05-02", until: "2005" }), ["ac", ""]);
  assert.deepEqual(shown({ from: "2006-07-01" }), ["cd", ""]);
  assert.deepEqual(shown({ until: "2003-02-01" }), ["ac", "ca"]);
  assert.deepEqual(shown({ from: "2003-05-31", until: "2003-12", undated: false }), ["a", ""]);
});

test("a group is shown with its record, unless its sort of links is left out", () => {
  const board = counted(DRAWN, "a", [{ type: "CITES", direction: "OUT", kind: "DOCUMENT", count: 9 }]);
  const groups = (more: Partial<Filters>): number => filtered(board, { ...ALL, ...more }).groups.size;
  assert.deepEqual([groups({ undated: false }), groups({ kinds: new Set(["CASE"]) }), groups({ kinds: new Set(["DOCUMENT"]) }), groups({ types: new Set(["CITES"]) })], [1, 0, 0, 0]);
});

test("what can be left out is what is on the board", () => {
  assert.deepEqual([kindsOn(DRAWN), typesOn(DRAWN)], [["CASE", "DOCUMENT", "SUBJECT"], ["CITES", "MENTIONS", "SUBJECT_OF"]]);
});
