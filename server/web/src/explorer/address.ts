// What stands in the fragment of the page's address: the record that is open and those on the board, so that a link
// leads back to them; and, once, a token, which is taken up and wiped. A fragment is sent to no server.
import type { Id } from "./source";

export interface Place {
  record: Id | null;
  on: readonly Id[];
}

/** More would not fit into what people paste; the record that is open is among them. */
const MOST_ON = 60;

export function placeIn(fragment: string): Place {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  const on = (said.get("on") ?? "").split(",").filter(Boolean);
  return { record: said.get("record"), on: on.slice(0, MOST_ON) };
}

export function fragmentOf(place: Place): string {
  const said = new URLSearchParams();
  if (place.record) said.set("record", place.record);
  const on = place.on.slice(0, MOST_ON);
  if (on.length > 1 || (on.length === 1 && on[0] !== place.record)) said.set("on", on.join(","));
  const text = said.toString().replaceAll("%2C", ",");
  return text ? `#${text}` : "";
}

/** Takes away what the address says of records. */
export function wipe(): void {
  history.replaceState(null, "", location.pathname);
}

/** The token in the fragment, if one is there; the address is wiped of it at once, in the history as well. */
export function takeToken(): string | null {
  const said = new URLSearchParams(location.hash.replace(/^#/, ""));
  const token = said.get("token");
  if (token === null) return null;
  said.delete("token");
  const rest = said.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", location.pathname + (rest ? `#${rest}` : ""));
  return token.trim() || null;
}
