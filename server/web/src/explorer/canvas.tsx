// The canvas in the page, for the pointer. For keyboard and screen reader there are its keys, what is said, and the table.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Exploring } from "./exploring";
import { Picture } from "./picture";

interface Properties {
  exploring: Exploring;
  onReady: (picture: Picture | null) => void;
}

export function Canvas({ exploring, onReady }: Properties) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const picture = new Picture(place.current as HTMLDivElement, {
      choose: (id, more) => exploring.choose(id, more),
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
    onReady(picture);
    return () => {
      onReady(null);
      stops.forEach((stop) => stop());
      picture.destroy();
    };
  }, [exploring]);
  return <div class="canvas __________cytoscape_container" ref={place} aria-hidden="true" />;
}
