/**
 * HTTP: Fastify for everything but `/graphql`, which is a bare handler of the same server (`graphql-endpoint.ts`).
 *
 * It decides how long a connection may take for what, and in which order it all ends: `/readyz` says no, then nothing new is taken, then what
 * is under way is finished or, after its time, stopped. It must not know what is asked.
 */
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import type { ConnectionSettings, ShutdownSettings } from '../settings/operations.js';
import type { PublishedLog } from '../usage-log/tree/published-log.js';
import { createGraphqlEndpoint, type EndpointOptions, shuttingDown } from './graphql-endpoint.js';
import { registerGraphiql } from './graphiql.js';
import { registerLogPages } from './log-pages.js';
import { type OperationsPages, registerOperationsPages } from './operations-pages.js';
import type { ServiceLog } from './service-log.js';

export interface HttpOptions extends EndpointOptions {
  readonly connections: ConnectionSettings;
  readonly shutdown: ShutdownSettings;
  readonly pages: OperationsPages;
  readonly graphiql: boolean;
  /** The usage log's tree, for everybody. */
  readonly publishedLog: PublishedLog;
  readonly log: ServiceLog;
}

export interface HttpServer {
  readonly address: string;
  /** Open ones. */
  readonly connections: () => number;
  /** `/readyz` says no, nothing new is taken, what is under way is finished; after its time it is stopped, and on record. */
  stop(): Promise<void>;
}

export async function startHttpServer(host: string, port: number, options: HttpOptions): Promise<HttpServer> {
  const { connections, shutdown, log, pages } = options;
  const endpoint = createGraphqlEndpoint(options);
  let open = 0;
  const fastify: FastifyInstance = Fastify({
    loggerInstance: undefined,
    bodyLimit: options.bodyBytes,
    forceCloseConnections: 'idle',
    serverFactory: (handler): Server => {
      const server = createServer(
        {
          keepAliveTimeout: 65_000,
          headersTimeout: connections.headers,
          requestTimeout: Math.max(connections.headers, connections.request),
          connectionsCheckingInterval: Math.min(1_000, connections.headers),
        },
        (request, response) => {
          if (pathOf(request.url) === '/graphql') void endpoint.handle(request, response);
          else handler(request, response);
        },
      );
      server.maxConnections = connections.maximum;
      server.on('connection', (socket) => {
        open += 1;
        socket.once('close', () => (open -= 1));
      });
      server.on('drop', () => options.countRefusal('OVERLOADED'));
      return server;
    },
  });
  limitPages(fastify, options.countRefusal);
  registerOperationsPages(fastify, pages);
  registerLogPages(fastify, options.publishedLog);
  if (options.graphiql) await registerGraphiql(fastify, log);
  fastify.setErrorHandler((error, _request, reply) => {
    log.error({ err: error }, 'a page failed');
    return reply
      .code(500)
      .send({ errors: [{ message: 'the request could not be answered', extensions: { code: 'INTERNAL' } }] });
  });
  const address = await fastify.listen({ host, port, backlog });
  return {
    address,
    connections: () => open,
    async stop() {
      pages.readiness.shutDown();
      if (shutdown.notice > 0) await delay(shutdown.notice);
      const closed = fastify.close();
      const idle = endpoint.close();
      // What can't be stopped ends by its own timeouts, of a statement and of the usage log.
      const timer = setTimeout(() => endpoint.cancelAll(shuttingDown()), shutdown.patience);
      await idle;
      clearTimeout(timer);
      fastify.server.closeIdleConnections();
      // Answers that are being taken get a moment; who takes none is not waited for.
      const last = setTimeout(() => fastify.server.closeAllConnections(), lastWordsMs);
      await closed;
      clearTimeout(last);
    },
  };
}

const lastWordsMs = 1_000;
/** Connections that wait to be accepted: of more, the kernel drops the first packet, and the caller comes again after one, three and seven seconds. */
const backlog = 4_096;
/** At once, of those that ask the database; strangers read them. */
const pagesAtOnce = 64;

function limitPages(fastify: FastifyInstance, countRefusal: HttpOptions['countRefusal']): void {
  let underWay = 0;
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/log/')) return;
    if (underWay >= pagesAtOnce) {
      countRefusal('OVERLOADED');
      return reply.code(503).header('retry-after', '1').type('text/plain; charset=utf-8').send('try again\n');
    }
    underWay += 1;
    reply.raw.once('close', () => (underWay -= 1));
  });
}

function pathOf(url = ''): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
