/**
 * The service and the reference executor, asked the same: thousands of generated operations, by every kind of caller, over an awkward
 * little city. CITYGRAPH_OPERATIONS and CITYGRAPH_OPERATIONS_SEED (test/support/generated-operations.ts) widen and replay.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { isObjectType } from 'graphql';
import { Pool } from 'pg';
import { createService, registry, type Service } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { entities } from '../../src/database/entities.js';
import { createOrm } from '../../src/database/orm.js';
import { openKeyring } from '../../src/keyring.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { createServiceLog } from '../../src/server/service-log.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { readGeneratedOperations } from '../support/generated-operations.js';
import { CursorPairs, type Difference, findDifference, type ServiceAnswer } from './compare-answers.js';
import { createOperationGenerator, type GeneratedOperation } from './generate-operations.js';
import { createRandom, type Random } from './random.js';
import { createReferenceExecutor, type Operation, type ReferenceExecutor } from './reference-executor.js';
import { buildSampleCity, type Caller } from './sample-city.js';
import { shrinkOperation } from './shrink-operation.js';
import { gatherSamples } from './samples.js';
import { SouvenirBook } from './souvenirs.js';

const { count, seed } = readGeneratedOperations();
const schema = buildApiSchema(registry);
const callersOfOne = 4;

let database: TestDatabase;
let owner: Pool;
let orm: MikroORM;
let service: Service;
let folder: string;
let reference: ReferenceExecutor;
let callers: readonly Caller[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citygraph-reference-'));
  const keyringFile = join(folder, 'keyring');
  // The same in every run, so that what is printed of a failure can be sent again.
  writeFileSync(keyringFile, Buffer.alloc(32, 7).toString('base64url'), { mode: 0o600 });
  database = await createTestDatabase();
  const config = readConfig({ KEYRING_FILE: keyringFile, DATA_DIR: folder, LOG_LEVEL: 'fatal' }, 'reference');
  service = await createService(config, database.url, (await import('pino')).pino({ level: 'error', serializers: { err: (e: Error & { cause?: Error }) => String(e.cause?.message ?? e.message) } }));
  owner = new Pool({ connectionString: database.url, max: 2 });
  orm = await createOrm(database.url, { entities });
  const keyring = openKeyring(keyringFile);
  callers = await buildSampleCity({ url: database.url, owner, orm, keyring, registry });
  await service.policy.refresh();
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

function pickCaller(random: Random): Caller {
  const caller = random.pick(callers);
  return caller.isTurnedAway && random.chance(0.9) ? pickCaller(random) : caller;
}

/** The reference has cursors of its own. */
function translateCursors(operation: Operation, { toReference }: CursorPairs): Operation {
  let text = JSON.stringify(operation);
  for (const [own, other] of toReference) if (text.includes(own)) text = text.replaceAll(own, other);
  return JSON.parse(text) as Operation;
}

function describeDifference(index: number, caller: Caller, operation: Operation, { path, service: came, reference: expected }: Difference): string {
  const { name, grants, user } = caller;
  return [
    `operation ${index} of seed ${seed} (CITYGRAPH_OPERATIONS_SEED=${seed} CITYGRAPH_OPERATIONS=${index + 1}), asked by ${name}${grants ? `, X-Grant: ${grants.join() || '(empty)'}` : ''}${user ? `, X-User: ${user}` : ''}`,
    operation.query,
    `variables ${JSON.stringify(operation.variables)}${operation.operationName ? ` operationName ${operation.operationName}` : ''}`,
    `first differs at ${path}`,
    `  service   ${JSON.stringify(came)}`,
    `  reference ${JSON.stringify(expected)}`,
  ].join('\n');
}

describe('the service answers as the reference executor does', () => {
  test('whatever is asked, whoever asks', async () => {
    const started = performance.now();
    const generator = createOperationGenerator(schema, await gatherSamples(owner, registry));
    const random = createRandom(seed);
    const cursors = new CursorPairs();
    const souvenirs = new SouvenirBook(registry);
    const differences: string[] = [];
    const tally = { answered: 0, refused: 0, denied: 0, withRows: 0 };
    for (let index = 0; index < count && differences.length < 5; ) {
      const owning = pickCaller(random);
      const structure = index > 40 && random.chance(0.25) ? random.below(index) : index;
      const operation: GeneratedOperation = generator.generate(seed * 1_000_000 + structure, seed * 1_000_000 + index, souvenirs.of(owning));
      const others = Array.from({ length: operation.isPersonal ? Number(random.chance(0.2)) : callersOfOne - 1 }, () => pickCaller(random));
      for (const caller of [owning, ...others]) {
        const request = { query: operation.query, variables: operation.variables, operationName: operation.operationName };
        const t0 = performance.now(); const came = await askService(request, caller); const t1 = performance.now();
        const expected = await reference.answer(translateCursors(request, cursors), caller); (tally as any).ts = ((tally as any).ts ?? 0) + t1 - t0; (tally as any).tr = ((tally as any).tr ?? 0) + performance.now() - t1;
        const difference = findDifference(came, expected, cursors);
        if (difference) {
          const differs = async (smaller: Operation): Promise<Difference | null> =>
            findDifference(await askService(smaller, caller), await reference.answer(translateCursors(smaller, cursors), caller), cursors);
          const smallest = await shrinkOperation(schema, request, async (smaller) => (await differs(smaller)) !== null);
          differences.push(describeDifference(index, caller, smallest, (await differs(smallest)) ?? difference));
        }
        else if (expected.refused) { tally.refused += 1; const k=[...expected.refused].join(); (tally as any)[k] = ((tally as any)[k] ?? 0) + 1; }
        else {
          tally.answered += 1;
          if (expected.errors.length > 0) tally.denied += 1;
          if (souvenirs.keep(caller, came.data, expected.data) > 0) tally.withRows += 1;
        }
        index += 1;
      }
    }
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`${count} operations in ${seconds.toFixed(1)} s (${(count / seconds).toFixed(0)} a second): ${JSON.stringify(tally)}\n`);
    expect(differences.join('\n\n')).toBe('');
    (globalThis as Record<string, unknown>)['coverage'] = generator.coverage;
    const missing = libraryCoordinates().filter((coordinate) => !generator.coverage.has(coordinate));
    process.stdout.write(`missing ${missing.join(' ')}\n`);
    process.stdout.write(`${[...registry.coordinates.keys()].filter((c) => c.includes('.') && !reference.fates.has(`${c} served`)).join(' ')}\n`);
  }, 300_000);
});

function libraryCoordinates(): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) && registry.datasets.has(type.name) ? Object.keys(type.getFields()).map((f) => `${type.name}.${f}`) : []));
}
void randomBytes;
