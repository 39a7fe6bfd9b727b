import assert from "node:assert/strict";
import test from "node:test";
import * as acts from "../../server/web/src/office_explorer/acts";
import type { OfficeSource } from "../../server/web/src/office_explorer/office_source";

test("an act is one mutation of its name, with what it is done with as variables alone", async () => {
  const asked: unknown[] = [];
  const source = { told: async (query: string, variables: object) => (asked.push([query, variables]), { recode: { text: "closed" } }) };
  const what = acts.recode('C"1', ["REL"], "so it is", "v1");
  const answer = await acts.done(source as unknown as OfficeSource, what);
  assert.equal(what.says(answer), "Done: closed.");
  const query = "mutation ($id: ID!, $codes: [String!]!, $reason: String!, $version: String!) { recode(id: $id, codes: $codes, reason: $reason, version: $version) { text } }";
  assert.deepEqual(asked, [[query, { id: 'C"1', codes: ["REL"], reason: "so it is", version: "v1" }]]);
});

test("what came of a publication is told by agreement, without numbers to whoever may not know of all", () => {
  const told = [{ agreement: "county", added: 2, updated: 0, withdrawn: 1 }, { agreement: "ndex", added: null, updated: null, withdrawn: null }];
  assert.equal(acts.publish(null, "so", false).says(told), "county: 2 added, 0 updated, 1 withdrawn. ndex is published.");
  assert.equal(acts.defer("C-1", "2030-01-01", "so").says({ due: "2030-01-01" }), "Done. The next review is due 1 Jan 2030.");
});
