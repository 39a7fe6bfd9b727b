// What is asked for in pages or in parts, for a question takes no more than a hundred ids: both Sources ask so.
import type { Id, LinkCount, Path } from "./source";

export interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
}

/** Which ids one question may have the links between of. fresh: those of them that no question before it had. */
export interface Question {
  ids: readonly Id[];
  fresh: readonly Id[];
}

/** One page of the other ends of a record's links. */
export interface EndsPage {
  ends: readonly Id[];
  next: string | null;
}

/** How many ids one question may have. */
export const MOST_IDS = 100;
/** How many pages of a record's links are looked through for common neighbours. */
const MOST_PAGES = 20;
/** How many neighbours expanding brings at once; the sorts of links that have more stand there as groups. */
const FEW = 30;

export function next(info: PageInfo): string | null {
  return info.hasNextPage ? info.endCursor : null;
}

export function parts<T>(all: readonly T[], most = MOST_IDS): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, place) => all.slice(place * most, (place + 1) * most));
}

/** Questions that have each two of these ids together in one of them, and each of them with each of the others. */
export function questions(ids: readonly Id[], others: readonly Id[] = []): Question[] {
  const own = parts([...new Set(ids)], MOST_IDS / 2);
  const beside = parts([...new Set(others)].filter((id) => !ids.includes(id)), MOST_IDS / 2);
  const pairs = own.flatMap((part, place) => [...own.slice(place + 1), ...beside].map((other) => [...part, ...other]));
  const asked = new Set<Id>();
  return (pairs.length ? pairs : own).map((together) => {
    const fresh = together.filter((id) => !asked.has(id));
    fresh.forEach((id) => asked.add(id));
    return { ids: together, fresh };
  });
}

/** The sorts of links, the smallest first, that together have few enough to be asked for at once. */
export function fewOf(counts: readonly LinkCount[]): LinkCount[] {
  let sum = 0;
  return [...counts].sort((one, other) => one.count - other.count).filter((which) => (sum += which.count) <= FEW);
}

/** What the answers have together; a link that several have is there once. */
export function together(answers: readonly Path[]): Path {
  const links = new Map(answers.flatMap((answer) => answer.links).map((link) => [link.id, link]));
  return { records: answers.flatMap((answer) => answer.records), links: [...links.values()] };
}

/** The records at the other ends of the links of both. ends: asks for one page of those of one record. */
export async function bothEnds(
  one: Id,
  other: Id,
  ends: (id: Id, after: string | null) => Promise<EndsPage>,
): Promise<{ both: Id[]; complete: boolean }> {
  const [first, second] = await Promise.all([allEnds(one, ends), allEnds(other, ends)]);
  const both = [...first.found].filter((id) => second.found.has(id) && id !== one && id !== other);
  return { both, complete: first.complete && second.complete };
}

async function allEnds(
  id: Id,
  ends: (id: Id, after: string | null) => Promise<EndsPage>,
): Promise<{ found: Set<Id>; complete: boolean }> {
  const found = new Set<Id>();
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const came = await ends(id, after);
    for (const end of came.ends) found.add(end);
    after = came.next;
    if (after === null) return { found, complete: true };
  }
  return { found, complete: false };
}
