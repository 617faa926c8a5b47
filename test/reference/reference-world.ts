/**
 * A service and the reference executor over one awkward little city, to be asked the same.
 *
 * The keyring is the same in every run, so that what is printed of a difference can be sent again.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { Pool } from 'pg';
import { createService, registry } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { entities } from '../../src/database/entities.js';
import { createOrm } from '../../src/database/orm.js';
import { openKeyring } from '../../src/keyring.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { createServiceLog } from '../../src/server/service-log.js';
import { allowanceOfTests } from '../support/allowance-of-tests.js';
import { textOf } from '../support/text-of.js';
import { CursorPairs, type Difference, findDifference, type ServiceAnswer } from './compare-answers.js';
import { createOperationGenerator, type OperationGenerator } from './generate-operations.js';
import {
  createReferenceExecutor,
  type Operation,
  type ReferenceAnswer,
  type ReferenceExecutor,
} from './reference-executor.js';
import { openSampleCity } from './open-sample-city.js';
import type { Caller } from './sample-city.js';
import { gatherSamples } from './samples.js';
import { shrinkOperation } from './shrink-operation.js';

export interface Comparison {
  /** Null where the answers are equal. */
  readonly difference: Difference | null;
  readonly came: ServiceAnswer;
  readonly expected: ReferenceAnswer;
}

export interface ReferenceWorld {
  readonly schema: GraphQLSchema;
  readonly callers: readonly Caller[];
  readonly generator: OperationGenerator;
  readonly reference: ReferenceExecutor;
  /** Past all rules. */
  readonly owner: Pool;
  /** Asks both. Cursors are the service's. */
  compare(operation: Operation, caller: Caller): Promise<Comparison>;
  /** In words, with the smallest part of the operation that shows the difference. */
  describeDifference(where: string, operation: Operation, caller: Caller): Promise<string>;
  close(): Promise<void>;
}

export interface ReferenceWorldOptions {
  /** Settings of the service, by the names of its environment; made when the city is there. */
  readonly environment?: (poolUrl: string) => Promise<Readonly<Record<string, string>>>;
}

export async function createReferenceWorld({ environment }: ReferenceWorldOptions = {}): Promise<ReferenceWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'citygraph-reference-'));
  const keyringFile = join(folder, 'keyring');
  writeFileSync(keyringFile, Buffer.alloc(32, 7).toString('base64url'), { mode: 0o600 });
  const keyring = openKeyring(keyringFile);
  const database = await openSampleCity(keyring, registry);
  const config = readConfig(
    {
      ...{ KEYRING_FILE: keyringFile, DATA_DIR: folder, LOG_LEVEL: 'fatal', ...allowanceOfTests },
      ...(await environment?.(database.url)),
    },
    'reference',
  );
  const service = await createService(config, database.url, createServiceLog('fatal', 'reference'));
  const owner = new Pool({ connectionString: database.url, max: 2 });
  const orm = await createOrm(database.url, { entities });
  const schema = buildApiSchema(registry);
  const reference = createReferenceExecutor({ registry, schema, orm, keyring });
  const generator = createOperationGenerator(schema, await gatherSamples(owner, registry));
  const cursors = new CursorPairs();

  const askService = async (operation: Operation, caller: Caller): Promise<ServiceAnswer> => {
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
    return JSON.parse(textOf(body)) as ServiceAnswer;
  };
  const compare: ReferenceWorld['compare'] = async (operation, caller) => {
    const [came, expected] = await Promise.all([
      askService(operation, caller),
      reference.answer(translateCursors(operation, cursors), caller),
    ]);
    return { difference: findDifference(came, expected, cursors), came, expected };
  };

  return {
    schema,
    callers: database.callers,
    generator,
    reference,
    owner,
    compare,
    async describeDifference(where, operation, caller) {
      const smallest = await shrinkOperation(
        schema,
        operation,
        async (smaller) => (await compare(smaller, caller)).difference !== null,
      );
      return describe(where, smallest, caller, (await compare(smallest, caller)).difference);
    },
    async close() {
      await service.stop();
      await Promise.all([orm.close(), owner.end()]);
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The reference has cursors of its own. */
function translateCursors(operation: Operation, { toReference }: CursorPairs): Operation {
  let text = JSON.stringify(operation);
  for (const [own, other] of toReference) if (text.includes(own)) text = text.replaceAll(own, other);
  return JSON.parse(text) as Operation;
}

function describe(
  where: string,
  { query, variables, operationName }: Operation,
  { name, grants, user }: Caller,
  difference: Difference | null,
): string {
  return [
    `${where}, asked by ${name}${grants ? `, X-Grant: ${grants.join() || '(empty)'}` : ''}${user ? `, X-User: ${user}` : ''}; the smallest part that differs:`,
    query,
    `variables ${JSON.stringify(variables)}${operationName ? `, operationName ${operationName}` : ''}`,
    `first differs at ${difference?.path}`,
    `  service   ${JSON.stringify(difference?.service)}`,
    `  reference ${JSON.stringify(difference?.reference)}`,
  ].join('\n');
}
