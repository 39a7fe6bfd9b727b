// GraphiQL over this service. Who asks, what is asked and what is answered stay in memory: no storage of the browser,
// where the next user of the machine would find them.
import { GraphiQL, type GraphiQLProps } from "graphiql";
import "graphiql/style.css";
import { createRoot, type Root } from "react-dom/client";
import { ask, type Credentials } from "../asking";
import { element, onSignIn } from "../signing_in";
import "./page.css";

const FIRST = `# Ctrl-Space completes, Ctrl-Enter asks.
{
  cases(first: 3) {
    totalCount
    nodes { number title subjects { nodes { label type } } }
  }
}
`;

/** As the browser's storage, until the page ends. */
class Memory {
  private readonly kept = new Map<string, string>();

  get length(): number {
    return this.kept.size;
  }

  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }

  removeItem(key: string): void {
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
  }
}

const memory = new Memory();
let shown: Root | undefined;

/** Answers GraphiQL, and tells the caveat that came with the answer. */
function fetcherFor(who: Credentials): GraphiQLProps["fetcher"] {
  return async (question) => {
    const answer = await ask(who, question);
    const caveat = answer.extensions?.release?.caveat ?? answer.errors?.[0]?.message;
    if (caveat) element("caveat").textContent = caveat;
    return answer as Awaited<ReturnType<GraphiQLProps["fetcher"]>>;
  };
}

onSignIn((who) => {
  shown?.unmount();
  shown = createRoot(element("graphiql"));
  shown.render(
    <GraphiQL
      fetcher={fetcherFor(who)}
      storage={memory}
      defaultQuery={FIRST}
      isHeadersEditorEnabled={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>caselink</GraphiQL.Logo>
    </GraphiQL>,
  );
});
