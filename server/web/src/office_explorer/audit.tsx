// What was read and done here, for auditors: the newest first.
import { date } from "../explorer/words";
import { Listed } from "./listed";
import type { WorkProperties } from "./pages";
import { AUDIT } from "./queries";

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
      {({ at, event, user, text }) => (
        <p key={`${at} ${event} ${text}`} class="line">
          <span class="quiet">{date(at.slice(0, 10))}, {at.slice(11, 19)} UTC</span> <strong>{event}</strong> {user} {text}
        </p>
      )}
    </Listed>
  );
}
