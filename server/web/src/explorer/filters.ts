// Which part of a board is shown: kinds of records, types of links, and a time. Nothing is taken off the board by it.
import type { Board } from "./board";
import { KINDS, type Brief, type Kind, type Link } from "./source";

/** kinds, types: those left out. from, until: years or days, compared as texts; null is no bound. */
export interface Filters {
  kinds: ReadonlySet<Kind>;
  types: ReadonlySet<string>;
  from: string | null;
  until: string | null;
  undated: boolean;
}

export const ALL: Filters = { kinds: new Set(), types: new Set(), from: null, until: null, undated: true };

export function isAll(filters: Filters): boolean {
  return !filters.kinds.size && !filters.types.size && !filters.from && !filters.until && filters.undated;
}

export function filtered(board: Board, filters: Filters): Board {
  if (isAll(filters)) return board;
  const records = new Map([...board.records].filter(([, brief]) => passes(brief, filters)));
  const links = new Map([...board.links].filter(([, link]) => isShown(link, records, filters)));
  const groups = new Map([...board.groups].filter(([, group]) => {
    return records.has(group.hub) && !filters.types.has(group.type) && !filters.kinds.has(group.kind);
  }));
  return { ...board, records, links, groups };
}

export function kindsOn(board: Board): Kind[] {
  const on = new Set([...board.records.values()].map((brief) => brief.kind));
  return KINDS.filter((kind) => on.has(kind));
}

export function typesOn(board: Board): string[] {
  return [...new Set([...board.links.values()].map((link) => link.type))].sort();
}

function passes(brief: Brief, filters: Filters): boolean {
  if (filters.kinds.has(brief.kind)) return false;
  if (!brief.from && !brief.until) return filters.undated;
  return within(brief.from, brief.until, filters);
}

function isShown(link: Link, records: ReadonlyMap<string, Brief>, filters: Filters): boolean {
  if (!records.has(link.from) || !records.has(link.to) || filters.types.has(link.type)) return false;
  return (!link.since && !link.until) || within(link.since, link.until, filters);
}

/** Whether a period touches the time asked for. A month or a year touches all its days. */
function within(from: string | null, until: string | null, filters: Filters): boolean {
  if (filters.until && from && from > filters.until && !filters.until.startsWith(from)) return false;
  return !(filters.from && until && until < filters.from && !filters.from.startsWith(until));
}
