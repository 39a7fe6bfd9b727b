// How an exploration begins: from what the address says, which says from then on what is explored.
import { effect } from "@preact/signals";
import { fragmentOf, placeIn } from "./address";
import { Exploring } from "./exploring";
import type { Source } from "./source";

/** connect: makes the Source, which tells the version of what each answer is of. */
export function begun(connect: (onVersion: (version: string) => void) => Source): Exploring {
  let known: string | null = null;
  const exploring: Exploring = new Exploring(
    connect((version) => {
      if (known !== null && version !== known) setTimeout(() => void exploring.renew());
      known = version;
    }),
  );
  void exploring.begin().then(async () => {
    await arrive(exploring);
    effect(() => {
      const place = { record: exploring.open.value, on: [...exploring.board.value.records.keys()] };
      history.replaceState(null, "", location.pathname + fragmentOf(place));
    });
  });
  return exploring;
}

/** Puts what the address says on the board and opens its record: at the beginning, and when another address is given. */
export async function arrive(exploring: Exploring): Promise<void> {
  const { record, on } = placeIn(location.hash);
  if (on.length || record) await exploring.restore([...new Set([...on, ...(record ? [record] : [])])], "From the address");
  if (record) await exploring.look(record);
}
