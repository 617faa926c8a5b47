/**
 * `/graphql`, a bare handler of the server (half of a small request's cost otherwise), and `/audit/export`, which differs in who writes the
 * answer. Sheds load, has the request read (`read-request.ts`), waits its turn, and writes what the pipeline answers.
 *
 * Refusals before anyone is known are counted, not recorded, so that a flood costs no disk. Whoever hangs up is no longer answered: what runs
 * for it is stopped, and on record.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CitygraphError, type ErrorCode } from '../errors.js';
import { CancellationSource } from '../execution/cancellation.js';
import { toByteString } from '../model/byte-string.js';
import type { AddressList } from '../policy/address-list.js';
import type { CompressionSettings } from '../settings/compression.js';
import type { Figures } from '../telemetry/figures.js';
import type { Admission } from './admission.js';
import type { Buffers } from './buffers.js';
import { type CodedBody, codeBody } from './content-coding.js';
import { formatCitygraphError, retryAfterOf } from './graphql-errors.js';
import { hungUp, readBody, refuseCoded, toServiceRequest } from './read-request.js';
import type { ServiceRequest, ServiceResponse } from './request.js';
import type { ServiceLog } from './service-log.js';

export interface EndpointOptions {
  readonly bodyBytes: number;
  readonly compression: CompressionSettings;
  readonly admission: Admission;
  readonly buffers: Buffers;
  readonly answer: (request: ServiceRequest) => Promise<ServiceResponse>;
  /** `/audit/export`, which writes its answer itself, for as long as that is taken. */
  readonly answerExport: (request: ServiceRequest, response: ServerResponse) => Promise<void>;
  /** Counts what was refused before anyone was known. */
  readonly countRefusal: (code: ErrorCode) => void;
  readonly figures: Figures;
  readonly log: ServiceLog;
  /** Whose word on where a request comes from is taken; null: nobody's. */
  readonly trustedProxies: AddressList | null;
}

/** What is said to somebody who is not known. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GraphqlEndpoint {
  handle(request: IncomingMessage, response: ServerResponse, path: '/graphql' | '/audit/export'): Promise<void>;
  /** Counts a refusal. @returns what is to be said of it */
  refuse(cause: unknown): Refusal;
  /** From now on requests are refused; what is under way goes on. Resolves when nothing is. */
  close(): Promise<void>;
  /** Of what is under way: it is stopped, and put on record as such. */
  cancelAll(reason: CitygraphError): void;
}

export function createGraphqlEndpoint(options: EndpointOptions): GraphqlEndpoint {
  return new Endpoint(options);
}

class Endpoint implements GraphqlEndpoint {
  private readonly underWay = new Set<CancellationSource>();
  private closing = false;
  private whenIdle: (() => void) | null = null;

  constructor(private readonly options: EndpointOptions) {}

  async handle(request: IncomingMessage, response: ServerResponse, path: '/graphql' | '/audit/export'): Promise<void> {
    // Under overload most requests are shed: before anything is made of them, or telling them so would be all that the node does.
    const overload = this.closing ? null : (this.options.buffers.overload() ?? this.options.admission.overload());
    if (overload) return this.shed(request, response, overload);
    const cancellation = new CancellationSource();
    response.once('close', () => {
      if (!response.writableFinished) cancellation.cancel(hungUp());
    });
    this.underWay.add(cancellation);
    try {
      if (path === '/audit/export') await this.export(request, response, cancellation);
      else {
        const answer = await this.answer(request, cancellation);
        const coded = codeBody(answer.body, request.headers['accept-encoding'], this.options.compression);
        this.write(response, answer, coded instanceof Promise ? await coded : coded);
      }
    } catch (cause) {
      if (isOverload(cause)) return this.shed(request, response, cause);
      const refusal = this.refuse(cause);
      this.write(response, refusal, { body: toByteString(refusal.body), headers: {} }, needsClosing(cause, request));
    } finally {
      this.underWay.delete(cancellation);
      if (this.underWay.size === 0) this.whenIdle?.();
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    if (this.underWay.size === 0) return;
    await new Promise<void>((resolve) => (this.whenIdle = resolve));
  }

  cancelAll(reason: CitygraphError): void {
    for (const cancellation of this.underWay) cancellation.cancel(reason);
  }

  /** It takes as long as its reader: counted with what is under way, and in nobody's line. */
  private async export(
    request: IncomingMessage,
    response: ServerResponse,
    cancellation: CancellationSource,
  ): Promise<void> {
    const body = await this.read(request);
    const { admission, answerExport, trustedProxies } = this.options;
    const leave = admission.enterBeside();
    try {
      await answerExport(toServiceRequest(request, body, performance.now(), trustedProxies, cancellation), response);
    } finally {
      leave();
    }
  }

  private read(request: IncomingMessage): Promise<string> {
    const { buffers, bodyBytes } = this.options;
    if (this.closing) throw shuttingDown();
    // Persons are queried by POST alone, so that identifiers reach no proxy's log; there is nothing else at this address.
    if (request.method !== 'POST')
      throw new CitygraphError(
        'METHOD_NOT_ALLOWED',
        'expected POST with Content-Type: application/json, got another method',
      );
    refuseCoded(request);
    return readBody(request, bodyBytes, buffers);
  }

  private async answer(request: IncomingMessage, cancellation: CancellationSource): Promise<ServiceResponse> {
    const { admission, answer, figures, trustedProxies } = this.options;
    // Read before a place is taken: who writes slowly holds up nobody.
    const body = await this.read(request);
    const startedAt = performance.now();
    await admission.enter(cancellation);
    try {
      figures.stages.line.noteSince(startedAt);
      return await answer(toServiceRequest(request, body, startedAt, trustedProxies, cancellation));
    } finally {
      admission.leave();
    }
  }

  private shed(request: IncomingMessage, response: ServerResponse, overload: CitygraphError): void {
    this.options.countRefusal(overload.code);
    if (response.destroyed) return;
    const body = bodyOfOverload(overload);
    const close = needsClosing(overload, request) ? ['connection', 'close'] : [];
    response.writeHead(overload.status, [...shedHeaders, 'content-length', String(body.length), ...close]);
    response.end(body);
    // Who sends without reading holds memory with refusals as with answers.
    this.options.buffers.sent(response, body.length);
  }

  refuse(cause: unknown): Refusal {
    const { countRefusal, log } = this.options;
    const error =
      cause instanceof CitygraphError
        ? cause
        : new CitygraphError('INTERNAL', 'the request could not be answered', {}, { cause });
    countRefusal(error.code);
    // Shed load is counted; a line for each would be load of its own.
    if (error.status >= 500 && !shed.has(error.code)) log.error({ err: error }, error.message);
    const retryAfter = retryAfterOf(error);
    const headers = {
      ...(retryAfter && { 'retry-after': retryAfter }),
      ...(error.status === 405 && { allow: 'POST' }),
      // RFC 9110, 15.5.16: which codings would have been taken.
      ...(error.status === 415 && { 'accept-encoding': 'identity' }),
    };
    return { status: error.status, headers, body: JSON.stringify({ errors: [formatCitygraphError(error)] }) };
  }

  private write(
    response: ServerResponse,
    { status, headers }: Omit<ServiceResponse, 'body'>,
    coded: CodedBody,
    close = this.closing,
  ): void {
    if (response.destroyed) return;
    const { body } = coded;
    const bytes = body.length;
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
      ...coded.headers,
      ...(close && { connection: 'close' }),
      'content-length': bytes,
    });
    if (typeof body !== 'string') response.end(body);
    else if (bytes < longBody) response.end(body, 'latin1');
    else response.end(Buffer.from(body, 'latin1'));
    this.options.buffers.sent(response, bytes);
  }
}

/** Bytes from which an answer goes out faster by itself than together with its headers. */
const longBody = 8_192;

const overloadBodies = new WeakMap<CitygraphError, Buffer>();

/** What is said of an overload, written once where it is the same for everybody. */
function bodyOfOverload(overload: CitygraphError): Buffer {
  let body = overloadBodies.get(overload);
  if (!body) {
    body = Buffer.from(JSON.stringify({ errors: [formatCitygraphError(overload)] }));
    overloadBodies.set(overload, body);
  }
  return body;
}

function isOverload(cause: unknown): cause is CitygraphError {
  return cause instanceof CitygraphError && cause.code === 'OVERLOADED';
}

const shedHeaders: readonly string[] = [
  ...['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store'],
  ...['x-content-type-options', 'nosniff', 'retry-after', '1'],
];

const shed: ReadonlySet<ErrorCode> = new Set(['OVERLOADED', 'SHUTTING_DOWN']);
/** Refused, perhaps, before the body was read. */
const unread: ReadonlySet<ErrorCode> = new Set([
  ...(['BODY_TOO_LARGE', 'OVERLOADED', 'SHUTTING_DOWN', 'CONTENT_ENCODING_UNSUPPORTED'] as const),
]);
/** A body of no more is read and dropped by the server, and the connection kept: under load a new one costs more. */
const smallBody = 16_384;

function needsClosing(cause: unknown, request: IncomingMessage): boolean {
  if (!(cause instanceof CitygraphError) || !unread.has(cause.code)) return false;
  return cause.code !== 'OVERLOADED' || !(Number(request.headers['content-length']) <= smallBody);
}

export function shuttingDown(): CitygraphError {
  return new CitygraphError('SHUTTING_DOWN', 'the service ends; try again, at another node if there is one');
}
