// What the service told, or why it did not: every refusal is one Refused, whichever app and whichever question it was.
import { type Answer, ask, type Credentials } from "../asking";
import { Refused } from "./source";

/** The answer, where nothing of it was refused. where: the path that answers. Throws Refused. */
export async function told(
  who: Credentials,
  query: string,
  variables: object,
  signal?: AbortSignal,
  where = "/graphql",
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await ask(who, { query, variables }, signal, where);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused("NO_ANSWER", "No answer came. The service may be down, or the connection to it.");
  }
  const [first] = answer.errors ?? [];
  if (first) throw new Refused(first.extensions?.code ?? "", first.message, answer.retryAfter ?? null);
  return answer;
}
