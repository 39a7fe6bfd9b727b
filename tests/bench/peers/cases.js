// The schema of the peers, and how it is resolved: from the cases of a file, in memory. Who may ask is not looked at.
import { readFileSync } from 'node:fs';

export const schema = `
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

export function resolversOf(file) {
  const cases = JSON.parse(readFileSync(file, 'utf8'));
  const byNumber = new Map(cases.map((one) => [one.number, one]));
  return {
    Query: {
      case: (_, { number }) => byNumber.get(number) ?? null,
      cases: (_, { first }) => page(cases, first),
    },
    Case: { documents: (one, { first }) => page(one.documents, first) },
  };
}
