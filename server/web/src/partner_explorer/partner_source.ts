// A partner's release as the explorer's Source: it asks /graphql with the reader's own token, and nothing else.
import type { Credentials } from "../asking";
import { bothEnds, type EndsPage, next, type PageInfo, parts, questions, together } from "../explorer/paging";
import {
  type About, type Brief, type Field, type Full, type Id, type Kind, type Link, type LinkCount,
  type Neighbour, type Page, type Path, type Source,
} from "../explorer/source";
import { told } from "../explorer/told";
import { count, date } from "../explorer/words";
import { ABOUT, AMONG, ENDS, NEIGHBOURS, PATH, RECORD, SEARCH, STILL } from "./queries";

interface Told {
  id: Id;
  kind: Kind;
  number?: string;
  label?: string;
  title?: string | null;
  type?: string;
  opened?: string | null;
  closed?: string | null;
  prepared?: string | null;
}

interface ToldFull extends Told {
  office: string | null;
  contact: string | null;
  validated: string | null;
  linkCounts: LinkCount[];
  status?: string | null;
  program?: string | null;
  synopsis?: string | null;
  narrative?: string | null;
  author?: string | null;
  properties?: { name: string; values: { value: string; sources: Told[] }[] }[];
}

interface ToldLink extends Omit<Link, "from" | "to"> {
  from: { id: Id };
  to: { id: Id };
}

interface ToldAbout {
  agreement: {
    id: string;
    partner: string;
    effective: string;
    expires: string;
    caveat: string;
    release: { version: string; publishedAt: string; recordCount: number; linkCount: number };
  };
}

export class PartnerSource implements Source {
  readonly mode = "partner";

  /** onVersion: told the version of the release that each answer is of. where: the path that answers. */
  constructor(
    private readonly who: Credentials,
    private readonly onVersion: (version: string) => void = () => undefined,
    private readonly where = "/graphql",
  ) {}

  async about(): Promise<About> {
    const { agreement } = await this.told<ToldAbout>(ABOUT, {});
    const { release } = agreement;
    return {
      caveat: agreement.caveat,
      lines: [
        ["Partner", agreement.partner],
        ["Agreement", `agreement ${agreement.id}, ${date(agreement.effective)} until ${date(agreement.expires)}`],
        ["Released", `${count(release.recordCount)} records, ${count(release.linkCount)} links`],
        ["Version", `current since ${moment(release.publishedAt)}`],
      ],
    };
  }

  /** What has exactly this number stands first. */
  async search(text: string, kinds: readonly Kind[], after: string | null, signal: AbortSignal): Promise<Page<Brief>> {
    type Found = { search: { totalCount: number; nodes: Told[]; pageInfo: PageInfo }; case?: Told | null; document?: Told | null };
    const asked = { text, kinds: kinds.length ? kinds : null, after, numbered: after === null && /\d/.test(text) };
    const told = await this.told<Found>(SEARCH, asked, signal);
    const exact = [told.case, told.document].filter((each) => !!each && (!kinds.length || kinds.includes(each.kind))) as Told[];
    const found = new Map([...exact, ...told.search.nodes].map((each) => [each.id, brief(each)]));
    return { found: [...found.values()], total: told.search.totalCount, next: next(told.search.pageInfo) };
  }

  async record(id: Id): Promise<Full | null> {
    const { node } = await this.told<{ node: Partial<ToldFull> | null }>(RECORD, { id });
    return node?.kind ? full(node as ToldFull) : null;
  }

  async neighbours(id: Id, which: Omit<LinkCount, "count">, after: string | null): Promise<Page<Neighbour>> {
    type Links = { totalCount: number; edges: { node: Told; link: ToldLink }[]; pageInfo: PageInfo };
    const asked = { id, types: [which.type], direction: which.direction, kinds: [which.kind], after };
    const { node } = await this.told<{ node: { links?: Links } | null }>(NEIGHBOURS, asked);
    if (!node?.links) return { found: [], total: 0, next: null };
    const { edges, totalCount, pageInfo } = node.links;
    const found = edges.map((edge) => ({ brief: brief(edge.node), link: link(edge.link) }));
    return { found, total: totalCount, next: next(pageInfo) };
  }

  async path(from: Id, to: Id): Promise<Path | null> {
    const { path } = await this.told<{ path: { records: Told[]; links: ToldLink[] } | null }>(PATH, { from, to });
    return path && { records: path.records.map(brief), links: path.links.map(link) };
  }

  async among(ids: readonly Id[], others: readonly Id[] = []): Promise<Path> {
    const answers: Path[] = [];
    for (const asked of questions(ids, others)) {
      const told = await this.told<{ nodes: (Partial<Told> | null)[]; linksAmong: ToldLink[] }>(AMONG, asked);
      const records = told.nodes.flatMap((node) => (node?.kind ? [brief(node as Told)] : []));
      answers.push({ records, links: told.linksAmong.map(link) });
    }
    return together(answers);
  }

  async still(ids: readonly Id[]): Promise<ReadonlySet<Id>> {
    const found = new Set<Id>();
    for (const part of parts(ids)) {
      const { nodes } = await this.told<{ nodes: ({ id: Id } | null)[] }>(STILL, { ids: part });
      for (const node of nodes) if (node) found.add(node.id);
    }
    return found;
  }

  async common(one: Id, other: Id): Promise<Path & { complete: boolean }> {
    const { both, complete } = await bothEnds(one, other, (id, after) => this.ends(id, after));
    return { ...(await this.among([one, other], both)), complete };
  }

  private async ends(id: Id, after: string | null): Promise<EndsPage> {
    type Ends = { node: { links?: { edges: { node: { id: Id } }[]; pageInfo: PageInfo } } | null };
    const links = (await this.told<Ends>(ENDS, { id, after })).node?.links;
    return { ends: links?.edges.map((edge) => edge.node.id) ?? [], next: links ? next(links.pageInfo) : null };
  }

  private async told<T>(query: string, variables: object, signal?: AbortSignal): Promise<T> {
    const answer = await told(this.who, query, variables, signal, this.where);
    if (answer.extensions?.release) this.onVersion(answer.extensions.release.version);
    return answer.data as T;
  }
}

function moment(text: string): string {
  return `${date(text.slice(0, 10))}, ${text.slice(11, 16)} UTC`;
}

function brief(told: Told): Brief {
  return {
    id: told.id,
    kind: told.kind,
    label: told.label ?? told.number ?? "",
    title: told.title ?? null,
    type: told.type ?? null,
    from: told.opened ?? told.prepared ?? null,
    until: told.closed ?? (told.kind === "DOCUMENT" ? (told.prepared ?? null) : null),
  };
}

function link(told: ToldLink): Link {
  return { ...told, from: told.from.id, to: told.to.id };
}

function full(told: ToldFull): Full {
  const dates = ["opened", "closed", "prepared", "validated"] as const;
  const own: (readonly [string, string | null | undefined])[] = [
    ["number", told.number],
    ["title", told.title],
    ["type", told.type],
    ["status", told.status],
    ["program", told.program],
    ...dates.map((name) => [name, told[name] ? date(told[name]) : null] as const),
    ["author", told.author],
    ["synopsis", told.synopsis],
    ["narrative", told.narrative],
    ["office", told.office],
    ["contact", told.contact],
  ];
  const fields: Field[] = own.flatMap(([name, text]) => (text ? [{ name, values: [{ text, sources: [] }] }] : []));
  const properties = (told.properties ?? []).map(({ name, values }) => ({
    name,
    values: values.map(({ value, sources }) => ({ text: readable(value), sources: sources.map(brief) })),
  }));
  return { brief: brief(told), fields: [...properties, ...fields], counts: told.linkCounts };
}

/** A value that is a whole date is written as one. */
function readable(value: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(value) ? date(value) : value;
}
