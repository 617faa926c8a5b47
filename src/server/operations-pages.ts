/**
 * `/healthz`, `/readyz` and `/metrics`. The first two are for everybody and say little; metrics tell how much this service is used and how
 * well it does, so they are for those who run it: from this machine, or with a token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { normalAddress } from '../policy/address-list.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { Readiness, ReadinessReport } from './readiness.js';

export interface OperationsPages {
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** Who shows it may read them, from anywhere; null: callers from this machine may. */
  readonly metricsToken: string | null;
}

/** At once; they are for machines that ask every few seconds. */
const scrapesAtOnce = 4;

export function registerOperationsPages(
  fastify: FastifyInstance,
  { readiness, metrics, metricsToken }: OperationsPages,
): void {
  let scrapes = 0;
  fastify.get('/healthz', async (_request, reply) => {
    // That it comes back at all says that the event loop turns.
    await turn();
    return reply.header('cache-control', 'no-store').send({ status: 'ok' });
  });
  fastify.get('/readyz', async (request, reply) => {
    const report = await readiness.check();
    return reply
      .code(report.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(describe(report, mayRead(request, metricsToken)));
  });
  fastify.get('/metrics', async (request, reply) => {
    if (!mayRead(request, metricsToken)) return refuse(reply, metricsToken !== null);
    if (scrapes >= scrapesAtOnce) return reply.code(503).header('retry-after', '1').send();
    scrapes += 1;
    try {
      const text = await metrics.render();
      return await reply.header('cache-control', 'no-store').type(metrics.contentType).send(text);
    } finally {
      scrapes -= 1;
    }
  });
}

function describe({ ready, parts }: ReadinessReport, inFull: boolean): object {
  const shown = Object.entries(parts).map(([name, part]) => [name, inFull ? part : part.ok ? 'ok' : 'failed']);
  return { status: ready ? 'ready' : 'not ready', parts: Object.fromEntries(shown) as unknown };
}

/** INVARIANT: behind a proxy everybody comes from this machine; what a proxy has passed on is therefore no word from here. */
export function mayRead(
  { headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>,
  token: string | null,
): boolean {
  if (token !== null) return isToken(headers.authorization, token);
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined)
    return false;
  const address = normalAddress(socket.remoteAddress ?? '');
  return address === '::1' || /^127\./.test(address);
}

function isToken(header: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

function refuse(reply: FastifyReply, byToken: boolean): FastifyReply {
  const message = byToken
    ? 'expected the token of METRICS_TOKEN in the header Authorization: Bearer TOKEN'
    : 'expected a request from the machine that the service runs on; METRICS_TOKEN lets others read this';
  const code = byToken ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  return reply.code(byToken ? 401 : 403).send({ errors: [{ message, extensions: { code } }] });
}
