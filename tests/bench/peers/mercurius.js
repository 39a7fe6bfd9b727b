// Serves the cases of the file argv[2] at the port argv[3] by Mercurius with jit, as its documents recommend it for speed:
// the data in memory, each operation compiled when it is first asked for. Who may ask is not looked at.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mercurius from 'mercurius';

const [file, port] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(file, 'utf8'));
const byNumber = new Map(cases.map((one) => [one.number, one]));

const schema = `
  type Query { case(number: String!): Case cases(first: Int): CaseConnection! }
  type Case {
    id: ID! number: String! title: String status: String program: String opened: String
    documents(first: Int): DocumentConnection!
  }
  type Document { id: ID! number: String! type: String! title: String prepared: String }
  type CaseConnection { nodes: [Case!]! totalCount: Int! }
  type DocumentConnection { nodes: [Document!]! totalCount: Int! }
`;

const page = (whole, first = 20) => ({ nodes: whole.slice(0, first), totalCount: whole.length });

const resolvers = {
  Query: {
    case: (_, { number }) => byNumber.get(number) ?? null,
    cases: (_, { first }) => page(cases, first),
  },
  Case: { documents: (one, { first }) => page(one.documents, first) },
};

const app = Fastify();
app.register(mercurius, { schema, resolvers, jit: 1 });
await app.listen({ port: Number(port), host: '127.0.0.1' });
