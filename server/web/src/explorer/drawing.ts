// How a board is drawn: the elements of each record, link and group, and the colours, which are the page's own.
import type { ElementDefinition, StylesheetJson } from "cytoscape";
import { type Board, type Group, remaining } from "./board";
import { kindPicture } from "./kind_mark";
import { KINDS, type Brief, type Link } from "./source";
import { count, date, kindName, spoken } from "./words";

/** Labels longer than this are cut: what is whole stands in the table and on the record's page. */
const LABEL_MOST = 40;

export function elementsOf(board: Board): Map<string, ElementDefinition> {
  const found = new Map<string, ElementDefinition>();
  for (const brief of board.records.values()) found.set(brief.id, ofRecord(brief, board.pinned.has(brief.id)));
  for (const group of board.groups.values()) {
    const left = remaining(board, group);
    if (!board.records.has(group.hub) || !left) continue;
    found.set(group.id, ofGroup(group, left));
    found.set(`${group.id} link`, ofGroupLink(group));
  }
  for (const link of board.links.values()) found.set(link.id, ofLink(link));
  return found;
}

function ofRecord(brief: Brief, pinned: boolean): ElementDefinition {
  const label = brief.title && brief.kind !== "SUBJECT" ? `${short(brief.label)}\n${short(brief.title)}` : short(brief.label);
  const classes = ["record", brief.kind.toLowerCase(), brief.withheld ? "withheld" : "", pinned ? "pinned" : ""].filter(Boolean).join(" ");
  return { group: "nodes", data: { id: brief.id, label }, classes };
}

function ofGroup(group: Group, left: number): ElementDefinition {
  const label = `+ ${count(left)} ${kindName(group.kind, left)}\n${spoken(group.type)}`;
  return { group: "nodes", data: { id: group.id, label, hub: group.hub }, classes: `group ${group.kind.toLowerCase()}` };
}

function ofGroupLink(group: Group): ElementDefinition {
  const [source, target] = group.direction === "OUT" ? [group.hub, group.id] : [group.id, group.hub];
  return { group: "edges", data: { id: `${group.id} link`, source, target, label: "" }, classes: "of-group" };
}

function ofLink(link: Link): ElementDefinition {
  const dates = [link.since, link.until].map((text) => (text ? date(text) : "")).filter(Boolean).join(" – ");
  const label = short([spoken(link.type), link.role, dates].filter(Boolean).join(", "));
  return { group: "edges", data: { id: link.id, source: link.from, target: link.to, label }, classes: link.withheld ? "link withheld" : "link" };
}

function short(text: string): string {
  return text.length > LABEL_MOST ? `${text.slice(0, LABEL_MOST - 1)}…` : text;
}

/** many: whether there are so many elements that arrows, bows and link labels are left out. */
export function stylesheet(many: boolean): StylesheetJson {
  const page = getComputedStyle(document.documentElement);
  const colour = (name: string): string => page.getPropertyValue(`--${name}`).trim();
  const kinds = KINDS.map((kind) => ({
    selector: `.${kind.toLowerCase()}`,
    style: {
      "background-color": colour(kind.toLowerCase()),
      "background-image": kindPicture(kind, colour("paper")),
    },
  }));
  return [
    {
      selector: "node",
      style: {
        label: "data(label)", width: 26, height: 26, color: colour("ink"), "font-size": 10, "font-family": "system-ui, sans-serif",
        "text-wrap": "wrap", "text-max-width": "98px", "text-valign": "bottom", "text-margin-y": 4, "min-zoomed-font-size": 5.5,
        "text-background-color": colour("canvas"), "text-background-opacity": 0.8, "text-background-padding": "1px",
        "background-fit": "none", "background-width": "60%", "background-height": "60%", "border-width": 0,
      },
    },
    ...kinds,
    { selector: ".case", style: { shape: "round-rectangle" } },
    { selector: ".document", style: { shape: "rectangle", width: 22 } },
    { selector: ".subject", style: { shape: "ellipse" } },
    ...KINDS.map((kind) => ({
      selector: `.${kind.toLowerCase()}.withheld`,
      style: { "background-image": kindPicture(kind, colour("wrong")) },
    })),
    {
      selector: "node.withheld",
      style: { "background-color": colour("canvas"), "border-width": 2, "border-style": "dashed", "border-color": colour("wrong"), color: colour("wrong") },
    },
    { selector: ".pinned", style: { "border-width": 3, "border-style": "double", "border-color": colour("ink") } },
    {
      selector: ".group",
      style: {
        shape: "round-octagon", width: 30, height: 30, "background-color": colour("canvas"), "border-width": 1.5, "border-style": "dashed",
        "border-color": colour("quiet"), color: colour("quiet"), "background-image-opacity": 0,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1.2, "line-color": colour("link"), "curve-style": many ? "haystack" : "bezier", "target-arrow-color": colour("link"),
        "target-arrow-shape": many ? "none" : "triangle", "arrow-scale": 0.7, color: colour("quiet"), "font-size": 8,
        "font-family": "system-ui, sans-serif", label: many ? "" : "data(label)", "text-rotation": "autorotate",
        "min-zoomed-font-size": 8, "text-background-color": colour("canvas"), "text-background-opacity": 0.85,
      },
    },
    { selector: "edge.withheld", style: { "line-style": "dashed", "line-color": colour("wrong"), "target-arrow-color": colour("wrong") } },
    { selector: ".of-group", style: { "line-style": "dashed", "target-arrow-shape": "none", "curve-style": "haystack", label: "" } },
    { selector: "edge.lit", style: { width: 3, "line-color": colour("lit"), "target-arrow-color": colour("lit"), "z-index": 9 } },
    { selector: "node.lit", style: { "border-width": 3, "border-style": "solid", "border-color": colour("lit") } },
    { selector: "node.chosen", style: { "outline-width": 3, "outline-color": colour("mark"), "outline-offset": 2, "z-index": 10 } },
  ] as StylesheetJson;
}
