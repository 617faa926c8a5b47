/** What is asked of `POST /audit/export`: a format and the filters of `usageRecords`, as JSON; and what of it goes on record. */
import { GraphQLError, type GraphQLScalarType } from 'graphql';
import { CitygraphError, type ErrorCode, errorCodes } from '../errors.js';
import { keyedDigest } from '../model/keyed-digest.js';
import { holdsIdentifier, holdsPersonNumber } from '../model/redact-identifiers.js';
import { DateTimeScalar, ResidentIdNumberScalar, UnifiedSocialCreditCodeScalar } from '../model/scalars.js';
import { type ExportFormat, exportFormats } from '../usage-log/export-usage.js';
import type { UsageFilterArguments } from '../usage-log/usage-arguments.js';

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly filter: UsageFilterArguments;
}

/** Null: any text. */
const members: Readonly<Record<keyof UsageFilterArguments, GraphQLScalarType<string, string> | null>> = {
  ...{ consumer: null, department: null, grant: null, purpose: null, coordinate: null, level: null, verdict: null },
  ...{ subject: null, user: null, caseNumber: null, operationName: null, errorCode: null, outcome: null },
  idNumber: ResidentIdNumberScalar,
  creditCode: UnifiedSocialCreditCodeScalar,
  from: DateTimeScalar,
  until: DateTimeScalar,
};
/** Official identifiers: on record as digests, whatever they look like. */
const identifiers: ReadonlySet<string> = new Set(['idNumber', 'creditCode']);

/** @throws BAD_USER_INPUT, INVALID_IDENTIFIER */
export function readExportRequest(body: unknown): ExportRequest {
  if (!isObject(body)) throw badInput('a JSON object with Content-Type: application/json', 'something else');
  const { format, ...given } = body;
  const known = exportFormats.find((it) => it === format);
  if (!known) throw badInput(`format to be one of ${exportFormats.join(', ')}`, 'another');
  if (Object.keys(given).some((name) => !Object.hasOwn(members, name)))
    throw badInput(`format and some of ${Object.keys(members).join(', ')}`, 'another member');
  const filter: Record<string, string> = {};
  for (const [name, scalar] of Object.entries(members)) {
    const value = given[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw badInput(`${name} to be a text`, `a value of type ${typeof value}`);
    filter[name] = scalar ? parse(scalar, value) : value;
  }
  return { format: known, filter };
}

/** INVARIANT: no identifier stands in it; names are those that are known, for a name may be one as well. */
export function exportArguments(body: unknown, key: Buffer): Record<string, unknown> {
  if (!isObject(body)) return {};
  const given = ['format', ...Object.keys(members)].flatMap((name) => {
    const text = JSON.stringify(body[name] ?? null);
    if (text === 'null') return [];
    const isSensitive = identifiers.has(name) || holdsIdentifier(text) || holdsPersonNumber(text);
    const value: unknown = isSensitive ? `digest:${keyedDigest(key, text, 'base64url')}` : body[name];
    return [[`export(${name}:)`, value] as const];
  });
  return Object.fromEntries(given);
}

function parse(scalar: GraphQLScalarType<string, string>, value: string): string {
  try {
    return scalar.parseValue(value);
  } catch (cause) {
    if (!(cause instanceof GraphQLError)) throw cause;
    const code = String(cause.extensions['code']);
    throw new CitygraphError(Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'BAD_USER_INPUT', cause.message);
  }
}

function badInput(expected: string, came: string): CitygraphError {
  return new CitygraphError('BAD_USER_INPUT', `export: expected ${expected}, got ${came}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
