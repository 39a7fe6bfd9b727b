// The board as tables, in step with the canvas: the same records and links, for keyboard and screen reader and for all
// who would rather read. A long table comes in pages, so that it stays quick.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { linksOf } from "./board";
import type { Exploring } from "./exploring";
import { KindMark } from "./kind_mark";
import type { Brief, Id, Link } from "./source";
import { Withheld } from "./withheld";
import { count, counted, kindName, named, period, sort, spoken } from "./words";

const PAGE = 100;

type Order = "kind" | "label" | "from" | "links";

export function Table({ exploring }: { exploring: Exploring }) {
  const [part, setPart] = useState<"records" | "links">("records");
  const { records, links } = exploring.shown.value;
  const parts = [["records", records.size], ["links", links.size]] as const;
  return (
    <section class="table" aria-label="What is on the canvas, as a table">
      <div class="parts" role="group" aria-label="Part">
        {parts.map(([name, number]) => (
          <button key={name} type="button" class="chip" aria-pressed={part === name} onClick={() => setPart(name)}>
            {name} {count(number)}
          </button>
        ))}
      </div>
      {part === "records" ? <Records exploring={exploring} /> : <Links exploring={exploring} />}
    </section>
  );
}

function Records({ exploring }: { exploring: Exploring }) {
  const [order, setOrder] = useState<Order>("kind");
  const board = exploring.shown.value;
  const chosen = new Set(exploring.chosen.value);
  const keys: Record<Order, (brief: Brief) => string> = {
    kind: (brief) => `${brief.kind} ${brief.label}`,
    label: (brief) => brief.label,
    from: (brief) => brief.from ?? "9",
    links: (brief) => String(1_000_000 - linksOf(board, brief.id).length),
  };
  const sorted = [...board.records.values()]
    .map((brief) => [keys[order](brief), brief] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, brief]) => brief);
  const heads: readonly (readonly [Order, string])[] = [["kind", "Kind"], ["label", "Record"], ["from", "Date"], ["links", "Links"]];
  return (
    <Paged rows={sorted} empty="No record is shown.">
      {(rows) => (
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="unseen">Chosen</span></th>
              {heads.map(([key, name]) => (
                <th key={key} scope="col" class={key === "links" ? "number" : ""} aria-sort={order === key ? "ascending" : "none"}>
                  <button type="button" onClick={() => setOrder(key)}>{name}</button>
                </th>
              ))}
              <th scope="col">Title</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((brief) => (
              <tr key={brief.id} class={chosen.has(brief.id) ? "chosen" : ""}>
                <td><input type="checkbox" aria-label={`Choose ${named(brief)}`} checked={chosen.has(brief.id)} onChange={() => void exploring.choose(brief.id, true)} /></td>
                <td><KindMark kind={brief.kind} /> {brief.type ? sort(brief) : kindName(brief.kind)}</td>
                <th scope="row"><Open exploring={exploring} id={brief.id} label={brief.label} /></th>
                <td>{period(brief.from, brief.until)}</td>
                <td class="number">{count(linksOf(board, brief.id).length)}</td>
                <td>{brief.title} <Withheld of={brief} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paged>
  );
}

function Links({ exploring }: { exploring: Exploring }) {
  const board = exploring.shown.value;
  const label = (id: Id): string => board.records.get(id)?.label ?? "";
  const key = (link: Link): string => `${link.type} ${label(link.from)} ${label(link.to)}`;
  const sorted = [...board.links.values()].map((link) => [key(link), link] as const).sort(([one], [other]) => (one < other ? -1 : 1));
  return (
    <Paged rows={sorted.map(([, link]) => link)} empty="No link is shown.">
      {(rows) => (
        <table>
          <thead>
            <tr>{["From", "Link", "To", "Role", "Time", "Sources"].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((link) => (
              <tr key={link.id} class={exploring.lit.value.has(link.id) ? "lit" : ""}>
                <td><Open exploring={exploring} id={link.from} label={label(link.from)} /></td>
                <td>{spoken(link.type)} <Withheld of={link} /></td>
                <td><Open exploring={exploring} id={link.to} label={label(link.to)} /></td>
                <td>{link.role}</td>
                <td>{period(link.since, link.until)}</td>
                <td>{link.sources.map((source) => <Open key={source.id} exploring={exploring} id={source.id} label={source.number} />)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paged>
  );
}

function Open({ exploring, id, label }: { exploring: Exploring; id: Id; label: string }) {
  return <button type="button" class="source" onClick={() => void exploring.choose(id)}>{label}</button>;
}

interface PagedProperties<T> {
  rows: readonly T[];
  empty: string;
  children: (rows: readonly T[]) => ComponentChildren;
}

function Paged<T>({ rows, empty, children }: PagedProperties<T>) {
  const [page, setPage] = useState(0);
  if (!rows.length) return <p class="empty">{empty}</p>;
  const last = Math.ceil(rows.length / PAGE) - 1;
  const here = Math.min(page, last);
  const from = here * PAGE;
  return (
    <div class="paged" tabIndex={0} role="region" aria-label="Rows">
      {children(rows.slice(from, from + PAGE))}
      {last > 0 && (
        <p class="pages">
          <button type="button" disabled={!here} onClick={() => setPage(here - 1)}>Before</button>
          <span>{count(from + 1)} to {count(Math.min(from + PAGE, rows.length))} of {counted(rows.length, "row")}</span>
          <button type="button" disabled={here === last} onClick={() => setPage(here + 1)}>After</button>
        </p>
      )}
    </div>
  );
}
