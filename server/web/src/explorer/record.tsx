// The page of a record: what it says, each value with the documents that assert it, and how many links of which sort.
import type { ComponentChildren } from "preact";
import { groupId, remaining, shownOf } from "./board";
import type { Exploring } from "./exploring";
import { KindMark } from "./kind_mark";
import type { Brief, Field, Full, LinkCount, Value } from "./source";
import { Withheld } from "./withheld";
import { arrow, count, kindName, period, sort, spoken } from "./words";

const TEXTS = new Set(["synopsis", "narrative", "description"]);

interface Properties {
  exploring: Exploring;
  /** What is told of it before what it says. */
  standing?: ComponentChildren;
}

export function RecordPage({ exploring, standing }: Properties) {
  const full = exploring.full.value;
  if (exploring.missing.value) return <p class="empty">There is no such record. It may have been withdrawn.</p>;
  if (!full) return <p class="empty slowly">Reading the record…</p>;
  const { brief } = full;
  return (
    <article class="record" aria-label={`Record ${brief.label}`}>
      <Head brief={brief} />
      <Actions exploring={exploring} brief={brief} />
      <Links exploring={exploring} full={full} />
      {standing}
      <h3>What it says</h3>
      <dl class="fields">
        {full.fields.map((field) => <FieldRow key={field.name} field={field} onOpen={(id) => void exploring.look(id)} />)}
      </dl>
    </article>
  );
}

function Head({ brief }: { brief: Brief }) {
  return (
    <header>
      <p class="quiet"><KindMark kind={brief.kind} /> {[kindName(brief.kind), brief.type && sort(brief), period(brief.from, brief.until)].filter(Boolean).join(" · ")} <Withheld of={brief} /></p>
      <h2>{brief.label}</h2>
      {brief.title && <p class="title">{brief.title}</p>}
    </header>
  );
}

function Actions({ exploring, brief }: { exploring: Exploring; brief: Brief }) {
  if (exploring.board.value.records.has(brief.id)) return null;
  return <p class="actions"><button type="button" class="first" onClick={() => void exploring.add()}>Add to the canvas</button></p>;
}

function Links({ exploring, full }: { exploring: Exploring; full: Full }) {
  const total = full.counts.reduce((sum, each) => sum + each.count, 0);
  return (
    <section>
      <h3>Links <span class="quiet">{count(total)}</span></h3>
      {!total && <p class="quiet">None.</p>}
      <ul class="sorts">
        {full.counts.map((which) => <Sort key={groupId("", which)} exploring={exploring} full={full} which={which} />)}
      </ul>
    </section>
  );
}

function Sort({ exploring, full, which }: { exploring: Exploring; full: Full; which: LinkCount }) {
  const board = exploring.board.value;
  const hub = full.brief.id;
  const left = remaining(board, { ...which, id: "", hub, total: which.count, next: null });
  const shown = shownOf(board, { ...which, hub }).length;
  return (
    <li>
      <button type="button" disabled={!left} onClick={() => void exploring.expand(hub, which)}>
        <span class="way" aria-hidden="true">{arrow(which.direction)}</span>
        <span><span class="unseen">Expand: </span>{spoken(which.type)}<span class="unseen">{which.direction === "OUT" ? " to " : " from "}</span></span>
        <span class="quiet"><KindMark kind={which.kind} /> {kindName(which.kind, which.count)}<span class="unseen">, </span></span>
        <span class="number">{shown ? `${count(shown)} of ` : ""}{count(which.count)}</span>
      </button>
    </li>
  );
}

function FieldRow({ field, onOpen }: { field: Field; onOpen: (id: string) => void }) {
  return (
    <>
      <dt>{spoken(field.name)}</dt>
      {field.values.map((value) => (
        <dd key={value.text} class={TEXTS.has(field.name) ? "text" : ""}>
          {value.text}
          <Sources value={value} onOpen={onOpen} />
        </dd>
      ))}
    </>
  );
}

function Sources({ value, onOpen }: { value: Value; onOpen: (id: string) => void }) {
  if (!value.sources.length) return null;
  return (
    <span class="sources">
      asserted by{" "}
      {value.sources.map((source) => [
        <button key={source.id} type="button" class="source" title={source.title ?? ""} onClick={() => onOpen(source.id)}>
          <KindMark kind="DOCUMENT" />{source.label}
        </button>,
        " ",
      ])}
    </span>
  );
}
