import assert from "node:assert/strict";
import test from "node:test";
import { fragmentOf, placeIn, takeToken, wipe } from "../../server/web/src/explorer/address";

/** A page at this address. What is given back tells its address now. */
function at(hash: string): () => string {
  const page = { pathname: "/explore", hash };
  const history = {
    replaceState: (_state: unknown, _title: string, address: string) => {
      const place = address.indexOf("#");
      page.hash = place < 0 ? "" : address.slice(place);
    },
  };
  Object.assign(globalThis, { location: page, history });
  return () => page.pathname + page.hash;
}

test("a place leads back to itself", () => {
  const odd = { record: "a&b=c#d", on: ["a&b=c#d", "x/y", "é ü", "+%"] };
  for (const place of [odd, { record: null, on: ["a", "b"] }, { record: "a", on: ["b"] }]) {
    assert.deepEqual(placeIn(fragmentOf(place)), place);
  }
});

test("of a place with nothing there is no fragment, and the open record alone is named once", () => {
  assert.equal(fragmentOf({ record: null, on: [] }), "");
  assert.equal(fragmentOf({ record: "a", on: ["a"] }), "#record=a");
  assert.deepEqual(placeIn("#record=a"), { record: "a", on: [] });
});

test("an address names sixty records at most, and takes up no more", () => {
  const many = Array.from({ length: 80 }, (_, place) => `r${place}`);
  assert.equal(placeIn(fragmentOf({ record: null, on: many })).on.length, 60);
  assert.deepEqual(placeIn(`#on=${many.join(",")}`).on, many.slice(0, 60));
});

test("a token is taken out of the address, and what else stands there stays", () => {
  const address = at("#record=a&on=a,b&token= abc ");
  assert.equal(takeToken(), "abc");
  assert.equal(address(), "/explore#record=a&on=a,b");
  assert.equal(takeToken(), null);
});

test("a token that is empty is none, and is wiped as well", () => {
  const address = at("#token=");
  assert.equal(takeToken(), null);
  assert.equal(address(), "/explore");
});

test("an address that is wiped names nothing", () => {
  const address = at("#record=a");
  wipe();
  assert.equal(address(), "/explore");
});
