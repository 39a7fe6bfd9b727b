// The time that a board's records take up, cut into years, quarters or months, with how many records of each kind fall
// into each. A record counts where it begins.
import { KINDS, type Brief, type Kind } from "./source";

/** from, until: the first and the last day, both included. */
export interface Span {
  from: string;
  until: string;
  name: string;
  counts: Readonly<Record<Kind, number>>;
}

const MOST_SPANS = 80;

export function spansOf(briefs: Iterable<Brief>): Span[] {
  const dated = [...briefs].filter((brief) => brief.from ?? brief.until);
  const days = dated.map(dayOf).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const months = monthsOf(last) - monthsOf(first) + 1;
  const width = [1, 3, 12, 60].find((each) => months / each <= MOST_SPANS) ?? 240;
  const start = Math.floor(monthsOf(first) / width);
  const number = Math.floor(monthsOf(last) / width) - start + 1;
  const counts = Array.from({ length: number }, () => Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>);
  for (const brief of dated) {
    const count = counts[Math.floor(monthsOf(dayOf(brief)) / width) - start];
    if (count) count[brief.kind]++;
  }
  return counts.map((each, place) => ({ ...boundsOf((start + place) * width, width), counts: each }));
}

function dayOf(brief: Brief): string {
  return brief.from ?? brief.until ?? "";
}

function monthsOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7) || 1) - 1;
}

function boundsOf(month: number, width: number): { from: string; until: string; name: string } {
  const from = written(month);
  const until = written(month + width - 1);
  const year = from.slice(0, 4);
  if (width === 1) return { from: `${from}-01`, until: `${until}-31`, name: from };
  if (width === 3) return { from: `${from}-01`, until: `${until}-31`, name: `${year} Q${(month % 12) / 3 + 1}` };
  return { from: `${from}-01`, until: `${until}-31`, name: width === 12 ? year : `${year}–${until.slice(0, 4)}` };
}

function written(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}
