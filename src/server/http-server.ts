/**
 * HTTP: Fastify for pages; `/graphql` is a bare handler of the same server (half of a small request's cost otherwise), and so is the export.
 *
 * Reads a body within its limit, turns headers into a request, and writes what the pipeline answers. Refusals before anyone is known are
 * counted, not recorded, so that a flood costs no disk.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { CitygraphError, type ErrorCode } from '../errors.js';
import type { AddressList } from '../policy/address-list.js';
import { decodeHeader } from './behind.js';
import { findClientAddress } from './client-address.js';
import { formatCitygraphError, retryAfterOf } from './graphql-errors.js';
import type { PublishedLog } from '../usage-log/tree/published-log.js';
import { registerLogPages } from './log-pages.js';
import type { ServiceRequest, ServiceResponse } from './request.js';
import type { ServiceLog } from './service-log.js';
import type { Ticket } from './traffic.js';

export interface HttpOptions {
  readonly bodyBytes: number;
  /** Requests under way at once, whoever makes them; what comes beside is shed before it is read. */
  readonly inFlight: number;
  readonly answer: (request: ServiceRequest) => Promise<ServiceResponse>;
  /** `/audit/export`, which writes its answer itself. */
  readonly answerExport: (request: ServiceRequest, response: ServerResponse) => Promise<void>;
  /** What a page that nobody has to sign in for takes of the public's allowance. @throws RATE_LIMITED */
  readonly admitPublic: (address: string) => Ticket;
  /** Counts what was refused before anyone was known. */
  readonly countRefusal: (code: ErrorCode) => void;
  readonly ready: () => Promise<boolean>;
  /** The usage log's tree, for everybody. */
  readonly publishedLog: PublishedLog;
  readonly log: ServiceLog;
  /** Whose word on where a request comes from is taken; null: nobody's. */
  readonly trustedProxies: AddressList | null;
}

export interface HttpServer {
  readonly address: string;
  /** Stops accepting, and waits for what is in flight. */
  stop(): Promise<void>;
}

export async function startHttpServer(host: string, port: number, options: HttpOptions): Promise<HttpServer> {
  const fastify: FastifyInstance = Fastify({
    loggerInstance: undefined,
    bodyLimit: options.bodyBytes,
    serverFactory: (handler): Server =>
      createServer(
        { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 },
        (request, response) => {
          const path = pathOf(request);
          if (path === '/graphql' || path === '/audit/export')
            void handlePost(request, response, path, options, underWay);
          else handler(request, response);
        },
      ),
  });
  const underWay = { count: 0 };
  fastify.get('/healthz', () => ({ status: 'ok' }));
  fastify.get('/readyz', async (_request, reply) => {
    const ready = await options.ready();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  registerLogPages(fastify, options.publishedLog, (request) => admitPage(request, options, underWay));
  fastify.setErrorHandler((error, _request, reply) => {
    if (error instanceof CitygraphError) {
      const { status, headers, body } = refuse(error, options);
      return reply.code(status).headers(headers).type(json).header('cache-control', 'no-store').send(body);
    }
    options.log.error({ err: error }, 'a page failed');
    return reply
      .code(500)
      .send({ errors: [{ message: 'the request could not be answered', extensions: { code: 'INTERNAL' } }] });
  });
  return { address: await fastify.listen({ host, port }), stop: () => fastify.close() };
}

const json = 'application/json; charset=utf-8';
/** Cost units of a page: it may read the database. */
const pageCost = 10;

/** @returns what is to be called when the page has been sent @throws OVERLOADED, RATE_LIMITED */
function admitPage(request: IncomingMessage, options: HttpOptions, underWay: { count: number }): () => void {
  if (underWay.count >= options.inFlight) throw overloaded(options.inFlight, underWay.count + 1);
  const forwarded = request.headers['x-forwarded-for'];
  const ticket = options.admitPublic(
    findClientAddress(
      request.socket.remoteAddress,
      Array.isArray(forwarded) ? forwarded.join(', ') : forwarded,
      options.trustedProxies,
    ),
  );
  try {
    ticket.charge(pageCost);
  } catch (error) {
    ticket.release();
    throw error;
  }
  underWay.count += 1;
  return () => {
    underWay.count -= 1;
    ticket.release();
  };
}

async function handlePost(
  request: IncomingMessage,
  response: ServerResponse,
  path: '/graphql' | '/audit/export',
  options: HttpOptions,
  underWay: { count: number },
): Promise<void> {
  const startedAt = performance.now();
  underWay.count += 1;
  try {
    if (underWay.count > options.inFlight) throw overloaded(options.inFlight, underWay.count);
    // Persons are queried by POST alone, so that identifiers reach no proxy's log; there is nothing else at this address.
    if (request.method !== 'POST')
      throw new CitygraphError(
        'METHOD_NOT_ALLOWED',
        'expected POST with Content-Type: application/json, got another method',
      );
    const body = await readBody(request, options.bodyBytes);
    const asked = toServiceRequest(request, body, startedAt, options.trustedProxies);
    if (path === '/graphql') write(response, await options.answer(asked));
    else await options.answerExport(asked, response);
  } catch (cause) {
    write(response, refuse(cause, options), cause instanceof CitygraphError && unread.has(cause.code));
  } finally {
    underWay.count -= 1;
  }
}

/** Refused before the body was read: the connection can't be used again. */
const unread: ReadonlySet<ErrorCode> = new Set(['BODY_TOO_LARGE', 'OVERLOADED']);

function overloaded(maximum: number, came: number): CitygraphError {
  return new CitygraphError('OVERLOADED', `expected at most ${maximum} requests under way, got ${came}; try again`, {
    ...{ limit: 'inFlight', maximum, came },
  });
}

function refuse(cause: unknown, { countRefusal, log }: HttpOptions): ServiceResponse {
  const error =
    cause instanceof CitygraphError
      ? cause
      : new CitygraphError('INTERNAL', 'the request could not be answered', {}, { cause });
  countRefusal(error.code);
  if (error.status >= 500) log.error({ err: error }, error.message);
  const retryAfter = retryAfterOf(error);
  const headers = {
    ...(retryAfter && { 'retry-after': retryAfter }),
    ...(error.status === 405 && { allow: 'POST' }),
  };
  return { status: error.status, headers, body: errorBody(error) };
}

function errorBody(error: CitygraphError): string {
  return JSON.stringify({ errors: [formatCitygraphError(error)] });
}

function write(response: ServerResponse, { status, headers, body }: ServiceResponse, close = false): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': json,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    ...(close && { connection: 'close' }),
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function toServiceRequest(
  request: IncomingMessage,
  text: string,
  startedAt: number,
  trustedProxies: AddressList | null,
): ServiceRequest {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return {
    method: 'POST',
    search: '',
    headers,
    body: parseBody(text, headers.get('content-type') ?? ''),
    token: readToken(headers.get('authorization')),
    grants: readList(headers.get('x-grant')),
    user: decodeHeader(headers.get('x-user')),
    caseNumber: decodeHeader(headers.get('x-case')),
    assertion: headers.get('x-consumer-assertion') ?? null,
    clientAddress: findClientAddress(request.socket.remoteAddress, headers.get('x-forwarded-for'), trustedProxies),
    startedAt,
  };
}

/** A body that is no JSON goes on as none: Apollo refuses it, and the refusal is on record. */
function parseBody(text: string, contentType: string): unknown {
  if (!/^application\/json\b/i.test(contentType)) return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return '';
  }
}

function readToken(header: string | undefined): string | null {
  if (header === undefined) return null;
  const token = /^Bearer ([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header)?.[1];
  if (!token)
    throw new CitygraphError('UNAUTHENTICATED', 'Expected a valid token in the header Authorization: Bearer TOKEN');
  return token;
}

function readList(header: string | undefined): string[] | null {
  if (header === undefined) return null;
  return header
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
}

async function readBody(request: IncomingMessage, maximum: number): Promise<string> {
  const tooLarge = (): CitygraphError =>
    new CitygraphError('BODY_TOO_LARGE', `expected a body of at most ${maximum} bytes, got more`, {
      limit: 'body',
      maximum,
      came: Number(request.headers['content-length']) || maximum + 1,
    });
  if (Number(request.headers['content-length']) > maximum) throw tooLarge();
  // By its events: as an async iterator a body of one chunk takes several times as long.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maximum) return;
      request.removeAllListeners('data').pause();
      reject(tooLarge());
    });
    request.on('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the connection was closed before the body had come')));
  });
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
