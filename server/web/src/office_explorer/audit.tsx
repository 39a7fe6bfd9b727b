// What was read and done here, for auditors: the newest first.
import { date, spoken } from "../explorer/words";
import { Listed } from "./listed";
import type { WorkProperties } from "./work";
import { facts } from "./plain";
import { AUDIT } from "./queries";

/** What an auditor looks for first in a line; the rest can be opened. */
const MAIN: ReadonlySet<string> = new Set(["office", "agreement", "agreements", "action", "id", "record", "records", "link", "reason", "errors"]);

interface Line {
  at: string;
  event: string;
  user: string | null;
  text: string;
}

export function Audit({ source, known }: WorkProperties) {
  if (!known.officer.roles.includes("AUDITOR")) return <p class="empty">Auditors alone read this.</p>;
  return (
    <Listed<Line> source={source} query={AUDIT} name="audit" one="line" empty="Nothing is in the log.">
      {(line) => <Row key={`${line.at} ${line.event} ${line.text}`} line={line} />}
    </Listed>
  );
}

function Row({ line: { at, event, user, text } }: { line: Line }) {
  const told = facts(text);
  const [main, more] = [told.filter(([name]) => MAIN.has(name)), told.filter(([name]) => !MAIN.has(name))];
  return (
    <div class="logged">
      <p>
        <span class="quiet">{date(at.slice(0, 10))}, {at.slice(11, 19)} UTC</span> <strong>{event}</strong> {user}{" "}
        {told.length ? main.map(([name, said]) => <span key={name}><span class="quiet">{spoken(name)}</span> {said} </span>) : text}
      </p>
      {more.length > 0 && (
        <details>
          <summary class="quiet">All of it</summary>
          <dl class="fields">{more.map(([name, said]) => [<dt key={name}>{spoken(name)}</dt>, <dd key={`${name} said`}>{said}</dd>])}</dl>
        </details>
      )}
    </div>
  );
}
