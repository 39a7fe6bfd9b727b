// The canvas in the page. It is walked by the arrow keys; all that it shows is in the table as well, for a screen reader.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { neighbours } from "./board";
import type { Exploring } from "./exploring";
import { Picture } from "./picture";
import { isArrow, towards } from "./walking";

interface Properties {
  exploring: Exploring;
  onReady: (picture: Picture | null) => void;
}

export function Canvas({ exploring, onReady }: Properties) {
  const place = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLImageElement>(null);
  const drawn = useRef<Picture | null>(null);
  useEffect(() => {
    const container = place.current as HTMLDivElement;
    const picture = new Picture(container, {
      choose: (id, more) => void exploring.choose(id, more),
      expand: (id) => void exploring.expandAll(id),
      openGroup: (id) => {
        const group = exploring.board.value.groups.get(id);
        if (group) void exploring.expandGroup(group);
      },
      chooseNone: () => exploring.chooseNone(),
    });
    const stops = [
      effect(() => picture.show(exploring.shown.value)),
      effect(() => picture.mark((void exploring.shown.value, exploring.chosen.value), exploring.lit.value)),
    ];
    const onPrint = (): void => {
      if (paper.current) paper.current.src = picture.forPaper();
    };
    addEventListener("beforeprint", onPrint);
    const room = new ResizeObserver(() => picture.resize());
    room.observe(container);
    drawn.current = picture;
    onReady(picture);
    return () => {
      onReady(null);
      room.disconnect();
      removeEventListener("beforeprint", onPrint);
      stops.forEach((stop) => stop());
      picture.destroy();
    };
  }, [exploring]);

  const walk = (event: KeyboardEvent): void => {
    const picture = drawn.current;
    if (!picture || !isArrow(event.key)) return;
    event.preventDefault();
    const board = exploring.shown.value;
    const here = exploring.chosen.value.at(-1);
    const [first] = board.records.keys();
    const next = here ? towards(event.key, picture.at(here), neighbours(board, here).map((id) => [id, picture.at(id)] as const)) : first;
    if (!next) return;
    void exploring.choose(next, event.shiftKey);
    picture.seek(next);
  };
  return (
    <>
      <div
        class="canvas __________cytoscape_container"
        ref={place}
        tabIndex={0}
        role="application"
        aria-label="Canvas. Arrow keys walk along links; the table has all that is here."
        onKeyDown={walk}
      />
      <img class="paper" ref={paper} alt="The canvas" />
    </>
  );
}
