/**
 * The reference executor: what the service should answer, found plainly and slowly. graphql-js, DataLoader, MikroORM entities, and
 * graphql-shield on every field of every row, with rules from the decision tables. The tests' oracle; never served.
 *
 * An operation runs twice. In a rehearsal every relation has one row and every list one item, so each selection is asked about once,
 * whatever the pool holds: from it come the entries beside the data and the faults of arguments. The performance gives the data.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import {
  execute,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  type DocumentNode,
  validate,
} from 'graphql';
import { createSealer } from '../../src/execution/seal.js';
import type { Keyring } from '../../src/keyring.js';
import type { Registry } from '../../src/model/registry.js';
import type { Verdict } from '../../src/model/verdict.js';
import type { Access } from '../../src/policy/access.js';
import { matchByTable } from '../support/decision-table.js';
import { decideWithSources, findHolder, type Holder, openAccess, scopeOfGrants } from './reference-access.js';
import { buildReferenceSchema } from './reference-schema.js';
import { Denial, Refusal } from './refusal.js';
import { createPoolSource, rehearsal } from './row-source.js';
import { type ReferenceContext, type ResponsePath, upToOutermostList } from './rules.js';
import type { Caller } from './sample-city.js';

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

export interface ErrorEntry {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly coordinate: string | null;
  readonly level: string | null;
  readonly reason: string | null;
}

/** Data with its entries, or the codes of the faults for any of which the operation may be refused. */
export type ReferenceAnswer =
  | { readonly refused: null; readonly data: unknown; readonly errors: readonly ErrorEntry[] }
  | { readonly refused: ReadonlySet<string> };

export interface ReferenceExecutor {
  answer(operation: Operation, caller: Caller): Promise<ReferenceAnswer>;
  /** Fates of library coordinates in all answers so far: `Resident.name served`. */
  readonly fates: ReadonlySet<string>;
}

/** What is of one run alone. */
type Particular = 'rows' | 'refuse' | 'denyBeside' | 'note';

/** Denials of a part of a field that is answered all the same, by the field's path. */
type Besides = Map<string, Denial[]>;

/** Policy must not change while it answers: it reads a caller's grants once. */
export interface ReferenceOptions {
  readonly registry: Registry;
  /** The service's own; it is left as it is. */
  readonly schema: GraphQLSchema;
  readonly orm: MikroORM;
  readonly keyring: Keyring;
}

export function createReferenceExecutor({
  registry,
  schema: service,
  orm,
  keyring,
}: ReferenceOptions): ReferenceExecutor {
  const schema = buildReferenceSchema(registry, service);
  const fates = new Set<string>();

  /** What a context holds whatever the run is for; the service's resolvers of features find in it what they look for. */
  const contextOf = (access: Access): Omit<ReferenceContext, Particular> => {
    const { principal } = access;
    const name = `${principal.kind}/${principal.name}`;
    const decide: ReferenceContext['decide'] = remember((coordinate) =>
      decideWithSources(registry, coordinate, access),
    );
    const decideMatch: ReferenceContext['decide'] = remember((coordinate) =>
      matchByTable(registry.coordinates.get(coordinate), access),
    );
    const forFeatures = {
      profile: {
        ...access,
        entryOf: (coordinate: string) => registry.coordinates.get(coordinate),
        verdictOf: decide,
        matchOf: decideMatch,
      },
      coordinates: registry.coordinates,
      services: {},
    };
    return { ...forFeatures, principal: name, sealer: createSealer(keyring.sealing, name), decide, decideMatch };
  };

  const holders = new Map<string | null, Promise<Holder>>();
  const accessOf = async (caller: Caller, now: Date): Promise<Access> => {
    const holder = holders.get(caller.token) ?? findHolder(orm.em.fork(), caller);
    holders.set(caller.token, holder);
    return openAccess(await holder, caller, now);
  };

  return {
    fates,
    async answer(operation, caller) {
      const em = orm.em.fork();
      const now = new Date();
      const access = await accessOf(caller, now).catch(takeRefusal);
      const document = read(schema, operation.query);
      const refused = new Set<string>();
      if (access instanceof Refusal) refused.add(access.code);
      if (document instanceof Set) return { refused: new Set([...refused, ...document]) };
      if (access instanceof Refusal) return { refused };

      const common = contextOf(access);
      const run = (particular: Pick<ReferenceContext, Particular>): Promise<ExecutionResult> =>
        Promise.resolve(
          execute({
            schema,
            document,
            operationName: operation.operationName,
            variableValues: operation.variables,
            contextValue: { ...common, ...particular },
          }),
        );
      const besides: Besides = new Map();
      const rehearsed = await run({
        rows: rehearsal,
        refuse: ({ code }) => void refused.add(code),
        denyBeside: (path, denial) => keepBeside(besides, path, denial),
        note: (coordinate, fate) => void (fate === 'denied' && fates.add(`${coordinate} ${fate}`)),
      });
      if (rehearsed.data === undefined) return { refused: new Set(rehearsed.errors!.map((error) => codeOf(error))) };
      if (refused.size > 0) return { refused };

      const performed = await run({
        rows: createPoolSource(em, scopeOfGrants(access.grants), dayInShanghai(now)),
        refuse: (fault) => {
          throw fault;
        },
        denyBeside: () => undefined,
        note: (coordinate, fate) => void fates.add(`${coordinate} ${fate}`),
      });
      const errors = entriesOf(rehearsed, besides);
      expectWithin(performed, errors);
      return { refused: null, data: performed.data, errors };
    },
  };
}

/** The table is read once for a request and coordinate: it can't answer differently for the next row. */
function remember(decide: (coordinate: string) => Verdict): (coordinate: string) => Verdict {
  const known = new Map<string, Verdict>();
  return (coordinate) => {
    const verdict = known.get(coordinate) ?? decide(coordinate);
    known.set(coordinate, verdict);
    return verdict;
  };
}

function takeRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

function read(schema: GraphQLSchema, query: string): DocumentNode | Set<string> {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return new Set(['GRAPHQL_PARSE_FAILED']);
  }
  const faults = validate(schema, document);
  return faults.length === 0 ? document : new Set(faults.map((fault) => codeOf(fault, 'GRAPHQL_VALIDATION_FAILED')));
}

function codeOf(error: GraphQLError, otherwise = 'BAD_USER_INPUT'): string {
  for (const it of [error.originalError as GraphQLError | undefined, error]) {
    const code = it?.extensions?.['code'];
    if (typeof code === 'string') return code;
  }
  return otherwise;
}

function dayInShanghai(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(moment);
}

function keepBeside(besides: Besides, path: ResponsePath, denial: Denial): void {
  denial.place = upToOutermostList(path);
  const key = JSON.stringify(keysOf(path));
  besides.set(key, [...(besides.get(key) ?? []), denial]);
}

function keysOf(path: ResponsePath): (string | number)[] {
  return [...(path.prev ? keysOf(path.prev) : []), path.key];
}

/** One entry for each selection, in document order: denials first, then what resolvers of features threw. */
function entriesOf({ data, errors = [] }: ExecutionResult, besides: Besides): ErrorEntry[] {
  const byPath = new Map(errors.map((error) => [JSON.stringify(error.path), error]));
  const found: GraphQLError[] = [];
  const denials: ErrorEntry[] = [];
  const others: ErrorEntry[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    const key = JSON.stringify(path);
    denials.push(...(besides.get(key) ?? []).map(entryOfDenial));
    const error = byPath.get(key);
    if (error) {
      found.push(error);
      (error.originalError instanceof Denial ? denials : others).push(entryOf(error));
    }
    if (Array.isArray(value)) value.forEach((item, index) => walk(item, [...path, index]));
    else if (value !== null && typeof value === 'object')
      for (const [member, inner] of Object.entries(value)) walk(inner, [...path, member]);
  };
  walk(data, []);
  if (found.length !== errors.length)
    throw new Error('an error of the rehearsal has no place in its data', { cause: errors });
  return [...denials, ...others];
}

function entryOf(error: GraphQLError): ErrorEntry {
  const denial = error.originalError;
  if (denial instanceof Denial) return entryOfDenial(denial);
  const own = (denial as { code?: unknown } | undefined)?.code;
  const code = typeof own === 'string' ? own : codeOf(error, 'INTERNAL');
  if (code === 'INTERNAL') throw new Error('the reference failed', { cause: denial ?? error });
  return { code, path: error.path ?? [], coordinate: null, level: null, reason: null };
}

function entryOfDenial({ code, place, coordinate, level, reason }: Denial): ErrorEntry {
  return { code, path: place, coordinate, level, reason };
}

/** Rows can't be denied anything that the rehearsal was not, and nothing else may have gone wrong. */
function expectWithin({ errors = [] }: ExecutionResult, entries: readonly ErrorEntry[]): void {
  const known = new Set(entries.map((entry) => JSON.stringify(entry)));
  for (const error of errors)
    if (!known.has(JSON.stringify(entryOf(error)))) throw new Error('the reference failed', { cause: error });
}
