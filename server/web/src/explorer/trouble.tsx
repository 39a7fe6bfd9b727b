// What went wrong, in the service's own words, and trying again: by a button, or by itself where the service says when.
import { useEffect, useState } from "preact/hooks";
import type { Trouble } from "./asking";

const NAMES: Readonly<Record<string, string>> = {
  NO_ANSWER: "No answer",
  NOT_SERVED: "Not served at the moment",
  TOO_MANY_REQUESTS: "Too much was asked for",
  SEARCH_NOT_READY: "Search is not ready yet",
};

export function TroubleNote({ trouble }: { trouble: Trouble }) {
  const { retryAfter, again } = trouble;
  const [left, setLeft] = useState(retryAfter);
  useEffect(() => {
    setLeft(retryAfter);
    if (retryAfter === null || !again) return;
    const until = Date.now() + retryAfter * 1000;
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      setLeft(Math.max(0, seconds));
      if (seconds > 0) return;
      clearInterval(timer);
      again();
    }, 250);
    return () => clearInterval(timer);
  }, [trouble]);
  return (
    <div class="trouble" role="alert">
      <p><strong>{NAMES[trouble.code] ?? "That did not work"}.</strong> {trouble.sentence}</p>
      {again && <button type="button" onClick={again}>Try again</button>}
      {again && left !== null && <span class="quiet" aria-hidden="true">by itself in {left} s</span>}
    </div>
  );
}
