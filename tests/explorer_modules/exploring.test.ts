import assert from "node:assert/strict";
import test from "node:test";
import { Exploring } from "../../server/web/src/explorer/exploring";
import { type Full, type Path, Refused, type Source } from "../../server/web/src/explorer/source";
import { board, brief, full, link, standing } from "./a_board";

/** An answer that is given when the test says so. */
class Held<T> {
  answer!: (value: T) => void;
  refuse!: (error: Error) => void;
  readonly promise = new Promise<T>((resolve, reject) => Object.assign(this, { answer: resolve, refuse: reject }));
}

function never(): never {
  throw new Error("this is not asked");
}

function source(more: Partial<Source>): Source {
  return { mode: "office", about: never, search: never, record: never, neighbours: never, path: never, among: never, common: never, ...more };
}

function exploring(letters: string, links: readonly string[], more: Partial<Source>): Exploring {
  const made = new Exploring(source(more));
  made.board.value = board(letters, ...links);
  return made;
}

async function later(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

test("a record that was asked for before the rules were others is not shown by the old ones", async () => {
  const shown: (string | undefined)[] = [];
  const answers: Held<Full | null>[] = [];
  const one = exploring("a", [], {
    record: () => (answers.push(new Held()), (answers.at(-1) as Held<Full | null>).promise),
    among: async () => ({ records: [brief("a")], links: [] }),
  });
  one.full.subscribe((now) => void shown.push(now?.brief.label));
  const looking = one.look("a");
  const reading = one.reread("By other rules.");
  await later();
  answers[1]?.answer(full("a", { brief: brief("a", "CASE", { label: "by the new rules" }) }));
  await reading;
  answers[0]?.answer(full("a", { brief: brief("a", "CASE", { label: "by the old rules" }) }));
  await later();
  answers.slice(2).forEach((each) => each.answer(full("a", { brief: brief("a", "CASE", { label: "by the new rules" }) })));
  await looking;
  assert.deepEqual([...new Set(shown)], [undefined, "by the new rules"]);
});

test("what a step brings that began before the rules were others is read anew", async () => {
  const path = new Held<Path | null>();
  let isNew = false;
  const one = exploring("ab", [], {
    path: () => path.promise,
    among: async (ids) => ({ records: ids.map((id) => brief(id, "DOCUMENT", { withheld: isNew })), links: [] }),
  });
  const finding = one.path("a", "b");
  isNew = true;
  await one.reread("By other rules.");
  path.answer({ records: [brief("a"), brief("c"), brief("b")], links: [] });
  await finding;
  assert.deepEqual([...one.board.value.records.values()].map(({ id, withheld }) => [id, withheld]), [["a", true], ["b", true], ["c", true]]);
});

test("of two readings at once the later one alone changes the board", async () => {
  const answers: Held<Path>[] = [];
  const one = exploring("a", [], { among: () => (answers.push(new Held()), (answers.at(-1) as Held<Path>).promise) });
  const [first, second] = [one.reread("First."), one.reread("Second.")];
  answers[1]?.answer({ records: [brief("a", "CASE")], links: [] });
  await second;
  answers[0]?.answer({ records: [brief("a", "SUBJECT")], links: [] });
  await first;
  assert.deepEqual([one.board.value.records.get("a")?.kind, one.said.value], ["CASE", "Second."]);
});

test("each step can be taken back and done again, and reading anew leaves nothing to take back", async () => {
  const one = exploring("ab", ["ab"], { among: async () => ({ records: [brief("a")], links: [] }) });
  one.hide(["b"]);
  one.pin("a");
  one.undo();
  one.undo();
  assert.deepEqual([standing(one.board.value), one.said.value], [["ab", "ab"], "Undone."]);
  one.redo();
  assert.deepEqual(standing(one.board.value), ["a", ""]);
  await one.reread("Read anew.");
  one.undo();
  assert.deepEqual([standing(one.board.value), one.undoing.past.value.length, one.undoing.future.value.length], [["a", ""], 0, 0]);
});

test("more than a board holds is not put on it, and why is said", async () => {
  const many = Array.from({ length: 2001 }, (_, place) => brief(`r${place}`));
  const one = exploring("ab", [], { common: async () => ({ records: [brief("a"), brief("b"), ...many], links: [], complete: true }) });
  await one.common("a", "b");
  assert.deepEqual([standing(one.board.value), one.said.value], [["ab", ""], "The canvas holds 2,000 records. Group or hide some first."]);
});

test("a refusal is told with a way to try again, and is gone when that goes well", async () => {
  const turns = [new Refused("NO_ANSWER", "No answer came."), null];
  const one = exploring("ab", [], {
    path: async () => {
      const refusal = turns.shift();
      if (refusal) throw refusal;
      return { records: [brief("a"), brief("b")], links: [link("ab")] };
    },
  });
  await one.path("a", "b");
  assert.deepEqual([one.asking.trouble.value?.code, one.asking.waiting.value], ["NO_ANSWER", 0]);
  one.asking.trouble.value?.again?.();
  await later();
  assert.deepEqual([one.asking.trouble.value, standing(one.board.value)], [null, ["ab", "ab"]]);
});

test("the next of a group comes to its own record, whichever record is open", async () => {
  const one = exploring("a", [], { neighbours: async () => ({ found: [{ brief: brief("b"), link: link("ab") }], total: 1, next: null }) });
  one.full.value = full("z");
  await one.expand("a", { type: "CITES", direction: "OUT", kind: "DOCUMENT", count: 1 });
  assert.deepEqual(standing(one.board.value), ["ab", "ab"]);
});

test("what the release has no more is taken off, from what can be taken back as well", async () => {
  const one = exploring("abc", ["ab"], { still: async (ids) => new Set(ids.filter((id) => id !== "b" && id !== "ab")) });
  one.hide(["c"]);
  await one.renew();
  assert.deepEqual([standing(one.board.value), one.said.value], [["a", ""], "The release has changed. 1 record taken off the canvas."]);
  one.undo();
  assert.deepEqual(standing(one.board.value), ["ac", ""]);
});
