/** A plain request is answered without the protocol library, and any other through it: a caller, and the log, see no difference. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPlainRequest } from '../../src/server/plain-request.js';
import type { ServiceRequest } from '../../src/server/request.js';
import { type Answer, type DemoService, startDemoService, type StoredRecord } from '../support/demo-service.js';

let demo: DemoService;

beforeAll(async () => {
  demo = await startDemoService();
});
afterAll(() => demo.stop());

const headers = new Map([['content-type', 'application/json']]);
const request = (
  body: unknown,
  more: readonly (readonly [string, string])[] = [],
  method = 'POST',
): ServiceRequest => ({
  ...{ method, search: '', headers: new Map([...headers, ...more]), body, token: null, grants: null, user: null },
  ...{ caseNumber: null, clientAddress: '127.0.0.1', startedAt: 0 },
});

describe('a request is plain', () => {
  test('with a query, variables and the name of an operation', () => {
    expect(readPlainRequest(request({ query: '{ a }' }))).toEqual({ source: '{ a }', name: null, variables: {} });
    expect(readPlainRequest(request({ query: 'q', variables: { a: 1 }, operationName: 'b' }))).toEqual({
      ...{ source: 'q', name: 'b', variables: { a: 1 } },
    });
    expect(readPlainRequest(request({ query: 'q', variables: null, operationName: null }))).not.toBeNull();
    expect(
      readPlainRequest(request({ query: 'q' }, [['content-type', 'application/json; charset=utf-8']])),
    ).not.toBeNull();
    expect(readPlainRequest(request({ query: 'q' }, [['accept', '*/*']]))).not.toBeNull();
  });

  test.each<[string, ServiceRequest]>([
    ['no query', request({ variables: {} })],
    ['an empty query', request({ query: '' })],
    ['a query that is no text', request({ query: { kind: 'Document' } })],
    ['variables as text', request({ query: 'q', variables: '{}' })],
    ['variables as a list', request({ query: 'q', variables: [] })],
    ['an operation without a proper name', request({ query: 'q', operationName: 1 })],
    ['extensions', request({ query: 'q', extensions: {} })],
    ['a member that nobody knows', request({ query: 'q', more: 1 })],
    ['several operations', request([{ query: 'q' }])],
    ['no body', request(null)],
    ['text for a body', request('')],
    ['another method', request({ query: 'q' }, [], 'GET')],
    ['what a page can send unasked', request({ query: 'q' }, [['content-type', 'text/plain']])],
    ['another character set', request({ query: 'q' }, [['content-type', 'application/json; charset=gbk']])],
    ['another answer than JSON wanted', request({ query: 'q' }, [['accept', 'text/html']])],
    ['a choice of answers', request({ query: 'q' }, [['accept', 'application/graphql-response+json, */*']])],
  ])('but not with %s', (_what, sent) => {
    expect(readPlainRequest(sent)).toBeNull();
  });
});

const comparable = ({ status, headers: sent, textWithoutUsage }: Answer): unknown => ({
  ...{ status, type: sent.get('content-type'), cache: sent.get('cache-control'), text: textWithoutUsage },
});

const kept = (record: StoredRecord | undefined): unknown => {
  const { id, occurred_at, salt, latency_micros, response_digest, ...rest } = record!;
  expect([id, occurred_at, salt, latency_micros, response_digest]).not.toContain(null);
  return rest;
};

const portrait = `query Portrait($id: ResidentIdNumber!) {
  personPortrait(idNumber: $id) { id registration { name telephone } medicalVisits(first: 2) { nodes { visitedOn } pageInfo { endCursor } } }
}`;

describe('the same bytes and the same record come of it', () => {
  const asked = async (principal: string, body: object): Promise<void> => {
    const plain = await demo.send(principal, JSON.stringify(body));
    const through = await demo.send(principal, JSON.stringify({ ...body, extensions: {} }));
    expect(comparable(plain)).toEqual(comparable(through));
    expect(kept(await demo.recordOf(plain.recordId))).toEqual(kept(await demo.recordOf(through.recordId)));
  };

  test('where it is answered, in full or in part', async () => {
    const variables = { id: demo.credentials.samples.idNumbers[0] };
    await asked('portrait-app', { query: portrait, variables });
    await asked('portrait-app', { query: portrait, variables, operationName: 'Portrait' });
    await asked('clinic-app', { query: portrait, variables });
    await asked('no-grant-app', { query: portrait, variables });
    await asked('public', { query: portrait, variables });
    await asked('public', {
      query: '{ __typename enterprises(first: 3) { nodes { registration { name telephone } } } }',
    });
    await asked('public', {
      query: '{ __schema { queryType { name } } explainAccess(coordinate: "Resident.name") { level } }',
    });
  });

  test('where it is refused', async () => {
    await asked('portrait-app', { query: portrait, variables: { id: '11010519491231002' } });
    await asked('portrait-app', { query: portrait });
    await asked('portrait-app', { query: portrait, operationName: 'Other' });
    await asked('portrait-app', { query: portrait, operationName: '' });
    await asked('portrait-app', { query: '{ nothing }' });
    await asked('portrait-app', { query: '{' });
    await asked('portrait-app', { query: '{ enterprises(first: 100000) { nodes { id } } }' });
    await asked('public', { query: 'mutation { suspendConsumer(name: "clinic-app", reason: "a test") { name } }' });
  });
});
