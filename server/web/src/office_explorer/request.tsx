// A request of one person that waits for another: what would change, what hinders it, and approving or returning it.
import { useState } from "preact/hooks";
import { date } from "../explorer/words";
import { type Act, approve, done, type Effect, returned } from "./acts";
import { sentenceOf } from "./asking";
import { type Called, RecordLink } from "./called";
import { EffectList } from "./effects";
import type { OfficeSource } from "./office_source";
import { REQUEST_EFFECT } from "./queries";

export interface Requested {
  id: string;
  kind: string;
  version: string;
  by: string;
  office: string;
  at: string;
  reason: string;
  codes: string[];
  categories: string[];
  agreements: string[];
  start: string | null;
  end: string | null;
  state: string;
  why: string | null;
  blocked: boolean;
  record: Called | null;
  diff: { name: string; before: string | null; after: string | null }[];
  obstacles: { id: string; text: string }[];
}

interface Properties {
  source: OfficeSource;
  may: readonly string[];
  request: Requested;
  onDone: () => void;
}

export function RequestRow({ source, may, request, onDone }: Properties) {
  const [effect, setEffect] = useState<readonly Effect[] | null>(null);
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState("");
  const { record } = request;
  const look = (): void => {
    source.told<{ request: { effect: Effect[] } | null }>(REQUEST_EFFECT, { id: request.id }).then(
      (told) => setEffect(told.request?.effect ?? []),
      (error: unknown) => setSaid(sentenceOf(error)),
    );
  };
  const doing = (what: Act): void => {
    done(source, what).then(
      (answer) => {
        setSaid((answer as { text: string }).text);
        onDone();
      },
      (error: unknown) => setSaid(sentenceOf(error)),
    );
  };
  return (
    <article class="request" aria-label={`Request ${request.kind.toLowerCase()} of ${record?.number ?? record?.label ?? "a link"}`}>
      <p>
        <span class="tag">{request.kind.toLowerCase()}</span>{" "}
        {record && <RecordLink record={record} />}{" "}
        <span class="quiet">asked by {request.by} of {request.office}, {date(request.at.slice(0, 10))}: {request.reason}</span>
      </p>
      <Terms request={request} />
      <ul class="diff">
        {request.diff.map(({ name, before, after }) => (
          <li key={name}><span class="quiet">{name}</span> <del>{before ?? "none"}</del> → <ins>{after ?? "none"}</ins></li>
        ))}
      </ul>
      {request.obstacles.map(({ id, text }) => <p key={id} class="error">{text}</p>)}
      {request.state.toLowerCase() !== "open" && <p class="quiet">{request.state.toLowerCase()}{request.why && `: ${request.why}`}</p>}
      {effect ? <EffectList effects={effect} /> : <button type="button" onClick={look}>What would it change?</button>}
      {may.includes("approve") && (
        <form class="acting" onSubmit={(event) => (event.preventDefault(), doing(approve(request.id, request.version, reason)))}>
          <label>Reason <input value={reason} maxLength={500} onInput={(event) => setReason(event.currentTarget.value)} /></label>
          <p class="actions">
            <button class="first" disabled={!reason || !effect} title={effect ? "" : "Look at what it would change first"}>Approve</button>
            <button type="button" disabled={!reason} onClick={() => doing(returned(request.id, reason))}>Return for correction</button>
          </p>
        </form>
      )}
      <p role="status">{said}</p>
    </article>
  );
}

function Terms({ request }: { request: Requested }) {
  const { categories, agreements, start, end } = request;
  if (!categories.length) return null;
  const time = [start && `from ${date(start)}`, end && `until ${date(end)}`].filter(Boolean).join(" ");
  return <p>{categories.join(", ")} for {agreements.join(", ")} {time}</p>;
}
