// A question that a component asks when it appears, and may ask again: what came, or why nothing did. Of several answers
// that are waited for the last one alone counts.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "../explorer/source";

export interface Asked<T> {
  told: T | null;
  refusal: string;
  again: () => void;
}

export function useAsked<T>(ask: (signal: AbortSignal) => Promise<T>, ...given: readonly unknown[]): Asked<T> {
  const [told, setTold] = useState<T | null>(null);
  const [refusal, setRefusal] = useState("");
  const renew = useLast();
  const again = useCallback(() => {
    const signal = renew();
    ask(signal).then(
      (answer) => {
        if (signal.aborted) return;
        setTold(answer);
        setRefusal("");
      },
      (error: unknown) => signal.aborted || setRefusal(sentenceOf(error)),
    );
  }, given);
  useEffect(again, given);
  return { told, refusal, again };
}

/** A signal for each question that is asked: it stops the one before, and the last one when the component goes. */
export function useLast(): () => AbortSignal {
  const last = useRef(new AbortController());
  useEffect(() => () => last.current.abort(), []);
  return useCallback(() => {
    last.current.abort();
    last.current = new AbortController();
    return last.current.signal;
  }, []);
}

/** What a person is told of something that went wrong. What is no refusal is a fault of the page, and is thrown on. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  throw error;
}
