import assert from "node:assert/strict";
import test from "node:test";
import { beside, type Point, spread } from "../../server/web/src/explorer/places";
import { drawing } from "./a_board";

const GAP = 104;

function nearest(points: readonly Point[]): number {
  return Math.min(...points.flatMap((one, place) => points.slice(place + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y))));
}

test("about a hub that is alone a few stand in a ring, none straight above or below it, and many in a disc", () => {
  const hub = { x: 10, y: 20 };
  for (let number = 2; number <= 60; number++) {
    const points = beside(hub, number, [hub]);
    assert.equal(points.length, number);
    assert.ok(nearest([hub, ...points]) > GAP * 0.6, `${number} are too near`);
    if (number <= 12) assert.deepEqual(points.filter(({ x }) => Math.abs(x - hub.x) < 10), []);
  }
});

test("what comes beside a hub stands where nothing stood, as far as there is room", () => {
  const below = drawing(7);
  for (let number = 1; number <= 40; number += 3) {
    const occupied = Array.from({ length: 30 }, () => ({ x: below(3000), y: below(3000) }));
    const points = beside(occupied[0] as Point, number, occupied);
    const clashes = points.filter((point) => nearest([point, ...occupied.filter((other) => nearest([point, other]) < GAP * 0.8)]) < GAP * 0.8);
    assert.equal(points.length, number);
    assert.deepEqual(clashes, []);
  }
});

test("what lies too close is spread, and what can be read stays as it is", () => {
  const far = [{ x: 0, y: 0 }, { x: 300, y: 0 }, { x: 0, y: 300 }];
  assert.deepEqual(spread(far), far);
  assert.deepEqual(spread([{ x: 0, y: 0 }, { x: 50, y: 0 }]).map(({ x }) => Math.round(x)), [0, 94]);
  assert.deepEqual(spread([{ x: 3, y: 4 }]), [{ x: 3, y: 4 }]);
});
