// The canvas: cytoscape kept in step with a board. It draws, and tells what was pointed at; it decides nothing.
import cytoscape, { type CollectionReturnValue, type Core, type EdgeSingular, type ElementDefinition, type EventObject, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";
import { type Board, linksOf, neighbours } from "./board";
import { elementsOf, stylesheet } from "./drawing";
import { beside, type Point, spread } from "./places";
import type { Id } from "./source";

cytoscape.use(fcose);

/** From how many elements on bows, arrows and link labels are left out. */
const MANY = 600;
/** Above so many records the quick sort of layout is taken. */
const LARGE = 200;

/** Up to so many records are all brought into sight when some come; of more, those that came. */
const SURVEYED = 150;

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
  private room = { width: 0, height: 0 };

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
    this.room = { width: this.cy.width(), height: this.cy.height() };
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) doings.chooseNone();
    });
    this.cy.on("tap", "node.record", (event) => {
      doings.choose((event.target as NodeSingular).id(), isMore(event));
    });
    this.cy.on("dbltap", "node.record", (event) => {
      if (!isMore(event)) doings.expand((event.target as NodeSingular).id());
    });
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

  /** Brings these into sight, or everything. */
  fit(these?: CollectionReturnValue): void {
    this.cy.fit(these, Math.min(40, this.room.height / 14));
    if (this.cy.zoom() > 1.4) this.cy.zoom({ level: 1.4, renderedPosition: middleOf(this.cy) });
  }

  /** Lays everything out anew, but what is pinned: first what holds it together, then what hangs on one record alone. */
  layout(board: Board): void {
    const leaves = leavesOf(board);
    const hanging = new Set([...leaves.values()].flat());
    const core = this.cy.nodes().filter((node) => !hanging.has(node.id()));
    const room = (node: NodeSingular): number => Math.sqrt(leaves.get(node.id())?.length ?? 0);
    const fixed = [...board.pinned].map((nodeId) => ({ nodeId, position: this.at(nodeId) }));
    const options = {
      name: "fcose", quality: core.length > LARGE ? "draft" : "default", animate: false, randomize: !fixed.length,
      nodeSeparation: 90, packComponents: true, fixedNodeConstraint: fixed.length ? fixed : undefined, nodeRepulsion: 9000,
      idealEdgeLength: (edge: EdgeSingular) => 100 + 70 * (room(edge.source()) + room(edge.target())),
    };
    core.union(core.edgesWith(core)).layout(options as unknown as cytoscape.LayoutOptions).run();
    const nodes = core.toArray();
    const laid = nodes.map((node) => ({ ...(node as NodeSingular).position() }));
    const places = fixed.length ? laid : spread(laid);
    nodes.forEach((node, place) => this.places.set(node.id(), places[place] as Point));
    const occupied = [...places];
    for (const [hub, members] of [...leaves].sort(([, one], [, other]) => other.length - one.length)) {
      beside(this.at(hub), members.length, occupied).forEach((point, place) => {
        this.places.set(members[place] as string, point);
        occupied.push(point);
      });
    }
    this.cy.batch(() => this.cy.nodes().forEach((node) => void node.position({ ...this.at(node.id()) })));
    this.fit();
  }

  /** Moves what is shown if a record is not in sight. */
  seek(record: Id): void {
    const node = this.cy.getElementById(record);
    if (node.empty()) return;
    const [{ x, y }, seen] = [node.position(), this.cy.extent()];
    if (x < seen.x1 || x > seen.x2 || y < seen.y1 || y > seen.y2) this.cy.center(node);
  }

  /** All of it as a picture, twice as large as it is, on this ground. */
  png(ground: string): Promise<Blob> {
    return this.cy.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 6000, maxHeight: 6000, bg: ground });
  }

  /** All of it as a picture for paper: in the light look, whatever the page has. */
  forPaper(): string {
    const { look } = document.documentElement.dataset;
    document.documentElement.dataset["look"] = "light";
    this.recolour();
    const drawn = this.cy.png({ full: true, scale: 2, maxWidth: 4000, maxHeight: 4000, bg: "#fff" });
    document.documentElement.dataset["look"] = look ?? "";
    this.recolour();
    return drawn;
  }

  /** After the room for it has become another one: what was all in sight is so again, else the middle stays. */
  resize(): void {
    const [box, before] = [this.cy.elements().renderedBoundingBox(), this.room];
    const wasAll = box.x1 >= 0 && box.y1 >= 0 && box.x2 <= before.width && box.y2 <= before.height;
    this.cy.resize();
    this.room = { width: this.cy.width(), height: this.cy.height() };
    if (wasAll) this.fit();
    else this.cy.panBy({ x: (this.room.width - before.width) / 2, y: (this.room.height - before.height) / 2 });
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

  /** Finds a place for each that has none: beside what it is linked to, and that itself first. */
  private place(nodes: readonly ElementDefinition[], board: Board): void {
    const waiting = new Set(nodes.map(id).filter((each) => !this.places.has(each)));
    const occupied = [...this.drawn.values()].flatMap((each) => this.places.get(id(each)) ?? []);
    const put = (member: string, point: Point): void => {
      this.places.set(member, point);
      occupied.push(point);
      waiting.delete(member);
    };
    while (waiting.size) {
      const [hub, members] = this.nextOf(waiting, board);
      const centre = this.places.get(hub);
      if (centre) beside(centre, members.length, occupied).forEach((point, place) => put(members[place] as string, point));
      else put(members[0] as string, occupied.length ? (beside(rightmost(occupied), 1, occupied)[0] as Point) : { x: 0, y: 0 });
    }
  }

  /** The next that are to be placed, with what they stand beside: where nothing has a place, one of them alone. */
  private nextOf(waiting: ReadonlySet<string>, board: Board): [string, string[]] {
    const byHub = new Map<string, string[]>();
    for (const member of waiting) {
      const hub = board.groups.get(member)?.hub ?? neighbours(board, member).find((other) => this.places.has(other));
      if (hub && this.places.has(hub)) byHub.set(hub, [...(byHub.get(hub) ?? []), member]);
    }
    const most = [...byHub].sort(([, one], [, other]) => other.length - one.length)[0];
    return most ?? ["", [[...waiting].sort((one, other) => linksOf(board, other).length - linksOf(board, one).length)[0] as string]];
  }

  at(node: string): Point {
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
    const inSight = box.x1 >= seen.x1 && box.y1 >= seen.y1 && box.x2 <= seen.x2 && box.y2 <= seen.y2;
    if (!inSight) this.fit(this.cy.nodes().length > SURVEYED ? nodes.union(nodes.neighborhood()) : undefined);
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

/** Whether something is to be chosen beside what is chosen already. */
function isMore(event: EventObject): boolean {
  const { shiftKey, ctrlKey, metaKey } = event.originalEvent as MouseEvent;
  return shiftKey || ctrlKey || metaKey;
}

/** By what has several neighbours: what hangs on it alone and is not pinned, its groups included. */
function leavesOf(board: Board): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const hang = (hub: string, leaf: string): unknown => found.set(hub, [...(found.get(hub) ?? []), leaf]);
  const isHub = (id: string): boolean => neighbours(board, id).length > 1;
  for (const id of board.records.keys()) {
    const [hub, ...others] = neighbours(board, id);
    if (hub && !others.length && !board.pinned.has(id) && isHub(hub)) hang(hub, id);
  }
  for (const group of board.groups.values()) hang(group.hub, group.id);
  return found;
}

function rightmost(points: readonly Point[]): Point {
  return points.reduce((most, point) => (point.x > most.x ? point : most));
}

function middleOf(cy: Core): Point {
  return { x: cy.width() / 2, y: cy.height() / 2 };
}
