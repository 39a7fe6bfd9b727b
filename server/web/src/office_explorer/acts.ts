// What an officer does from the page: each is one mutation, with a reason, and tells what came of it in one sentence.
import { date } from "../explorer/words";
import type { Called } from "./called";
import type { OfficeSource } from "./office_source";

export interface EffectRecord {
  reasons: string[];
  record: Called | null;
}

export interface Effect {
  agreement: string;
  adds: EffectRecord[];
  changes: EffectRecord[];
  withdraws: EffectRecord[];
}

interface Published {
  agreement: string;
  added: number | null;
  updated: number | null;
  withdrawn: number | null;
}

/** A write: its name in the schema, and what its arguments are called and are. */
export interface Act {
  name: string;
  arguments: Readonly<Record<string, readonly [type: string, value: unknown]>>;
  /** What is asked of the answer. */
  answer: string;
  /** What a person is told of the answer. */
  says: (answer: unknown) => string;
}

export function recode(id: string, codes: readonly string[], reason: string, version: string): Act {
  return act("recode", { id: ["ID!", id], codes: ["[String!]!", codes], reason: ["String!", reason], version: ["String!", version] });
}

export function approve(request: string, version: string, reason: string): Act {
  return act("approve", { request: ["ID!", request], version: ["String!", version], reason: ["String!", reason] });
}

export function returned(request: string, reason: string): Act {
  return act("returnForCorrection", { request: ["ID!", request], reason: ["String!", reason] });
}

export function withdraw(id: string, reason: string): Act {
  return act("withdraw", { id: ["ID!", id], reason: ["String!", reason] });
}

export function requestLift(id: string, reason: string): Act {
  return act("requestLift", { id: ["ID!", id], reason: ["String!", reason] });
}

export function deleted(id: string, reason: string, version: string): Act {
  return act("delete", { id: ["ID!", id], reason: ["String!", reason], version: ["String!", version] });
}

export function clearance(link: string, categories: readonly string[], agreements: readonly string[], end: string, reason: string): Act {
  return act("requestClearance", {
    link: ["ID!", link], categories: ["[ID!]!", categories], agreements: ["[ID!]!", agreements], end: ["String!", end], reason: ["String!", reason],
  });
}

export function publish(agreements: readonly string[] | null, reason: string, yes: boolean): Act {
  const asked = { agreements: ["[ID!]", agreements], reason: ["String!", reason], yes: ["Boolean!", yes] } as const;
  return act("publish", asked, "agreement added updated withdrawn", (answer) => (answer as Published[]).map(published).join(" "));
}

export function accept(finding: string, reason: string, version: string): Act {
  return act("accept", { finding: ["ID!", finding], reason: ["String!", reason], version: ["String!", version] }, "id", () => "Accepted.");
}

export function markReviewed(id: string, version: string, reason: string): Act {
  return act("markReviewed", { id: ["ID!", id], version: ["String!", version], reason: ["String!", reason] }, "due", due);
}

export function assign(id: string, to: string, reason: string): Act {
  return act("assign", { id: ["ID!", id], to: ["String!", to], reason: ["String!", reason] }, "due", due);
}

export function defer(id: string, until: string, reason: string): Act {
  return act("defer", { id: ["ID!", id], until: ["String!", until], reason: ["String!", reason] }, "due", due);
}

function act(name: string, given: Act["arguments"], answer = "text", says = told): Act {
  return { name, arguments: given, answer, says };
}

/** What the desk says it did, as a sentence. */
function told(answer: unknown): string {
  return `Done: ${(answer as { text: string }).text}.`;
}

function due(answer: unknown): string {
  return `Done. The next review is due ${date((answer as { due: string }).due)}.`;
}

/** Of what an officer may not know all of, the numbers are not told. */
function published({ agreement, added, updated, withdrawn }: Published): string {
  if (added === null) return `${agreement} is published.`;
  return `${agreement}: ${added} added, ${updated} updated, ${withdrawn} withdrawn.`;
}

/** Does it. The answer is what was asked of it. Throws Refused. */
export async function done(source: OfficeSource, what: Act): Promise<unknown> {
  const given = Object.entries(what.arguments);
  const declared = given.map(([name, [type]]) => `$${name}: ${type}`).join(", ");
  const passed = given.map(([name]) => `${name}: $${name}`).join(", ");
  const variables = Object.fromEntries(given.map(([name, [, value]]) => [name, value]));
  const query = `mutation (${declared}) { ${what.name}(${passed}) { ${what.answer} } }`;
  return (await source.told<Record<string, unknown>>(query, variables))[what.name];
}
