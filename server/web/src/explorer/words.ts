// How things are written for a reader: dates, counts, and the names of kinds, links and fields.
import type { Brief, Direction, Kind } from "./source";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const ONE: Record<Kind, string> = { CASE: "case", DOCUMENT: "document", SUBJECT: "subject" };

/** `2003-04-05` as `5 Apr 2003`, `2003-04` as `Apr 2003`; what is no date as it is. */
export function date(text: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) ?? [];
  if (!year) return text;
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  if (month && !name) return text;
  return [day ? String(Number(day)) : "", name ?? "", year].filter(Boolean).join(" ");
}

export function period(from: string | null, until: string | null): string {
  if (from && until) return from === until ? date(from) : `${date(from)} – ${date(until)}`;
  if (from) return `from ${date(from)}`;
  return until ? `until ${date(until)}` : "";
}

export function count(number: number): string {
  return number.toLocaleString("en-US");
}

export function kindName(kind: Kind, number = 1): string {
  return number === 1 ? ONE[kind] : `${ONE[kind]}s`;
}

export function counted(number: number, one: string): string {
  return `${count(number)} ${number === 1 ? one : `${one}s`}`;
}

/** `HAS_ATTACHMENT` as `has attachment`; `birth_date` as `birth date`. */
export function spoken(name: string): string {
  return name.replaceAll("_", " ").toLowerCase();
}

export function arrow(direction: Direction): string {
  return direction === "OUT" ? "→" : "←";
}

/** What a record is called in a sentence. */
export function named(brief: Brief): string {
  return brief.title && brief.kind !== "SUBJECT" ? `${brief.label} ${brief.title}` : brief.label;
}

/** What kind of thing it is: `person`, `ROI`, `case`. */
export function sort(brief: Brief): string {
  return brief.type ? brief.type.replaceAll("_", " ") : kindName(brief.kind);
}
