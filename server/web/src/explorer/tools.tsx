// What can be done with the canvas, each with its key: the buttons above it, the keyboard and the sheet of keys are one list.
import type { ComponentChildren } from "preact";
import type { Exploring } from "./exploring";
import type { Picture } from "./picture";

export interface Tool {
  name: string;
  keys: string;
  hint: string;
  can: boolean;
  act: () => void;
  /** Whether it is on, of what can be switched. */
  on?: boolean;
}

/** What is shown beside the canvas, and how to show or hide it. */
export interface Shown {
  table: boolean;
  filter: boolean;
  onTable: () => void;
  onFilter: () => void;
}

export function toolsOf(exploring: Exploring, picture: Picture | null, shown: Shown): Tool[][] {
  const { chosen, board } = exploring;
  const [one, other] = chosen.value;
  const last = chosen.value.at(-1);
  const some = board.value.records.size > 0;
  return [
    [
      { name: "Undo", keys: "Ctrl+Z", hint: "take back the last step", can: exploring.undoing.past.value.length > 0, act: () => exploring.undo() },
      { name: "Redo", keys: "Ctrl+Y", hint: "do it again", can: exploring.undoing.future.value.length > 0, act: () => exploring.redo() },
    ],
    [
      { name: "Expand", keys: "E", hint: "show the neighbours of the chosen record", can: !!last, act: () => last && void exploring.expandAll(last) },
      { name: "Collapse", keys: "C", hint: "take off what hangs on it alone", can: !!last, act: () => last && exploring.collapse(last) },
      { name: "Group", keys: "G", hint: "put what hangs on it alone into groups", can: !!last, act: () => last && void exploring.group(last) },
      { name: "Pin", keys: ".", hint: "keep it where it is", can: !!last, on: !!last && board.value.pinned.has(last), act: () => last && exploring.pin(last) },
      { name: "Hide", keys: "X", hint: "take the chosen records off the canvas", can: !!last, act: () => exploring.hide(chosen.value) },
    ],
    [
      { name: "Path", keys: "P", hint: "a shortest path between two chosen records", can: !!last, on: exploring.pathFrom.value !== null, act: () => exploring.choosePath() },
      { name: "Common", keys: "N", hint: "records that have a link to both chosen ones", can: !!other, act: () => one && other && void exploring.common(one, other) },
    ],
    [
      { name: "Layout", keys: "L", hint: "lay everything out anew, but what is pinned", can: some, act: () => picture?.layout(exploring.board.value) },
      { name: "Fit", keys: "F", hint: "bring everything into sight", can: some, act: () => picture?.fit() },
      { name: "Clear", keys: "Shift+X", hint: "take everything off the canvas", can: some, act: () => exploring.clear() },
    ],
    [
      { name: "Filter", keys: "I", hint: "show kinds, links and a time", can: some || shown.filter, on: shown.filter, act: shown.onFilter },
      { name: "Table", keys: "T", hint: "the same as a table", can: true, on: shown.table, act: shown.onTable },
    ],
  ];
}

export function Toolbar({ tools, children }: { tools: readonly Tool[][]; children?: ComponentChildren }) {
  return (
    <div class="toolbar" role="group" aria-label="Canvas">
      {tools.map((group) => (
        <span key={group[0]?.name} class="group">
          {group.map((tool) => (
            <button key={tool.name} type="button" disabled={!tool.can} aria-pressed={tool.on} aria-keyshortcuts={tool.keys.replace("Ctrl", "Control")} title={`${tool.name}: ${tool.hint} (${tool.keys})`} onClick={tool.act}>
              {tool.name}
            </button>
          ))}
        </span>
      ))}
      {children}
    </div>
  );
}

/** Does what a key stands for. Keys that are typed into a field are the field's. */
export function pressed(event: KeyboardEvent, tools: readonly Tool[]): boolean {
  if (event.defaultPrevented || event.altKey || isTyped(event)) return false;
  const mark = [event.ctrlKey || event.metaKey ? "Ctrl+" : "", event.shiftKey && /^[a-z]$/i.test(event.key) ? "Shift+" : ""].join("");
  const keys = mark + (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const tool = tools.find((each) => each.keys === keys);
  if (!tool) return false;
  event.preventDefault();
  if (tool.can) tool.act();
  return true;
}

export function isTyped(event: KeyboardEvent): boolean {
  const on = event.target as HTMLElement;
  return on.matches("textarea, select, input:not([type=checkbox], [type=range])") || document.querySelector("dialog[open]") !== null;
}
