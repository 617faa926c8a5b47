/**
 * From HTTP to a request: its body, read within its limit, and its headers, each in the one form that it may have. It must not know what is
 * asked, nor who asks.
 */
import type { IncomingMessage } from 'node:http';
import { CitygraphError } from '../errors.js';
import type { CancellationSource } from '../execution/cancellation.js';
import type { AddressList } from '../policy/address-list.js';
import { decodeHeader } from './behind.js';
import type { Buffers } from './buffers.js';
import { findClientAddress } from './client-address.js';
import type { RequestHeaders, ServiceRequest } from './request.js';

export function toServiceRequest(
  request: IncomingMessage,
  text: string,
  startedAt: number,
  trustedProxies: AddressList | null,
  cancellation: CancellationSource,
): ServiceRequest {
  const headers = new ReadHeaders(request.headers);
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
    cancellation,
  };
}

/** Looked up where they came, and copied for who asks for all of them. */
class ReadHeaders implements RequestHeaders {
  constructor(private readonly came: IncomingMessage['headers']) {}

  get(name: string): string | undefined {
    const value = this.came[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    for (const name of Object.keys(this.came)) {
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }
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

/**
 * A request is small by its limit, so coding it saves little; and what it unfolds to would be at the cost of a service that does not know yet
 * whose it is.
 *
 * @throws CONTENT_ENCODING_UNSUPPORTED
 */
export function refuseCoded(request: IncomingMessage): void {
  const coding = request.headers['content-encoding'];
  if (coding === undefined || /^\s*(identity)?\s*$/i.test(coding)) return;
  throw new CitygraphError(
    'CONTENT_ENCODING_UNSUPPORTED',
    'expected a body as it is, got one with a Content-Encoding; responses alone are compressed',
  );
}

/** @throws BODY_TOO_LARGE, CANCELLED */
export function readBody(request: IncomingMessage, maximum: number, buffers: Buffers): Promise<string> {
  const length = Number(request.headers['content-length']);
  const tooLarge = (): CitygraphError =>
    new CitygraphError('BODY_TOO_LARGE', `expected a body of at most ${maximum} bytes, got more`, {
      limit: 'body',
      maximum,
      came: length || maximum + 1,
    });
  if (length > maximum) throw tooLarge();
  // By its events: as an async iterator a body of one chunk takes several times as long.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let open = true;
    // Every request is closed in the end: to make an error of it each time would cost more than reading most bodies.
    const fail = (why: () => CitygraphError): void => {
      if (!open) return;
      settle();
      reject(why());
    };
    const settle = (): void => {
      open = false;
      buffers.hold(-size);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      buffers.hold(chunk.length);
      chunks.push(chunk);
      if (size <= maximum) return;
      request.removeAllListeners('data').pause();
      fail(tooLarge);
    });
    request.on('end', () => {
      if (!open) return;
      settle();
      resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8'));
    });
    request.on('error', () => fail(hungUp));
    request.on('close', () => fail(hungUp));
  });
}

export function hungUp(): CitygraphError {
  return new CitygraphError('CANCELLED', 'the caller closed the connection before it was answered');
}
