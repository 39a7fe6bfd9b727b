// The agreements with their meters: which share of the holdings each has, and for which reasons it has not the rest.
import type { Kind } from "../explorer/source";
import { count, date, kindName, spoken } from "../explorer/words";
import { useAsked } from "./asking";
import type { WorkProperties } from "./work";
import { AGREEMENTS } from "./queries";
import { Refusal } from "./refusal";

interface Agreement {
  id: string;
  partner: string | null;
  start: string | null;
  end: string | null;
  publishedAt: string | null;
  held: number;
  released: number;
  caveat: string | null;
  withheld: { reason: string; kind: Kind; count: number }[];
}

export function Agreements({ source }: WorkProperties) {
  const { told, refusal, again } = useAsked((signal) => source.told<{ agreements: Agreement[] }>(AGREEMENTS, {}, signal));
  if (refusal) return <Refusal sentence={refusal} again={again} />;
  if (!told) return <p class="empty slowly">Asking…</p>;
  return <>{told.agreements.map((agreement) => <Meter key={agreement.id} agreement={agreement} />)}</>;
}

function Meter({ agreement }: { agreement: Agreement }) {
  const { id, partner, start, end, publishedAt, held, released, caveat, withheld } = agreement;
  const most = Math.max(1, held);
  return (
    <section class="agreement" aria-label={`Agreement ${id}`}>
      <h2>{id} {partner && <span class="quiet">{partner}</span>}</h2>
      <p class="quiet">
        {start && `${date(start)} until ${end ? date(end) : "no end"}. `}
        {publishedAt ? `Current since ${date(publishedAt.slice(0, 10))}, ${publishedAt.slice(11, 16)} UTC.` : "Never published."}
      </p>
      <dl class="meters">
        <dt>Released</dt>
        <dd><Bar part={released} most={most} tone="released" /> {count(released)} of {count(held)} records</dd>
        {reasons(withheld).map(({ reason, total, kinds }) => [
          <dt key={reason}>{spoken(reason)}</dt>,
          <dd key={`${reason} count`}><Bar part={total} most={most} tone="withheld" /> {count(total)} <span class="quiet">{kinds}</span></dd>,
        ])}
      </dl>
      {caveat && <p class="quiet">{caveat}</p>}
    </section>
  );
}

/** Each reason with all that it withholds, the greatest first. One record may have several. */
function reasons(withheld: Agreement["withheld"]): { reason: string; total: number; kinds: string }[] {
  const names = [...new Set(withheld.map(({ reason }) => reason))];
  const rows = names.map((reason) => {
    const parts = withheld.filter((each) => each.reason === reason);
    const kinds = parts.map(({ kind, count: number }) => `${count(number)} ${kindName(kind, number)}`).join(", ");
    return { reason, total: parts.reduce((sum, each) => sum + each.count, 0), kinds };
  });
  return rows.sort((one, other) => other.total - one.total);
}

function Bar({ part, most, tone }: { part: number; most: number; tone: string }) {
  return (
    <svg class={`bar ${tone}`} viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="whole" width="200" height="8" />
      <rect width={(200 * part) / most} height="8" />
    </svg>
  );
}
