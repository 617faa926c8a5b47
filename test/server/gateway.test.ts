/** A gateway forwards consumers by assertions that it signs: each good once, for one of its consumers, and for a moment. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { type NodeAnswer, type SecondNode, askAt, startSecondNode } from '../support/second-node.js';

interface TestGateway {
  readonly name: string;
  readonly token: string;
  readonly key: JWK;
  readonly algorithm: string;
}

let database: TestDatabase;
let folder: string;
let demo: DemoService;
let second: SecondNode;
let idNumber: string;
let gateway: TestGateway;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-keyring-'));
  const keyringFile = join(folder, 'keyring');
  const environment = { KEYRING_FILE: keyringFile, TRUSTED_PROXIES: '127.0.0.1' };
  demo = await startDemoService({ url: database.url, scale: { persons: 240, legalPersons: 40 }, environment });
  idNumber = demo.credentials.samples.idNumbers[0]!;
  gateway = await register('platform', ['portrait-app', 'clinic-app'], 'EdDSA');
  second = await startSecondNode(database.url, keyringFile, { TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(async () => {
  await second.stop();
  await demo.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => demo.service.policy.refresh());

async function register(
  name: string,
  consumers: readonly string[],
  algorithm: 'EdDSA' | 'ES256',
): Promise<TestGateway> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const { token } = await demo.policy.registerGateway({
    ...{ name, department: '150600-data', description: 'forwards', consumers, addresses: null },
    publicKey: await exportJWK(publicKey),
  });
  await demo.service.policy.refresh();
  return { name, token, key: await exportJWK(privateKey), algorithm };
}

const seconds = (): number => Math.floor(Date.now() / 1000);
async function assertion(
  changes: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
  by: TestGateway = gateway,
): Promise<string> {
  const payload = {
    ...{ iss: by.name, sub: 'portrait-app', aud: 'citygraph', grants: ['DEMO-PORTRAIT'] },
    ...{ iat: seconds(), exp: seconds() + 30, jti: randomUUID() },
    ...changes,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: by.algorithm, typ: 'consumer-assertion+jwt', ...header })
    .sign(await importJWK(by.key, by.algorithm));
}

const portrait = 'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } } }';
const send = (shown: string | null, headers: Record<string, string> = {}, token = gateway.token): Promise<NodeAnswer> =>
  askAt(
    demo.address,
    token,
    portrait,
    { id: idNumber },
    {
      ...(shown !== null && { 'x-consumer-assertion': shown }),
      ...headers,
    },
  );

async function refused(answer: NodeAnswer, words: string, principal = 'platform'): Promise<void> {
  expect([answer.status, answer.codes, answer.data]).toEqual([403, ['GATEWAY_REFUSED'], null]);
  expect(answer.errors[0].message).toContain(words);
  expect(await demo.recordOf(answer.recordId)).toMatchObject({
    principal,
    outcome: 'refused',
    error_codes: ['GATEWAY_REFUSED'],
    subjects: '',
  });
}

describe('what a gateway forwards', () => {
  test('is the consumer’s, with the grants that the assertion names, and its record shows both', async () => {
    const answer = await send(await assertion(), { 'x-user': 'officer-7' });
    expect(answer.codes).toEqual([]);
    expect(answer.data.personPortrait.registration.name).toEqual(expect.any(String));
    expect(await demo.recordOf(answer.recordId)).toMatchObject({
      principal_kind: 'consumer',
      principal: 'portrait-app',
      grants: ['DEMO-PORTRAIT'],
      user_name: 'officer-7',
      arguments: { 'request(gateway:)': 'platform' },
    });
    const records = await demo.ask(
      'auditor',
      'query ($id: ID!) { usageRecords(ids: [$id]) { nodes { principal gateway } } }',
      {
        id: answer.recordId,
      },
    );
    expect(records.data.usageRecords.nodes).toEqual([{ principal: 'portrait-app', gateway: 'platform' }]);
  });

  test('is decided as if the consumer asked itself', async () => {
    const answer = await send(await assertion({ sub: 'clinic-app', grants: undefined }));
    const own = await demo.ask('clinic-app', portrait, { id: idNumber });
    expect(answer.data).toEqual(own.data);
    const wrong = await send(await assertion({ grants: ['DEMO-CLINIC'] }));
    expect([wrong.status, wrong.codes]).toEqual([403, ['GRANT_INVALID']]);
    expect(await demo.recordOf(wrong.recordId)).toMatchObject({
      principal: 'portrait-app',
      arguments: { 'request(gateway:)': 'platform' },
    });
  });

  test('may be signed with P-256', async () => {
    const other = await register('platform-es', ['dashboard'], 'ES256');
    const shown = await assertion({ sub: 'dashboard', grants: undefined }, {}, other);
    const answer = await askAt(demo.address, other.token, '{ __typename }', {}, { 'x-consumer-assertion': shown });
    expect(answer.codes).toEqual([]);
  });

  test('is decided again under one assertion when the policy changes meanwhile', async () => {
    const holder = await demo.owner.connect();
    try {
      await holder.query('begin');
      await holder.query('lock table population.resident in access exclusive mode');
      const answer = send(await assertion());
      for (let waited = 0; ; waited += 10) {
        const { rowCount } = await holder.query(
          `select from pg_stat_activity where datname = current_database() and application_name like 'citygraph reader%' and wait_event_type = 'Lock'`,
        );
        if (rowCount) break;
        if (waited > 5_000) throw new Error('waited in vain for the statement');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await demo.policy.setClearance('dashboard', 'L1', 'for the test');
      await holder.query('rollback');
      expect((await answer).codes).toEqual([]);
    } finally {
      holder.release();
    }
  });

  test('ends with the suspension of the gateway, or of the consumer', async () => {
    await demo.policy.suspendConsumer('portrait-app', 'for the test');
    await refused(await send(await assertion()), 'may forward');
    await demo.policy.resumeConsumer('portrait-app', 'for the test');
    await demo.policy.suspendGateway('platform', 'for the test');
    expect((await send(await assertion())).codes).toEqual(['UNAUTHENTICATED']);
    await demo.policy.resumeGateway('platform', 'for the test');
    await demo.service.policy.refresh();
    expect((await send(await assertion())).codes).toEqual([]);
  });

  test('comes from the addresses of the gateway alone', async () => {
    await demo.policy.setAddresses('gateway', 'platform', ['10.20.0.0/16'], 'for the test');
    await demo.service.policy.refresh();
    expect((await send(await assertion())).codes).toEqual(['UNAUTHENTICATED']);
    expect((await send(await assertion(), { 'x-forwarded-for': '10.20.3.4' })).codes).toEqual([]);
    await demo.policy.setAddresses('gateway', 'platform', null, 'for the test');
  });

  test('gives the gateway no token of the consumer', async () => {
    const answer = await askAt(
      demo.address,
      gateway.token,
      'mutation { rotateMyToken { token } }',
      {},
      {
        'x-consumer-assertion': await assertion(),
      },
    );
    expect(answer.codes).toEqual(['FORBIDDEN']);
  });
});

describe('an assertion', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['of a consumer that is not the gateway’s', { sub: 'dashboard' }, {}, 'may forward'],
    ['of a consumer that does not exist', { sub: 'nobody-at-all' }, {}, 'may forward'],
    ['of nobody', { sub: undefined }, {}, 'claim sub'],
    ['of another gateway', { iss: 'elsewhere' }, {}, 'claim iss'],
    ['for another audience', { aud: 'another' }, {}, 'claim aud'],
    ['that has ended', { iat: seconds() - 50, exp: seconds() - 20 }, {}, 'has ended'],
    ['that is old', { iat: seconds() - 100, exp: seconds() + 10 }, {}, 'has ended'],
    ['of the future', { iat: seconds() + 60, exp: seconds() + 90 }, {}, 'claim iat'],
    ['for long', { exp: seconds() + 3_600 }, {}, 'for longer'],
    ['without an end', { exp: undefined }, {}, 'claim exp'],
    ['without a name of its own', { jti: undefined }, {}, 'claim jti'],
    ['with a short name', { jti: 'x' }, {}, 'as jti'],
    ['with grants that are none', { grants: 'DEMO-PORTRAIT' }, {}, 'as grants'],
    ['with very many grants', { grants: Array.from({ length: 21 }, (_, n) => `G-${n}`) }, {}, 'as grants'],
    ['of another type', {}, { typ: 'JWT' }, 'claim typ'],
  ])('%s is refused, on record as the gateway’s', async (_what, changes, header, words) => {
    await refused(await send(await assertion(changes, header)), words);
  });

  test('is good once, on all nodes together', async () => {
    const shown = await assertion();
    expect((await send(shown)).codes).toEqual([]);
    await refused(await send(shown), 'not used before');
    await second.service.policy.refresh();
    const elsewhere = await second.ask(gateway.token, portrait, { id: idNumber }, { 'x-consumer-assertion': shown });
    expect(elsewhere.codes).toEqual(['GATEWAY_REFUSED']);
    const another = await assertion();
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => send(another)),
      ...Array.from({ length: 4 }, () =>
        second.ask(gateway.token, portrait, { id: idNumber }, { 'x-consumer-assertion': another }),
      ),
    ]);
    expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(1);
  });

  test('that was used is forgotten when it has ended', async () => {
    await demo.owner.query(`update citygraph.used_assertion set until = now() - interval '1 second'`);
    await send(await assertion());
    expect((await demo.owner.query('select from citygraph.used_assertion')).rowCount).toBe(1);
  });

  test('is refused when it was signed by another key, another algorithm, the public key or nobody', async () => {
    const stranger = {
      ...gateway,
      key: await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).privateKey),
    };
    await refused(await send(await assertion({}, {}, stranger)), 'by the key that is registered');
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    await refused(
      await send(await assertion({}, {}, { ...gateway, key: await exportJWK(privateKey), algorithm: 'ES256' })),
      'EdDSA',
    );
    const secret = new TextEncoder().encode(JSON.stringify({ ...gateway.key, d: undefined }));
    const [, body] = (await assertion()).split('.') as [string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'consumer-assertion+jwt' })
      .sign(secret);
    await refused(await send(symmetric), 'EdDSA');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'consumer-assertion+jwt' })).toString('base64url');
    await refused(await send(`${none}.${body}.`), 'EdDSA');
    await refused(await send('not a jws'), 'EdDSA');
  });

  test('is asked of a gateway, and its grants stand in it alone', async () => {
    await refused(await send(null), 'the assertion of a consumer');
    await refused(await send(await assertion(), { 'x-grant': 'DEMO-PORTRAIT' }), 'X-Grant beside it');
  });

  test('is no use to who is not a gateway', async () => {
    const shown = await assertion();
    const consumer = await send(shown, {}, demo.tokenOf('no-grant-app'));
    await refused(consumer, 'a gateway that is registered', 'no-grant-app');
    await refused(await send(shown, {}, demo.tokenOf('security-officer')), 'a gateway', 'security-officer');
    expect((await send(shown, {}, 'a-token-of-nobody')).codes).toEqual(['UNAUTHENTICATED']);
    const alone = await askAt(demo.address, null, '{ __typename }', {}, { 'x-consumer-assertion': shown });
    expect(alone.codes).toEqual(['UNAUTHENTICATED']);
    expect((await send(shown)).codes).toEqual([]);
  });

  test('of one gateway is nothing to another, whose consumers are others', async () => {
    const other = await register('other-platform', ['no-grant-app'], 'EdDSA');
    const borrowed = await assertion({}, {}, other);
    await refused(await send(borrowed, {}, other.token), 'may forward', 'other-platform');
    await refused(await send(await assertion(), {}, other.token), 'by the key that is registered', 'other-platform');
  });
});

describe('a gateway', () => {
  test('is given another key, and other consumers: what was signed or allowed before is refused', async () => {
    const changing = await register('changing', ['dashboard'], 'EdDSA');
    const forward = async (by: TestGateway, consumer: string): Promise<readonly string[]> => {
      const shown = await assertion({ sub: consumer, grants: undefined }, {}, by);
      return (await askAt(demo.address, by.token, '{ __typename }', {}, { 'x-consumer-assertion': shown })).codes;
    };
    expect(await forward(changing, 'dashboard')).toEqual([]);
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    await demo.policy.setGatewayKey('changing', await exportJWK(publicKey), 'for the test');
    await demo.policy.setGatewayConsumers('changing', ['no-grant-app'], 'for the test');
    await demo.service.policy.refresh();
    expect(await forward(changing, 'dashboard')).toEqual(['GATEWAY_REFUSED']);
    const renewed = { ...changing, key: await exportJWK(privateKey), algorithm: 'ES256' };
    expect(await forward(renewed, 'dashboard')).toEqual(['GATEWAY_REFUSED']);
    expect(await forward(renewed, 'no-grant-app')).toEqual([]);
  });
});

describe('a gateway is not registered', () => {
  test.each([
    ['without consumers', { consumers: [] }, 'consumers'],
    ['with a consumer that is not', { consumers: ['nobody'] }, 'consumer'],
    ['with a key of RSA', { publicKey: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }, 'publicKey'],
    ['with a key that is none', { publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'AA' } }, 'publicKey'],
    ['with its private key', { publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' } }, 'publicKey'],
  ])('%s', async (_what, changes, field) => {
    const { kty, crv, x } = gateway.key;
    await expect(
      demo.policy.registerGateway({
        ...{ name: 'never', department: '150600-data', description: 'never', addresses: null },
        ...{ consumers: ['dashboard'], publicKey: { kty, crv, x } },
        ...(changes as object),
      }),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT', details: { field } });
  });
});
