// When the records on the board are of, as bars; dragging over them, or the two sliders, keeps to a time.
import { useMemo, useRef } from "preact/hooks";
import type { Exploring } from "./exploring";
import { KINDS } from "./source";
import { spansOf } from "./spans";
import { date } from "./words";

const HEIGHT = 34;

export function Timeline({ exploring }: { exploring: Exploring }) {
  const board = exploring.board.value;
  const filters = exploring.filters.value;
  const spans = useMemo(() => spansOf(board.records.values()), [board.records]);
  const bars = useRef<SVGSVGElement>(null);
  const begun = useRef<number | null>(null);
  if (spans.length < 2) return null;

  const last = spans.length - 1;
  const start = filters.from ? Math.max(0, spans.findIndex((span) => span.until >= (filters.from as string))) : 0;
  const found = filters.until ? spans.findLastIndex((span) => span.from <= (filters.until as string)) : last;
  const end = Math.max(start, found);
  const keep = (one: number, other: number): void => {
    const [low, high] = [Math.max(0, Math.min(one, other)), Math.min(last, Math.max(one, other))];
    exploring.filters.value = {
      ...filters,
      from: low === 0 ? null : (spans[low]?.from ?? null),
      until: high === last ? null : (spans[high]?.until ?? null),
    };
  };
  const placeOf = (event: PointerEvent): number => {
    const box = (bars.current as SVGSVGElement).getBoundingClientRect();
    return Math.floor(((event.clientX - box.left) / box.width) * spans.length);
  };
  const highest = Math.max(...spans.map((span) => KINDS.reduce((sum, kind) => sum + span.counts[kind], 0)));
  const first = spans[0]?.from.slice(0, 7) ?? "";
  return (
    <section class="timeline" aria-label="Time">
      <span class="quiet">{date(first)}</span>
      <div class="bars">
        <svg
          ref={bars}
          viewBox={`0 0 ${spans.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerDown={(event) => {
            begun.current = placeOf(event);
            event.currentTarget.setPointerCapture(event.pointerId);
            keep(begun.current, begun.current);
          }}
          onPointerMove={(event) => begun.current !== null && keep(begun.current, placeOf(event))}
          onPointerUp={() => (begun.current = null)}
          onDblClick={() => keep(0, last)}
        >
          {(start > 0 || end < last) && <rect class="kept" x={start} width={end - start + 1} y="0" height={HEIGHT} />}
          {spans.map((span, place) => {
            let top = HEIGHT;
            return KINDS.map((kind) => {
              const height = ((HEIGHT - 2) * span.counts[kind]) / highest;
              top -= height;
              return height > 0 && (
                <rect key={`${span.from} ${kind}`} class={kind.toLowerCase()} x={place + 0.08} width="0.84" y={top} height={height}>
                  <title>{`${span.name}: ${span.counts[kind]}`}</title>
                </rect>
              );
            });
          })}
        </svg>
        <input type="range" aria-label="From" min="0" max={last} value={start} aria-valuetext={spans[start]?.name} onInput={(event) => keep(Number(event.currentTarget.value), end)} />
        <input type="range" aria-label="Until" min="0" max={last} value={end} aria-valuetext={spans[end]?.name} onInput={(event) => keep(start, Number(event.currentTarget.value))} />
      </div>
      <span class="quiet">{date(spans[last]?.until.slice(0, 7) ?? "")}</span>
    </section>
  );
}
