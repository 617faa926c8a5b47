/**
 * A city, and for each way of knowing it another that differs in nothing but what may not be known so: a service over each, asked the same
 * through the one exit by which all answers leave.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { Client, Pool } from 'pg';
import type { Registry } from '../../src/model/registry.js';
import type { createService, Service } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { connectionSettings } from '../../src/database/connection-settings.js';
import { entities } from '../../src/database/entities.js';
import { createOrm } from '../../src/database/orm.js';
import { openKeyring } from '../../src/keyring.js';
import type { Access } from '../../src/policy/access.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { createServiceLog } from '../../src/server/service-log.js';
import { createOperationGenerator, type OperationGenerator } from '../reference/generate-operations.js';
import { findHolder, openAccess } from '../reference/reference-access.js';
import type { Operation } from '../reference/reference-executor.js';
import { Refusal } from '../reference/refusal.js';
import { openSampleCity } from '../reference/open-sample-city.js';
import type { Caller } from '../reference/sample-city.js';
import { gatherSamples } from '../reference/samples.js';
import { captureStatements, isLibraryStatement } from '../support/capture-statements.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { textOf } from '../support/text-of.js';
import { type Knowledge, knowledgeOf } from './knowledge.js';
import { randomKey } from './management-operations.js';
import { type Changes, deriveAgain, perturbCity } from './perturb-city.js';

/** Callers that may know the same. */
export interface CallerGroup {
  readonly knowledge: Knowledge;
  readonly callers: readonly Caller[];
}

export interface PairAnswer {
  /** Without what is random by declaration: the id of the usage record and its receipt. */
  readonly first: string;
  readonly second: string;
  readonly recordIds: readonly [string, string];
  /** As they came. */
  readonly bodies: readonly [string, string];
  /** What the first service read from the libraries for it. */
  readonly statements: readonly string[];
}

export interface CityPair {
  readonly changes: Changes;
  /** @param second the operation for the other service, where it holds what is random by declaration */
  ask(operation: Operation, caller: Caller, second?: Operation): Promise<PairAnswer>;
  close(): Promise<void>;
}

export interface TwinCity {
  readonly schema: GraphQLSchema;
  readonly groups: readonly CallerGroup[];
  readonly generator: OperationGenerator;
  /** The city and what may not be known of it changed. */
  openPair(knowledge: Knowledge): Promise<CityPair>;
  close(): Promise<void>;
}

interface Composition {
  readonly createService: (...given: Parameters<typeof createService>) => Promise<Service>;
  readonly registry: Registry;
}

/** @param composition the service's own, or one that a test has tampered with */
export async function createTwinCity({ createService: create, registry }: Composition): Promise<TwinCity> {
  const folder = mkdtempSync(join(tmpdir(), 'citygraph-twins-'));
  const keyringFile = join(folder, 'keyring');
  writeFileSync(keyringFile, Buffer.alloc(32, 7).toString('base64url'), { mode: 0o600 });
  // A folder for each database: in it stands how far its usage log was signed, and by which key.
  const startService = (url: string): Promise<Service> => {
    const own = join(folder, nameOf(url));
    mkdirSync(own, { recursive: true });
    const files = { DATA_DIR: own, KEYRING_FILE: keyringFile, LOG_KEYS_FILE: join(own, 'log-keys.json') };
    return create(readConfig({ ...files, LOG_LEVEL: 'fatal' }, 'twin'), url, createServiceLog('fatal', 'twin'));
  };

  const keyring = openKeyring(keyringFile);
  const template = await openSampleCity(keyring, registry);
  const owner = new Pool({ connectionString: template.url, max: 2 });
  const orm = await createOrm(template.url, { entities });
  const session = await openSession(template.url);
  await deriveAgain(session, registry, edition);
  await session.end();
  const groups = await groupCallers(registry, template.callers, async (caller) =>
    openAccess(await findHolder(orm.em.fork(), caller), caller, new Date()),
  );
  const schema = buildApiSchema(registry);
  const generator = createOperationGenerator(schema, await gatherSamples(owner, registry));
  await Promise.all([orm.close(), owner.end()]);

  const copy = (): Promise<TestDatabase> => createTestDatabase({ template: nameOf(template.url) });
  const city = await copy();
  const original = await startService(city.url);
  const originalSession = await openSession(city.url);

  return {
    schema,
    groups,
    generator,
    async openPair(knowledge) {
      const database = await copy();
      const other = await openSession(database.url);
      const changes = await perturbCity(other, originalSession, registry, knowledge, edition).finally(() =>
        other.end(),
      );
      const service = await startService(database.url);
      return {
        changes,
        async ask(operation, caller, second = operation) {
          const { statements, stop } = captureStatements();
          try {
            const [own, its] = await Promise.all([
              answer(original, operation, caller),
              answer(service, second, caller),
            ]);
            const read = statements.filter((it) => isLibraryStatement(it) && it.database === nameOf(city.url));
            return {
              first: own.text,
              second: its.text,
              recordIds: [own.recordId, its.recordId],
              bodies: [own.body, its.body],
              statements: read.map(({ text }) => text),
            };
          } finally {
            stop();
          }
        },
        async close() {
          await service.stop();
          await database.drop();
        },
      };
    },
    async close() {
      await originalSession.end();
      await original.stop();
      await city.drop();
      await template.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Later than what the city's own seeds derived. */
const edition = 2;

async function openSession(url: string): Promise<Client> {
  const client = new Client(connectionSettings(url, { purpose: 'twins' }));
  // A database that is dropped ends its sessions.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function groupCallers(
  registry: Registry,
  callers: readonly Caller[],
  accessOf: (caller: Caller) => Promise<Access>,
): Promise<CallerGroup[]> {
  const groups = new Map<string, { knowledge: Knowledge; callers: Caller[] }>();
  for (const caller of callers) {
    const access = await accessOf(caller).catch((error: unknown) => {
      if (error instanceof Refusal) return nothing;
      throw error;
    });
    const knowledge = knowledgeOf(registry, access);
    const group = groups.get(knowledge.signature) ?? { knowledge, callers: [] };
    groups.set(knowledge.signature, group);
    group.callers.push(caller);
  }
  return [...groups.values()];
}

/** Of who is turned away. */
const nothing: Access = {
  principal: { kind: 'official', name: 'nobody', role: 'operator', department: '' },
  grants: [],
};

async function answer(
  service: Service,
  { query, variables, operationName }: Operation,
  caller: Caller,
): Promise<{ text: string; body: string; recordId: string }> {
  const {
    status,
    headers,
    body: bytes,
  } = await service.answer({
    method: 'POST',
    search: '',
    headers: new Map([['content-type', 'application/json']]),
    body: { query, variables, operationName },
    token: caller.token,
    grants: caller.grants,
    user: caller.user,
    caseNumber: null,
    clientAddress: '127.0.0.1',
    startedAt: performance.now(),
  });
  const body = textOf(bytes);
  const recordId = /"recordId":"([0-9a-f-]{36})"/.exec(body)?.[1] ?? '';
  return { text: `${status} ${JSON.stringify(headers)} ${withoutRandom(body, recordId)}`, body, recordId };
}

function withoutRandom(body: string, recordId: string): string {
  const { extensions } = JSON.parse(body) as { extensions?: { usage?: object } };
  const text = extensions?.usage ? body.replace(JSON.stringify(extensions.usage), 'USAGE') : body;
  return (recordId === '' ? text : text.replaceAll(recordId, 'RECORD')).replaceAll(randomValue, '"$1":"RANDOM"');
}

const randomValue = new RegExp(`"(${randomKey}\\w+)":("[^"]*"|[0-9]+|null)`, 'g');

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
