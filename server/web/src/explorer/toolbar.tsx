// What can be done with the canvas, each with its key.
import type { Exploring } from "./exploring";
import type { Picture } from "./picture";

export interface Tool {
  name: string;
  keys: string;
  hint: string;
  can: boolean;
  act: () => void;
}

export function toolsOf(exploring: Exploring, picture: Picture | null): Tool[] {
  const { chosen, board } = exploring;
  const [one, other] = chosen.value;
  const last = chosen.value.at(-1);
  const two = chosen.value.length === 2;
  const some = board.value.records.size > 0;
  return [
    { name: "Undo", keys: "Ctrl+Z", hint: "Take back the last step", can: exploring.past.value.length > 0, act: () => exploring.undo() },
    { name: "Redo", keys: "Ctrl+Y", hint: "Do it again", can: exploring.future.value.length > 0, act: () => exploring.redo() },
    { name: "Expand", keys: "E", hint: "Show the neighbours of the chosen record", can: !!last, act: () => last && void exploring.expandAll(last) },
    { name: "Path", keys: "P", hint: "A shortest path between two chosen records (choose the second with Shift)", can: two, act: () => one && other && void exploring.path(one, other) },
    { name: "Common", keys: "N", hint: "Records that have a link to both chosen records", can: two, act: () => one && other && void exploring.common(one, other) },
    { name: "Hide", keys: "X", hint: "Take the chosen records off the canvas", can: !!last, act: () => exploring.hide(chosen.value) },
    { name: "Layout", keys: "L", hint: "Lay everything out anew, but what is pinned", can: some, act: () => picture?.layout(exploring.board.value) },
    { name: "Fit", keys: "F", hint: "Bring everything into sight", can: some, act: () => picture?.fit() },
  ];
}

export function Toolbar({ tools }: { tools: readonly Tool[] }) {
  return (
    <div class="toolbar" role="toolbar" aria-label="Canvas">
      {tools.map((tool) => (
        <button key={tool.name} type="button" disabled={!tool.can} title={`${tool.hint} (${tool.keys})`} onClick={tool.act}>
          {tool.name}
        </button>
      ))}
    </div>
  );
}
