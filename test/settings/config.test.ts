/** What is wrong with the settings is said at once and in full: which variable, what was expected, what to do; never a secret. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { runCommandLine } from '../../src/command-line/command-line.js';
import { readConfig } from '../../src/config.js';
import type { CitygraphError } from '../../src/errors.js';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, 'node');
  } catch (error) {
    const { code, details, message } = error as CitygraphError;
    expect(code).toBe('CONFIG_INVALID');
    const problems = details['problems'] as string[];
    for (const problem of problems) expect(message).toContain(problem);
    return problems;
  }
  throw new Error('expected a problem, found none');
}

const bad: readonly [string, Record<string, string>][] = [
  ['PORT', { PORT: 'http' }],
  ['LIMIT_DEPTH', { LIMIT_DEPTH: '1' }],
  ['LIMIT_COST', { LIMIT_COST: '1e9' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['GRAPHIQL', { GRAPHIQL: 'true' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://user:pass-word-1@host/db' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/64' }],
  ['LOG_ORIGIN', { LOG_ORIGIN: 'https://a b' }],
  ['LOG_WITNESSES', { LOG_WITNESSES: 'ftp://x' }],
  ['OIDC_AUDIENCE', { OIDC_ISSUER: 'https://issuer.example' }],
  ['OIDC_ISSUER', { OIDC_ISSUER: 'http://issuer.example', OIDC_AUDIENCE: 'a' }],
  ['OIDC_ALGORITHMS', { OIDC_ISSUER: 'https://i.example', OIDC_AUDIENCE: 'a', OIDC_ALGORITHMS: 'HS256' }],
  ['ALERT_WEBHOOK_SECRET', { ALERT_WEBHOOK_URLS: 'https://a.example', ALERT_WEBHOOK_SECRET: 'pass-word-1' }],
  ['METRICS_TOKEN', { METRICS_TOKEN: 'pass-word-1' }],
  ['SHUTDOWN_SECONDS', { SHUTDOWN_SECONDS: '0' }],
  ['ANOMALY_HOURS_UNTIL', { ANOMALY_HOURS_FROM: '9', ANOMALY_HOURS_UNTIL: '9' }],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }],
  ['OTEL_TRACES_SAMPLER', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_SAMPLER: 'some' }],
  [
    'OTEL_EXPORTER_OTLP_HEADERS',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_EXPORTER_OTLP_HEADERS: 'pass-word-1' },
  ],
];

test.each(bad)('a bad %s is named, with what was expected and what to do', (name, env) => {
  const [problem, ...others] = problemsOf(env);
  expect(others).toEqual([]);
  expect(problem).toMatch(new RegExp(`^${name}: expected .+, got .+`));
  expect(problem).toMatch(/leave (it )?out|leave out|make one|set it|give the address/);
  expect(problem).not.toContain('pass-word-1');
});

test('all that is wrong is said at once', () => {
  const all = problemsOf({
    ...{ PORT: '-1', LIMIT_DEPTH: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'x', LOG_ORIGIN: 'a b', METRICS_TOKEN: 'x' },
    ...{ OIDC_ISSUER: 'http://x.example', OIDC_AUDIENCE: 'a', TRUSTED_PROXIES: 'x', READER_CONNECTIONS: '0' },
  });
  expect(all.map((problem) => problem.slice(0, problem.indexOf(':'))).sort()).toEqual(
    [
      ...['DATABASE_URL', 'LIMIT_DEPTH', 'LOG_LEVEL', 'LOG_ORIGIN', 'METRICS_TOKEN'],
      ...['OIDC_ISSUER', 'PORT', 'READER_CONNECTIONS', 'TRUSTED_PROXIES'],
    ].sort(),
  );
});

test('what stands in the wrong variable is not repeated at length, nor over several lines', () => {
  const [problem] = problemsOf({ PORT: `-----BEGIN KEY-----\n${'A'.repeat(2_000)}` });
  expect(problem!.length).toBeLessThan(200);
  expect(problem).not.toContain('\n');
});

describe('a variable that looks like a setting and is none', () => {
  test('is said, with the one that may be meant', () => {
    const { unused } = readConfig(
      { LIMIT_DEPHT: '3', CITYGRAPH_PORT: '80', CITYGRAPH_COLOUR: 'x', RATE_CONSUMERS: '1', PATH: '/bin', PORT: '1' },
      'node',
    );
    expect(unused).toEqual([
      'CITYGRAPH_COLOUR: no setting of this name is read; README.md has them all',
      'CITYGRAPH_PORT: no setting of this name is read; PORT is meant?',
      'LIMIT_DEPHT: no setting of this name is read; LIMIT_DEPTH is meant?',
      'RATE_CONSUMERS: no setting of this name is read; RATE_CONSUMER is meant?',
    ]);
  });

  test('is none of those that are read', () => {
    const { unused } = readConfig({ LIMIT_DEPTH: '3', METRICS_TOKEN: 'x'.repeat(32), GRAPHIQL: 'on' }, 'node');
    expect(unused).toEqual([]);
  });
});

describe('the command line', () => {
  const before = { ...process.env };
  const said: string[] = [];
  const { error } = console;
  afterEach(() => {
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    console.error = error;
  });

  test('ends with 2, without a stack', async () => {
    Object.assign(process.env, { PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'postgres//' });
    console.error = (line: string) => void said.push(line);
    expect(await runCommandLine(['node', 'citygraph', 'start'])).toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^CONFIG_INVALID: 3 settings:\n {2}/);
    expect(said[0]).not.toMatch(/\n\s+at /);
  });
});
