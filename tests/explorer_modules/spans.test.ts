import assert from "node:assert/strict";
import test from "node:test";
import { spansOf } from "../../server/web/src/explorer/spans";
import { brief } from "./a_board";

function dated(...days: string[]): ReturnType<typeof spansOf> {
  return spansOf(days.map((day, place) => brief(`r${place}`, "DOCUMENT", { from: day })));
}

test("a short time is cut into months, each with what begins in it", () => {
  const spans = dated("2003-11-05", "2003-11", "2004-01-31");
  assert.deepEqual(spans.map(({ name, from, until, counts }) => [name, from, until, counts.DOCUMENT]), [
    ["2003-11", "2003-11-01", "2003-11-31", 2],
    ["2003-12", "2003-12-01", "2003-12-31", 0],
    ["2004-01", "2004-01-01", "2004-01-31", 1],
  ]);
});

test("the longer the time, the longer its parts; no record is lost", () => {
  const names = (first: string, last: string): unknown[] => {
    const spans = dated(first, last);
    return [spans.length, spans[0]?.name, spans.at(-1)?.name, spans.reduce((sum, { counts }) => sum + counts.DOCUMENT, 0)];
  };
  assert.deepEqual(names("2000-01", "2009-12"), [40, "2000 Q1", "2009 Q4", 2]);
  assert.deepEqual(names("1950", "2009"), [60, "1950", "2009", 2]);
  assert.deepEqual(names("1800", "2009"), [42, "1800–1804", "2005–2009", 2]);
});

test("what has no day takes up no time", () => {
  assert.deepEqual(spansOf([brief("a")]), []);
});
