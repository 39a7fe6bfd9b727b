import assert from "node:assert/strict";
import test from "node:test";
import { count, counted, date, named, period, sort, spoken } from "../../server/web/src/explorer/words";
import { brief } from "./a_board";

test("a date is written as far as it is known, and what is none stays as it is", () => {
  assert.deepEqual(["2003-04-05", "2003-04", "2003", "2003-13", "spring", ""].map(date), ["5 Apr 2003", "Apr 2003", "2003", "2003-13", "spring", ""]);
});

test("a period of one day is that day, and an open one says which end it has", () => {
  const told = [["2003-04-05", "2003-04-05"], ["2003", "2004"], ["2003", null], [null, "2004"], [null, null]] as const;
  assert.deepEqual(told.map(([from, until]) => period(from, until)), ["5 Apr 2003", "2003 – 2004", "from 2003", "until 2004", ""]);
});

test("numbers have commas, and what there is one of is one", () => {
  assert.deepEqual([count(61_521), counted(1, "record"), counted(0, "record"), counted(1200, "link")], ["61,521", "1 record", "0 records", "1,200 links"]);
});

test("a record is called by its number and title, a subject by its name alone", () => {
  assert.equal(named(brief("a", "CASE", { title: "Pier" })), "A Pier");
  assert.equal(named(brief("a", "SUBJECT", { title: "Pier" })), "A");
  assert.deepEqual([sort(brief("a", "CASE")), sort(brief("a", "SUBJECT", { type: "legal_entity" })), spoken("HAS_ATTACHMENT")], ["case", "legal entity", "has attachment"]);
});
