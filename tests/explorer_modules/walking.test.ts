import assert from "node:assert/strict";
import test from "node:test";
import { isArrow, towards } from "../../server/web/src/explorer/walking";

const AROUND = [["east", { x: 9, y: 1 }], ["south", { x: 0, y: 9 }], ["west", { x: -9, y: -1 }], ["north", { x: 1, y: -9 }]] as const;

test("an arrow leads to what lies most nearly that way, across the turn of the circle as well", () => {
  const ways = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"].map((key) => towards(key, { x: 0, y: 0 }, AROUND));
  assert.deepEqual(ways, ["east", "south", "west", "north"]);
});

test("where nothing lies that way nobody is led anywhere", () => {
  assert.equal(towards("ArrowLeft", { x: 0, y: 0 }, [["east", { x: 9, y: 0 }]]), null);
  assert.deepEqual([isArrow("ArrowUp"), isArrow("a")], [true, false]);
});
