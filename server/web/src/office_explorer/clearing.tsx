// Asking for a clearance: that a category stops along one link, for one agreement, until a day. Another person approves it.
import { useState } from "preact/hooks";
import { clearance, done } from "./acts";
import { sentenceOf } from "./asking";
import type { OfficeSource } from "./office_source";

export interface Clearing {
  source: OfficeSource;
  onDone: () => void;
}

interface Properties {
  clearing: Clearing;
  link: string;
  category: string;
  agreement: string;
}

export function AskClearance({ clearing, link, category, agreement }: Properties) {
  const [asking, setAsking] = useState(false);
  const [end, setEnd] = useState("");
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState("");
  if (!asking) return <button type="button" class="source" onClick={() => setAsking(true)}>ask for a clearance</button>;
  const send = (event: Event): void => {
    event.preventDefault();
    done(clearing.source, clearance(link, [category], [agreement], end, reason)).then(
      (answer) => {
        setSaid((answer as { text: string }).text);
        clearing.onDone();
      },
      (error: unknown) => setSaid(sentenceOf(error)),
    );
  };
  return (
    <form class="acting" aria-label={`Clearance of ${category} for ${agreement}`} onSubmit={send}>
      <label>Until <input type="date" required value={end} onInput={(event) => setEnd(event.currentTarget.value)} /></label>
      <label>Reason <input required maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <p class="actions">
        <button class="first" disabled={!end || !reason}>Ask for it</button>
        <button type="button" onClick={() => setAsking(false)}>Cancel</button>
      </p>
      <p role="status">{said}</p>
    </form>
  );
}
