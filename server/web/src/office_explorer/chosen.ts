// By which agreement the office looks: chosen once for all pages of the tab, and kept as long as it is open.
import type { AgreementName } from "./office_source";

const KEY = "caselink-agreement";

/** The one that was chosen, if it is still there; else the first. */
export function agreementChosen(agreements: readonly AgreementName[]): string | null {
  const kept = sessionStorage.getItem(KEY);
  return agreements.find(({ id }) => id === kept)?.id ?? agreements[0]?.id ?? null;
}

export function chooseAgreement(agreement: string): string {
  sessionStorage.setItem(KEY, agreement);
  return agreement;
}
