// Asking for a clearance: that a category stops along one link, for one agreement, until a day. Another person approves it.
import { useState } from "preact/hooks";
import { clearance } from "./acts";
import { useDoing } from "./doing";
import type { OfficeSource } from "./office_source";

export interface Clearing {
  source: OfficeSource;
  onDone: (said: string) => void;
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
  const { said, busy, does } = useDoing(clearing.source, (text) => {
    setEnd("");
    setReason("");
    clearing.onDone(text);
  });
  if (!asking) return <button type="button" class="source" onClick={() => setAsking(true)}>ask for a clearance</button>;
  const send = (event: Event): void => {
    event.preventDefault();
    does(clearance(link, [category], [agreement], end, reason));
  };
  return (
    <form class="acting" aria-label={`Clearance of ${category} for ${agreement}`} onSubmit={send}>
      <label>Until <input type="date" required value={end} onInput={(event) => setEnd(event.currentTarget.value)} /></label>
      <label>Reason <input required maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <p class="actions">
        <button class="first" disabled={!end || !reason || busy}>Ask for it</button>
        <button type="button" onClick={() => setAsking(false)}>Cancel</button>
      </p>
      <p role="status">{said}</p>
    </form>
  );
}
