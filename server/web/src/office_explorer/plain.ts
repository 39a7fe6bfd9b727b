// What the service tells as JSON, written for a reader: lists with commas, facts by their names, nothing of what is empty.
import { spoken } from "../explorer/words";

/** What is no JSON, as it is. */
export function plain(text: string): string {
  const told = parsed(text);
  return told === undefined ? text : written(told);
}

/** The facts that it has, each by its name; of what is no JSON object none. */
export function facts(text: string): [name: string, said: string][] {
  const told = parsed(text);
  if (typeof told !== "object" || told === null || Array.isArray(told)) return [];
  return Object.entries(told).flatMap(([name, fact]): [string, string][] => (isEmpty(fact) ? [] : [[name, written(fact)]]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function written(told: unknown): string {
  if (Array.isArray(told)) return told.map(written).join(", ") || "none";
  if (typeof told !== "object" || told === null) return told === null ? "none" : String(told);
  const parts = Object.entries(told).filter(([, fact]) => !isEmpty(fact));
  return parts.map(([name, fact]) => `${spoken(name)} ${written(fact)}`).join(", ") || "none";
}

function isEmpty(told: unknown): boolean {
  return told === null || told === "" || (Array.isArray(told) && !told.length);
}
