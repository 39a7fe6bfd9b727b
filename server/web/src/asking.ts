// Asks this service. Who asks is handed in with each question: nothing here keeps a token, and nothing is stored.

export interface Credentials {
  token: string;
  purpose: string;
  caseNumber: string;
}

export interface Release {
  agreement: string;
  version: string;
  caveat: string;
}

/** retryAfter: in how many seconds to ask again, where the service says so. */
export interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
  extensions?: { release?: Release };
  retryAfter?: number;
}

/** The answer to a question, errors included. Throws where none came. where: the path that answers. */
export async function ask(who: Credentials, question: object, signal?: AbortSignal, where = "/graphql"): Promise<Answer> {
  const headers: Record<string, string> = {
    Accept: "application/graphql-response+json",
    "Content-Type": "application/json",
    Authorization: `Bearer ${who.token}`,
  };
  if (who.purpose) headers["X-Purpose"] = asHeader(who.purpose);
  if (who.caseNumber) headers["X-Case-Number"] = asHeader(who.caseNumber);
  const response = await fetch(where, {
    method: "POST",
    headers,
    body: JSON.stringify(question),
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    signal,
  });
  const answer = (await response.json()) as Answer;
  const wait = response.headers.get("Retry-After");
  return wait === null ? answer : { ...answer, retryAfter: Number(wait) };
}

/** A header has bytes; those of UTF-8 are sent, each as the character of its number. */
function asHeader(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
