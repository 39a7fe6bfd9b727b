// The desk of whoever explores: search and record beside canvas and table. Which app serves it, the Source says.
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { arrive } from "./begin";
import { Canvas } from "./canvas";
import type { Exploring } from "./exploring";
import { FilterPanel } from "./filter_panel";
import { isAll } from "./filters";
import { type Session, SIGNED_OUT } from "./gate";
import { Help } from "./help";
import { LookSwitch } from "./look_switch";
import type { Picture } from "./picture";
import { RecordPage } from "./record";
import { type Format, save } from "./saving";
import { Search } from "./search";
import type { About, Brief } from "./source";
import { Table } from "./table";
import { Timeline } from "./timeline";
import { isTyped, pressed, type Tool, Toolbar, toolsOf } from "./tools";
import { TroubleNote } from "./trouble";
import { counted } from "./words";
import "./look.css";

interface Properties {
  name: string;
  exploring: Exploring;
  session: Session;
  /** What stands in the head of the page beside its name. */
  head?: ComponentChildren;
  /** What stands above the search. */
  above?: ComponentChildren;
  /** What is told of the record that is open before what it says. */
  standing?: ComponentChildren;
}

export function Desk({ name, exploring, session, head, above, standing }: Properties) {
  const [picture, setPicture] = useState<Picture | null>(null);
  const [table, setTable] = useState(false);
  const [filter, setFilter] = useState(false);
  const [help, setHelp] = useState(false);
  const recolour = useCallback(() => picture?.recolour(), [picture]);

  const onTable = (): void => setTable(!table);
  const onFilter = (): void => setFilter(!filter);
  const toolsNow = (): Tool[][] => toolsOf(exploring, picture, { table, filter, onTable, onFilter });
  const tools = toolsNow();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (pressed(event, toolsNow().flat()) || event.defaultPrevented) return;
      if (isTyped(event) || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") exploring.chooseNone();
      if (event.key === "?") setHelp(true);
      if (event.key === "/") {
        event.preventDefault();
        document.getElementById("search")?.focus();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  useEffect(() => {
    const onAddress = (): void => void arrive(exploring);
    addEventListener("hashchange", onAddress);
    return () => removeEventListener("hashchange", onAddress);
  }, [exploring]);

  const trouble = exploring.asking.trouble.value;
  useEffect(() => {
    if (trouble && SIGNED_OUT.has(trouble.code)) session.onRefused(trouble.code, trouble.sentence);
  }, [trouble]);

  const about = exploring.about.value;
  const { records, links } = exploring.shown.value;
  const all = exploring.board.value.records.size;
  return (
    <div class={`desk ${exploring.source.mode}`}>
      <header class="top">
        <a class="name" href="/">{name}</a>
        {head}
        <AboutLine about={about} />
        <LookSwitch onChange={recolour} />
        <button type="button" title="Keys (?)" aria-label="Keys" onClick={() => setHelp(true)}>?</button>
        <button type="button" onClick={session.onSignOut}>Sign out</button>
      </header>
      <aside class="side" aria-label="Search and record">
        {above}
        <Finding exploring={exploring} standing={standing} />
      </aside>
      <main>
        <Toolbar tools={tools}>
          {about && picture && <Save exploring={exploring} about={about} picture={picture} />}
        </Toolbar>
        {filter && <FilterPanel exploring={exploring} />}
        {trouble && !SIGNED_OUT.has(trouble.code) && <TroubleNote trouble={trouble} />}
        <div class="stage">
          <Canvas exploring={exploring} onReady={setPicture} />
          {exploring.asking.waiting.value > 0 && <div class="waiting" role="progressbar" aria-label="Waiting for the service" />}
          {!records.size && <Nothing hidden={all} />}
        </div>
        <Timeline exploring={exploring} />
        {table && <Table exploring={exploring} />}
        <p class="said" role="status">
          <span class="quiet">
            {counted(records.size, "record")}, {counted(links.size, "link")}
            {!isAll(exploring.filters.value) && ` shown of ${counted(all, "record")}`}
          </span>{" "}
          <span>{exploring.said.value}</span>
        </p>
      </main>
      <footer class="caveat">{about?.caveat ?? "The caveat of your agreement will stand here."}</footer>
      {help && <Help tools={tools.flat()} onClose={() => setHelp(false)} />}
    </div>
  );
}

function AboutLine({ about }: { about: About | null }) {
  return (
    <dl class="about">
      {about?.lines.map(([name, text]) => [<dt key={name} class="unseen">{name}</dt>, <dd key={text} title={name}>{text}</dd>])}
    </dl>
  );
}

function Nothing({ hidden }: { hidden: number }) {
  if (hidden) return <p class="empty">All {counted(hidden, "record")} are filtered out.</p>;
  return (
    <div class="empty">
      <p>Search for a record and open it. It will stand here, with its links to follow.</p>
      <p>Press <kbd>/</kbd> to search, <kbd>?</kbd> for all keys.</p>
    </div>
  );
}

function Save({ exploring, about, picture }: { exploring: Exploring; about: About; picture: Picture }) {
  const formats: readonly Format[] = ["PNG", "SVG", "JSON"];
  const nothing = !exploring.shown.value.records.size;
  return (
    <span class="group save" role="group" aria-label="Save">
      {formats.map((format) => (
        <button key={format} type="button" disabled={nothing} title={`Save as ${format}, with the caveat`} onClick={() => void save(format, exploring.shown.value, about, picture)}>
          {format}
        </button>
      ))}
      <button type="button" disabled={nothing} title="Print, with the caveat" onClick={() => print()}>Print</button>
    </span>
  );
}

function Finding({ exploring, standing }: { exploring: Exploring; standing: ComponentChildren }) {
  const open = exploring.open.value;
  return (
    <div class="finding">
      <Search exploring={exploring} onOpen={(brief: Brief) => void exploring.start(brief)} />
      {open && (
        <section class="opened">
          <button type="button" class="back" onClick={() => exploring.close()}>← Results</button>
          <RecordPage exploring={exploring} standing={standing} />
        </section>
      )}
    </div>
  );
}
