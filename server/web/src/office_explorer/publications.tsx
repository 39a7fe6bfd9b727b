// What was published and when; and publishing, which gives partners what was approved.
import { count, date } from "../explorer/words";
import { publish } from "./acts";
import { useAsked } from "./asking";
import type { WorkProperties } from "./work";
import { PUBLICATIONS } from "./queries";
import { Refusal } from "./refusal";
import { WithReason } from "./reason";

interface Publication {
  agreement: string;
  version: string | null;
  at: string;
  added: number | null;
  updated: number | null;
  withdrawn: number | null;
}

export function Publications({ source, known }: WorkProperties) {
  const { told, refusal, again } = useAsked((signal) => source.told<{ publications: Publication[] }>(PUBLICATIONS, {}, signal));
  if (refusal) return <Refusal sentence={refusal} again={again} />;
  if (!told) return <p class="empty slowly">Asking…</p>;
  return (
    <>
      {known.officer.may.includes("publish") && (
        <p class="actions">
          <WithReason source={source} name="Publish now" act={(reason) => publish(null, reason, false)} onDone={again} />
          <WithReason source={source} name="Publish though much would change" act={(reason) => publish(null, reason, true)} onDone={again} />
        </p>
      )}
      {!told.publications.length && <p class="empty">Nothing was published yet.</p>}
      <table>
        <thead><tr><th>When</th><th>Agreement</th><th class="number">Added</th><th class="number">Updated</th><th class="number">Withdrawn</th><th>Version</th></tr></thead>
        <tbody>
          {told.publications.map((each) => (
            <tr key={`${each.agreement} ${each.at} ${each.version}`}>
              <td>{date(each.at.slice(0, 10))}, {each.at.slice(11, 16)} UTC</td>
              <th scope="row">{each.agreement}</th>
              <td class="number">{numberOf(each.added)}</td>
              <td class="number">{numberOf(each.updated)}</td>
              <td class="number">{numberOf(each.withdrawn)}</td>
              <td><code>{each.version?.slice(0, 12)}</code></td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function numberOf(number: number | null): string {
  return number === null ? "not noted" : count(number);
}
