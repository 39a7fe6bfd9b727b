// Small boards for the tests: records are named by letters, links by two of them.
import { type Board, EMPTY, withRecords } from "../../server/web/src/explorer/board";
import type { Brief, Full, Kind, Link } from "../../server/web/src/explorer/source";

export function brief(id: string, kind: Kind = "DOCUMENT", more: Partial<Brief> = {}): Brief {
  return { id, kind, label: id.toUpperCase(), title: null, type: null, from: null, until: null, ...more };
}

/** `ab` goes from a to b; what follows a space tells it apart from others between the two. */
export function link(name: string, more: Partial<Link> = {}): Link {
  const [from, to] = [name[0] as string, name[1] as string];
  return { id: name, type: "CITES", from, to, role: null, since: null, until: null, sources: [], ...more };
}

export function board(letters: string, ...names: string[]): Board {
  return withRecords(EMPTY, [...letters].map((letter) => brief(letter)), names.map((name) => link(name)));
}

export function full(id: string, more: Partial<Full> = {}): Full {
  return { brief: brief(id), fields: [], counts: [], ...more };
}

/** What stands on a board, as two lists of names. */
export function standing({ records, links }: Pick<Board, "records" | "links">): [string, string] {
  return [[...records.keys()].join(""), [...links.keys()].join(" ")];
}

/** Numbers that look drawn, the same in each run. */
export function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
