/**
 * Bytes in memory on behalf of slow callers: bodies that are still coming in, and responses that wait to be taken. All connections share one
 * bound, and no response waits for ever, so that neither a thousand slow readers nor a thousand slow writers take the memory.
 */
import type { ServerResponse } from 'node:http';
import { CitygraphError } from '../errors.js';

export interface Buffers {
  /** Why nobody more is listened to, where more is in memory than may be; null: it is not. */
  overload(): CitygraphError | null;
  /** Bytes of a body have come in, or with a negative number have been taken. */
  hold(bytes: number): void;
  /** A response has been handed to its connection. */
  sent(response: ServerResponse, bytes: number): void;
  readonly bytes: number;
  /** Responses that were broken off because nobody took them. */
  readonly brokenOff: number;
  stop(): void;
}

export interface BuffersOptions {
  readonly maximum: number;
  /** Milliseconds for a response to be taken. */
  readonly patience: number;
}

interface Unsent {
  readonly bytes: number;
  readonly since: number;
}

const lookEveryMs = 1_000;

export function createBuffers({ maximum, patience }: BuffersOptions): Buffers {
  const unsent = new Map<ServerResponse, Unsent>();
  const full = new CitygraphError(
    'OVERLOADED',
    'expected callers that take their answers, got too many that do not; try again',
    { limit: 'bufferedBytes', maximum },
  );
  let bytes = 0;
  let brokenOff = 0;
  const forget = (response: ServerResponse): void => {
    bytes -= unsent.get(response)?.bytes ?? 0;
    unsent.delete(response);
  };
  const breakOff = (response: ServerResponse): void => {
    brokenOff += 1;
    forget(response);
    // Not the response: one of several on a connection may have none yet.
    response.req.socket.destroy();
  };
  const timer = setInterval(
    () => {
      const oldest = performance.now() - Math.max(patience, lookEveryMs);
      for (const [response, { since }] of unsent) {
        if (since > oldest) break;
        breakOff(response);
      }
    },
    Math.min(patience, lookEveryMs),
  ).unref();
  return {
    overload: () => (bytes > maximum ? full : null),
    hold(more) {
      bytes += more;
    },
    sent(response, size) {
      // What went out whole is the kernel's.
      if (response.destroyed || response.socket?.writableLength === 0) return;
      unsent.set(response, { bytes: size, since: performance.now() });
      bytes += size;
      response.once('close', () => forget(response));
      response.once('finish', () => forget(response));
      // INVARIANT: what is in memory for slow readers is bounded: who has waited longest gives way.
      for (const [slowest] of unsent) {
        if (bytes <= maximum || slowest === response) break;
        breakOff(slowest);
      }
    },
    get bytes() {
      return bytes;
    },
    get brokenOff() {
      return brokenOff;
    },
    stop: () => clearInterval(timer),
  };
}
