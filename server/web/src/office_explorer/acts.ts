// What an officer does from the page: each is one mutation, with a reason, and tells what came of it in one sentence.
import type { Called } from "./called";
import type { OfficeSource } from "./office_source";

export interface EffectRecord {
  reasons: string[];
  record: Called | null;
}

export interface Effect {
  agreement: string;
  text: string;
  adds: EffectRecord[];
  changes: EffectRecord[];
  withdraws: EffectRecord[];
}

/** A write: its name in the schema, and what its arguments are called and are. */
export interface Act {
  name: string;
  arguments: Readonly<Record<string, readonly [type: string, value: unknown]>>;
  /** What is asked of the answer. */
  answer: string;
}

const DONE = "text";

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
  return { name: "publish", arguments: asked, answer: "agreement added updated withdrawn" };
}

export function accept(finding: string, reason: string, version: string): Act {
  return act("accept", { finding: ["ID!", finding], reason: ["String!", reason], version: ["String!", version] }, "id");
}

export function markReviewed(id: string, version: string, reason: string): Act {
  return act("markReviewed", { id: ["ID!", id], version: ["String!", version], reason: ["String!", reason] }, "due");
}

export function assign(id: string, to: string, reason: string): Act {
  return act("assign", { id: ["ID!", id], to: ["String!", to], reason: ["String!", reason] }, "due");
}

export function defer(id: string, until: string, reason: string): Act {
  return act("defer", { id: ["ID!", id], until: ["String!", until], reason: ["String!", reason] }, "due");
}

function act(name: string, given: Act["arguments"], answer: string = DONE): Act {
  return { name, arguments: given, answer };
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
