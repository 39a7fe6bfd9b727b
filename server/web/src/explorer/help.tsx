// The sheet of keys, and what the signs mean.
import { useEffect, useRef } from "preact/hooks";
import { KindMark } from "./kind_mark";
import { KINDS } from "./source";
import type { Tool } from "./tools";
import { kindName } from "./words";

export function Help({ tools, onClose }: { tools: readonly Tool[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const others = [
    ["/", "Search"],
    ["Arrows", "Walk along the links of the chosen record, on the canvas"],
    ["Shift+Arrows", "Walk, and keep what is chosen"],
    ["Esc", "Choose nothing"],
    ["?", "This sheet"],
  ] as const;
  return (
    <dialog ref={dialog} class="help" aria-label="Keys" onClose={onClose}>
      <h2>Keys</h2>
      <dl>
        {[...tools.map((tool) => [tool.keys, `${tool.name}: ${tool.hint}`] as const), ...others].map(([keys, what]) => [
          <dt key={keys}><kbd>{keys}</kbd></dt>,
          <dd key={what}>{what}</dd>,
        ])}
      </dl>
      <p>{KINDS.map((kind) => <span key={kind} class="sign"><KindMark kind={kind} /> {kindName(kind)}</span>)}</p>
      <p class="quiet">Click chooses a record, Shift-click one more, double click expands it. A dashed shape stands for records that are not shown yet: press it for more of them.</p>
      <button type="button" onClick={() => dialog.current?.close()}>Close</button>
    </dialog>
  );
}
