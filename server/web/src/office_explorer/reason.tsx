// A small form for what is done with a reason: it opens at a press, and says what came of it.
import { useState } from "preact/hooks";
import type { Act } from "./acts";
import { useDoing } from "./doing";
import type { OfficeSource } from "./office_source";

interface Properties {
  source: OfficeSource;
  /** What is done, as the button says it. */
  name: string;
  /** What is asked besides the reason: its name, and of which sort of input. */
  more?: readonly [name: string, type: "text" | "date"];
  act: (reason: string, more: string) => Act;
  onDone: () => void;
}

export function WithReason({ source, name, more, act, onDone }: Properties) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [other, setOther] = useState("");
  const { said, wrong, busy, does } = useDoing(source, () => {
    setOpen(false);
    setReason("");
    setOther("");
    onDone();
  });
  const write = (event: { currentTarget: HTMLInputElement }): void => setOther(event.currentTarget.value);
  const told = <span role="status" class={wrong ? "error" : ""}>{said}</span>;
  if (!open) return <><button type="button" onClick={() => setOpen(true)}>{name}</button>{said && told}</>;
  const send = (event: Event): void => {
    event.preventDefault();
    does(act(reason, other));
  };
  return (
    <form class="acting line" aria-label={name} onSubmit={send}>
      {more && (
        <label>
          {more[0]}{" "}
          {more[1] === "date" ? <input type="date" required value={other} onInput={write} /> : <input required value={other} onInput={write} />}
        </label>
      )}
      <label>Reason <input required maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <button class="first" disabled={busy}>{name}</button>
      <button type="button" onClick={() => setOpen(false)}>Cancel</button>
      {told}
    </form>
  );
}
