// What is on the canvas and in the table: records, links, and groups of what is not shown one by one. A board never
// changes; each step gives another one, so that undoing is going back to the one before.
import type { Brief, Direction, Id, Kind, Link, LinkCount, Neighbour, Page, Path } from "./source";

/** What a record has of one sort of links. next: what asks for the next page of them; null from the beginning. */
export interface Group {
  id: string;
  hub: Id;
  type: string;
  direction: Direction;
  kind: Kind;
  total: number;
  next: string | null;
}

export interface Board {
  records: ReadonlyMap<Id, Brief>;
  links: ReadonlyMap<Id, Link>;
  groups: ReadonlyMap<string, Group>;
  pinned: ReadonlySet<Id>;
}

export const EMPTY: Board = { records: new Map(), links: new Map(), groups: new Map(), pinned: new Set() };

/** How many records may be on a board before more have to wait for some to be grouped or hidden. */
export const MOST = 2000;

export function groupId(hub: Id, which: Omit<LinkCount, "count">): string {
  return `${hub} ${which.type} ${which.direction} ${which.kind}`;
}

/** With a record, and what links it to those that are there already. */
export function withRecords(board: Board, briefs: Iterable<Brief>, links: Iterable<Link> = []): Board {
  const records = new Map(board.records);
  for (const brief of briefs) if (!records.has(brief.id)) records.set(brief.id, brief);
  const all = new Map(board.links);
  for (const link of links) if (records.has(link.from) && records.has(link.to)) all.set(link.id, link);
  return { ...board, records, links: all };
}

export function withPath(board: Board, path: Path): Board {
  return withRecords(board, path.records, path.links);
}

/** With a group for each of these sorts of a record's links, of what is not on the board. */
export function counted(board: Board, hub: Id, counts: readonly LinkCount[]): Board {
  const groups = new Map(board.groups);
  for (const { count, ...which } of counts) {
    const id = groupId(hub, which);
    if (!groups.has(id)) groups.set(id, { id, hub, ...which, total: count, next: null });
  }
  return { ...board, groups: settled(board, groups) };
}

/** With one page of a record's neighbours; what is left of that sort of links is a group. */
export function expanded(board: Board, hub: Id, which: LinkCount, page: Page<Neighbour>): Board {
  const more = withRecords(
    board,
    page.found.map((each) => each.brief),
    page.found.map((each) => each.link),
  );
  const { type, direction, kind } = which;
  const group = { id: groupId(hub, which), hub, type, direction, kind, total: page.total, next: page.next };
  return { ...more, groups: settled(more, new Map(more.groups).set(group.id, group)) };
}

/** The links of a record on the board, of one sort. */
export function shownOf(board: Board, group: Omit<Group, "id" | "total" | "next">): Link[] {
  const found: Link[] = [];
  for (const link of linksOf(board, group.hub)) {
    const out = link.from === group.hub;
    if (link.type !== group.type || (out ? "OUT" : "IN") !== group.direction) continue;
    if (board.records.get(out ? link.to : link.from)?.kind === group.kind) found.push(link);
  }
  return found;
}

export function remaining(board: Board, group: Group): number {
  return Math.max(0, group.total - shownOf(board, group).length);
}

/** Without the neighbours that hang on this record alone, but the pinned ones and those that have groups of their own. */
export function collapsed(board: Board, hub: Id): Board {
  const leaves = new Set(neighbours(board, hub).filter((id) => hangs(board, id, hub)));
  const groups = new Map([...board.groups].filter(([, group]) => group.hub !== hub));
  return without({ ...board, groups }, leaves);
}

/** With the neighbours that hang on this record alone put into a group for each sort of its links. */
export function grouped(board: Board, hub: Id, counts: readonly LinkCount[]): Board {
  return counted(collapsed(board, hub), hub, counts);
}

/** Without these records and links, and the links and groups of the records. */
export function without(board: Board, ids: ReadonlySet<Id>): Board {
  const records = new Map([...board.records].filter(([id]) => !ids.has(id)));
  const isGone = (link: Link): boolean => ids.has(link.id) || ids.has(link.from) || ids.has(link.to);
  const links = new Map([...board.links].filter(([, link]) => !isGone(link)));
  const groups = new Map([...board.groups].filter(([, group]) => !ids.has(group.hub)));
  const pinned = new Set([...board.pinned].filter((id) => !ids.has(id)));
  return { records, links, groups, pinned };
}

export function withPin(board: Board, id: Id): Board {
  const pinned = new Set(board.pinned);
  if (!pinned.delete(id)) pinned.add(id);
  return { ...board, pinned };
}

/** With the records and links that are on it as they are now: what was asked for and is no longer found is gone. */
export function renewed(board: Board, found: Path, asked: ReadonlySet<Id>): Board {
  const [records, links] = [byId(found.records), byId(found.links)];
  const left = without(board, new Set([...asked].filter((id) => !records.has(id) && !links.has(id))));
  return {
    ...left,
    records: new Map([...left.records].map(([id, brief]) => [id, records.get(id) ?? brief])),
    links: new Map([...left.links].map(([id, link]) => [id, links.get(id) ?? link])),
  };
}

/** Its records in parts of so many at most, so that each link on it has both ends in one of them. */
export function covered(board: Board, most: number): Id[][] {
  const found: Id[][] = [];
  let part = new Set<Id>();
  const add = (ids: readonly Id[]): void => {
    if (new Set([...part, ...ids]).size > most) {
      found.push([...part]);
      part = new Set();
    }
    ids.forEach((id) => part.add(id));
  };
  const alone = new Set(board.records.keys());
  for (const { from, to } of board.links.values()) {
    add([from, to]);
    alone.delete(from);
    alone.delete(to);
  }
  alone.forEach((id) => add([id]));
  return part.size ? [...found, [...part]] : found;
}

function byId<T extends { id: Id }>(found: readonly T[]): Map<Id, T> {
  return new Map(found.map((each) => [each.id, each]));
}

/** A record's links on the board. */
export function linksOf(board: Board, id: Id): readonly Link[] {
  let ends = ENDS.get(board.links);
  if (!ends) ENDS.set(board.links, (ends = byEnd(board.links.values())));
  return ends.get(id) ?? [];
}

/** The links by their ends, found once for all boards that have the same ones. */
const ENDS = new WeakMap<Board["links"], ReadonlyMap<Id, Link[]>>();

function byEnd(links: Iterable<Link>): ReadonlyMap<Id, Link[]> {
  const found = new Map<Id, Link[]>();
  for (const link of links) {
    for (const end of new Set([link.from, link.to])) {
      const there = found.get(end);
      if (there) there.push(link);
      else found.set(end, [link]);
    }
  }
  return found;
}

/** The other ends of a record's links, each once, never itself. */
export function neighbours(board: Board, id: Id): Id[] {
  const found = new Set<Id>();
  for (const link of linksOf(board, id)) found.add(link.from === id ? link.to : link.from);
  found.delete(id);
  return [...found];
}

function hangs(board: Board, id: Id, hub: Id): boolean {
  if (board.pinned.has(id)) return false;
  for (const group of board.groups.values()) if (group.hub === id) return false;
  return neighbours(board, id).every((other) => other === hub);
}

/** The groups that have something left, or of which a page has yet to be asked for. */
function settled(board: Board, groups: ReadonlyMap<string, Group>): ReadonlyMap<string, Group> {
  return new Map([...groups].filter(([, group]) => remaining(board, group) > 0));
}
