// The canvas: cytoscape kept in step with a board. It draws, and tells what was pointed at; it decides nothing.
import cytoscape, { type Core, type ElementDefinition, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";
import type { Board } from "./board";
import { elementsOf, stylesheet } from "./drawing";
import { around, type Point } from "./places";
import type { Id } from "./source";

cytoscape.use(fcose);

/** From how many elements on bows, arrows and link labels are left out. */
const MANY = 600;
/** Above so many records the quick sort of layout is taken. */
const LARGE = 200;

/** What a person did to the canvas. more: whether to what is chosen already. */
export interface Doings {
  choose: (id: Id, more: boolean) => void;
  expand: (id: Id) => void;
  openGroup: (group: string) => void;
  chooseNone: () => void;
}

export class Picture {
  readonly cy: Core;
  private drawn = new Map<string, ElementDefinition>();
  private readonly places = new Map<string, Point>();
  private many = false;

  constructor(container: HTMLElement, doings: Doings) {
    this.cy = cytoscape({
      container,
      style: stylesheet(false),
      minZoom: 0.05,
      maxZoom: 4,
      pixelRatio: Math.min(devicePixelRatio, 2),
      hideEdgesOnViewport: true,
      textureOnViewport: true,
      boxSelectionEnabled: false,
      autounselectify: true,
      layout: { name: "preset" },
    });
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) doings.chooseNone();
    });
    this.cy.on("tap", "node.record", (event) => {
      const { shiftKey, ctrlKey, metaKey } = event.originalEvent as MouseEvent;
      doings.choose((event.target as NodeSingular).id(), shiftKey || ctrlKey || metaKey);
    });
    this.cy.on("dbltap", "node.record", (event) => doings.expand((event.target as NodeSingular).id()));
    this.cy.on("tap", "node.group", (event) => doings.openGroup((event.target as NodeSingular).id()));
    this.cy.on("dragfree", "node", (event) => this.remember(event.target as NodeSingular));
  }

  /** Draws a board: what is new comes, what is gone goes, all else stays where it is. */
  show(board: Board): void {
    const wanted = elementsOf(board);
    const isFirst = this.drawn.size === 0;
    const added = [...wanted.values()].filter((each) => !this.drawn.has(id(each)));
    this.cy.batch(() => {
      for (const gone of this.drawn.keys()) if (!wanted.has(gone)) this.cy.getElementById(gone).remove();
      this.place(added.filter((each) => each.group === "nodes"), board);
      this.cy.add(added.map((each) => ({ ...each, position: each.group === "nodes" ? { ...this.at(id(each)) } : undefined })));
      for (const each of wanted.values()) this.renew(each);
    });
    this.drawn = wanted;
    this.setMany(wanted.size > MANY);
    if (added.length) this.reveal(added, isFirst);
  }

  mark(chosen: readonly Id[], lit: ReadonlySet<Id>): void {
    this.cy.batch(() => {
      this.cy.elements(".chosen, .lit").removeClass("chosen lit");
      for (const each of chosen) this.cy.getElementById(each).addClass("chosen");
      for (const each of lit) this.cy.getElementById(each).addClass("lit");
    });
  }

  recolour(): void {
    this.cy.style(stylesheet(this.many));
  }

  fit(): void {
    this.cy.fit(undefined, 40);
    if (this.cy.zoom() > 1.4) this.cy.zoom({ level: 1.4, renderedPosition: middleOf(this.cy) });
  }

  /** Lays everything out anew, but what is pinned. */
  layout(board: Board): void {
    const fixedNodeConstraint = [...board.pinned].map((nodeId) => ({ nodeId, position: this.at(nodeId) }));
    const quality = board.records.size > LARGE ? "draft" : "default";
    const options = {
      name: "fcose", quality, animate: false, randomize: !board.pinned.size, nodeSeparation: 90, idealEdgeLength: 90,
      nodeRepulsion: 9000, packComponents: true, fixedNodeConstraint: fixedNodeConstraint.length ? fixedNodeConstraint : undefined,
    };
    this.cy.layout(options as unknown as cytoscape.LayoutOptions).run();
    this.cy.nodes().forEach((node) => this.remember(node));
    this.fit();
  }

  /** Moves what is shown so that a record is in sight. */
  centre(record: Id): void {
    const node = this.cy.getElementById(record);
    if (node.nonempty()) this.cy.center(node);
  }

  destroy(): void {
    this.cy.destroy();
  }

  private renew(each: ElementDefinition): void {
    const before = this.drawn.get(id(each));
    if (!before) return;
    if (before.data.label !== each.data.label) this.cy.getElementById(id(each)).data("label", each.data.label);
    if (before.classes !== each.classes) this.cy.getElementById(id(each)).classes(each.classes as string);
  }

  private place(nodes: readonly ElementDefinition[], board: Board): void {
    const unplaced = nodes.map(id).filter((each) => !this.places.has(each));
    const byHub = new Map<string, string[]>();
    const unplacedSet = new Set(unplaced);
    const hubs = new Map<string, string>();
    for (const link of board.links.values()) {
      if (unplacedSet.has(link.to) && !unplacedSet.has(link.from)) hubs.set(link.to, link.from);
      else if (unplacedSet.has(link.from) && !unplacedSet.has(link.to)) hubs.set(link.from, link.to);
    }
    for (const group of board.groups.values()) hubs.set(group.id, group.hub);
    for (const each of unplaced) {
      const hub = hubs.get(each) ?? "";
      byHub.set(hub, [...(byHub.get(hub) ?? []), each]);
    }
    const middle = this.middle();
    for (const [hub, members] of [...byHub].sort(([one], [other]) => Number(this.places.has(other)) - Number(this.places.has(one)))) {
      const centre = this.places.get(hub) ?? this.free();
      const alone = !this.places.has(hub) && members.length === 1;
      const points = alone ? [centre] : around(centre, middle, members.length);
      members.forEach((member, place) => this.places.set(member, points[place] as Point));
    }
  }

  private middle(): Point {
    const box = this.cy.nodes().boundingBox({ includeLabels: false });
    return this.cy.nodes().empty() ? { x: 0, y: 0 } : { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
  }

  /** A place beside all that is there. */
  private free(): Point {
    if (this.cy.nodes().empty()) return { x: 0, y: 0 };
    const box = this.cy.nodes().boundingBox({ includeLabels: false });
    return { x: box.x2 + 140, y: (box.y1 + box.y2) / 2 };
  }

  private at(node: string): Point {
    return this.places.get(node) ?? { x: 0, y: 0 };
  }

  private remember(node: NodeSingular): void {
    this.places.set(node.id(), { ...node.position() });
  }

  private reveal(added: readonly ElementDefinition[], isFirst: boolean): void {
    if (isFirst) return this.fit();
    const nodes = this.cy.collection();
    for (const each of added) if (each.group === "nodes") nodes.merge(this.cy.getElementById(id(each)));
    if (nodes.empty()) return;
    const [box, seen] = [nodes.boundingBox(), this.cy.extent()];
    if (box.x1 < seen.x1 || box.y1 < seen.y1 || box.x2 > seen.x2 || box.y2 > seen.y2) this.fit();
  }

  private setMany(many: boolean): void {
    if (many === this.many) return;
    this.many = many;
    this.recolour();
  }
}

function id(element: ElementDefinition): string {
  return element.data.id as string;
}

function middleOf(cy: Core): Point {
  return { x: cy.width() / 2, y: cy.height() / 2 };
}
