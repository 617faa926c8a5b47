/**
 * Holds the service's answer against the reference's: data equal with the order of keys, and the same entries in the same order.
 *
 * Cursors are opaque, so what counts is that they correspond: the same one here for the same one there, and never two for one.
 */
import { cursorMark } from './list-request.js';
import type { ErrorEntry, ReferenceAnswer } from './reference-executor.js';

export interface ServiceAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface Difference {
  /** Where they first differ. */
  readonly path: string;
  readonly service: unknown;
  readonly reference: unknown;
}

/** Pairs of cursors, each way. */
export class CursorPairs {
  readonly toReference = new Map<string, string>();
  private readonly toService = new Map<string, string>();

  /** Whether the two may stand for one another; remembered from then on. */
  correspond(service: string, reference: string): boolean {
    if (!this.toReference.has(service) && !this.toService.has(reference)) {
      this.toReference.set(service, reference);
      this.toService.set(reference, service);
    }
    return this.toReference.get(service) === reference && this.toService.get(reference) === service;
  }
}

/** @returns null where they are equal */
export function findDifference(
  service: ServiceAnswer,
  reference: ReferenceAnswer,
  cursors: CursorPairs,
): Difference | null {
  if (reference.refused) {
    const codes = (service.errors ?? []).map(({ extensions }) => String(extensions['code']));
    const isRefused =
      service.data === undefined && codes.length > 0 && codes.every((code) => reference.refused.has(code));
    return isRefused
      ? null
      : {
          path: 'refusal',
          service: service.data === undefined ? codes : 'answered',
          reference: [...reference.refused],
        };
  }
  if (service.data === undefined) return { path: 'refusal', service: service.errors, reference: 'answered' };
  return (
    compareValues(service.data, reference.data, 'data', cursors) ??
    compareValues((service.errors ?? []).map(entryOf), reference.errors, 'errors', cursors)
  );
}

function entryOf({ path, extensions }: NonNullable<ServiceAnswer['errors']>[number]): ErrorEntry {
  const text = (name: string): string | null => (typeof extensions[name] === 'string' ? extensions[name] : null);
  return {
    code: String(extensions['code']),
    path: path ?? [],
    coordinate: text('coordinate'),
    level: text('level'),
    reason: text('reason'),
  };
}

function compareValues(service: unknown, reference: unknown, path: string, cursors: CursorPairs): Difference | null {
  if (typeof reference === 'string' && reference.startsWith(cursorMark)) {
    return typeof service === 'string' && cursors.correspond(service, reference) ? null : { path, service, reference };
  }
  if (!isBranch(service) || !isBranch(reference) || Array.isArray(service) !== Array.isArray(reference)) {
    return Object.is(service, reference) ? null : { path, service, reference };
  }
  const [keys, expected] = [Object.keys(service), Object.keys(reference)];
  if (JSON.stringify(keys) !== JSON.stringify(expected))
    return { path: `keys of ${path}`, service: keys, reference: expected };
  for (const key of keys) {
    const difference = compareValues(service[key], reference[key], `${path}.${key}`, cursors);
    if (difference) return difference;
  }
  return null;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
