/** Documents that are registered for a consumer and named by their hash: nobody else's, never by sending, and decided like any other. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createDocumentTexts, withNamedDocument } from '../../src/server/trusted-documents.js';
import { readPlainRequest } from '../../src/server/plain-request.js';
import type { RequestContext, ServiceRequest } from '../../src/server/request.js';
import {
  type Answer,
  type DemoService,
  type Headings,
  startDemoService,
  type StoredRecord,
} from '../support/demo-service.js';
import { cutNotifications, type SecondNode, startSecondNode } from '../support/second-node.js';

let demo: DemoService;
let second: SecondNode;
beforeAll(async () => {
  demo = await startDemoService();
  second = await startSecondNode(demo.url, demo.keyringFile);
  await cutNotifications(demo.owner);
});
afterAll(async () => {
  await second.stop();
  await demo.stop();
});

const portrait = `query Portrait($id: ResidentIdNumber!) {
  personPortrait(idNumber: $id) { id registration { name telephone birthDate } }
}`;
const list = 'query List($first: Int) { enterprises(first: $first) { nodes { registration { name } } } }';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const idOf = (text: string): string => `sha256:${hashOf(text)}`;
const persisted = (text: string): object => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });

const send = (principal: string, body: object, headers?: Headings): Promise<Answer> =>
  demo.send(principal, JSON.stringify(body), headers);

async function change(principal: string, mutation: string, variables: object): Promise<Answer> {
  const answer = await demo.ask(principal, mutation, variables);
  expect(answer.errors).toEqual([]);
  // The first node has heard of it; the second finds out.
  await demo.service.policy.refresh();
  return answer;
}

const register = (consumer: string, ...documents: string[]): Promise<Answer> =>
  change(
    'operator',
    'mutation ($c: String!, $d: [String!]!) { registerTrustedDocuments(consumer: $c, documents: $d, reason: "a release") { consumer documentIds } }',
    { c: consumer, d: documents },
  );
const withdraw = (consumer: string, ...documents: string[]): Promise<Answer> =>
  change(
    'operator',
    'mutation ($c: String!, $d: [String!]!) { withdrawTrustedDocuments(consumer: $c, documentIds: $d, reason: "replaced") { change } }',
    { c: consumer, d: documents.map(idOf) },
  );
const only = (consumer: string, is: boolean): Promise<Answer> =>
  change(
    'security-officer',
    'mutation ($c: String!, $only: Boolean!) { requireTrustedDocuments(consumer: $c, only: $only, reason: "a rule") { change } }',
    { c: consumer, only: is },
  );

async function expectRefused(asked: Promise<Answer>, code: string): Promise<Answer> {
  const { result: answer, libraryStatements } = await demo.capture(() => asked);
  expect([answer.codes, answer.data ?? null]).toEqual([[code], null]);
  expect(libraryStatements).toEqual([]);
  expect(await demo.recordOf(answer.recordId)).toMatchObject({ outcome: 'refused', error_codes: [code], subjects: '' });
  return answer;
}

const kept = (record: StoredRecord | undefined): unknown => {
  const { id, occurred_at, salt, latency_micros, response_digest, ...rest } = record!;
  expect([id, occurred_at, salt, latency_micros, response_digest]).not.toContain(null);
  return rest;
};

test('a registered document gives, by either name, the bytes and the record that its text gives', async () => {
  const { data } = await register('portrait-app', portrait, list);
  expect(data.registerTrustedDocuments).toEqual({
    consumer: 'portrait-app',
    documentIds: [idOf(portrait), idOf(list)],
  });
  const variables = { id: demo.credentials.samples.idNumbers[0] };
  const sent = await send('portrait-app', { query: portrait, variables });
  expect([sent.status, sent.data.personPortrait.registration.name]).toEqual([200, expect.any(String)]);
  for (const body of [
    { documentId: idOf(portrait), variables },
    { documentId: idOf(portrait), variables, operationName: 'Portrait', query: portrait },
    { documentId: idOf(portrait), variables, query: null, extensions: null },
    { extensions: persisted(portrait), variables },
    { extensions: { ...persisted(portrait), other: 1 }, variables },
    { extensions: persisted(portrait), documentId: idOf(portrait), query: portrait, variables },
  ]) {
    const named = await send('portrait-app', body);
    expect([named.status, named.textWithoutUsage]).toEqual([200, sent.textWithoutUsage]);
    expect(kept(await demo.recordOf(named.recordId))).toEqual(kept(await demo.recordOf(sent.recordId)));
  }
});

test('it takes the way of plain requests, and its text is read from the database once', async () => {
  const asked: string[] = [];
  const pool = { query: (_text: string, [hash]: string[]) => (asked.push(hash!), { rows: [{ document: list }] }) };
  const texts = createDocumentTexts(pool as never);
  const context = {
    profile: { principal: { kind: 'consumer', documents: { hashes: new Set([hashOf(list)]), only: true } } },
  } as unknown as RequestContext;
  for (const body of [{ documentId: idOf(list), variables: {} }, { extensions: persisted(list) }]) {
    const request = { method: 'POST', headers: new Map([['content-type', 'application/json']]), body };
    const settled = await withNamedDocument(texts, request as unknown as ServiceRequest, context);
    expect(readPlainRequest(settled)).toEqual({ source: list, name: null, variables: {} });
  }
  expect(asked).toEqual([hashOf(list)]);
  const other = createDocumentTexts({ query: () => ({ rows: [{ document: `${list} ` }] }) } as never);
  await expect(other.read(hashOf(list))).rejects.toMatchObject({ code: 'INTERNAL' });
});

describe('what is not registered for who asks is refused, without data and on record:', () => {
  test.each(['clinic-app', 'no-grant-app', 'public', 'security-officer'])('%s', async (principal) => {
    for (const body of [
      { documentId: idOf(list) },
      { extensions: persisted(list) },
      { documentId: idOf(list), query: list },
    ])
      expect((await expectRefused(send(principal, body), 'DOCUMENT_NOT_TRUSTED')).status).toBe(403);
  });

  test('a document that is sent with its hash is not registered by that', async () => {
    const query = '{ enterprises(first: 1) { nodes { id } } }';
    for (let time = 0; time < 2; time += 1) {
      await expectRefused(send('portrait-app', { query, extensions: persisted(query) }), 'DOCUMENT_NOT_TRUSTED');
      await expectRefused(send('portrait-app', { extensions: persisted(query) }), 'DOCUMENT_NOT_TRUSTED');
    }
  });
});

test.each<[string, object]>([
  ['an id of another form', { documentId: 'List' }],
  ['an id in capitals', { documentId: idOf(list).toUpperCase() }],
  ['an id that is no text', { documentId: 1 }],
  ['a query and an id of another', { documentId: idOf(list), query: portrait }],
  ['a query that differs by a space', { documentId: idOf(list), query: `${list} ` }],
  ['a query that is no text', { documentId: idOf(list), query: {} }],
  ['two ids', { documentId: idOf(list), extensions: persisted(portrait) }],
  ['a hash of another version', { extensions: { persistedQuery: { version: 2, sha256Hash: hashOf(list) } } }],
  ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
  ['a persisted query that is none', { extensions: { persistedQuery: 'x' } }],
])('%s is refused', async (_what, body) => {
  await expectRefused(send('portrait-app', body), 'BAD_USER_INPUT');
});

test('a trusted document is held to limits and verdicts like any other', async () => {
  await expectRefused(send('portrait-app', { documentId: idOf(list), variables: { first: 1000 } }), 'LIMIT_EXCEEDED');
  const wide = `query Wide($first: Int) { enterprises(first: $first) { nodes { officers(first: $first) { nodes { id person { offices(first: $first) { nodes { id } } } } } } } }`;
  await register('portrait-app', wide);
  await expectRefused(send('portrait-app', { documentId: idOf(wide), variables: { first: 100 } }), 'COST_EXCEEDED');
  await register('no-grant-app', portrait);
  const variables = { id: demo.credentials.samples.idNumbers[0] };
  const { result, libraryStatements } = await demo.capture(() =>
    send('no-grant-app', { documentId: idOf(portrait), variables }),
  );
  expect([result.codes, result.data, libraryStatements]).toEqual([['ARGUMENT_DENIED'], { personPortrait: null }, []]);
});

test('a consumer that may send trusted documents alone is refused every other, and may name or send those', async () => {
  await register('dashboard', list);
  await only('dashboard', true);
  for (const query of [
    '{ __typename }',
    `${list} `,
    '{ __schema { queryType { name } } }',
    'mutation { rotateMyToken { holder } }',
  ])
    await expectRefused(demo.ask('dashboard', query), 'DOCUMENT_NOT_TRUSTED');
  for (const body of [{ documentId: idOf(list) }, { query: list }, { query: list, extensions: {} }])
    expect((await send('dashboard', body)).data.enterprises.nodes.length).toBeGreaterThan(0);
  expect((await send('dashboard', [{ query: '{ __typename }' }])).data ?? null).toBeNull();
  await withdraw('dashboard', list);
  await expectRefused(send('dashboard', { query: list }), 'DOCUMENT_NOT_TRUSTED');
  await only('dashboard', false);
  expect((await demo.ask('dashboard', '{ __typename }')).status).toBe(200);
});

describe('on a node that hears of no change', () => {
  const atSecond = async (body: object) => {
    const response = await second.service.answer({
      ...{ method: 'POST', search: '', headers: new Map([['content-type', 'application/json']]), body },
      ...{ token: demo.tokenOf('portrait-app')!, grants: null, user: null, caseNumber: null },
      ...{ clientAddress: '127.0.0.1', startedAt: performance.now() },
    });
    return JSON.parse(response.body) as { data?: { enterprises: object }; errors?: { extensions: { code: string } }[] };
  };
  const query = 'query Now { enterprises(first: 1) { nodes { registration { name } } } }';

  test('a document holds from the commit that registers it to the one that withdraws it', async () => {
    for (let time = 0; time < 2; time += 1) {
      await register('portrait-app', query);
      expect((await atSecond({ documentId: idOf(query) })).data).toHaveProperty('enterprises.nodes');
      await withdraw('portrait-app', query);
      const refused = await atSecond({ documentId: idOf(query) });
      expect([refused.data, refused.errors!.map(({ extensions }) => extensions.code)]).toEqual([
        undefined,
        ['DOCUMENT_NOT_TRUSTED'],
      ]);
    }
  });

  test('so does that it may send no others', async () => {
    expect((await atSecond({ query })).data).toHaveProperty('enterprises.nodes');
    await only('portrait-app', true);
    expect((await atSecond({ query })).errors).toMatchObject([{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }]);
    await only('portrait-app', false);
    expect((await atSecond({ query })).data).toHaveProperty('enterprises.nodes');
  });
});

describe('registering', () => {
  const mutation =
    'mutation ($c: String!, $d: [String!]!, $r: String!) { registerTrustedDocuments(consumer: $c, documents: $d, reason: $r) { documentIds } }';
  test.each<[string, string[], string, string]>([
    ['no document', [], 'why', 'BAD_USER_INPUT'],
    ['what is none', ['{'], 'why', 'GRAPHQL_PARSE_FAILED'],
    ['what does not fit the schema', ['{ nothing }'], 'why', 'GRAPHQL_VALIDATION_FAILED'],
    ['one that is too deep', [`{ ${'a { '.repeat(20)}b${' }'.repeat(20)} }`], 'why', 'LIMIT_EXCEEDED'],
    ['one with an identifier', ['{ personPortrait(idNumber: "11010519491231002X") { id } }'], 'why', 'BAD_USER_INPUT'],
    ['without a reason', ['{ __typename }'], ' ', 'BAD_USER_INPUT'],
  ])('%s is refused', async (_what, documents, r, code) => {
    const answer = await demo.ask('operator', mutation, { c: 'portrait-app', d: documents, r });
    expect([answer.codes, answer.data]).toEqual([[code], { registerTrustedDocuments: null }]);
    expect(answer.text).not.toContain('11010519491231002X');
  });

  test('for nobody is refused, and so is withdrawing what is not registered', async () => {
    const d = ['{ __typename }'];
    expect((await demo.ask('operator', mutation, { c: 'nobody', d, r: 'why' })).codes).toEqual(['BAD_USER_INPUT']);
    const withdrawing =
      'mutation ($d: [String!]!) { withdrawTrustedDocuments(consumer: "portrait-app", documentIds: $d, reason: "why") { change } }';
    expect((await demo.ask('operator', withdrawing, { d: [idOf('{ a }')] })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await demo.ask('operator', withdrawing, { d: ['x'] })).codes).toEqual(['BAD_USER_INPUT']);
  });

  test('is on record with its reason, its hashes and no text, and shown to who manages consumers', async () => {
    const document = 'query Shown { enterprises(first: 2) { nodes { id } } }';
    const { recordId } = await register('clinic-app', document, document);
    await register('clinic-app', document);
    const record = await demo.recordOf(recordId);
    expect(record).toMatchObject({ principal: 'operator', kind: 'mutation' });
    expect(JSON.stringify(record)).not.toContain('query Shown');
    const { data } = await demo.ask(
      'auditor',
      '{ trustedDocuments(consumer: "clinic-app") { only documents { documentId document reason registeredBy } } policyChanges(target: "clinic-app", first: 1) { nodes { actor action reason details } } }',
    );
    expect(data.trustedDocuments).toEqual({
      only: false,
      documents: [{ documentId: idOf(document), document, reason: 'a release', registeredBy: 'operator' }],
    });
    const [{ details, ...entry }] = data.policyChanges.nodes;
    expect(entry).toEqual({ actor: 'operator', action: 'consumer.documents-registered', reason: 'a release' });
    expect(JSON.parse(details)).toEqual({ documents: [hashOf(document)] });
  });
});
