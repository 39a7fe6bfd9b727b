// Serves the cases of the file argv[2] at the port argv[3] by Apollo Server 5, standing alone as its documents begin.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { resolversOf, schema } from './cases.js';

const [file, port] = process.argv.slice(2);
const server = new ApolloServer({ typeDefs: schema, resolvers: resolversOf(file) });
await startStandaloneServer(server, { listen: { port: Number(port), host: '127.0.0.1' } });
