/** The only reader of the environment: pure, env -> frozen Config, with a clear error for each bad value. */
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CitygraphError } from './errors.js';

/** Where checkpoints of the usage log are kept outside the database. */
export type WitnessAddress =
  | { readonly kind: 'file'; readonly path: string }
  /** Gets each checkpoint by POST. */
  | { readonly kind: 'http'; readonly url: string }
  /** C2SP tlog-witness: cosigns what it has found consistent. */
  | { readonly kind: 'tlog-witness'; readonly url: string; readonly verifierKey: string };

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
  readonly logWitnesses: readonly WitnessAddress[];
  /** How often at most a witness gets a checkpoint. */
  readonly logWitnessIntervalMs: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Name of this node in the usage log. */
  readonly node: string;
  readonly limits: {
    readonly bodyBytes: number;
    readonly tokens: number;
    readonly depth: number;
    readonly fields: number;
    readonly pageSize: number;
  };
  readonly readerConnections: number;
  /** How long a library statement may take. */
  readonly statementTimeoutMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

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
    logWitnesses: Object.freeze(readWitnesses(env, `${dataDir}.checkpoints`)),
    logWitnessIntervalMs: readInteger(env, 'LOG_WITNESS_INTERVAL_SECONDS', 10, 1, 86_400) * 1000,
    logLevel: readOneOf(env, 'LOG_LEVEL', 'info', logLevels),
    node: env['NODE_NAME'] ?? nodeName,
    limits: Object.freeze({
      bodyBytes: readInteger(env, 'LIMIT_BODY_BYTES', 262_144, 1024, 16_777_216),
      tokens: readInteger(env, 'LIMIT_TOKENS', 4000, 100, 100_000),
      depth: readInteger(env, 'LIMIT_DEPTH', 16, 2, 100),
      fields: readInteger(env, 'LIMIT_FIELDS', 1000, 10, 100_000),
      pageSize: readInteger(env, 'LIMIT_PAGE_SIZE', 100, 1, 1000),
    }),
    readerConnections: readInteger(env, 'READER_CONNECTIONS', 4, 1, 100),
    statementTimeoutMs: readInteger(env, 'STATEMENT_TIMEOUT_MS', 10_000, 100, 600_000),
  });
}

function readInteger(env: Environment, name: string, fallback: number, minimum: number, maximum: number): number {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < minimum || value > maximum) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      `${name}: expected a whole number from ${minimum} to ${maximum}, got '${given}'`,
    );
  }
  return value;
}

function readOneOf<T extends string>(env: Environment, name: string, fallback: T, values: readonly T[]): T {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  const found = values.find((value) => value === given);
  if (!found)
    throw new CitygraphError('CONFIG_INVALID', `${name}: expected one of ${values.join(', ')}, got '${given}'`);
  return found;
}

/** C2SP tlog-checkpoint: a URL without its scheme; no spaces, no plus. */
function readOrigin(env: Environment): string | null {
  const given = env['LOG_ORIGIN'];
  if (!given) return null;
  if (!/^[!-*,-~]{1,200}$/.test(given) || given.includes('://')) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      `LOG_ORIGIN: expected a URL without scheme, spaces and plus, such as data.example.gov.cn/log, got '${given}'`,
    );
  }
  return given;
}

/** A list parted by spaces: `file:PATH`, `https://…`, `witness+https://…#VERIFIER-KEY`; `none` for none. */
function readWitnesses(env: Environment, standard: string): WitnessAddress[] {
  const given = (env['LOG_WITNESSES'] ?? `file:${standard}`).trim();
  if (given === 'none') return [];
  return given
    .split(/\s+/)
    .filter((item) => item !== '')
    .map((item) => {
      if (/^file:./.test(item)) return { kind: 'file', path: resolve(item.slice('file:'.length)) };
      if (/^https?:\/\//.test(item) && URL.canParse(item)) return { kind: 'http', url: item };
      const [, url, verifierKey] = /^witness\+(https?:\/\/[^#]+)#(\S+)$/.exec(item) ?? [];
      if (url && verifierKey && URL.canParse(url))
        return { kind: 'tlog-witness', url: url.replace(/\/$/, ''), verifierKey };
      throw new CitygraphError(
        'CONFIG_INVALID',
        `LOG_WITNESSES: expected file:PATH, https://URL, witness+https://URL#VERIFIER-KEY or none, got '${item}'`,
      );
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
