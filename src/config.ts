/** The only reader of the environment: pure, env -> frozen Config, with a clear error for each bad value. What has many settings reads them in `settings/`. */
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type AlertWebhookConfig, type AnomalyConfig, readAlertWebhooks, readAnomalies } from './settings/anomalies.js';
import { type CompressionSettings, readCompression } from './settings/compression.js';
import { type DatabaseSettings, noDatabases, readDatabases, readPostgresUrl } from './settings/databases.js';
import { type IssuerConfig, readIssuer } from './settings/issuer.js';
import { type Limits, readLimits, readTraffic, type TrafficSettings } from './settings/limits.js';
import { type OperationsConfig, readOperations } from './settings/operations.js';
import {
  attempt,
  type Environment,
  gatherProblems,
  readBlocks,
  readInteger,
  readOneOf,
} from './settings/read-setting.js';
import { findUnusedSettings } from './settings/unused-settings.js';
import { readOrigin, readWitnesses, type WitnessAddress } from './settings/usage-log.js';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** A PostgreSQL of your own; without it the embedded one is used. */
  readonly databaseUrl: string | null;
  readonly databases: DatabaseSettings;
  readonly keyringFile: string;
  /** Keys that sign the usage log's checkpoints. */
  readonly logKeysFile: string;
  /** Name of the log in its checkpoints; null: the one that its key file was made with. */
  readonly logOrigin: string | null;
  /** Where archived months of the usage log go. */
  readonly logArchiveDir: string;
  /** Months for which records stay in the table, where nothing else is asked for. */
  readonly logRetentionMonths: number;
  readonly logWitnesses: readonly WitnessAddress[];
  /** How often at most a witness gets a checkpoint. */
  readonly logWitnessIntervalMs: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Name of this node in the usage log. */
  readonly node: string;
  readonly limits: Limits;
  readonly traffic: TrafficSettings;
  /** Of responses. */
  readonly compression: CompressionSettings;
  readonly readerConnections: number;
  /** How long a library statement may take. */
  readonly statementTimeoutMs: number;
  /** CIDR blocks of proxies whose X-Forwarded-For is believed; empty: nobody's is. */
  readonly trustedProxies: readonly string[];
  /** Who vouches for officials; null: they have tokens of this service alone. */
  readonly issuer: IssuerConfig | null;
  /** What the assertions of gateways must name as their audience. */
  readonly gatewayAudience: string;
  readonly anomalies: AnomalyConfig;
  readonly alertWebhooks: AlertWebhookConfig;
  readonly operations: OperationsConfig;
  /** A sentence for each variable that looks like a setting and is none. */
  readonly unused: readonly string[];
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const noWebhooks: AlertWebhookConfig = { urls: [], secret: null, retryAfter: 0 };

/** The configuration of this process. */
export function readProcessConfig(): Config {
  return readConfig(process.env, hostname());
}

/** @throws CONFIG_INVALID naming each variable that is wrong, what was expected, what came and what to do */
export function readConfig(given: Environment, nodeName: string): Config {
  const asked = new Set<string>();
  const watched = new Proxy(given, {
    get(target, name) {
      asked.add(String(name));
      return target[String(name)];
    },
  });
  const config = gatherProblems(watched, (env) => readAll(env, nodeName));
  return Object.freeze({ ...config, unused: findUnusedSettings(given, asked) });
}

function readAll(env: Environment, nodeName: string): Omit<Config, 'unused'> {
  const dataDir = resolve(env['DATA_DIR'] ?? '.data');
  const keyringFile = env['KEYRING_FILE'] ?? join(dataDir, 'keyring');
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port: readInteger(env, 'PORT', 4000, 0, 65535),
    dataDir,
    databaseUrl: attempt(env, null, () => readDatabaseUrl(env)),
    databases: attempt(env, noDatabases, () => readDatabases(env)),
    keyringFile,
    logKeysFile: env['LOG_KEYS_FILE'] ?? join(dirname(keyringFile), 'log-keys.json'),
    logOrigin: attempt(env, null, () => readOrigin(env)),
    logArchiveDir: env['LOG_ARCHIVE_DIR'] ?? join(dataDir, 'archive'),
    logRetentionMonths: readInteger(env, 'LOG_RETENTION_MONTHS', 24, 1, 1200),
    logWitnesses: attempt(env, [], () => Object.freeze(readWitnesses(env, `${dataDir}.checkpoints`))),
    logWitnessIntervalMs: readInteger(env, 'LOG_WITNESS_INTERVAL_SECONDS', 10, 1, 86_400) * 1000,
    logLevel: readOneOf(env, 'LOG_LEVEL', 'info', logLevels),
    node: env['NODE_NAME'] ?? nodeName,
    limits: readLimits(env),
    traffic: readTraffic(env),
    compression: readCompression(env),
    readerConnections: readInteger(env, 'READER_CONNECTIONS', 4, 1, 100),
    statementTimeoutMs: readInteger(env, 'STATEMENT_TIMEOUT_MS', 10_000, 100, 600_000),
    trustedProxies: readBlocks(env, 'TRUSTED_PROXIES'),
    issuer: attempt(env, null, () => readIssuer(env)),
    gatewayAudience: env['GATEWAY_AUDIENCE'] ?? 'citygraph',
    anomalies: readAnomalies(env),
    alertWebhooks: attempt(env, noWebhooks, () => readAlertWebhooks(env)),
    operations: readOperations(env),
  };
}

function readDatabaseUrl(env: Environment): string | null {
  return env['DATABASE_URL'] ? readPostgresUrl('DATABASE_URL', env['DATABASE_URL']) : null;
}
