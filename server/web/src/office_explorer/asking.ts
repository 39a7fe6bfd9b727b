// A question that a component asks when it appears, and may ask again: what came, or why nothing did.
import { useCallback, useEffect, useState } from "preact/hooks";
import { Refused } from "../explorer/source";

export interface Asked<T> {
  told: T | null;
  refusal: string;
  again: () => void;
}

export function useAsked<T>(ask: () => Promise<T>, ...given: readonly unknown[]): Asked<T> {
  const [told, setTold] = useState<T | null>(null);
  const [refusal, setRefusal] = useState("");
  const again = useCallback(() => {
    ask().then(
      (answer) => {
        setTold(answer);
        setRefusal("");
      },
      (error: unknown) => setRefusal(sentenceOf(error)),
    );
  }, given);
  useEffect(again, given);
  return { told, refusal, again };
}

/** What a person is told of something that went wrong. What is no refusal is a fault of the page, and is thrown on. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  throw error;
}
