/** The values of a plan's parameters in one request, each checked in the form it is used in. */
import { CitygraphError } from '../errors.js';
import type { Representation } from '../model/entities.js';
import type { IdentifierKind } from '../model/identifier-kind.js';
import { keyedDigest } from '../model/keyed-digest.js';
import type { Parameter, ParameterSource } from '../planning/plan.js';
import { sealMark } from './marked-text.js';
import type { Sealer } from './seal.js';

export interface BindingContext {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly divisions: readonly string[] | null;
  readonly sealer: Sealer;
  readonly identifierKey: Buffer;
  readonly maximumPageSize: number;
  readonly maximumListLength: number;
}

const maximumSearchLength = 100;

export function bindParameters(parameters: readonly Parameter[], context: BindingContext): unknown[] {
  return parameters.map((parameter) => bindParameter(parameter, context));
}

/** @throws BAD_USER_INPUT, INVALID_CURSOR, INVALID_IDENTIFIER, LIMIT_EXCEEDED; never with the value */
function bindParameter({ source, form, label }: Parameter, context: BindingContext): unknown {
  const value = readSource(source, context);
  switch (form.as) {
    case 'value':
      return value;
    case 'list':
      return bindList(value, label, context.maximumListLength);
    case 'page-size':
      return bindPageSize(value, label, context.maximumPageSize) + form.plus;
    case 'between':
      return bindBetween(value, label, form);
    case 'search-word':
      return searchTextOf(value, label, 2);
    case 'contains-pattern':
      return `%${searchTextOf(value, label, 2).replace(/[\\%_]/g, '\\$&')}%`;
    case 'prefix':
      return searchTextOf(value, label, 1);
    case 'prefix-end':
      return `${searchTextOf(value, label, 1)}\u{10FFFF}`;
    case 'identifier-digest':
      return digestIdentifier(context.identifierKey, form.identifier, String(value));
    case 'identifier-digests':
      return (value as string[]).map((it) => digestIdentifier(context.identifierKey, form.identifier, it));
    case 'sealed-ids':
      return (value as string[]).map((it) => context.sealer.openId(form.type, it));
    case 'sealed-id':
      return context.sealer.openId(form.type, String(value));
    case 'cursor':
      return context.sealer.openCursor(form.scope, String(value))[form.position];
  }
}

/** A value as the request gives it, before any form is put on it. */
export function readSource(source: ParameterSource, context: Pick<BindingContext, 'variables' | 'divisions'>): unknown {
  switch (source.from) {
    case 'constant':
      return source.value;
    case 'list':
      return source.items.map((item) => readSource(item, context));
    case 'divisions':
      return context.divisions;
    case 'seal-mark':
      return sealMark;
    // Put in when a part of a cut plan is asked for (`run-cut-plan.ts`).
    case 'keys':
      return null;
    case 'variable':
      return readPath(source.path, context.variables);
    case 'entities': {
      const all = readPath(source.path, context.variables) as readonly Representation[];
      const places = [...all.keys()].filter(
        (place) => source.type === null || (all[place]!.type === source.type && all[place]!.key === source.key),
      );
      if (source.what === 'count') return places.length;
      return source.what === 'places' ? places : places.map((place) => all[place]!.value);
    }
  }
}

function readPath(path: readonly (string | number)[], variables: BindingContext['variables']): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], variables);
}

/** Key of an identifier in the subject index: kind and normal form under the pool's key. */
export function digestIdentifier(key: Buffer, kind: IdentifierKind, value: string): Buffer {
  return keyedDigest(key, `${kind}:${value}`);
}

function bindList(value: unknown, label: string, maximum: number): unknown[] {
  const items = Array.isArray(value) ? value : [value];
  if (items.length > maximum)
    throw new CitygraphError('LIMIT_EXCEEDED', `${label} expected at most ${maximum} values, got ${items.length}`, {
      limit: 'listLength',
      maximum,
      came: items.length,
    });
  if (items.some((item) => item === null))
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `${label} expected values (use isNull to ask for none), got null among them`,
    );
  return items;
}

function bindPageSize(value: unknown, label: string, maximum: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maximum) return value;
  throw new CitygraphError('LIMIT_EXCEEDED', `${label}: expected a page of 1 to ${maximum}, got ${String(value)}`, {
    limit: 'first',
    maximum,
    came: value,
  });
}

function bindBetween(value: unknown, label: string, bounds: { minimum: number; maximum: number }): unknown {
  const { minimum, maximum } = bounds;
  if (value !== null && Number(value) >= minimum && Number(value) <= maximum) return value;
  throw new CitygraphError('LIMIT_EXCEEDED', `${label} expected ${minimum} to ${maximum}, got ${String(value)}`, {
    limit: label,
    minimum,
    maximum,
  });
}

function searchTextOf(value: unknown, label: string, minimum: number): string {
  const text = String(value);
  const length = [...text].length;
  if (length < minimum || length > maximumSearchLength || text.includes('\0')) {
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `${label} expected ${minimum} to ${maximumSearchLength} characters to search for, got ${length}`,
      { limit: 'searchLength', maximum: maximumSearchLength, came: length },
    );
  }
  return text;
}
