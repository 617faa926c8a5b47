/**
 * HTTP: Fastify for pages; `/graphql` and `/audit/export` are bare handlers of the same server (`graphql-endpoint.ts`).
 *
 * It decides how long a connection may take for what, and in which order it all ends: `/readyz` says no, then nothing new is taken, then what
 * is under way is finished or, after its time, stopped. It must not know what is asked.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { CitygraphError } from '../errors.js';
import type { ConnectionSettings, ShutdownSettings } from '../settings/operations.js';
import type { PublishedLog } from '../usage-log/tree/published-log.js';
import { findClientAddress } from './client-address.js';
import { createGraphqlEndpoint, type EndpointOptions, shuttingDown } from './graphql-endpoint.js';
import { registerGraphiql } from './graphiql.js';
import { registerLogPages } from './log-pages.js';
import { type OperationsPages, registerOperationsPages } from './operations-pages.js';
import type { ServiceLog } from './service-log.js';
import type { Ticket } from './traffic.js';

export interface HttpOptions extends EndpointOptions {
  readonly connections: ConnectionSettings;
  readonly shutdown: ShutdownSettings;
  readonly pages: OperationsPages;
  readonly graphiql: boolean;
  /** What a page that nobody has to sign in for takes of the public's allowance. @throws RATE_LIMITED */
  readonly admitPublic: (address: string) => Ticket;
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
          const path = pathOf(request.url);
          if (path === '/graphql' || path === '/audit/export') void endpoint.handle(request, response, path);
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
  registerOperationsPages(fastify, pages);
  registerLogPages(fastify, options.publishedLog, (request) => admitPage(request, options));
  if (options.graphiql) await registerGraphiql(fastify, log);
  fastify.setErrorHandler((error, _request, reply) => {
    if (error instanceof CitygraphError) {
      const { status, headers, body } = endpoint.refuse(error);
      return reply
        .code(status)
        .headers(headers)
        .type('application/json; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(body);
    }
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
/** Cost units of a page: it may read the database. */
const pageCost = 10;

/** @returns what is to be called when the page has been sent @throws OVERLOADED, RATE_LIMITED */
function admitPage(request: IncomingMessage, { admission, admitPublic, trustedProxies }: HttpOptions): () => void {
  const forwarded = request.headers['x-forwarded-for'];
  const leave = admission.enterBeside();
  let ticket: Ticket | undefined;
  try {
    ticket = admitPublic(
      findClientAddress(
        request.socket.remoteAddress,
        Array.isArray(forwarded) ? forwarded.join(', ') : forwarded,
        trustedProxies,
      ),
    );
    ticket.charge(pageCost);
  } catch (error) {
    ticket?.release();
    leave();
    throw error;
  }
  return () => {
    ticket.release();
    leave();
  };
}

function pathOf(url = ''): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
