// Where new records are put: close to the one that brought them, where nothing stands yet. What is there already stays
// where it is. The whole is laid out anew only when a person asks for it.

export interface Point {
  x: number;
  y: number;
}

/** Between two records, so that the label of each can be read. */
const GAP = 104;
/** Up to so many stand in an arc about their hub, more of them in a disc beside it. */
const ARC_MOST = 7;
/** Up to so many stand in a ring about a hub that is alone. */
const RING_MOST = 12;
const DIRECTIONS = 24;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Points for so many records beside a hub. occupied: where others are. */
export function beside(hub: Point, number: number, occupied: readonly Point[]): Point[] {
  if (occupied.length === 1 && number > 1) return about(hub, number);
  const taken = new Grid(occupied);
  const middle = meanOf(occupied) ?? hub;
  const away = Math.hypot(hub.x - middle.x, hub.y - middle.y) > 1 ? Math.atan2(hub.y - middle.y, hub.x - middle.x) : 0;
  let best: Point[] = [];
  let fewest = Infinity;
  for (const far of [1, 1.5, 2.2, 3.2, 4.6]) {
    for (let turn = 0; turn < DIRECTIONS; turn++) {
      const side = (turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * ((2 * Math.PI) / DIRECTIONS);
      const points = number <= ARC_MOST ? arc(hub, away + side, number, far) : disc(hub, away + side, number, far);
      const clashes = points.filter((point) => taken.isNear(point)).length;
      if (clashes < fewest) [best, fewest] = [points, clashes];
      if (!clashes) return best;
    }
  }
  return best;
}

/**
 * All about a hub that is alone: a ring, or of many a disc with the hub in its middle. In a ring nothing stands straight
 * above or below the hub, whose own label would hide what the link between them is called.
 */
function about(hub: Point, number: number): Point[] {
  const turn = number % 4 ? 0 : Math.PI / number;
  return Array.from({ length: number }, (_, place) => {
    const [angle, radius] =
      number <= RING_MOST
        ? [turn + (place * 2 * Math.PI) / number, GAP * Math.max(1.8, number / 5.2)]
        : [place * GOLDEN, GAP * 0.62 * Math.sqrt(place + 5)];
    return { x: hub.x + radius * Math.cos(angle), y: hub.y + radius * Math.sin(angle) };
  });
}

function arc(hub: Point, angle: number, number: number, far: number): Point[] {
  const radius = GAP * 1.35 * far;
  const step = Math.max(0.55, GAP / radius) / Math.max(1, far * 0.8);
  return Array.from({ length: number }, (_, place) => {
    const turned = angle + (place - (number - 1) / 2) * step;
    return { x: hub.x + radius * Math.cos(turned), y: hub.y + radius * Math.sin(turned) };
  });
}

/** A sunflower: as many points as one likes, evenly apart. */
function disc(hub: Point, angle: number, number: number, far: number): Point[] {
  const scale = GAP * 0.62;
  const reach = scale * Math.sqrt(number) + GAP * 1.1 * far;
  const [x, y] = [hub.x + Math.cos(angle) * reach, hub.y + Math.sin(angle) * reach];
  return Array.from({ length: number }, (_, place) => {
    const radius = scale * Math.sqrt(place + 0.5);
    return { x: x + radius * Math.cos(place * GOLDEN), y: y + radius * Math.sin(place * GOLDEN) };
  });
}

/** The same places farther apart, where a sixth of them have another closer than can be read. */
export function spread(points: readonly Point[]): Point[] {
  const near = points.map((one) => Math.min(...points.map((other) => (other === one ? Infinity : Math.hypot(one.x - other.x, one.y - other.y)))));
  const close = near.sort((one, other) => one - other)[Math.floor(near.length / 6)] ?? GAP;
  const factor = Number.isFinite(close) ? Math.min(8, Math.max(1, (GAP * 0.9) / Math.max(close, 1))) : 1;
  return points.map(({ x, y }) => ({ x: x * factor, y: y * factor }));
}

function meanOf(points: readonly Point[]): Point | null {
  if (!points.length) return null;
  const sum = points.reduce((all, point) => ({ x: all.x + point.x, y: all.y + point.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** Points by the cell they are in, so that what is near is found without looking at all of them. */
class Grid {
  private readonly cells = new Map<string, Point[]>();

  constructor(points: readonly Point[]) {
    for (const point of points) {
      const cell = cellOf(point.x, point.y);
      this.cells.set(cell, [...(this.cells.get(cell) ?? []), point]);
    }
  }

  isNear({ x, y }: Point): boolean {
    for (const dx of [-GAP, 0, GAP]) {
      for (const dy of [-GAP, 0, GAP]) {
        const there = this.cells.get(cellOf(x + dx, y + dy)) ?? [];
        if (there.some((point) => Math.hypot(point.x - x, point.y - y) < GAP * 0.8)) return true;
      }
    }
    return false;
  }
}

function cellOf(x: number, y: number): string {
  return `${Math.floor(x / GAP)} ${Math.floor(y / GAP)}`;
}
