// Doing something once: while it is being done it cannot be done again, and what came of it, or why nothing did, is told.
import { useRef, useState } from "preact/hooks";
import { type Act, done } from "./acts";
import { sentenceOf } from "./asking";
import type { OfficeSource } from "./office_source";

export interface Doing {
  said: string;
  /** Whether what is said is why it was not done. */
  wrong: boolean;
  busy: boolean;
  does: (what: Act) => void;
}

/** onDone: called once it is done, with what came of it. */
export function useDoing(source: OfficeSource, onDone: (said: string) => void): Doing {
  const [said, setSaid] = useState({ text: "", wrong: false });
  const [busy, setBusy] = useState(false);
  const running = useRef(false); // known at once, where what is shown follows a moment later
  const does = (what: Act): void => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const settled = (): void => {
      running.current = false;
      setBusy(false);
    };
    done(source, what).then(
      (answer) => {
        settled();
        const text = what.says(answer);
        setSaid({ text, wrong: false });
        onDone(text);
      },
      (error: unknown) => {
        settled();
        setSaid({ text: sentenceOf(error), wrong: true });
      },
    );
  };
  return { said: said.text, wrong: said.wrong, busy, does };
}
