/** The audits of graphql-http, of the service over HTTP: which of them hold is written here, and the README says why the others do not. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type Audit, serverAudits } from 'graphql-http';
import { type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
beforeAll(async () => {
  demo = await startDemoService();
});
afterAll(() => demo.stop());

/** Persons are queried by POST alone, so that no identifier reaches a proxy's log: what asks by GET is answered 405. */
const notHeld = new Map([
  ['5A70', 'MAY accept application/x-www-form-urlencoded formatted GET requests'],
  [
    'D6D5',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  ],
  ['6A70', 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json'],
]);

const audits = (headers: Readonly<Record<string, string>>): Audit[] =>
  serverAudits({
    url: `${demo.address}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => {
      const all = new Headers(init.headers);
      for (const [name, value] of Object.entries(headers)) all.set(name, value);
      return fetch(url, { ...init, headers: all });
    },
  });

/** An audit that fails for a reason of its own, not of the service, throws. */
async function failing(headers: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  const ran = audits(headers);
  expect(ran).toHaveLength(61);
  for (const audit of ran) {
    const { status } = await audit.fn();
    if (status !== 'ok') failed.set(audit.id, audit.name);
  }
  return failed;
}

test('all audits hold but those that ask by GET, for a caller that says it is no page', async () => {
  const token = `Bearer ${demo.tokenOf('portrait-app')!}`;
  expect(await failing({ 'apollo-require-preflight': 'true', authorization: token })).toEqual(notHeld);
});

test('and for one that does not, known or not', async () => {
  expect(await failing({})).toEqual(notHeld);
});

test('what asks by GET is answered 405 with what is allowed, and nothing else', async () => {
  const url = `${demo.address}/graphql?query=%7B__typename%7D`;
  for (const method of ['GET', 'HEAD', 'PUT']) {
    const { status, headers } = await fetch(url, { method, headers: { 'apollo-require-preflight': 'true' } });
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  }
});

test.each(['README.md', 'README.zh-CN.md'])('%s names just those that do not hold', (file) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const named = new Map(
    [...text.matchAll(/^- `([0-9A-Z]{4})` (M(?:AY|UST)|SHOULD)( .*?)[.。]?$/gm)].map(([, id, word, rest]) => [
      id!,
      `${word!}${rest!}`,
    ]),
  );
  expect(named).toEqual(notHeld);
});

test('under application/graphql-response+json what has no data is no success, and under application/json it is GraphQL', async () => {
  for (const [query, code] of [
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ enterprises(first: 0) { nodes { id } } }', 'LIMIT_EXCEEDED'],
    ['{ legalPerson(id: "x") { id } }', 'INVALID_IDENTIFIER'],
  ] as const) {
    for (const [accept, status] of [
      ['application/json', 200],
      ['application/graphql-response+json', 400],
      ['application/graphql-response+json, application/json;q=0.9', 400],
      ['application/graphql-response+json;q=0.1, application/json', 200],
    ] as const) {
      const answer = await demo.ask('portrait-app', query, {}, { accept });
      expect([query, accept, answer.status, answer.codes[0]]).toEqual([query, accept, status, code]);
      expect(answer.headers.get('content-type')).toMatch(
        status === 400 ? /^application\/graphql-r/ : /^application\/json/,
      );
      expect(await demo.recordOf(answer.recordId)).toMatchObject({ outcome: 'refused', error_codes: [code] });
    }
  }
});
