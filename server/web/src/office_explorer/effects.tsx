// What a change would add and withdraw, agreement by agreement, told before anybody saves it.
import { useEffect, useState } from "preact/hooks";
import type { Effect, EffectRecord } from "./acts";
import { sentenceOf } from "./asking";
import { RecordLink } from "./called";
import type { OfficeSource } from "./office_source";
import { SIMULATE } from "./queries";

/** How long typing has to rest before it is asked for. */
const REST_MS = 400;
const LISTED = 8;

/** known: whether what these very codes would change is there; of codes that are as they were, nothing. */
export interface Simulated {
  effects: readonly Effect[] | null;
  refusal: string;
  known: boolean;
  again: () => void;
}

interface Came {
  codes: string;
  effects: readonly Effect[] | null;
  refusal: string;
}

/** The effect of other codes on a record; nothing while they are as they were. */
export function useSimulated(source: OfficeSource, id: string, codes: readonly string[], before: readonly string[]): Simulated {
  const [came, setCame] = useState<Came | null>(null);
  const [turn, setTurn] = useState(0);
  const asked = codes.join(" ");
  const unchanged = asked === before.join(" ");
  useEffect(() => {
    setCame(null);
    if (unchanged) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const changes = [{ record: id, accessCodes: codes }];
      source.told<{ simulate: Effect[] }>(SIMULATE, { changes }, stop.signal).then(
        ({ simulate }) => stop.signal.aborted || setCame({ codes: asked, effects: simulate, refusal: "" }),
        (error: unknown) => stop.signal.aborted || setCame({ codes: asked, effects: null, refusal: sentenceOf(error) }),
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, asked, unchanged, turn]);
  const { effects, refusal } = !unchanged && came?.codes === asked ? came : { effects: null, refusal: "" };
  return { effects, refusal, known: unchanged || effects !== null, again: () => setTurn(turn + 1) };
}

export function Effects({ simulated }: { simulated: Simulated }) {
  const { effects, refusal, known, again } = simulated;
  if (refusal) return <p class="error">{refusal} <button type="button" onClick={again}>Try again</button></p>;
  if (!known) return <p class="quiet">Working out what would change…</p>;
  if (!effects) return null;
  return <EffectList effects={effects} />;
}

export function EffectList({ effects }: { effects: readonly Effect[] }) {
  const felt = effects.filter(({ adds, changes, withdraws }) => adds.length + changes.length + withdraws.length > 0);
  if (!felt.length) return <p class="effects quiet">It would change nothing that a partner has.</p>;
  return (
    <dl class="effects">
      {felt.map((effect) => [
        <dt key={effect.agreement}>{effect.agreement}</dt>,
        <dd key={`${effect.agreement} told`}>
          <Part sign="+" name="appears" records={effect.adds} />
          <Part sign="−" name="vanishes" records={effect.withdraws} />
          <Part sign="±" name="changes" records={effect.changes} />
        </dd>,
      ])}
    </dl>
  );
}

function Part({ sign, name, records }: { sign: string; name: string; records: readonly EffectRecord[] }) {
  if (!records.length) return null;
  const more = records.length - LISTED;
  return (
    <p class={name}>
      <span aria-hidden="true">{sign}</span> {name}:{" "}
      {records.slice(0, LISTED).map(({ record, reasons }, place) => (
        <span key={record?.id ?? place} title={reasons.join("; ")}>
          {place > 0 && ", "}
          {record ? <RecordLink record={record} /> : "a record that is not shown"}
        </span>
      ))}
      {more > 0 && <span class="quiet"> and {more} more</span>}
    </p>
  );
}
