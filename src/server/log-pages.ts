/** `/log/…` for everybody: the usage log's tree as the static files of C2SP tlog-tiles. It holds commitments, and nobody is asked who they are. */
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseTileIndexPath } from '../usage-log/tree/tile.js';
import type { PublishedLog } from '../usage-log/tree/published-log.js';

/** What is at an address of a tile stays what it is. */
const forEver = 'public, max-age=31536000, immutable';
const aMoment = 'public, max-age=1';
const text = 'text/plain; charset=utf-8';

export function registerLogPages(fastify: FastifyInstance, log: PublishedLog): void {
  fastify.get('/log/checkpoint', async (_request, reply) => {
    const checkpoint = await log.checkpoint();
    return checkpoint === null ? missing(reply) : reply.type(text).header('cache-control', aMoment).send(checkpoint);
  });
  fastify.get('/log/keys', (_request, reply) => reply.type(text).header('cache-control', aMoment).send(log.keys()));
  fastify.get('/log/tile/entries/*', async (request, reply) => {
    const at = parseTileIndexPath(restOf(request));
    const entries = at && (await log.entries(at.index, at.width));
    if (!entries) return missing(reply);
    immutable(reply).header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(entries);
    return reply.header('content-encoding', 'gzip').send(gzipSync(entries));
  });
  fastify.get('/log/tile/:level/*', async (request, reply) => {
    const { level } = request.params as { level: string };
    const at = /^(0|[1-9]|[1-5]\d|6[0-3])$/.test(level) ? parseTileIndexPath(restOf(request)) : null;
    const tile = at && (await log.tile({ level: Number(level), index: at.index }, at.width));
    return tile ? immutable(reply).send(tile) : missing(reply);
  });
}

function restOf(request: FastifyRequest): string {
  return (request.params as { '*': string })['*'];
}

function immutable(reply: FastifyReply): FastifyReply {
  return reply.type('application/octet-stream').header('cache-control', forEver);
}

/** Not to be kept: it may be there in a moment. */
function missing(reply: FastifyReply): FastifyReply {
  return reply.code(404).type(text).header('cache-control', 'no-store').send('not found\n');
}
