// How the record that is open stands: whether each agreement has it and why not, what waits for it, what was found wrong
// with it, who did what; and what this officer may do about it.
import { useState } from "preact/hooks";
import type { Exploring } from "../explorer/exploring";
import { date, spoken } from "../explorer/words";
import { deleted, markReviewed, recode, requestLift, withdraw } from "./acts";
import { type Asked, useAsked } from "./asking";
import { useDoing } from "./doing";
import { Effects, useSimulated } from "./effects";
import type { Known } from "./head";
import type { OfficeSource } from "./office_source";
import { STANDING } from "./queries";
import { Refusal } from "./refusal";
import { isWaiting, type Requested, RequestRow } from "./request";
import { type Verdict, Why } from "./why";

interface Told {
  id: string;
  version: string;
  accessCodes: string[];
  verdicts: { agreement: string; released: boolean }[];
  /** Of the agreement by which is looked alone. */
  why: Verdict[];
  history: { at: string | null; what: string; by: string | null; reason: string | null }[];
  findings: { id: string; text: string; blocking: boolean; acceptedBy: string | null }[];
  review: { due: string; overdue: boolean; assignee: string | null; deferredUntil: string | null; lastBy: string | null; lastAt: string | null } | null;
  requests: Requested[];
}

interface Properties {
  source: OfficeSource;
  known: Known;
  exploring: Exploring;
  id: string;
  judged: string | null;
}

export function Standing({ source, known, exploring, id, judged }: Properties) {
  const asked: Asked<{ record: Told | null }> = useAsked((signal) => source.told(STANDING, { id, judged: judged === null ? [] : [judged] }, signal), id, judged);
  const told = asked.told?.record;
  if (asked.refusal) return <Refusal sentence={asked.refusal} again={asked.again} />;
  if (!asked.told) return <p class="quiet slowly">Asking why…</p>;
  if (!told) return null; // it is gone, and its page says so
  const changed = (said: string): void => {
    asked.again();
    void exploring.reread(`${said && `${said} `}What is shown was read anew.`);
  };
  const { may } = known.officer;
  const [verdict] = told.why;
  const waiting = told.requests.filter(isWaiting);
  return (
    <section class="standing" aria-label="How it stands">
      {verdict && <Why verdict={verdict} exploring={exploring} clearing={may.includes("requestClearance") ? { source, onDone: changed } : null} />}
      <Others verdicts={told.verdicts} judged={judged} />
      <Acting source={source} told={told} may={may} onDone={changed} />
      {waiting.length > 0 && <h3>Waits for approval</h3>}
      {waiting.map((request) => (
        <RequestRow key={`${request.id} ${request.version}`} source={source} may={may} request={request} onDone={changed} />
      ))}
      {told.findings.length > 0 && <h3>Found wrong</h3>}
      <ul class="findings">
        {told.findings.map((finding) => (
          <li key={finding.id}>
            <span class={finding.blocking ? "tag wrong" : "tag"}>{finding.blocking ? "blocks approval" : "look at it"}</span> {finding.text}
            {finding.acceptedBy && <span class="quiet"> Accepted by {finding.acceptedBy}.</span>}
          </li>
        ))}
      </ul>
      <Review told={told} />
      <h3>History</h3>
      <ol class="history">
        {told.history.map((each) => (
          <li key={`${each.at} ${each.what} ${each.by}`}>
            <span class="quiet">{each.at ? date(each.at.slice(0, 10)) : "no date"}</span> {spoken(each.what)}
            {each.by && ` by ${each.by}`}{each.reason && `: ${each.reason}`}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Others({ verdicts, judged }: { verdicts: Told["verdicts"]; judged: string | null }) {
  const others = verdicts.filter(({ agreement }) => agreement !== judged);
  if (!others.length) return null;
  return (
    <p class="quiet">
      {others.map(({ agreement, released }) => `${agreement}: ${released ? "released" : "withheld"}`).join(" · ")}
    </p>
  );
}

function Review({ told }: { told: Told }) {
  const { review } = told;
  if (!review) return null;
  return (
    <p class={review.overdue ? "error" : "quiet"}>
      Review due {date(review.due)}{review.overdue && ", overdue"}
      {review.assignee && `, assigned to ${review.assignee}`}
      {review.deferredUntil && `, deferred until ${date(review.deferredUntil)}`}
      {review.lastBy && `. Last by ${review.lastBy}, ${date((review.lastAt ?? "").slice(0, 10))}`}.
    </p>
  );
}

interface ActingProperties {
  source: OfficeSource;
  told: Told;
  may: readonly string[];
  onDone: (said: string) => void;
}

/** Recoding with its effect before anybody saves, and what else is done to a record at once. */
function Acting({ source, told, may, onDone }: ActingProperties) {
  const [written, setWritten] = useState<string | null>(null); // null: nothing, so that what is held stands there
  const [reason, setReason] = useState("");
  const codes = written ?? told.accessCodes.join(" ");
  const wanted = codes.split(/[\s,]+/).filter(Boolean);
  const simulated = useSimulated(source, told.id, wanted, told.accessCodes);
  const { said, busy, does } = useDoing(source, (came) => {
    setWritten(null);
    setReason("");
    onDone(came);
  });
  const idle = reason !== "" && !busy;
  const can = (name: string): boolean => may.includes(name);
  const mayRecode = can("recode") && idle && simulated.known;
  if (!["recode", "withdraw", "delete", "markReviewed", "requestLift"].some(can)) return null;
  return (
    <form
      class="acting"
      onSubmit={(event) => {
        event.preventDefault();
        if (mayRecode) does(recode(told.id, wanted, reason, told.version));
      }}
    >
      <h3>Change it</h3>
      <label>Access codes <input value={codes} disabled={!can("recode")} spellcheck={false} onInput={(event) => setWritten(event.currentTarget.value)} /></label>
      <Effects simulated={simulated} />
      <label>Reason <input value={reason} maxLength={500} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <p class="actions">
        {can("recode") && <button class="first" disabled={!mayRecode} title={simulated.known ? "" : "What it would change is not known yet"}>Recode</button>}
        {can("withdraw") && <button type="button" disabled={!idle} onClick={() => does(withdraw(told.id, reason))}>Withdraw now</button>}
        {can("requestLift") && <button type="button" disabled={!idle} onClick={() => does(requestLift(told.id, reason))}>Ask to lift</button>}
        {can("markReviewed") && <button type="button" disabled={!idle} onClick={() => does(markReviewed(told.id, told.version, reason))}>Mark reviewed</button>}
        {can("delete") && <button type="button" disabled={!idle} onClick={() => does(deleted(told.id, reason, told.version))}>Delete</button>}
      </p>
      <p role="status">{said}</p>
      <p class="quiet">What withholds is done at once. What releases waits for another person.</p>
    </form>
  );
}
