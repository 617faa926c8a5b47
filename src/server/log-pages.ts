/** `/log/…` for everybody: the usage log's tree as the static files of C2SP tlog-tiles. It holds commitments, and nobody is asked who they are; what is read counts as the public's. */
import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseTileIndexPath, tileWidth } from '../usage-log/tree/tile.js';
import type { PublishedLog } from '../usage-log/tree/published-log.js';

/** What is at an address of a full tile is there for ever; a partial one stays what it is until a fuller one takes its place. */
const forEver = 'public, max-age=31536000, immutable';
const aWhile = 'public, max-age=60';
const aMoment = 'public, max-age=1';
const text = 'text/plain; charset=utf-8';

/** Lets a page be read, or throws why not. @returns to be called when it has been sent */
export type AdmitPage = (request: IncomingMessage) => () => void;

export function registerLogPages(fastify: FastifyInstance, log: PublishedLog, admit: AdmitPage): void {
  void fastify.register((pages, _options, done) => {
    pages.addHook('onRequest', (request, reply, next) => {
      const release = admit(request.raw);
      reply.raw.once('close', release);
      next();
    });
    registerPages(pages, log);
    done();
  });
}

function registerPages(fastify: FastifyInstance, log: PublishedLog): void {
  fastify.get('/log/checkpoint', async (_request, reply) => {
    const checkpoint = await log.checkpoint();
    return checkpoint === null ? missing(reply) : reply.type(text).header('cache-control', aMoment).send(checkpoint);
  });
  fastify.get('/log/keys', (_request, reply) => reply.type(text).header('cache-control', aMoment).send(log.keys()));
  fastify.get('/log/tile/entries/*', async (request, reply) => {
    const at = parseTileIndexPath(restOf(request));
    const entries = at && (await log.entries(at.index, at.width));
    if (!entries) return missing(reply);
    tileReply(reply, at.width).header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(entries);
    return reply.header('content-encoding', 'gzip').send(gzipSync(entries));
  });
  fastify.get('/log/tile/:level/*', async (request, reply) => {
    const { level } = request.params as { level: string };
    const at = /^(0|[1-9]|[1-5]\d|6[0-3])$/.test(level) ? parseTileIndexPath(restOf(request)) : null;
    const tile = at && (await log.tile({ level: Number(level), index: at.index }, at.width));
    return tile ? tileReply(reply, at.width).send(tile) : missing(reply);
  });
}

function restOf(request: FastifyRequest): string {
  return (request.params as { '*': string })['*'];
}

function tileReply(reply: FastifyReply, width: number): FastifyReply {
  return reply.type('application/octet-stream').header('cache-control', width === tileWidth ? forEver : aWhile);
}

/** Not to be kept: it may be there in a moment. */
function missing(reply: FastifyReply): FastifyReply {
  return reply.code(404).type(text).header('cache-control', 'no-store').send('not found\n');
}
