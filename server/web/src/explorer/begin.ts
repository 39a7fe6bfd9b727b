// How an exploration begins: from what the address says, which says from then on what is explored, until it ends.
import { effect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { fragmentOf, placeIn } from "./address";
import { Exploring } from "./exploring";
import type { Source } from "./source";

/** The exploration of a component. connect: makes the Source, which tells the version of what each answer is of. */
export function useExploring(connect: (onVersion: (version: string) => void) => Source): Exploring {
  const exploring = useMemo(() => {
    let known: string | null = null;
    const made: Exploring = new Exploring(
      connect((version) => {
        if (known !== null && version !== known) setTimeout(() => void made.renew());
        known = version;
      }),
    );
    return made;
  }, []);
  useEffect(() => begun(exploring), []);
  return exploring;
}

/** Begins. What is given back ends it: the address is not written any more. */
function begun(exploring: Exploring): () => void {
  const ended = new AbortController();
  void exploring.begin().then(async () => {
    await arrive(exploring);
    if (ended.signal.aborted) return;
    const stop = effect(() => {
      const place = { record: exploring.open.value, on: [...exploring.board.value.records.keys()] };
      history.replaceState(null, "", location.pathname + fragmentOf(place));
    });
    ended.signal.addEventListener("abort", stop);
  });
  return () => ended.abort();
}

/** Puts what the address says on the board and opens its record: at the beginning, and when another address is given. */
export async function arrive(exploring: Exploring): Promise<void> {
  const { record, on } = placeIn(location.hash);
  if (on.length || record) await exploring.restore([...new Set([...on, ...(record ? [record] : [])])], "From the address");
  if (record) await exploring.look(record);
}
