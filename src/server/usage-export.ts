/**
 * `POST /audit/export`: the records that a filter finds, as CSV or JSON lines, streamed to an auditor.
 *
 * INVARIANT: it is on record before the first byte, and its end is before the last: complete, or cut short and by what. Who may have it is
 * asked again whenever the policy has changed meanwhile; a stream that may no longer be is broken off, so that nobody takes it for whole.
 *
 * It must not know how records are found or written (`usage-log/export-usage.ts`); what a reader may see of the log is narrowed by
 * `filterFor`, as for `usageRecords`. POST alone: an identifier that is asked for reaches no proxy's log.
 */
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import { toByteString } from '../model/byte-string.js';
import type { TrafficSettings } from '../settings/limits.js';
import type { UsageLog } from '../usage-log/append-usage.js';
import { type ExportFormat, exportUsage } from '../usage-log/export-usage.js';
import { filterFor, type UsageContext } from '../usage-log/usage-arguments.js';
import type { UsageFilter } from '../usage-log/usage-filter.js';
import { type EndOfExport, recordOfEnd, SentPart, watchReader } from './export-progress.js';
import { formatCitygraphError, retryAfterOf } from './graphql-errors.js';
import { completeRecord, recordOfIntent } from './request-record.js';
import type { RequestContext, ServiceRequest } from './request.js';
import type { ServiceLog } from './service-log.js';
import type { Ticket, Traffic } from './traffic.js';
import { exportArguments, readExportRequest } from './usage-export-request.js';

export interface UsageExportOptions {
  readonly identify: (request: ServiceRequest, now: Date) => Promise<RequestContext>;
  readonly traffic: Traffic;
  readonly log: Pick<UsageLog, 'append'>;
  readonly policy: {
    current(): { readonly version: number };
    refresh(): Promise<unknown>;
    refreshIfOlderThan(version: number): Promise<unknown>;
  };
  readonly services: UsageContext['services'];
  /** Of the auditor's role, with a long statement timeout: an export holds a connection of it. */
  readonly pool: Pool;
  readonly serviceLog: ServiceLog;
  readonly settings: Pick<TrafficSettings, 'exports' | 'exportStallSeconds'>;
}

export interface UsageExports {
  /** Answers by writing to the response. @throws what is refused before anyone is known */
  answer(request: ServiceRequest, response: ServerResponse): Promise<void>;
  /** Breaks off what is under way, and waits until that is on record. */
  stop(): Promise<void>;
}

/** Not the name that an operation could have. */
const operationName = 'POST /audit/export';
/** Cost units: it reads up to the whole log. */
const cost = 10_000;
const maximumAttempts = 5;
/** Milliseconds between looks whether it still may be, should nobody have told us that the policy has changed. */
const policyAge = 2_000;
const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

interface Opened {
  readonly format: ExportFormat;
  readonly filter: UsageFilter;
}

export function createUsageExports(options: UsageExportOptions): UsageExports {
  const stopping = new AbortController();
  // Each holds a connection and a moment of the database, in which nothing can be cleaned away.
  const maximum = options.settings.exports;
  let underWay = 0;

  const answer = async (request: ServiceRequest, response: ServerResponse): Promise<void> => {
    let now = new Date();
    let ticket: Ticket | null = null;
    let counted = false;
    try {
      for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
        const context = await options.identify(request, now);
        context.ticket = ticket ??= options.traffic.admit(context.principal, request.clientAddress);
        context.operationName = operationName;
        context.arguments = exportArguments(request.body, context.usageKey);
        const opened = await attemptOpen(options, request, context, () => {
          if (counted) return;
          if (underWay >= maximum) throw tooMany(maximum, underWay + 1);
          counted = true;
          underWay += 1;
        });
        const appended = await (opened instanceof CitygraphError
          ? refuseOnRecord(options, context, opened, response)
          : stream(options, request, context, opened, response, stopping.signal));
        if (appended.accepted) return;
        await options.policy.refreshIfOlderThan(appended.policyVersion);
        now = appended.databaseTime;
      }
    } finally {
      ticket?.release();
      if (counted) underWay -= 1;
    }
    throw new CitygraphError(
      'OVERLOADED',
      'the policy changed again and again while the request was decided; try again',
    );
  };
  const running = new Set<Promise<void>>();
  return {
    async answer(request, response) {
      const answering = answer(request, response);
      running.add(answering);
      try {
        await answering;
      } finally {
        running.delete(answering);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}

/** @returns why not, where it is refused to somebody who is known: that is on record */
async function attemptOpen(
  { services }: UsageExportOptions,
  request: ServiceRequest,
  context: RequestContext,
  takePlace: () => void,
): Promise<Opened | CitygraphError> {
  try {
    requireAuditor(context);
    const { format, filter } = readExportRequest(request.body);
    takePlace();
    context.ticket!.charge(cost);
    return { format, filter: await filterFor('export', filter, { profile: context.profile!, services }) };
  } catch (error) {
    if (error instanceof CitygraphError) return error;
    return new CitygraphError('INTERNAL', 'the export could not be begun', {}, { cause: error });
  }
}

/** @throws why the request is not looked at any further */
function requireAuditor({ ticket, refusal, principal, profile }: RequestContext): void {
  const refused = ticket?.refusal ?? refusal;
  if (refused) throw refused;
  if (profile === null || principal.kind !== 'official' || principal.role !== 'auditor')
    throw new CitygraphError('FORBIDDEN', 'export: expected an official who is an auditor, got another');
}

type RecordEnd = (ended: EndOfExport['ended'], code: string | null) => Promise<unknown>;
type Appended = Awaited<ReturnType<UsageLog['append']>>;

async function refuseOnRecord(
  { log, serviceLog }: UsageExportOptions,
  context: RequestContext,
  error: CitygraphError,
  response: ServerResponse,
): Promise<Appended> {
  context.kind = 'failure';
  context.errorCodes.add(error.code);
  // What refuses an operation in GraphQL is answered there with 200.
  const status = error.status === 200 ? (error.code === 'FORBIDDEN' ? 403 : 400) : error.status;
  if (status >= 500) serviceLog.error({ err: error, recordId: context.recordId }, error.message);
  const body = JSON.stringify({
    errors: [formatCitygraphError(error)],
    extensions: { usage: { recordId: context.recordId } },
  });
  const retryAfter = retryAfterOf(error);
  const appended = await log.append(completeRecord(context, { status, headers: {}, body: toByteString(body) }));
  if (appended.accepted) writeJson(response, status, body, retryAfter ? { 'retry-after': retryAfter } : {});
  return appended;
}

async function stream(
  options: UsageExportOptions,
  request: ServiceRequest,
  context: RequestContext,
  { format, filter }: Opened,
  response: ServerResponse,
  stopping: AbortSignal,
): Promise<Appended> {
  const begun = recordOfIntent(context);
  const appended = await options.log.append(begun);
  if (!appended.accepted) return appended;
  const sent = new SentPart(context.usageKey);
  const { startedAt } = request;
  const end: RecordEnd = (ended, code) => options.log.append(recordOfEnd(begun, { startedAt, sent, ended, code }));
  response.setHeader('content-type', mediaTypes[format]);
  response.setHeader('content-disposition', `attachment; filename="usage-${begun.id}.${format}"`);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-usage-record', begun.id);
  const watch = watchReader(response, sent, options.settings.exportStallSeconds * 1_000);
  try {
    const records = exportUsage(options.pool, filter, format, { onProgress: (count) => (sent.records = count) });
    const guarded = async function* (pieces: AsyncIterable<string | Buffer>): AsyncGenerator<string | Buffer> {
      const mayStill = standing(options, request, context);
      for await (const piece of pieces) {
        await mayStill();
        sent.add(piece);
        sent.unread = performance.now();
        yield piece;
        sent.unread = null;
      }
    };
    await pipeline(records, guarded, response, { end: false, signal: stopping });
    await end('complete', null);
    response.end();
  } catch (cause) {
    await breakOff(options, context, cause, response, end);
  } finally {
    clearInterval(watch);
  }
  return appended;
}

/** What the client has of it ends in the middle of a chunk; where it has nothing yet, it is told why. */
async function breakOff(
  { serviceLog }: UsageExportOptions,
  { recordId }: RequestContext,
  cause: unknown,
  response: ServerResponse,
  end: RecordEnd,
): Promise<void> {
  const isLeft = isAbort(cause);
  const error =
    cause instanceof CitygraphError
      ? cause
      : new CitygraphError(isLeft ? 'INTERRUPTED' : 'POOL_UNAVAILABLE', 'the export was broken off', {}, { cause });
  if (!isLeft) serviceLog.error({ err: error, recordId }, error.message);
  if (response.headersSent || isLeft) response.destroy();
  try {
    await end(isLeft ? 'aborted' : 'failed', error.code);
  } catch (failure) {
    // The record of its beginning stands, and says that there is none of its end.
    serviceLog.error({ err: failure, recordId }, 'the end of an export could not be recorded');
    response.destroy();
    return;
  }
  if (response.destroyed || response.headersSent) return;
  for (const name of response.getHeaderNames()) if (name !== 'x-usage-record') response.removeHeader(name);
  const body = JSON.stringify({ errors: [formatCitygraphError(error)], extensions: { usage: { recordId } } });
  writeJson(response, error.status === 200 ? 403 : error.status, body, {});
}

/** The client went away, was too slow, or the service stops. */
function isAbort(cause: unknown): boolean {
  const code = (cause as { code?: unknown }).code;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** Asked with each piece: cheap while the policy stands. @throws FORBIDDEN and what `identify` refuses */
function standing(
  { identify, policy }: UsageExportOptions,
  request: ServiceRequest,
  context: RequestContext,
): () => Promise<void> {
  let version = context.policyVersion;
  let validUntil = context.profile!.validUntil;
  let lookedAt = performance.now();
  return async () => {
    if (performance.now() - lookedAt > policyAge) {
      await policy.refresh();
      lookedAt = performance.now();
    }
    const now = new Date();
    if (policy.current().version === version && (validUntil === null || now < validUntil)) return;
    const again = await identify(request, now);
    requireAuditor(again);
    version = again.policyVersion;
    validUntil = again.profile!.validUntil;
  };
}

function writeJson(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function tooMany(maximum: number, came: number): CitygraphError {
  return new CitygraphError(
    'RATE_LIMITED',
    `expected at most ${maximum} exports under way on this node, got ${came}; try again later`,
    { limit: 'exports', maximum, came, retryAfter: 10 },
  );
}
