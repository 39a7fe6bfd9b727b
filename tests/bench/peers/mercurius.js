// Serves the cases of the file argv[2] at the port argv[3] by Mercurius with jit, as its documents recommend it for speed:
// each operation is compiled when it is first asked for.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { resolversOf, schema } from './cases.js';

const [file, port] = process.argv.slice(2);
const app = Fastify();
app.register(mercurius, { schema, resolvers: resolversOf(file), jit: 1 });
await app.listen({ port: Number(port), host: '127.0.0.1' });
