import assert from "node:assert/strict";
import test from "node:test";
import { facts, plain } from "../../server/web/src/office_explorer/plain";

test("lists have commas, facts their names, and what is empty is left out", () => {
  assert.equal(plain('["T3","REL"]'), "T3, REL");
  assert.equal(plain('{"state":"approved","agent":"lee","signed_by":"","date":null,"codes":[]}'), "state approved, agent lee");
  assert.equal(plain('{"signed_by":["a",{"b_c":1}]}'), "signed by a, b c 1");
  assert.deepEqual(["[]", "{}", "null", "none"].map(plain), ["none", "none", "none", "none"]);
});

test("what is no JSON stays as it is", () => {
  assert.deepEqual(["The crane was idle.", "{", ""].map(plain), ["The crane was idle.", "{", ""]);
});

test("the facts of an object are told by their names, and nothing else has any", () => {
  assert.deepEqual(facts('{"office":"SAC-NY","records":["C-1","D-1"],"errors":[],"milliseconds":0}'), [["office", "SAC-NY"], ["records", "C-1, D-1"], ["milliseconds", "0"]]);
  assert.deepEqual(['["a"]', "3", "null", "words", "{"].flatMap(facts), []);
});
