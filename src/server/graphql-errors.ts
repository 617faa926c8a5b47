/** Errors and denials as GraphQL gives them: coded, without stack, without values. The one place that makes them. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CitygraphError } from '../errors.js';
import { redactIdentifiers } from '../model/redact-identifiers.js';
import { type Reason } from '../model/verdict.js';
import type { Denial } from '../planning/plan.js';
import { explain } from '../policy/explanation.js';

export function formatDenial(denial: Denial): GraphQLFormattedError {
  const { zh, en, remedyZh, remedyEn } = explain(denial.reason as Reason);
  const what = denial.code === 'ARGUMENT_DENIED' ? `used in an argument, ${denial.coordinate}` : denial.coordinate;
  return {
    message: `${what} (${denial.level ?? 'unclassified'}): ${en}`,
    path: denial.path,
    extensions: {
      code: denial.code,
      coordinate: denial.coordinate,
      level: denial.level,
      reason: denial.reason,
      reasonZh: zh,
      ...(remedyEn && { remedy: remedyEn, remedyZh }),
    },
  };
}

/** A section whose database is down: the rest of the answer stands beside it. */
export function formatUnreached(path: readonly string[]): GraphQLFormattedError {
  return {
    message: 'this part of the resource pool can not be reached now; try again later',
    path,
    extensions: { code: 'POOL_UNAVAILABLE' },
  };
}

export function formatCitygraphError(error: CitygraphError): GraphQLFormattedError {
  const { faults: _faults, ...given } = error.details;
  const details = Object.entries(given).map(
    ([name, value]) => [name, typeof value === 'string' ? shorten(value) : value] as const,
  );
  return { message: shorten(error.message), extensions: { code: error.code, ...Object.fromEntries(details) } };
}

/** An error as its entries: a document's faults one by one, each with the code of the scalar that refused it, where one did. */
export function formatRefusal(error: CitygraphError): readonly GraphQLFormattedError[] {
  const faults = (error.details['faults'] ?? []) as readonly GraphQLError[];
  if (faults.length === 0) return [formatCitygraphError(error)];
  return faults.map((fault) => {
    const own = (fault.originalError as GraphQLError | undefined)?.extensions?.['code'] ?? fault.extensions['code'];
    return {
      message: shorten(fault.message),
      ...(fault.locations && { locations: fault.locations }),
      extensions: { code: typeof own === 'string' ? own : error.code },
    };
  });
}

/** When it may be tried again, for the header. */
export function retryAfterOf({ status, details }: CitygraphError): string | null {
  if (status === 503) return '1';
  return status === 429 && typeof details['retryAfter'] === 'number' ? String(details['retryAfter']) : null;
}

const longestMessage = 500;

/** What came from a caller is repeated without identifiers, and not at length. */
function shorten(text: string): string {
  const redacted = redactIdentifiers(text);
  return redacted.length > longestMessage ? `${redacted.slice(0, longestMessage)}…` : redacted;
}

/** Neither ours nor GraphQL's: it was not written for a reader. */
export function isUnexpected(error: Error): boolean {
  return !(error instanceof CitygraphError) && !(error instanceof GraphQLError);
}

const QUERY_CANCELED = '57014';

/** What graphql-js and resolvers threw. What is not ours and not GraphQL's keeps its words to itself. */
export function formatExecutionError(error: GraphQLError): GraphQLFormattedError {
  const original = error.originalError;
  const place = { ...(error.path && { path: error.path }), ...(error.locations && { locations: error.locations }) };
  if (original instanceof CitygraphError) return { ...formatCitygraphError(original), ...place };
  const code = error.extensions['code'];
  if (original && (original as { code?: unknown }).code === QUERY_CANCELED) {
    const message = 'a field took too long to answer; ask for less or try again later';
    return { message, ...place, extensions: { code: 'STATEMENT_TIMEOUT' } };
  }
  if (original && isUnexpected(original)) {
    return { message: 'the request could not be answered', ...place, extensions: { code: 'INTERNAL' } };
  }
  return {
    message: shorten(error.message),
    ...place,
    extensions: { code: typeof code === 'string' ? code : 'BAD_USER_INPUT' },
  };
}
