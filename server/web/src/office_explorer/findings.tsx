// What is likely coded wrong. What blocks an approval can be accepted by Data Quality, for this very content.
import { accept } from "./acts";
import { type Called, RecordLink } from "./called";
import { Listed } from "./listed";
import type { WorkProperties } from "./work";
import { FINDINGS } from "./queries";
import { WithReason } from "./reason";

interface Found {
  id: string;
  text: string;
  blocking: boolean;
  acceptedBy: string | null;
  record: Called & { version: string; office: string | null };
}

export function Findings({ source, known }: WorkProperties) {
  return (
    <Listed<Found> source={source} query={FINDINGS} name="findings" one="finding" empty="Nothing was found.">
      {({ id, text, blocking, acceptedBy, record }, again) => (
        <article key={id} class="due">
          <p>
            <RecordLink record={record} />{" "}
            <span class="quiet">{record.office ?? "no office"}</span>{" "}
            <span class={blocking ? "tag wrong" : "tag"}>{blocking ? "blocks approval" : "look at it"}</span> {text}
            {acceptedBy && <span class="quiet"> Accepted by {acceptedBy}.</span>}
          </p>
          {known.officer.may.includes("accept") && !acceptedBy && (
            <p class="actions">
              <WithReason source={source} name="Accept" act={(reason) => accept(id, reason, record.version)} onDone={again} />
            </p>
          )}
        </article>
      )}
    </Listed>
  );
}
