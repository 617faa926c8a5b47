/** How the service is watched, how much it takes at once, and how it ends; docs/operations.md has each. */
import { CitygraphError } from '../errors.js';
import { attempt, type Environment, readInteger, readOneOf, readSecret } from './read-setting.js';

/** Times in milliseconds. */
export interface OperationsConfig {
  /** Who shows it may read `/metrics`, from anywhere; null: loopback alone may. */
  readonly metricsToken: string | null;
  /** Null: where the demo runs, and nowhere else. */
  readonly graphiql: boolean | null;
  readonly slowStatement: number;
  readonly readiness: ReadinessSettings;
  readonly shutdown: ShutdownSettings;
  readonly admission: AdmissionSettings;
  readonly connections: ConnectionSettings;
  readonly tracing: TracingSettings | null;
}

export interface ReadinessSettings {
  /** How old a record may become before it is in the log's tree. */
  readonly sequencing: number;
  readonly leastDiskBytes: number;
}

export interface ShutdownSettings {
  /** For how long `/readyz` says no before connections are refused, so that a balancer hears of it. */
  readonly notice: number;
  /** For how long requests under way may go on. */
  readonly patience: number;
}

export interface AdmissionSettings {
  /** Requests that are being answered or wait for it, whoever makes them. */
  readonly inFlight: number;
  /** Of these, answered at once where the pool keeps up. */
  readonly atOnce: number;
  /** How long one may wait for its turn. */
  readonly longestWait: number;
}

export interface ConnectionSettings {
  readonly maximum: number;
  /** For the headers of a request, for all of it, and for a response to be taken. */
  readonly headers: number;
  readonly request: number;
  readonly response: number;
  /** Bytes of bodies that are coming in, and of responses that wait for slow readers, of all connections together. */
  readonly bufferedBytes: number;
}

export interface TracingSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** Of requests without a parent that is sampled. */
  readonly ratio: number;
  /** Whether a caller's traceparent decides. */
  readonly parentBased: boolean;
}

export function readOperations(env: Environment): OperationsConfig {
  const second = 1000;
  return Object.freeze({
    metricsToken: readSecret(env, 'METRICS_TOKEN'),
    graphiql: { '': null, on: true, off: false }[readOneOf(env, 'GRAPHIQL', '', ['', 'on', 'off'])],
    slowStatement: readInteger(env, 'SLOW_STATEMENT_MS', 1_000, 0, 600_000),
    readiness: {
      sequencing: readInteger(env, 'READY_SEQUENCING_SECONDS', 120, 1, 86_400) * second,
      leastDiskBytes: readInteger(env, 'READY_DISK_MB', 256, 0, 1_000_000_000) * 1024 * 1024,
    },
    shutdown: {
      notice: readInteger(env, 'SHUTDOWN_NOTICE_SECONDS', 0, 0, 600) * second,
      patience: readInteger(env, 'SHUTDOWN_SECONDS', 20, 1, 600) * second,
    },
    admission: {
      inFlight: readInteger(env, 'LIMIT_IN_FLIGHT', 1000, 1, 1_000_000),
      atOnce: readInteger(env, 'LIMIT_AT_ONCE', 64, 1, 1_000_000),
      longestWait: readInteger(env, 'LIMIT_WAIT_MS', 400, 0, 600_000),
    },
    connections: {
      maximum: readInteger(env, 'LIMIT_CONNECTIONS', 10_000, 1, 1_000_000),
      headers: readInteger(env, 'LIMIT_HEADERS_SECONDS', 10, 1, 600) * second,
      request: readInteger(env, 'LIMIT_REQUEST_SECONDS', 30, 1, 600) * second,
      response: readInteger(env, 'LIMIT_RESPONSE_SECONDS', 30, 1, 600) * second,
      bufferedBytes: readInteger(env, 'LIMIT_BUFFERED_MB', 64, 1, 1_000_000) * 1024 * 1024,
    },
    tracing: readTracing(env),
  });
}

const samplers = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;

/** By the standard variables of OpenTelemetry; null where there is nowhere to send traces to. */
function readTracing(env: Environment): TracingSettings | null {
  const given = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (!given || env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return null;
  if (env['OTEL_TRACES_EXPORTER']?.toLowerCase() === 'none') return null;
  const sampler = readOneOf(env, 'OTEL_TRACES_SAMPLER', 'parentbased_always_on', samplers);
  return attempt(env, null, () => ({
    url: readTracesUrl(env, given),
    headers: readHeaders(env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] ?? env['OTEL_EXPORTER_OTLP_HEADERS'] ?? ''),
    serviceName: env['OTEL_SERVICE_NAME'] || 'citygraph',
    ratio: sampler.endsWith('always_off') ? 0 : sampler.endsWith('always_on') ? 1 : readRatio(env),
    parentBased: sampler.startsWith('parentbased'),
  }));
}

function readTracesUrl(env: Environment, given: string): string {
  if (!/^https?:\/\//.test(given) || !URL.canParse(given))
    throw invalid(
      'OTEL_EXPORTER_OTLP_ENDPOINT: expected a URL of http or https, got something else; leave it out for no traces',
    );
  return env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ? given : `${given.replace(/\/$/, '')}/v1/traces`;
}

function readRatio(env: Environment): number {
  const ratio = Number(env['OTEL_TRACES_SAMPLER_ARG'] ?? '1');
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw invalid('OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, got something else; leave it out for 1');
}

/** `name=value` parted by commas, percent-encoded. They may hold a secret, so none is repeated. */
function readHeaders(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
      if (name === undefined || !isDecodable(value!))
        throw invalid(
          'OTEL_EXPORTER_OTLP_HEADERS: expected name=value, parted by commas, got something else; leave it out for none',
        );
      return [name, decodeURIComponent(value!)];
    }),
  );
}

function isDecodable(value: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(value);
}

function invalid(message: string): CitygraphError {
  return new CitygraphError('CONFIG_INVALID', message);
}
