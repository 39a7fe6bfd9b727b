// What the explorer can ask, whichever app serves it. Each entry page makes one Source and hands it to the explorer:
// nothing here knows of addresses, tokens or queries. Whatever a Source gives is text, and is shown as text.

export type Mode = "partner" | "office";
export type Id = string;
export type Kind = "CASE" | "DOCUMENT" | "SUBJECT";
export type Direction = "OUT" | "IN";

export const KINDS: readonly Kind[] = ["CASE", "DOCUMENT", "SUBJECT"];

/** What stands for a record in a list and on the canvas. from, until: days, of a case's or a document's own. */
export interface Brief {
  id: Id;
  kind: Kind;
  label: string;
  title: string | null;
  type: string | null;
  from: string | null;
  until: string | null;
  /** Whether the agreement by which the office looks withholds it; a partner is never told of such a one. */
  withheld?: boolean;
}

export interface Value {
  text: string;
  /** The documents that assert it; none where the record itself does. */
  sources: readonly Brief[];
}

export interface Field {
  name: string;
  values: readonly Value[];
}

/** So many links of one type and direction, to records of one kind. */
export interface LinkCount {
  type: string;
  direction: Direction;
  kind: Kind;
  count: number;
}

export interface Full {
  brief: Brief;
  fields: readonly Field[];
  counts: readonly LinkCount[];
}

export interface Link {
  id: Id;
  type: string;
  from: Id;
  to: Id;
  role: string | null;
  since: string | null;
  until: string | null;
  sources: readonly { id: Id; number: string }[];
  withheld?: boolean;
}

export interface Neighbour {
  brief: Brief;
  link: Link;
}

/** next: what to ask the next page with; null at the end. */
export interface Page<T> {
  found: readonly T[];
  total: number;
  next: string | null;
}

export interface Path {
  records: readonly Brief[];
  links: readonly Link[];
}

/** What all that is shown belongs to. lines: what there is to say of it, by name. */
export interface About {
  caveat: string;
  lines: readonly (readonly [string, string])[];
}

export interface Source {
  readonly mode: Mode;
  about(): Promise<About>;
  search(text: string, kinds: readonly Kind[], after: string | null, signal: AbortSignal): Promise<Page<Brief>>;
  /** The record with all that it says; null where there is none. */
  record(id: Id): Promise<Full | null>;
  /** One page of the links of such a type, direction and kind. */
  neighbours(id: Id, which: Omit<LinkCount, "count">, after: string | null): Promise<Page<Neighbour>>;
  /** A shortest path; null where there is none. */
  path(from: Id, to: Id): Promise<Path | null>;
  /** The records among these ids and the others that there are, and all links of these, between them and to the others. */
  among(ids: readonly Id[], others?: readonly Id[]): Promise<Path>;
  /** Those of these ids, of records or links, that there still are. Of a Source whose release changes by itself. */
  still?(ids: readonly Id[]): Promise<ReadonlySet<Id>>;
  /** Records that have a link to both. complete: whether all links of both were looked at. */
  common(one: Id, other: Id): Promise<Path & { complete: boolean }>;
}

/** Why there is no answer. code: as the service says it, or NO_ANSWER where none came. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    sentence: string,
    readonly retryAfter: number | null = null,
  ) {
    super(sentence);
  }
}
