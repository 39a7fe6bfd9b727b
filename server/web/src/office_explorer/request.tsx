// A request of one person that waits for another: what would change, what hinders it, and approving or returning it.
import { useState } from "preact/hooks";
import { date, spoken } from "../explorer/words";
import { approve, type Effect, returned } from "./acts";
import { sentenceOf, useLast } from "./asking";
import { type Called, RecordLink } from "./called";
import { useDoing } from "./doing";
import { EffectList } from "./effects";
import type { OfficeSource } from "./office_source";
import { plain } from "./plain";
import { REQUEST_EFFECT } from "./queries";

export interface Requested {
  id: string;
  kind: string;
  version: string;
  by: string;
  office: string;
  at: string;
  reason: string;
  categories: string[];
  agreements: string[];
  start: string | null;
  end: string | null;
  state: string;
  why: string | null;
  record: Called | null;
  diff: { name: string; before: string | null; after: string | null }[];
  obstacles: { id: string; text: string }[];
}

/** Whether it waits: an open one for a second person, an ended one for somebody to ask anew. */
export function isWaiting({ state }: Requested): boolean {
  return state === "open" || state === "ended";
}

/** What it would change, and of which version of it. */
type Looked = Pick<Requested, "version" | "state"> & { effect: Effect[] };

interface Properties {
  source: OfficeSource;
  may: readonly string[];
  request: Requested;
  /** Called when it has to be read anew: with what came of what was done, or with nothing. */
  onDone: (said: string) => void;
}

export function RequestRow({ source, may, request, onDone }: Properties) {
  const [effect, setEffect] = useState<readonly Effect[] | null>(null);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState("");
  const { said, busy, does } = useDoing(source, (came) => {
    setReason("");
    onDone(came);
  });
  const renew = useLast();
  const { record, state } = request;
  const isOpen = state === "open";
  const [mayApprove, mayReturn] = [isOpen && may.includes("approve"), may.includes("returnForCorrection")];
  const idle = reason !== "" && !busy;
  const look = (): void => {
    const signal = renew();
    source.told<{ request: Looked | null }>(REQUEST_EFFECT, { id: request.id }, signal).then(
      ({ request: now }) => {
        if (signal.aborted) return;
        if (!now) setWrong("This request is gone.");
        else if (now.version === request.version && now.state === state) setEffect(now.effect);
        else onDone(""); // what stands here is as it was before: it is read anew, and looked at again
      },
      (error: unknown) => signal.aborted || setWrong(sentenceOf(error)),
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
          <li key={name}><span class="quiet">{spoken(name)}</span> <del>{plain(before ?? "none")}</del> → <ins>{plain(after ?? "none")}</ins></li>
        ))}
      </ul>
      {request.obstacles.map(({ id, text }) => <p key={id} class="error">{text}</p>)}
      {!isOpen && <p class="quiet">{state}{request.why && `: ${request.why}`}</p>}
      {isOpen && (effect ? <EffectList effects={effect} /> : <button type="button" onClick={look}>What would it change?</button>)}
      {(mayApprove || mayReturn) && (
        <form
          class="acting"
          onSubmit={(event) => {
            event.preventDefault();
            if (mayApprove && idle && effect) does(approve(request.id, request.version, reason));
          }}
        >
          <label>Reason <input value={reason} maxLength={500} onInput={(event) => setReason(event.currentTarget.value)} /></label>
          <p class="actions">
            {mayApprove && <button class="first" disabled={!idle || !effect} title={effect ? "" : "Look at what it would change first"}>Approve</button>}
            {mayReturn && <button type="button" disabled={!idle} onClick={() => does(returned(request.id, reason))}>Return for correction</button>}
          </p>
        </form>
      )}
      {wrong && <p class="error" role="alert">{wrong}</p>}
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
