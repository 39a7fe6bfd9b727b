// Audits the GraphQL endpoint of argv[2] with the token of argv[3]: one JSON object on stdout, by the audit's id its
// name and `ok`, or why not. Nothing is judged here.
import { auditServer } from 'graphql-http';

const [url, token] = process.argv.slice(2);

const asUser = (address, { headers, ...request } = {}) =>
  fetch(address, { ...request, headers: { ...headers, Authorization: `Bearer ${token}` } });

const told = await auditServer({ url, fetchFn: asUser });
const results = told.map(({ id, name, status, reason, response }) => [
  id,
  { name, status, reason: reason ?? null, http: response?.status ?? null },
]);
process.stdout.write(JSON.stringify(Object.fromEntries(results)));
