// The state of one exploration, and its steps: what a person does, asks the Source and gives another board. Each change
// of the board can be undone. Components read the signals and call the steps; they hold nothing of their own.
import { computed, signal } from "@preact/signals";
import { Asking } from "./asking";
import * as boards from "./board";
import { type Board, EMPTY, type Group } from "./board";
import { ALL, type Filters, filtered } from "./filters";
import { Known } from "./known";
import { fewOf, MOST_IDS, together } from "./paging";
import type { About, Brief, Full, Id, LinkCount, Path, Source } from "./source";
import { Undoing } from "./undoing";
import { count, counted, named, spoken } from "./words";

export class Exploring {
  readonly undoing = new Undoing();
  readonly board = this.undoing.board;
  readonly filters = signal<Filters>(ALL);
  readonly shown = computed(() => filtered(this.board.value, this.filters.value));

  /** Records that are chosen, in the order of choosing: the last one is where the keyboard is. */
  readonly chosen = signal<readonly Id[]>([]);
  /** The record whose page is open, as far as it is known. */
  readonly open = signal<Id | null>(null);
  readonly full = signal<Full | null>(null);
  readonly missing = signal(false);
  /** Where a path starts whose other end is to be chosen next. */
  readonly pathFrom = signal<Id | null>(null);
  /** The path or common neighbours that were asked for last, lit on the canvas. */
  readonly lit = signal<ReadonlySet<Id>>(new Set());

  readonly about = signal<About | null>(null);
  readonly asking = new Asking();
  /** What a screen reader is told of the last step, and everybody sees beside the canvas. */
  readonly said = signal("");

  private readonly known: Known;
  private rereading = 0;

  constructor(readonly source: Source) {
    this.known = new Known(source);
  }

  begin(): Promise<void> {
    return this.step(async () => {
      this.about.value = await this.source.about();
    });
  }

  /** A record found by search: it is put on the board, chosen, and its page opened. */
  start(brief: Brief): Promise<void> {
    this.put(boards.withRecords(this.board.value, [brief]), `${named(brief)} is on the canvas.`);
    return this.choose(brief.id);
  }

  /** Opens the page of a record, on the board or not. */
  look(id: Id): Promise<void> {
    this.open.value = id;
    this.full.value = this.known.get(id);
    this.missing.value = false;
    this.chosen.value = this.board.value.records.has(id) ? [id] : this.chosen.value;
    return this.step(async () => {
      const full = await this.known.fetched(id);
      if (this.open.value !== id) return;
      this.full.value = full;
      this.missing.value = full === null;
    });
  }

  /** Chooses a record on the board and opens its page; more: beside what is chosen already. */
  choose(id: Id, more = false): Promise<void> {
    const start = this.pathFrom.value;
    if (start && start !== id && !more) return this.look(id).then(() => this.path(start, id));
    if (!more) return this.look(id);
    const rest = this.chosen.value.filter((each) => each !== id);
    this.chosen.value = rest.length < this.chosen.value.length ? rest : [...rest, id];
    return Promise.resolve();
  }

  /** Looks for a path between the two that are chosen; where one is, from there to the one that is chosen next. */
  choosePath(): void {
    const [one, other] = this.chosen.value;
    if (one && other) void this.path(one, other);
    else if (one) {
      this.pathFrom.value = one;
      this.said.value = "Choose the other end of the path: on the canvas, in the table or by search.";
    }
  }

  chooseNone(): void {
    this.chosen.value = [];
    this.pathFrom.value = null;
    this.lit.value = new Set();
  }

  close(): void {
    this.open.value = this.full.value = null;
    this.missing.value = false;
  }

  /** Puts the record whose page is open on the board, with its links to those that are there. */
  add(): Promise<void> {
    const full = this.full.value;
    if (!full) return Promise.resolve();
    const { brief } = full;
    return this.step(async () => {
      const among = await this.source.among([brief.id], [...this.board.value.records.keys()]);
      this.put(boards.withRecords(this.board.value, [brief], among.links), `${named(brief)} is on the canvas.`);
      this.chosen.value = [brief.id];
    });
  }

  /** Shows the next page of one sort of a record's links. */
  expand(hub: Id, which: LinkCount): Promise<void> {
    const next = this.board.value.groups.get(boards.groupId(hub, which))?.next ?? null;
    return this.step(async () => {
      const page = await this.source.neighbours(hub, which, next);
      const open = this.full.value?.brief;
      const from = open?.id === hub ? boards.withRecords(this.board.value, [open]) : this.board.value;
      const board = boards.expanded(from, hub, which, page);
      if (board.records.size > boards.MOST) return this.tooMany();
      const more = board.records.size - this.board.value.records.size;
      const group = board.groups.get(boards.groupId(hub, which));
      const left = group ? ` ${count(boards.remaining(board, group))} of ${count(page.total)} are not shown.` : "";
      this.put(board, `${counted(more, "record")} added by ${spoken(which.type)}.${left}`);
    });
  }

  /** Shows a record's neighbours where they are few; of the sorts of links that have many, a group that says how many. */
  expandAll(hub: Id): Promise<void> {
    return this.step(async () => {
      const full = await this.known.fetched(hub);
      if (!full) return;
      const few = fewOf(full.counts);
      const pages = await Promise.all(few.map((which) => this.source.neighbours(hub, which, null)));
      let board = boards.withRecords(this.board.value, [full.brief]);
      few.forEach((which, place) => {
        const page = pages[place];
        if (page) board = boards.expanded(board, hub, which, page);
      });
      if (board.records.size > boards.MOST) return this.tooMany();
      const total = full.counts.reduce((sum, each) => sum + each.count, 0);
      this.put(boards.counted(board, hub, full.counts), `${named(full.brief)} has ${counted(total, "link")}.`);
    });
  }

  expandGroup(group: Group): Promise<void> {
    return this.expand(group.hub, { ...group, count: group.total });
  }

  collapse(hub: Id): void {
    const board = boards.collapsed(this.board.value, hub);
    const gone = this.board.value.records.size - board.records.size;
    this.put(board, gone ? `${counted(gone, "record")} collapsed.` : "Nothing hangs on this record alone.");
  }

  group(hub: Id): Promise<void> {
    return this.step(async () => {
      const full = await this.known.fetched(hub);
      if (full) this.put(boards.grouped(this.board.value, hub, full.counts), "Neighbours grouped.");
    });
  }

  hide(ids: readonly Id[]): void {
    this.put(boards.without(this.board.value, new Set(ids)), `${counted(ids.length, "record")} taken off the canvas.`);
  }

  pin(id: Id): void {
    const board = boards.withPin(this.board.value, id);
    this.put(board, board.pinned.has(id) ? "Pinned: it stays where it is." : "No longer pinned.");
  }

  path(from: Id, to: Id): Promise<void> {
    this.pathFrom.value = null;
    return this.step(async () => {
      const found = await this.source.path(from, to);
      this.chosen.value = [from, to].filter((id) => this.board.value.records.has(id));
      if (!found) {
        this.said.value = "There is no path between these two.";
        return;
      }
      this.lit.value = new Set([...found.records, ...found.links].map((each) => each.id));
      this.put(boards.withPath(this.board.value, found), `The path has ${counted(found.links.length, "link")}.`);
    });
  }

  common(one: Id, other: Id): Promise<void> {
    return this.step(async () => {
      const found = await this.source.common(one, other);
      const number = found.records.length - 2;
      const only = found.complete ? "" : " Not all of their links were looked at, for they are many.";
      if (number <= 0) {
        this.said.value = `No record has a link to both.${only}`;
        return;
      }
      const board = boards.withPath(this.board.value, found);
      if (board.records.size > boards.MOST) return this.tooMany();
      this.lit.value = new Set(found.records.map((each) => each.id));
      this.put(board, `${counted(number, "record")} linked to both.${only}`);
    });
  }

  /** Puts records on the board by their ids, with the links between them. whence: as a person is told where they are from. */
  restore(ids: readonly Id[], whence: string): Promise<void> {
    return this.restoreNamed(() => Promise.resolve(ids), whence);
  }

  /** The same with ids that have to be asked for first. */
  restoreNamed(named: () => Promise<readonly Id[]>, whence: string): Promise<void> {
    return this.step(async () => {
      const ids = await named();
      const found = await this.source.among(ids, [...this.board.value.records.keys()]);
      const wanted = new Set(ids);
      const number = found.records.filter((brief) => wanted.has(brief.id)).length;
      this.put(boards.withPath(this.board.value, found), `${whence}: ${counted(number, "record")}.`);
    });
  }

  /** After the release has changed: takes off what there is no more, from what can be undone as well. */
  renew(): Promise<void> {
    return this.step(async () => {
      const ids = new Set(this.undoing.all.flatMap((board) => [...board.records.keys(), ...board.links.keys()]));
      const still = (await this.source.still?.([...ids])) ?? ids;
      const gone = new Set([...ids].filter((id) => !still.has(id)));
      const before = this.board.value.records.size;
      this.undoing.renew((board) => boards.without(board, gone));
      const lost = before - this.board.value.records.size;
      this.known.forget();
      this.tell(`The release has changed.${lost ? ` ${counted(lost, "record")} taken off the canvas.` : ""}`);
      if (this.open.value) await this.look(this.open.value);
    });
  }

  /** Puts these records on the board with those of the links between them that are wanted, and lights them. */
  light(ids: readonly Id[], wanted: ReadonlySet<Id | null>, said: string): Promise<void> {
    return this.step(async () => {
      const { records, links } = await this.source.among(ids);
      const found = { records, links: links.filter(({ id }) => wanted.has(id)) };
      this.lit.value = new Set([...found.records, ...found.links].map((each) => each.id));
      this.put(boards.withPath(this.board.value, found), said);
    });
  }

  /**
   * Reads what is on the board anew, after something was done to it or it is looked at by other rules. Of several that
   * run at once the last one alone changes the board; what a step brings that was under way is read anew as well.
   */
  reread(said: string): Promise<void> {
    return this.asking.run(async () => {
      const mine = ++this.rereading;
      this.known.forget();
      const board = this.board.value;
      const answers: Path[] = [];
      for (const part of boards.covered(board, MOST_IDS)) {
        answers.push(await this.source.among(part));
        if (mine !== this.rereading) return;
      }
      const asked = new Set([...board.records.keys(), ...board.links.keys()]);
      this.undoing.startFrom(boards.renewed(this.board.value, together(answers), asked));
      this.tell(said);
      const open = this.open.value;
      const full = open && (await this.known.fetched(open));
      if (mine !== this.rereading || this.open.value !== open) return;
      this.full.value = full || null;
      this.missing.value = open !== null && !full;
    });
  }

  clear(): void {
    this.chosen.value = [];
    this.put(EMPTY, "The canvas is empty.");
  }

  undo(): void {
    if (this.undoing.undo()) this.tell("Undone.");
  }

  redo(): void {
    if (this.undoing.redo()) this.tell("Done again.");
  }

  private put(board: Board, said: string): void {
    this.undoing.put(board);
    this.tell(said);
  }

  /** Says what became of the board, on which some that were chosen may be no more. */
  private tell(said: string): void {
    this.said.value = said;
    this.chosen.value = this.chosen.value.filter((id) => this.board.value.records.has(id));
  }

  private tooMany(): void {
    this.said.value = `The canvas holds ${count(boards.MOST)} records. Group or hide some first.`;
  }

  /** Runs what asks the Source for more. */
  private async step(work: () => Promise<void>): Promise<void> {
    const before = this.rereading;
    await this.asking.run(work);
    if (before !== this.rereading) await this.reread(this.said.value);
  }
}
