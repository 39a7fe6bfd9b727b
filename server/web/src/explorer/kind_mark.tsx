// The sign of a kind of record: a shape as well as a colour, the same in lists and on the canvas.
import type { Kind } from "./source";

const SHAPES: Record<Kind, string> = {
  CASE: "M2 4.5h4l1.2 1.5H14v7.5H2z",
  DOCUMENT: "M3.5 1.5h6l3 3v10h-9z",
  SUBJECT: "M8 8.2a3.1 3.1 0 1 0 0-6.2 3.1 3.1 0 0 0 0 6.2zm-5.6 6.3c.3-3 2.5-5 5.6-5s5.3 2 5.6 5z",
};

export function KindMark({ kind }: { kind: Kind }) {
  return (
    <svg class={`kind-mark ${kind.toLowerCase()}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={SHAPES[kind]} />
    </svg>
  );
}

/** The sign as a picture in this colour. */
export function kindPicture(kind: Kind, colour: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="32" height="32"><path fill="${colour}" d="${SHAPES[kind]}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
