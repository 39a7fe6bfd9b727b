// GraphiQL over this service. Who asks, what is asked and what is answered stay in memory: no storage of the browser,
// where the next user of the machine would find them.
import { GraphiQL, type GraphiQLProps } from "graphiql";
import "graphiql/style.css";
import { buildSchema, type GraphQLSchema } from "graphql";
import { createRoot, type Root } from "react-dom/client";
import { type Answer, ask, type Credentials } from "../asking";
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

const WHO = "{ agreement { id } }";

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
  return async (question) => (await told(who, question)) as Awaited<ReturnType<GraphiQLProps["fetcher"]>>;
}

async function told(who: Credentials, question: object): Promise<Answer> {
  const answer = await ask(who, question);
  const caveat = answer.extensions?.release?.caveat ?? answer.errors?.[0]?.message;
  if (caveat) element("caveat").textContent = caveat;
  return answer;
}

/** The schema as it is served to everyone: not every agreement allows introspection. */
async function servedSchema(): Promise<GraphQLSchema> {
  return buildSchema(await (await fetch("/schema.graphql", { credentials: "omit" })).text());
}

async function begin(who: Credentials): Promise<void> {
  shown?.unmount();
  shown = undefined;
  try {
    const [schema, answer] = await Promise.all([servedSchema(), told(who, { query: WHO })]);
    if (answer.data) show(who, schema);
  } catch {
    element("caveat").textContent = "No answer came. Try again later.";
  }
}

function show(who: Credentials, schema: GraphQLSchema): void {
  shown = createRoot(element("graphiql"));
  shown.render(
    <GraphiQL
      fetcher={fetcherFor(who)}
      schema={schema}
      storage={memory}
      defaultQuery={FIRST}
      isHeadersEditorEnabled={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>caselink</GraphiQL.Logo>
    </GraphiQL>,
  );
}

onSignIn((who) => void begin(who));
