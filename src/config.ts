/** The only reader of the environment: pure, env -> frozen Config, with a clear error for each bad value. What has many settings reads them in `settings/`. */
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CitygraphError } from './errors.js';
import { type AlertWebhookConfig, type AnomalyConfig, readAlertWebhooks, readAnomalies } from './settings/anomalies.js';
import { type CompressionSettings, readCompression } from './settings/compression.js';
import { type IssuerConfig, readIssuer } from './settings/issuer.js';
import { type Limits, readLimits, readTraffic, type TrafficSettings } from './settings/limits.js';
import { type Environment, readBlocks, readInteger, readOneOf } from './settings/read-setting.js';
import { readOrigin, readWitnesses, type WitnessAddress } from './settings/usage-log.js';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** A PostgreSQL of your own; without it the embedded one is used. */
  readonly databaseUrl: string | null;
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
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** The configuration of this process. */
export function readProcessConfig(): Config {
  return readConfig(process.env, hostname());
}

/** @throws CONFIG_INVALID naming the variable, what was expected and what came */
export function readConfig(env: Environment, nodeName: string): Config {
  const dataDir = resolve(env['DATA_DIR'] ?? '.data');
  const keyringFile = env['KEYRING_FILE'] ?? join(dataDir, 'keyring');
  return Object.freeze({
    host: env['HOST'] ?? '127.0.0.1',
    port: readInteger(env, 'PORT', 4000, 0, 65535),
    dataDir,
    databaseUrl: readDatabaseUrl(env),
    keyringFile,
    logKeysFile: env['LOG_KEYS_FILE'] ?? join(dirname(keyringFile), 'log-keys.json'),
    logOrigin: readOrigin(env),
    logArchiveDir: env['LOG_ARCHIVE_DIR'] ?? join(dataDir, 'archive'),
    logRetentionMonths: readInteger(env, 'LOG_RETENTION_MONTHS', 24, 1, 1200),
    logWitnesses: Object.freeze(readWitnesses(env, `${dataDir}.checkpoints`)),
    logWitnessIntervalMs: readInteger(env, 'LOG_WITNESS_INTERVAL_SECONDS', 10, 1, 86_400) * 1000,
    logLevel: readOneOf(env, 'LOG_LEVEL', 'info', logLevels),
    node: env['NODE_NAME'] ?? nodeName,
    limits: readLimits(env),
    traffic: readTraffic(env),
    compression: readCompression(env),
    readerConnections: readInteger(env, 'READER_CONNECTIONS', 4, 1, 100),
    statementTimeoutMs: readInteger(env, 'STATEMENT_TIMEOUT_MS', 10_000, 100, 600_000),
    trustedProxies: readBlocks(env, 'TRUSTED_PROXIES'),
    issuer: readIssuer(env),
    gatewayAudience: env['GATEWAY_AUDIENCE'] ?? 'citygraph',
    anomalies: readAnomalies(env),
    alertWebhooks: readAlertWebhooks(env),
  });
}

/** The value may hold a password, so it is not repeated. */
function readDatabaseUrl(env: Environment): string | null {
  const given = env['DATABASE_URL'];
  if (!given) return null;
  if (!/^postgres(ql)?:\/\//.test(given) || !URL.canParse(given)) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      'DATABASE_URL: expected postgres://user:password@host:port/database, got something else',
    );
  }
  return given;
}
