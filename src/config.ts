/** The only reader of the environment: pure, env -> frozen Config, with a clear error for each bad value. */
import { isIP } from 'node:net';
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

/** What the detectors go by; `docs/anomalies.md` has each with its reason. Times in milliseconds. */
export interface AnomalyConfig {
  readonly interval: number;
  readonly rulesInterval: number;
  readonly baselineDays: number;
  readonly leastDays: number;
  readonly volumeFloor: number;
  readonly volumeFactor: number;
  readonly volumeNewcomer: number;
  readonly breadthFloor: number;
  readonly breadthFactor: number;
  readonly deniedFloor: number;
  readonly deniedFactor: number;
  readonly hoursFrom: number;
  readonly hoursUntil: number;
  readonly outOfHoursFloor: number;
  readonly outOfHoursShare: number;
  readonly unusedDays: number;
  readonly endingDays: number;
}

export interface AlertWebhookConfig {
  readonly urls: readonly string[];
  readonly secret: string | null;
  /** Milliseconds until the first repetition. */
  readonly retryAfter: number;
}

/** An issuer of OpenID Connect and what its tokens must be. */
export interface IssuerConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Null: found by the issuer's metadata. */
  readonly jwksUrl: string | null;
  readonly algorithms: readonly string[];
  /** The header `typ`; null: any. */
  readonly tokenType: string | null;
  readonly nameClaim: string;
  readonly roleClaim: string;
  readonly departmentClaim: string;
  readonly clockSkewSeconds: number;
  /** For how long an unknown key causes no second look at the issuer's. */
  readonly keysCooldownSeconds: number;
}

/** What one request may ask for; `docs/limits.md` has them all with their errors. */
export interface Limits {
  readonly bodyBytes: number;
  readonly tokens: number;
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly repeats: number;
  readonly directives: number;
  readonly introspectionDepth: number;
  readonly values: number;
  readonly listLength: number;
  readonly pageSize: number;
  readonly planNodes: number;
  readonly cost: number;
  /** Bad credentials a minute, of one network or with one beginning. */
  readonly failures: number;
}

/** What one principal may ask for over time, on one node; of the public, one address. */
export interface Allowance {
  /** Cost units that come back each second, and as many as there may be. */
  readonly rate: number;
  readonly burst: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Distinct identifiers looked up in a window, and those of them that were not found. */
  readonly lookups: number;
  readonly misses: number;
}

export interface TrafficSettings {
  /** Requests under way on this node, whoever makes them. */
  readonly inFlight: number;
  readonly lookupWindowSeconds: number;
  readonly lookupPauseSeconds: number;
  readonly public: Allowance;
  readonly consumer: Allowance;
  readonly official: Allowance;
  /** The public as a whole, from however many addresses. */
  readonly publicTogether: Pick<Allowance, 'rate' | 'burst' | 'concurrency'>;
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
    logArchiveDir: env['LOG_ARCHIVE_DIR'] ?? join(dataDir, 'archive'),
    logRetentionMonths: readInteger(env, 'LOG_RETENTION_MONTHS', 24, 1, 1200),
    logWitnesses: Object.freeze(readWitnesses(env, `${dataDir}.checkpoints`)),
    logWitnessIntervalMs: readInteger(env, 'LOG_WITNESS_INTERVAL_SECONDS', 10, 1, 86_400) * 1000,
    logLevel: readOneOf(env, 'LOG_LEVEL', 'info', logLevels),
    node: env['NODE_NAME'] ?? nodeName,
    limits: readLimits(env),
    traffic: readTraffic(env),
    readerConnections: readInteger(env, 'READER_CONNECTIONS', 4, 1, 100),
    statementTimeoutMs: readInteger(env, 'STATEMENT_TIMEOUT_MS', 10_000, 100, 600_000),
    trustedProxies: readBlocks(env, 'TRUSTED_PROXIES'),
    issuer: readIssuer(env),
    gatewayAudience: env['GATEWAY_AUDIENCE'] ?? 'citygraph',
    anomalies: readAnomalies(env),
    alertWebhooks: readAlertWebhooks(env),
  });
}

function readAnomalies(env: Environment): AnomalyConfig {
  const hoursFrom = readInteger(env, 'ANOMALY_HOURS_FROM', 7, 0, 23);
  return Object.freeze({
    interval: readInteger(env, 'ANOMALY_INTERVAL_MS', 1_000, 0, 3_600_000),
    rulesInterval: readInteger(env, 'ANOMALY_RULES_SECONDS', 60, 0, 86_400) * 1000,
    baselineDays: readInteger(env, 'ANOMALY_BASELINE_DAYS', 28, 1, 366),
    leastDays: readInteger(env, 'ANOMALY_LEAST_DAYS', 5, 1, 366),
    volumeFloor: readInteger(env, 'ANOMALY_VOLUME_FLOOR', 200, 0, 1_000_000_000),
    volumeFactor: readInteger(env, 'ANOMALY_VOLUME_FACTOR', 3, 1, 1000),
    volumeNewcomer: readInteger(env, 'ANOMALY_VOLUME_NEWCOMER', 2_000, 0, 1_000_000_000),
    breadthFloor: readInteger(env, 'ANOMALY_BREADTH_FLOOR', 40, 0, 1_000_000),
    breadthFactor: readInteger(env, 'ANOMALY_BREADTH_FACTOR', 2, 1, 1000),
    deniedFloor: readInteger(env, 'ANOMALY_DENIED_FLOOR', 50, 0, 1_000_000_000),
    deniedFactor: readInteger(env, 'ANOMALY_DENIED_FACTOR', 3, 1, 1000),
    hoursFrom,
    hoursUntil: readInteger(env, 'ANOMALY_HOURS_UNTIL', 20, hoursFrom + 1, 24),
    outOfHoursFloor: readInteger(env, 'ANOMALY_OUT_OF_HOURS_FLOOR', 20, 0, 1_000_000_000),
    outOfHoursShare: readInteger(env, 'ANOMALY_OUT_OF_HOURS_SHARE', 20, 1, 101),
    unusedDays: readInteger(env, 'ANOMALY_UNUSED_DAYS', 90, 1, 3650),
    endingDays: readInteger(env, 'ANOMALY_ENDING_DAYS', 30, 1, 3650),
  });
}

/** An address may hold a secret: it is not repeated. */
function readAlertWebhooks(env: Environment): AlertWebhookConfig {
  const urls = (readList(env, 'ALERT_WEBHOOK_URLS') ?? []).map((url) => readSecureUrl('ALERT_WEBHOOK_URLS', url));
  const secret = env['ALERT_WEBHOOK_SECRET'] || null;
  if (urls.length > 0 && (secret === null || secret.length < 16))
    throw new CitygraphError(
      'CONFIG_INVALID',
      'ALERT_WEBHOOK_SECRET: expected at least 16 characters beside ALERT_WEBHOOK_URLS, got fewer or none',
    );
  return Object.freeze({
    urls: Object.freeze(urls),
    secret,
    retryAfter: readInteger(env, 'ALERT_WEBHOOK_RETRY_MS', 5_000, 10, 3_600_000),
  });
}

function readLimits(env: Environment): Limits {
  return Object.freeze({
    bodyBytes: readInteger(env, 'LIMIT_BODY_BYTES', 262_144, 1024, 16_777_216),
    tokens: readInteger(env, 'LIMIT_TOKENS', 4000, 100, 100_000),
    depth: readInteger(env, 'LIMIT_DEPTH', 16, 2, 100),
    fields: readInteger(env, 'LIMIT_FIELDS', 1000, 10, 100_000),
    aliases: readInteger(env, 'LIMIT_ALIASES', 100, 0, 100_000),
    repeats: readInteger(env, 'LIMIT_REPEATS', 20, 1, 100_000),
    directives: readInteger(env, 'LIMIT_DIRECTIVES', 50, 0, 100_000),
    introspectionDepth: readInteger(env, 'LIMIT_INTROSPECTION_DEPTH', 2, 0, 2),
    values: readInteger(env, 'LIMIT_VALUES', 5000, 10, 1_000_000),
    listLength: readInteger(env, 'LIMIT_LIST_LENGTH', 100, 1, 10_000),
    pageSize: readInteger(env, 'LIMIT_PAGE_SIZE', 100, 1, 1000),
    planNodes: readInteger(env, 'LIMIT_PLAN_NODES', 100, 1, 1000),
    cost: readInteger(env, 'LIMIT_COST', 20_000, 10, 1_000_000_000),
    failures: readInteger(env, 'LIMIT_FAILURES', 60, 1, 100_000),
  });
}

type Defaults = readonly [rate: number, burst: number, concurrency: number, lookups: number, misses: number];

function readTraffic(env: Environment): TrafficSettings {
  return Object.freeze({
    inFlight: readInteger(env, 'LIMIT_IN_FLIGHT', 1000, 1, 1_000_000),
    lookupWindowSeconds: readInteger(env, 'LOOKUP_WINDOW_SECONDS', 600, 1, 86_400),
    lookupPauseSeconds: readInteger(env, 'LOOKUP_PAUSE_SECONDS', 600, 1, 86_400),
    public: readAllowance(env, 'PUBLIC', [5_000, 50_000, 10, 100, 30]),
    consumer: readAllowance(env, 'CONSUMER', [50_000, 500_000, 200, 2_000, 200]),
    official: readAllowance(env, 'OFFICIAL', [5_000, 50_000, 20, 100, 30]),
    publicTogether: readPace(env, 'PUBLIC_TOGETHER', [50_000, 500_000, 200]),
  });
}

function readAllowance(
  env: Environment,
  kind: string,
  [rate, burst, concurrency, lookups, misses]: Defaults,
): Allowance {
  return Object.freeze({
    ...readPace(env, kind, [rate, burst, concurrency]),
    lookups: readInteger(env, `LOOKUPS_${kind}`, lookups, 1, 1_000_000),
    misses: readInteger(env, `MISSES_${kind}`, misses, 1, 1_000_000),
  });
}

function readPace(
  env: Environment,
  kind: string,
  [rate, burst, concurrency]: readonly [number, number, number],
): TrafficSettings['publicTogether'] {
  return Object.freeze({
    rate: readInteger(env, `RATE_${kind}`, rate, 1, 1_000_000_000),
    burst: readInteger(env, `BURST_${kind}`, burst, 1, 1_000_000_000),
    concurrency: readInteger(env, `CONCURRENCY_${kind}`, concurrency, 1, 1_000_000),
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

/** INVARIANT: none of them is symmetric or `none`. */
const signatureAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

function readIssuer(env: Environment): IssuerConfig | null {
  const issuer = env['OIDC_ISSUER'];
  if (!issuer) return null;
  const audience = env['OIDC_AUDIENCE'];
  if (!audience)
    throw new CitygraphError(
      'CONFIG_INVALID',
      'OIDC_AUDIENCE: expected the audience of tokens of OIDC_ISSUER, got none',
    );
  const algorithms = readList(env, 'OIDC_ALGORITHMS') ?? ['RS256', 'PS256', 'ES256', 'EdDSA'];
  for (const algorithm of algorithms) {
    if (!signatureAlgorithms.includes(algorithm))
      throw new CitygraphError(
        'CONFIG_INVALID',
        `OIDC_ALGORITHMS: expected some of ${signatureAlgorithms.join(', ')}, got '${algorithm}'`,
      );
  }
  return Object.freeze({
    issuer: readSecureUrl('OIDC_ISSUER', issuer),
    audience,
    jwksUrl: env['OIDC_JWKS_URL'] ? readSecureUrl('OIDC_JWKS_URL', env['OIDC_JWKS_URL']) : null,
    algorithms,
    tokenType: env['OIDC_TOKEN_TYPE'] || null,
    nameClaim: env['OIDC_NAME_CLAIM'] || 'sub',
    roleClaim: env['OIDC_ROLE_CLAIM'] || 'citygraph_role',
    departmentClaim: env['OIDC_DEPARTMENT_CLAIM'] || 'citygraph_department',
    clockSkewSeconds: readInteger(env, 'OIDC_CLOCK_SKEW_SECONDS', 30, 0, 300),
    keysCooldownSeconds: readInteger(env, 'OIDC_KEYS_COOLDOWN_SECONDS', 30, 1, 3600),
  });
}

/** Keys that came in plain over a network could be anybody's. */
function readSecureUrl(name: string, given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || local) return given;
  throw new CitygraphError(
    'CONFIG_INVALID',
    `${name}: expected a URL of https, or of http on this machine, got another`,
  );
}

function readList(env: Environment, name: string): readonly string[] | null {
  const items = (env[name] ?? '').split(',').map((item) => item.trim());
  const given = items.filter((item) => item !== '');
  return given.length > 0 ? given : null;
}

function readBlocks(env: Environment, name: string): readonly string[] {
  const blocks = readList(env, name) ?? [];
  for (const block of blocks) {
    const [net = '', prefix = '0', ...more] = block.split('/');
    const longest = { 0: -1, 4: 32, 6: 128 }[isIP(net)]!;
    if (more.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > longest)
      throw new CitygraphError('CONFIG_INVALID', `${name}: expected CIDR blocks such as 10.1.0.0/16, got '${block}'`);
  }
  return Object.freeze([...blocks]);
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
