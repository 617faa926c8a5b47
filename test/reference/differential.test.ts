/**
 * The service and the reference executor, asked the same: thousands of generated operations, by every kind of caller, over an awkward
 * little city. CITYGRAPH_OPERATIONS and CITYGRAPH_OPERATIONS_SEED (test/support/generated-operations.ts) widen and replay.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { getNamedType, type GraphQLArgument, type GraphQLInputType, type GraphQLNamedType, type GraphQLOutputType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { Pool } from 'pg';
import { createService, registry, type Service } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { entities } from '../../src/database/entities.js';
import { createOrm } from '../../src/database/orm.js';
import { openKeyring } from '../../src/keyring.js';
import type { CoordinateEntry } from '../../src/model/registry.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { createServiceLog } from '../../src/server/service-log.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { readGeneratedOperations } from '../support/generated-operations.js';
import { CursorPairs, type Difference, findDifference, type ServiceAnswer } from './compare-answers.js';
import { createOperationGenerator, type OperationGenerator } from './generate-operations.js';
import { createRandom, type Random } from './random.js';
import { createReferenceExecutor, type Operation, type ReferenceAnswer, type ReferenceExecutor } from './reference-executor.js';
import { buildSampleCity, type Caller, existenceApp, maskedApp } from './sample-city.js';
import { shrinkOperation } from './shrink-operation.js';
import { findCommonColumns, gatherSamples } from './samples.js';
import { SouvenirBook } from './souvenirs.js';

const { count, seed } = readGeneratedOperations();
const schema = buildApiSchema(registry);
const cursors = new CursorPairs();
/** Each operation is asked by so many. */
const callersOfOne = 4;
/** The first few tell enough. */
const mostDifferences = 5;
/** With fewer operations, the lot may have left something out. */
const enough = 1000;

let database: TestDatabase;
let owner: Pool;
let orm: MikroORM;
let service: Service;
let folder: string;
let reference: ReferenceExecutor;
let callers: readonly Caller[];
let generator: OperationGenerator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citygraph-reference-'));
  const keyringFile = join(folder, 'keyring');
  // The same in every run, so that what is printed of a failure can be sent again.
  writeFileSync(keyringFile, Buffer.alloc(32, 7).toString('base64url'), { mode: 0o600 });
  database = await createTestDatabase();
  const config = readConfig({ KEYRING_FILE: keyringFile, DATA_DIR: folder, LOG_LEVEL: 'fatal' }, 'reference');
  service = await createService(config, database.url, createServiceLog('fatal', 'reference'));
  owner = new Pool({ connectionString: database.url, max: 2 });
  orm = await createOrm(database.url, { entities });
  const keyring = openKeyring(keyringFile);
  callers = await buildSampleCity({ url: database.url, owner, orm, keyring, registry });
  await service.policy.refresh();
  generator = createOperationGenerator(schema, await gatherSamples(owner, registry));
  reference = createReferenceExecutor({ registry, schema, orm, keyring });
});

afterAll(async () => {
  await service?.stop();
  await Promise.all([orm?.close(), owner?.end()]);
  await database?.drop();
  rmSync(folder, { recursive: true });
});

async function askService(operation: Operation, caller: Caller): Promise<ServiceAnswer> {
  const { body } = await service.answer({
    method: 'POST',
    search: '',
    headers: new Map([['content-type', 'application/json']]),
    body: operation,
    token: caller.token,
    grants: caller.grants,
    user: caller.user,
    caseNumber: null,
    clientAddress: '127.0.0.1',
    startedAt: performance.now(),
  });
  return JSON.parse(body) as ServiceAnswer;
}

/** The reference has cursors of its own. */
function translateCursors(operation: Operation, { toReference }: CursorPairs): Operation {
  let text = JSON.stringify(operation);
  for (const [own, other] of toReference) if (text.includes(own)) text = text.replaceAll(own, other);
  return JSON.parse(text) as Operation;
}

/** The service's answer and the reference's; null where they are equal. */
async function tryBoth(operation: Operation, caller: Caller): Promise<{ difference: Difference | null; came: ServiceAnswer; expected: ReferenceAnswer }> {
  const [came, expected] = await Promise.all([askService(operation, caller), reference.answer(translateCursors(operation, cursors), caller)]);
  return { difference: findDifference(came, expected, cursors), came, expected };
}

async function describeDifference(where: string, caller: Caller, operation: Operation): Promise<string> {
  const smallest = await shrinkOperation(schema, operation, async (smaller) => (await tryBoth(smaller, caller)).difference !== null);
  const { difference } = await tryBoth(smallest, caller);
  const { name, grants, user } = caller;
  return [
    `${where}, asked by ${name}${grants ? `, X-Grant: ${grants.join() || '(empty)'}` : ''}${user ? `, X-User: ${user}` : ''}; the smallest part that differs:`,
    smallest.query,
    `variables ${JSON.stringify(smallest.variables)}${smallest.operationName ? `, operationName ${smallest.operationName}` : ''}`,
    `first differs at ${difference?.path}`,
    `  service   ${JSON.stringify(difference?.service)}`,
    `  reference ${JSON.stringify(difference?.reference)}`,
  ].join('\n');
}

function pickCaller(random: Random): Caller {
  const caller = random.pick(callers);
  return caller.isTurnedAway && random.chance(0.9) ? pickCaller(random) : caller;
}

describe('the service answers as the reference executor does', () => {
  test('every field, filter and order of every list', async () => {
    const differences: string[] = [];
    const chosen = ['portrait-app', existenceApp, maskedApp, 'public'].map((name) => callers.find((caller) => caller.name === name)!);
    for (const [index, operation] of generator.sweep().entries()) {
      for (const caller of chosen) {
        if (differences.length >= mostDifferences || (await tryBoth(operation, caller)).difference === null) continue;
        differences.push(await describeDifference(`operation ${index} of the sweep`, caller, operation));
      }
    }
    expect(differences.join('\n\n')).toBe('');
  }, 120_000);

  test(`${count} times, whatever is asked and whoever asks`, async () => {
    const random = createRandom(seed);
    const souvenirs = new SouvenirBook(registry);
    const differences: string[] = [];
    const started = performance.now();
    const tally = { answered: 0, withDenials: 0, withValues: 0, refused: 0 };
    for (let index = 0; index < count && differences.length < mostDifferences; ) {
      const owner = pickCaller(random);
      // An earlier operation with other values: what a plan remembers of the first must not show.
      const structure = index > 40 && random.chance(0.25) ? random.below(index) : index;
      const { isPersonal, ...operation } = generator.generate(seed * 1_000_000 + structure, seed * 1_000_000 + index, souvenirs.of(owner));
      const others = Array.from({ length: isPersonal ? Number(random.chance(0.2)) : callersOfOne - 1 }, () => pickCaller(random));
      for (const caller of [owner, ...others]) {
        const { difference, came, expected } = await tryBoth(operation, caller);
        if (difference) {
          const where = `operation ${index} of seed ${seed} (CITYGRAPH_OPERATIONS_SEED=${seed} CITYGRAPH_OPERATIONS=${index + 1})`;
          differences.push(await describeDifference(where, caller, operation));
        } else if (expected.refused) {
          tally.refused += 1;
        } else {
          tally.answered += 1;
          if (expected.errors.length > 0) tally.withDenials += 1;
          if (souvenirs.keep(caller, came.data, expected.data) > 0) tally.withValues += 1;
        }
        index += 1;
      }
    }
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`${count} operations, ${(count / seconds).toFixed(0)} a second: ${JSON.stringify(tally)}\n`);
    expect(differences.join('\n\n')).toBe('');
    // What is refused or empty compares too easily.
    if (count >= enough) expect(tally.withValues / count).toBeGreaterThan(0.4);
  }, 600_000);
});

describe('what was asked', () => {
  test('reached every coordinate of the libraries: fields, arguments, filters, operators, orders', () => {
    expect(libraryCoordinates().filter((coordinate) => !generator.coverage.has(coordinate))).toEqual([]);
  });

  test('got every common column in plain, every mask, and a denial of whatever may be denied', async () => {
    const isServed = (coordinate: string): boolean => reference.fates.has(`${coordinate} served`);
    const common = await findCommonColumns(owner, registry);
    const entries = [...registry.coordinates].filter(([coordinate, entry]) => entry.coordinate === coordinate && coordinate.includes('.'));
    const named = (holds: (entry: CoordinateEntry) => boolean): string[] => entries.filter(([, entry]) => holds(entry)).map(([coordinate]) => coordinate);
    const neverServed = new Set(named(({ classification: { category, sharing } }) => category === 'core' || sharing === 'not-shared'));
    expect(common.filter((coordinate) => !neverServed.has(coordinate) && !isServed(coordinate))).toEqual([]);
    const masked = named(({ maskable, classification }) => maskable && classification.level !== 'L1').filter((coordinate) => common.includes(coordinate) && !neverServed.has(coordinate));
    expect(masked.filter((coordinate) => !reference.fates.has(`${coordinate} masked`))).toEqual([]);
    const deniable = named(({ classification: { level, sharing } }) => level !== 'L1' || sharing !== 'unconditional');
    expect(deniable.filter((coordinate) => !reference.fates.has(`${coordinate} denied`))).toEqual([]);
  });
});

/** Of every type that leads to rows, and of the input types that their lists take. */
function libraryCoordinates(): string[] {
  const roots = Object.values(schema.getQueryType()!.getFields()).filter((field) => isObjectType(getNamedType(field.type)) && leadsToRows(getNamedType(field.type).name));
  const found = new Set<string>();
  const walk = (type: GraphQLNamedType): void => {
    if (isEnumType(type) && type.name.endsWith('Order')) for (const { name } of type.getValues()) found.add(`${type.name}.${name}`);
    if (!isObjectType(type) && !isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) if (add(`${type.name}.${field.name}`)) reach(field);
  };
  const add = (coordinate: string): boolean => !found.has(coordinate) && found.add(coordinate) !== undefined;
  const reach = (field: { name: string; type: GraphQLInputType | GraphQLOutputType; args?: readonly GraphQLArgument[] }, owner?: string): void => {
    if (owner) add(`${owner}.${field.name}`);
    walk(getNamedType(field.type));
    for (const argument of field.args ?? []) walk(getNamedType(argument.type));
  };
  for (const root of roots) {
    reach(root, 'Query');
    for (const argument of root.args) add(`Query.${root.name}(${argument.name}:)`);
  }
  return [...found];
}

function leadsToRows(type: string): boolean {
  const bare = type.replace(/Connection$/, '');
  return registry.datasets.has(bare) || registry.portraits.has(bare);
}
