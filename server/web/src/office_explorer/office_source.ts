// The holdings as the explorer's Source, looked at by one agreement: what it withholds is told as withheld, not left out.
// It asks the office's /graphql with the officer's own token; what an officer may not know of, that never answers.
import type { Credentials } from "../asking";
import { SIGNED_OUT } from "../explorer/gate";
import { bothEnds, type EndsPage, next, type PageInfo, parts, questions, together } from "../explorer/paging";
import {
  type About, type Brief, type Field, type Full, type Id, type Kind, type Link, type LinkCount,
  type Neighbour, type Page, type Path, Refused, type Source,
} from "../explorer/source";
import { told } from "../explorer/told";
import { date } from "../explorer/words";
import { AMONG, ENDS, ME, NEIGHBOURS, OPAQUE, PATH, RECORD, SEARCH } from "./queries";

const CAVEAT = "For officers of this agency only. What a partner may see is told by “As its partner sees it”.";
const FIRST_DAYS = ["opened", "prepared", "created"] as const;

interface Named {
  name: string;
  value: string;
}

interface ToldBrief {
  id: Id;
  kind: Kind;
  label: string;
  number: string | null;
  date: string | null;
  shown: Named[];
  verdicts: { released: boolean }[];
}

interface ToldRecord extends ToldBrief {
  fields: Named[];
  office: string | null;
  sourceSystem: string | null;
  deleted: boolean;
  accessCodes: string[];
  approval: Record<"state" | "agent" | "supervisor" | "date", string | null> | null;
  properties: (Named & { accessCodes: string[]; sources: ToldBrief[]; verdicts: { released: boolean }[] })[];
  linkCounts: (Omit<LinkCount, "kind"> & { kind: Kind | null })[];
}

interface ToldLink {
  id: Id;
  type: string;
  role: string | null;
  from: { id: Id } | null;
  to: { id: Id } | null;
  shown: Named[];
  verdicts: { released: boolean }[];
}

export interface Officer {
  user: string;
  office: string;
  roles: string[];
  may: string[];
}

export interface AgreementName {
  id: string;
}

export interface Connection<T> {
  totalCount: number;
  nodes: T[];
  pageInfo: PageInfo;
}

export class OfficeSource implements Source {
  readonly mode = "office";
  /** The agreement by which is told what is withheld. */
  judged: string | null = null;

  /** onRefused: told of a refusal that nobody can be helped with but by signing in anew, whichever page asked. */
  constructor(
    private readonly who: Credentials,
    private readonly onRefused: (code: string, sentence: string) => void,
  ) {}

  async told<T>(query: string, variables: object = {}, signal?: AbortSignal): Promise<T> {
    try {
      return (await told(this.who, query, variables, signal)).data as T;
    } catch (error) {
      if (error instanceof Refused && SIGNED_OUT.has(error.code)) this.onRefused(error.code, error.message);
      throw error;
    }
  }

  me(): Promise<{ me: Officer; agreements: AgreementName[] }> {
    return this.told(ME);
  }

  about(): Promise<About> {
    return Promise.resolve({ caveat: CAVEAT, lines: [] });
  }

  async search(text: string, kinds: readonly Kind[], after: string | null, signal: AbortSignal): Promise<Page<Brief>> {
    const wanted = kinds.length ? kinds : null;
    const asked = { text, kinds: wanted, after, judged: this.by() };
    const { search } = await this.told<{ search: Connection<ToldBrief> }>(SEARCH, asked, signal);
    return { found: search.nodes.map(brief), total: search.totalCount, next: next(search.pageInfo) };
  }

  async record(id: Id): Promise<Full | null> {
    const { record } = await this.told<{ record: ToldRecord | null }>(RECORD, { id, judged: this.by() });
    return record && full(record);
  }

  async neighbours(id: Id, which: Omit<LinkCount, "count">, after: string | null): Promise<Page<Neighbour>> {
    type Links = Connection<ToldLink & { other: ToldBrief | null }>;
    const asked = { id, types: [which.type], directions: [which.direction], kinds: [which.kind], after, judged: this.by() };
    const { record } = await this.told<{ record: { links: Links } | null }>(NEIGHBOURS, asked);
    if (!record) return { found: [], total: 0, next: null };
    const { nodes, totalCount, pageInfo } = record.links;
    const found = nodes.flatMap((each) => {
      const between = link(each);
      return each.other && between ? [{ brief: brief(each.other), link: between }] : [];
    });
    return { found, total: totalCount, next: next(pageInfo) };
  }

  async path(from: Id, to: Id): Promise<Path | null> {
    type Found = { path: { records: (ToldBrief | null)[]; links: ToldLink[] } | null };
    const { path } = await this.told<Found>(PATH, { from, to, judged: this.by() });
    return path && pathOf(path.records, path.links);
  }

  async among(ids: readonly Id[], others: readonly Id[] = []): Promise<Path> {
    const answers: Path[] = [];
    const judged = this.by();
    for (const asked of questions(ids, others)) {
      type Found = { records: (ToldBrief | null)[]; linksAmong: ToldLink[] };
      const found = await this.told<Found>(AMONG, { ...asked, judged });
      answers.push(pathOf(found.records, found.linksAmong));
    }
    return together(answers);
  }

  async common(one: Id, other: Id): Promise<Path & { complete: boolean }> {
    const { both, complete } = await bothEnds(one, other, (id, after) => this.ends(id, after));
    return { ...(await this.among([one, other], both)), complete };
  }

  /** What these records are called under an agreement: those that it releases. */
  async opaque(ids: readonly Id[], agreement: string): Promise<Id[]> {
    const found: Id[] = [];
    for (const part of parts(ids)) {
      const { records } = await this.told<{ records: ({ opaqueId: Id | null } | null)[] }>(OPAQUE, { ids: part, agreement });
      found.push(...records.flatMap((record) => record?.opaqueId ?? []));
    }
    return found;
  }

  private async ends(id: Id, after: string | null): Promise<EndsPage> {
    type Ends = { record: { links: { nodes: { other: { id: Id } | null }[]; pageInfo: PageInfo } } | null };
    const links = (await this.told<Ends>(ENDS, { id, after })).record?.links;
    return { ends: links?.nodes.flatMap(({ other }) => other?.id ?? []) ?? [], next: links ? next(links.pageInfo) : null };
  }

  private by(): string[] {
    return this.judged === null ? [] : [this.judged];
  }
}

function pathOf(records: readonly (ToldBrief | null)[], links: readonly ToldLink[]): Path {
  return {
    records: records.flatMap((each) => (each ? [brief(each)] : [])),
    links: links.flatMap((each) => link(each) ?? []),
  };
}

function valueOf(fields: readonly Named[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

function isWithheld(verdicts: readonly { released: boolean }[]): boolean {
  return verdicts.some((verdict) => !verdict.released);
}

function brief(told: ToldBrief): Brief {
  const first = FIRST_DAYS.map((name) => valueOf(told.shown, name)).find((day) => day !== null) ?? told.date;
  const own = told.kind === "SUBJECT" ? null : first;
  return {
    id: told.id,
    kind: told.kind,
    label: told.kind === "SUBJECT" ? told.label : (told.number ?? told.label),
    title: valueOf(told.shown, "title"),
    type: valueOf(told.shown, "type"),
    from: own,
    until: valueOf(told.shown, "closed") ?? (told.kind === "DOCUMENT" ? own : null),
    withheld: isWithheld(told.verdicts),
  };
}

function link(told: ToldLink): Link | null {
  if (!told.from || !told.to) return null;
  return {
    id: told.id,
    type: told.type,
    role: told.role,
    from: told.from.id,
    to: told.to.id,
    since: valueOf(told.shown, "since"),
    until: valueOf(told.shown, "until"),
    sources: [],
    withheld: isWithheld(told.verdicts),
  };
}

function full(told: ToldRecord): Full {
  const approval = told.approval;
  const own: (readonly [string, string | null])[] = [
    ["access codes", told.accessCodes.join(", ") || "none"],
    ["coded by", approval?.agent ?? null],
    ["approved by", approval?.supervisor ?? null],
    ["approval", [approval?.state, approval?.date && date(approval.date)].filter(Boolean).join(", ") || "none"],
    ["office", told.office],
    ["source system", told.sourceSystem],
    ["deleted", told.deleted ? "yes" : null],
    ["id", told.id],
  ];
  const lines: Field[] = own.flatMap(([name, text]) => (text ? [{ name, values: [{ text, sources: [] }] }] : []));
  const fields = told.fields.map(({ name, value }) => ({ name, values: [{ text: date(value), sources: [] }] }));
  return { brief: brief(told), fields: [...properties(told), ...lines, ...fields], counts: counts(told) };
}

function properties(told: ToldRecord): Field[] {
  const byName = new Map<string, Field["values"][number][]>();
  for (const { name, value, accessCodes, sources, verdicts } of told.properties) {
    const codes = accessCodes.length ? ` [${accessCodes.join(", ")}]` : "";
    const text = `${date(value)}${codes}${isWithheld(verdicts) ? " (withheld)" : ""}`;
    byName.set(name, [...(byName.get(name) ?? []), { text, sources: sources.map(brief) }]);
  }
  return [...byName].map(([name, values]) => ({ name, values }));
}

function counts(told: ToldRecord): LinkCount[] {
  return told.linkCounts.flatMap(({ kind, ...rest }) => (kind ? [{ ...rest, kind }] : []));
}
