// Where new records are put: around the one that brought them, on the side that looks away from the rest. What is
// there already stays where it is. The whole is laid out anew only when a person asks for it.

export interface Point {
  x: number;
  y: number;
}

const GAP = 62;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Points around a hub for so many records: an arc that looks away from the middle of what is there, or a sunflower. */
export function around(hub: Point, middle: Point, number: number): Point[] {
  const away = Math.atan2(hub.y - middle.y, hub.x - middle.x);
  const free = Math.hypot(hub.x - middle.x, hub.y - middle.y) > GAP / 2;
  if (number <= 14) return arc(hub, away, free && number > 1 ? Math.min(Math.PI * 1.2, number * 0.45) : 2 * Math.PI, number);
  const reach = GAP * 0.62 * Math.sqrt(number) + GAP;
  const centre = free ? { x: hub.x + Math.cos(away) * reach, y: hub.y + Math.sin(away) * reach } : hub;
  return Array.from({ length: number }, (_, place) => {
    const far = GAP * 0.62 * Math.sqrt(place + (free ? 0.5 : 3));
    return { x: centre.x + far * Math.cos(place * GOLDEN), y: centre.y + far * Math.sin(place * GOLDEN) };
  });
}

function arc(hub: Point, away: number, width: number, number: number): Point[] {
  const far = Math.max(GAP * 1.5, (GAP * number) / width);
  const whole = width >= 2 * Math.PI;
  return Array.from({ length: number }, (_, place) => {
    const share = whole ? place / number : number === 1 ? 0.5 : place / (number - 1);
    const angle = away + (share - 0.5) * width + (whole ? Math.PI : 0);
    return { x: hub.x + far * Math.cos(angle), y: hub.y + far * Math.sin(angle) };
  });
}
