// The queue of reviews: attest a record as it stands, assign it, or defer it with a reason; and who is in time.
import { useState } from "preact/hooks";
import { count, date } from "../explorer/words";
import { assign, defer, markReviewed } from "./acts";
import { useAsked } from "./asking";
import { type Called, RecordLink } from "./called";
import { Listed } from "./listed";
import type { OfficeSource } from "./office_source";
import type { WorkProperties } from "./work";
import { QUEUE, TIMELINESS } from "./queries";
import { Refusal } from "./refusal";
import { WithReason } from "./reason";

interface Due {
  record: Called & { version: string; office: string | null };
  due: string;
  overdue: boolean;
  risk: string;
  assignee: string | null;
  lastBy: string | null;
}

interface InTime {
  office: string | null;
  due: number;
  inTime: number;
}

/** Whose queue is shown. */
type Whose = "My office" | "Assigned to me" | "All offices";

export function Queue({ source, known }: WorkProperties) {
  const [whose, setWhose] = useState<Whose>("My office");
  const { user, office } = known.officer;
  const asked: Record<Whose, Readonly<Record<string, unknown>>> = {
    "My office": { office },
    "Assigned to me": { assignee: user },
    "All offices": {},
  };
  return (
    <>
      <Timeliness source={source} />
      <p class="actions" role="group" aria-label="Whose queue">
        {(Object.keys(asked) as Whose[]).map((name) => (
          <button key={name} type="button" class="chip" aria-pressed={name === whose} onClick={() => setWhose(name)}>{name}</button>
        ))}
      </p>
      <Listed<Due> source={source} query={QUEUE} asked={asked[whose]} name="queue" one="record" empty="Nothing is to be reviewed.">
        {(each, again) => <Row key={each.record.id} each={each} source={source} may={known.officer.may} onDone={again} />}
      </Listed>
    </>
  );
}

interface RowProperties {
  each: Due;
  source: OfficeSource;
  may: readonly string[];
  onDone: () => void;
}

function Row({ each, source, may, onDone }: RowProperties) {
  const { record } = each;
  return (
    <article class="due">
      <p>
        <RecordLink record={record} />{" "}
        <span class="quiet">{record.office ?? "no office"}</span>{" "}
        <span class={each.overdue ? "tag wrong" : "tag"}>{each.overdue ? "overdue since" : "due"} {date(each.due)}</span>{" "}
        <span>{each.risk}</span>
        {each.assignee && <span class="quiet"> · {each.assignee}</span>}
        {each.lastBy && <span class="quiet"> · last by {each.lastBy}</span>}
      </p>
      <p class="actions">
        {may.includes("markReviewed") && <WithReason source={source} name="Attest" act={(reason) => markReviewed(record.id, record.version, reason)} onDone={onDone} />}
        {may.includes("assign") && <WithReason source={source} name="Assign" more={["To", "text"]} act={(reason, to) => assign(record.id, to, reason)} onDone={onDone} />}
        {may.includes("defer") && <WithReason source={source} name="Defer" more={["Until", "date"]} act={(reason, until) => defer(record.id, until, reason)} onDone={onDone} />}
      </p>
    </article>
  );
}

function Timeliness({ source }: { source: OfficeSource }) {
  const { told, refusal, again } = useAsked((signal) => source.told<{ timeliness: InTime[] }>(TIMELINESS, {}, signal));
  if (refusal) return <Refusal sentence={refusal} again={again} />;
  if (!told?.timeliness.length) return null;
  return (
    <section aria-label="Reviewed in time, by office">
      <h2>Reviewed in time</h2>
      <dl class="meters">
        {told.timeliness.map(({ office, due, inTime }) => [
          <dt key={office}>{office ?? "no office"}</dt>,
          <dd key={`${office} share`}><meter min={0} max={Math.max(due, 1)} value={inTime} /> {count(inTime)} of {count(due)}</dd>,
        ])}
      </dl>
    </section>
  );
}
