// Who asks, as long as the tab is open: kept in the tab's own storage, which ends with it, and nowhere else.
import type { Credentials } from "../asking";
import { takeToken } from "./address";

const KEY = "caselink";

/** Whose token came with the address, or who signed in before the page was loaded anew; null where nobody did. */
export function whoIsSignedIn(): Credentials | null {
  const token = takeToken();
  if (token) return keep({ token, purpose: "", caseNumber: "" });
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Credentials | null;
    return kept && typeof kept.token === "string" ? kept : null;
  } catch {
    return null;
  }
}

export function keep(who: Credentials): Credentials {
  sessionStorage.setItem(KEY, JSON.stringify(who));
  return who;
}

export function forget(): void {
  sessionStorage.removeItem(KEY);
}
