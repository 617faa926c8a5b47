/**
 * A running service on a small demo city, in a database of its own: demo consumers with their tokens, requests over HTTP, and what the
 * service says to PostgreSQL meanwhile. Nothing is mocked: what is captured is on its way to the server.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Pool, type QueryResultRow } from 'pg';
import type { DestinationStream } from 'pino';
import { credentialsFile, type DemoCredentials } from '../../seeds/demo-credentials.js';
import { prepareDemo } from '../../seeds/demo-start.js';
import type { SeedScale } from '../../seeds/seeding-state.js';
import { createService, registry, type Service } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { policyEntities } from '../../src/database/entities.js';
import { createOrm } from '../../src/database/orm.js';
import { type Keyring, openKeyring } from '../../src/keyring.js';
import { createPolicyManager, type PolicyManager } from '../../src/policy/manage-grants.js';
import { createServiceLog } from '../../src/server/service-log.js';
import { type Captured, captureDuring } from './capture-statements.js';
import { migrated } from './migrated-database.js';
import { copyTemplate, type Recipe } from './template-database.js';

export interface DemoOptions {
  /** Files that leave it out share a city that is seeded once. */
  readonly scale?: SeedScale;
  /** Of another server; else a database of its own on the one of the run. */
  readonly url?: string;
  /** Of a service that has been: its keyring and its credentials are used, and stay. */
  readonly dataDir?: string;
  /** Settings of the service, by the names of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the service's own log goes; else nowhere. */
  readonly logTo?: DestinationStream;
}

/** JSON of any shape: a test reads answers as they came. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body, byte for byte. */
  readonly text: string;
  readonly data: Json;
  readonly errors: readonly AnswerError[];
  /** Codes of the errors, in their order. */
  readonly codes: readonly string[];
  /** Undefined where the request was refused before anyone was known. */
  readonly recordId: string | undefined;
  /** The body without `extensions.usage`, which differs with every request. */
  readonly textWithoutUsage: string;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** A row of `citygraph.usage_record` with its plan description. */
export interface StoredRecord extends QueryResultRow {
  readonly id: string;
  readonly kind: string;
  readonly principal: string;
  readonly outcome: string;
  readonly error_codes: readonly string[];
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly subjects: string;
  readonly row_counts: readonly number[];
  readonly policy_version: string | null;
}

export type Headings = Readonly<Record<string, string>>;

export interface DemoService {
  readonly service: Service;
  readonly address: string;
  readonly credentials: DemoCredentials;
  /** Of its database, as the owner. */
  readonly url: string;
  readonly keyringFile: string;
  /** As the owner, who may do everything: a hand in psql. */
  readonly owner: Pool;
  readonly policy: PolicyManager;
  /** The token of a demo consumer or of an official's role; none for `public`. */
  tokenOf(principal: string): string | undefined;
  /** @param principal `public`, the name of a consumer, the role of an official, or `token:` and a token */
  ask(principal: string, query: string, variables?: object, headers?: Headings): Promise<Answer>;
  /** A request with any body. */
  send(principal: string, body: string, headers?: Headings, method?: string): Promise<Answer>;
  /** What was said to PostgreSQL while `work` ran. */
  capture<T>(work: () => Promise<T>): Promise<Captured<T>>;
  recordOf(id: string | undefined): Promise<StoredRecord | undefined>;
  /** The service alone; the database stays to be looked at. */
  stopService(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDemoService({
  scale = { persons: 720, legalPersons: 90 },
  url: given,
  dataDir: kept,
  environment = {},
  logTo,
}: DemoOptions = {}): Promise<DemoService> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'citygraph-service-'));
  const config = readConfig(
    {
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'silent',
      LOG_WITNESSES: `file:${join(dataDir, 'checkpoints')}`,
      // A machine that is busy with other tests sheds none.
      LIMIT_WAIT_MS: '60000',
      ...environment,
    },
    'test-node',
  );
  const keyring = openTestKeyring(config.keyringFile);
  const city = demoCity(scale, keyring);
  const copy = given === undefined ? await copyTemplate(city) : undefined;
  const url = given ?? copy!.database.url;
  const service = await createService(config, url, createServiceLog(config.logLevel, config.node, logTo));
  const credentials =
    kept === undefined ? (copy?.made ?? (await city.make(url))) : readCredentials(credentialsFile(kept));
  await service.policy.refresh();
  const { address } = await service.listen();
  const owner = new Pool({ connectionString: url, max: 4, application_name: 'test owner' });
  owner.on('error', () => undefined);
  const orm = await createOrm(url, { entities: policyEntities, poolSize: 1, purpose: 'test policy' });
  return new RunningDemo({
    ...{ service, address, credentials, owner, orm, url },
    keyringFile: config.keyringFile,
    leave: async () => {
      await copy?.database.drop();
      if (kept === undefined) rmSync(dataDir, { recursive: true });
    },
  });
}

/** The demo city with its consumers, as a first start makes it; it needs a migrated database. */
function demoCity(scale: SeedScale, keyring: Keyring): Recipe<DemoCredentials> {
  return {
    base: migrated,
    ingredients: ['demo', scale, createHash('sha256').update(keyring.identifiers).digest('hex')],
    async make(url) {
      const dataDir = mkdtempSync(join(tmpdir(), 'citygraph-demo-city-'));
      try {
        const file = await prepareDemo({ url, dataDir, keyring, coordinates: registry.coordinates, scale });
        return readCredentials(file!);
      } finally {
        rmSync(dataDir, { recursive: true });
      }
    },
  };
}

function readCredentials(file: string): DemoCredentials {
  return JSON.parse(readFileSync(file, 'utf8')) as DemoCredentials;
}

/** One key for all, so that copies of a city are found by identifiers; a test that brings its own has a city of its own. */
function openTestKeyring(file: string): Keyring {
  if (!existsSync(file)) writeFileSync(file, Buffer.alloc(32, 5).toString('base64url'), { mode: 0o600 });
  return openKeyring(file);
}

interface Parts {
  readonly service: Service;
  readonly address: string;
  readonly credentials: DemoCredentials;
  readonly owner: Pool;
  readonly orm: MikroORM;
  readonly leave: () => Promise<void>;
  readonly url: string;
  readonly keyringFile: string;
}

class RunningDemo implements DemoService {
  readonly service: Service;
  readonly address: string;
  readonly credentials: DemoCredentials;
  readonly url: string;
  readonly keyringFile: string;
  readonly owner: Pool;
  readonly policy: PolicyManager;
  private stopped: Promise<void> | null = null;

  constructor(private readonly parts: Parts) {
    ({ service: this.service, address: this.address, credentials: this.credentials } = parts);
    ({ url: this.url, keyringFile: this.keyringFile, owner: this.owner } = parts);
    this.policy = createPolicyManager({ em: parts.orm.em, coordinates: registry.coordinates });
  }

  tokenOf(principal: string): string | undefined {
    if (principal === 'public') return undefined;
    if (principal.startsWith('token:')) return principal.slice('token:'.length);
    const { consumers, officials } = this.credentials;
    const found = consumers[principal] ?? officials[principal];
    if (!found) throw new Error(`expected a consumer or an official of the demo, got ${principal}`);
    return found.token;
  }

  ask(principal: string, query: string, variables?: object, headers?: Headings): Promise<Answer> {
    return this.send(principal, JSON.stringify({ query, variables }), headers);
  }

  async send(principal: string, body: string, headers: Headings = {}, method = 'POST'): Promise<Answer> {
    const token = this.tokenOf(principal);
    const response = await fetch(`${this.address}/graphql`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(method !== 'GET' && { body }),
    });
    const text = await response.text();
    const parsed = JSON.parse(text) as {
      data?: unknown;
      errors?: AnswerError[];
      extensions?: { usage?: { recordId?: string } };
    };
    const errors = parsed.errors ?? [];
    return {
      status: response.status,
      headers: response.headers,
      text,
      data: parsed.data,
      errors,
      codes: errors.map(({ extensions }) => extensions.code),
      recordId: parsed.extensions?.usage?.recordId,
      textWithoutUsage: text.replace(JSON.stringify(parsed.extensions?.usage), ''),
    };
  }

  capture<T>(work: () => Promise<T>): Promise<Captured<T>> {
    return captureDuring(work);
  }

  async recordOf(id: string | undefined): Promise<StoredRecord | undefined> {
    const { rows } = await this.owner.query<StoredRecord>(
      `select r.*, p.description from citygraph.usage_record r left join citygraph.usage_plan p on p.hash = r.plan_id where r.id = $1`,
      [id],
    );
    return rows[0];
  }

  stopService(): Promise<void> {
    this.stopped ??= this.service.stop();
    return this.stopped;
  }

  async stop(): Promise<void> {
    await this.stopService();
    await Promise.all([this.parts.orm.close(), this.owner.end()]);
    await this.parts.leave();
  }
}
