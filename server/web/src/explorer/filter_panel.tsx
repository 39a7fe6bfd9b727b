// What is shown of the board: kinds, types of links, a time. The numbers are those of the whole board.
import type { Exploring } from "./exploring";
import { ALL, isAll, kindsOn, typesOn } from "./filters";
import { KindMark } from "./kind_mark";
import { count, kindName, spoken } from "./words";

export function FilterPanel({ exploring }: { exploring: Exploring }) {
  const board = exploring.board.value;
  const filters = exploring.filters.value;
  const set = (change: Partial<typeof filters>): void => {
    exploring.filters.value = { ...filters, ...change };
  };
  const flipped = <T,>(from: ReadonlySet<T>, each: T): Set<T> => {
    const left = new Set(from);
    if (!left.delete(each)) left.add(each);
    return left;
  };
  const briefs = [...board.records.values()];
  const links = [...board.links.values()];
  return (
    <section class="filter" aria-label="Filter">
      <fieldset>
        <legend>Records</legend>
        {kindsOn(board).map((kind) => (
          <label key={kind}>
            <input type="checkbox" checked={!filters.kinds.has(kind)} onChange={() => set({ kinds: flipped(filters.kinds, kind) })} />
            <KindMark kind={kind} /> {kindName(kind, 2)}
            <span class="quiet">{count(briefs.filter((brief) => brief.kind === kind).length)}</span>
          </label>
        ))}
        <label>
          <input type="checkbox" checked={filters.undated} onChange={() => set({ undated: !filters.undated })} />
          without a date <span class="quiet">{count(briefs.filter((brief) => !brief.from && !brief.until).length)}</span>
        </label>
      </fieldset>
      <fieldset>
        <legend>Links</legend>
        {typesOn(board).map((type) => (
          <label key={type}>
            <input type="checkbox" checked={!filters.types.has(type)} onChange={() => set({ types: flipped(filters.types, type) })} />
            {spoken(type)} <span class="quiet">{count(links.filter((link) => link.type === type).length)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Time</legend>
        <label>from <input type="date" value={filters.from ?? ""} onChange={(event) => set({ from: event.currentTarget.value || null })} /></label>
        <label>until <input type="date" value={filters.until ?? ""} onChange={(event) => set({ until: event.currentTarget.value || null })} /></label>
      </fieldset>
      <button type="button" disabled={isAll(filters)} onClick={() => (exploring.filters.value = ALL)}>Show all</button>
    </section>
  );
}
