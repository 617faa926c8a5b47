/** Officials who sign in at an issuer: a real provider on this machine, and tokens that are wrong in one thing each. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';
import { startTestIssuer, type TestIssuer } from '../support/oidc-issuer.js';

let issuer: TestIssuer;
let demo: DemoService;
const audience = 'urn:citygraph:test';
const department = '150600-cyberspace';
const claims = { citygraph: { roles: ['staff', 'security-officer'] }, department };

beforeAll(async () => {
  issuer = await startTestIssuer(
    [
      { id: 'li.na', claims },
      { id: 'wang.wei', claims: { ...claims, citygraph: { roles: 'auditor' } } },
      { id: '13800138000', claims: { ...claims, citygraph: { roles: 'auditor' } } },
    ],
    audience,
  );
  demo = await startDemoService({
    scale: { persons: 240, legalPersons: 40 },
    environment: {
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: audience,
      OIDC_ALGORITHMS: 'RS256',
      OIDC_TOKEN_TYPE: 'at+jwt',
      OIDC_ROLE_CLAIM: 'citygraph.roles',
      OIDC_DEPARTMENT_CLAIM: 'department',
      OIDC_KEYS_COOLDOWN_SECONDS: '1',
      OIDC_CLOCK_SKEW_SECONDS: '5',
      LIMIT_FAILURES: '100',
    },
  });
});
afterAll(async () => {
  await demo.stop();
  await issuer.stop();
});

const records = '{ usageRecords(first: 1) { nodes { id } } }';
const ask = (token: string, query = records): Promise<Answer> => demo.ask(`token:${token}`, query);
const seconds = (): number => Math.floor(Date.now() / 1000);
const payload = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ iss: issuer.issuer, aud: audience, sub: 'li.na', iat: seconds(), exp: seconds() + 600, ...claims },
  ...changes,
});
const sign = (changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> =>
  issuer.sign(payload(changes), { typ: 'at+jwt', ...header });

async function refused(token: string, words: string): Promise<Answer> {
  const answer = await ask(token);
  expect([answer.status, answer.codes, answer.data ?? null]).toEqual([401, ['UNAUTHENTICATED'], null]);
  expect(answer.errors[0]!.message).toContain(words);
  for (const secret of [issuer.issuer, audience, 'kid', 'RS256', 'first', '127.0.0.1'])
    expect(answer.text).not.toContain(secret);
  return answer;
}

describe('an official of the issuer', () => {
  test('is known by name, role and department, and on record with them', async () => {
    const answer = await ask(await issuer.tokenOf('wang.wei'));
    expect(answer.codes).toEqual([]);
    expect(await demo.recordOf(answer.recordId)).toMatchObject({
      principal: 'oidc:wang.wei',
      principal_kind: 'official',
      department,
      outcome: 'answered',
    });
  });

  test('has the rights of the role and no others', async () => {
    const token = await issuer.tokenOf('li.na');
    const done = await ask(
      token,
      'mutation { setClearance(consumer: "dashboard", clearance: "L2", reason: "for the test") { change } }',
    );
    expect(done.codes).toEqual([]);
    expect((await ask(token, 'mutation { rotateConsumerToken(name: "dashboard") { token } }')).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await ask(token, '{ enterprises(first: 1) { nodes { id } } }')).codes).toEqual(['FIELD_DENIED']);
    expect((await ask(token, 'mutation { rotateMyToken { token } }')).codes).toEqual(['BAD_USER_INPUT']);
    const { rows } = await demo.owner.query(
      `select actor from citygraph.policy_change where target = 'dashboard' order by id desc limit 1`,
    );
    expect(rows).toEqual([{ actor: 'oidc:li.na' }]);
  });

  test('keeps no role of an earlier token', async () => {
    expect((await ask(await sign({ citygraph: { roles: 'security-officer' } }))).codes).toEqual([]);
    expect((await ask(await sign({ citygraph: { roles: 'operator' } }))).codes).toEqual(['FORBIDDEN']);
  });

  test('who is suspended is refused at once, with a token that was good a moment ago', async () => {
    const token = await issuer.tokenOf('wang.wei');
    expect((await ask(token)).codes).toEqual([]);
    await demo.policy.suspendOfficial('oidc:wang.wei', 'for the test');
    await refused(token, 'Expected a valid token');
    await demo.policy.resumeOfficial('oidc:wang.wei', 'for the test');
    await demo.service.policy.refresh();
    expect((await ask(token)).codes).toEqual([]);
  });

  test('whose name is a telephone number is on record by a digest, the same each time', async () => {
    const names = [];
    for (const token of [await issuer.tokenOf('13800138000'), await issuer.tokenOf('13800138000')])
      names.push((await demo.recordOf((await ask(token)).recordId))!.principal);
    expect(names[0]).toMatch(/^oidc:[\w-]{24}$/);
    expect(names[1]).toBe(names[0]);
  });

  test('is refused from the end of the token on, whatever was remembered of it', async () => {
    const token = await sign({ exp: seconds() - 3 });
    expect((await ask(token)).codes).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await refused(token, 'Expected a valid token');
  });

  test('does not lose by it that tokens of this service are good', async () => {
    expect((await demo.ask('auditor', records)).codes).toEqual([]);
  });
});

describe('a token', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['of another issuer', { iss: 'https://elsewhere.invalid' }, {}, 'Expected a valid token'],
    ['for another audience', { aud: 'urn:other' }, {}, 'meant for this service'],
    ['for nobody', { aud: undefined }, {}, 'Expected a valid token'],
    ['that has expired', { exp: seconds() - 60 }, {}, 'has not expired'],
    ['without an end', { exp: undefined }, {}, 'Expected a valid token'],
    ['that is not valid yet', { nbf: seconds() + 60 }, {}, 'is valid already'],
    ['of the future', { iat: seconds() + 60 }, {}, 'is valid already'],
    ['without a time', { iat: undefined }, {}, 'Expected a valid token'],
    ['without a holder', { sub: undefined }, {}, 'Expected a valid token'],
    ['with a holder of strange letters', { sub: 'a b"c' }, {}, 'names its holder'],
    ['with an unknown role', { citygraph: { roles: ['mayor'] } }, {}, 'one role of this service'],
    ['with two roles', { citygraph: { roles: ['auditor', 'operator'] } }, {}, 'gives several'],
    ['without a role', { citygraph: undefined }, {}, 'one role of this service'],
    ['with a role where none is looked for', { citygraph: 'auditor', role: 'auditor' }, {}, 'one role of this service'],
    ['with an unknown department', { department: '150600-magic' }, {}, 'names a department'],
    ['of another type', {}, { typ: 'JWT' }, 'Expected a valid token'],
    ['of an unknown key', {}, { kid: 'nobody' }, 'Expected a valid token'],
    ['by another algorithm of the same key', {}, { alg: 'PS256' }, 'Expected a valid token'],
  ])('%s is refused', async (_what, changes, header, words) => {
    await refused(await sign(changes, header), words);
  });

  test('within the skew of the clocks is good', async () => {
    expect((await ask(await sign({ nbf: seconds() + 3, iat: seconds() + 3 }))).codes).toEqual([]);
  });

  test('that nobody signed, or that was signed with the public key as a secret, is refused', async () => {
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    await refused(`${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(payload())}.`, 'Expected a valid token');
    const secret = new TextEncoder().encode(JSON.stringify(issuer.publicJwk));
    const symmetric = await new SignJWT(payload())
      .setProtectedHeader({ alg: 'HS256', kid: 'first', typ: 'at+jwt' })
      .sign(secret);
    await refused(symmetric, 'Expected a valid token');
  });

  test('of another key under the same name, or with one letter changed, is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const forged = { ...(await exportJWK(privateKey)), kid: 'first' };
    await refused(await issuer.sign(payload(), { typ: 'at+jwt' }, forged), 'Expected a valid token');
    const [head, body, signature] = (await sign()).split('.') as [string, string, string];
    const other = Buffer.from(JSON.stringify(payload({ sub: 'wang.wei' }))).toString('base64url');
    await refused(`${head}.${other}.${signature}`, 'Expected a valid token');
    await refused(`${head}.${body}.${signature.slice(0, -8)}AAAAAAAA`, 'Expected a valid token');
    await refused(`${head}.${body}.`, 'Expected a valid token');
  });

  test('that carries its own key, or names where to find it, is refused', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const own = { ...(await exportJWK(privateKey)), kid: 'own' };
    for (const header of [{ jwk: await exportJWK(publicKey) }, { jku: `${issuer.issuer}/jwks`, kid: 'own' }])
      await refused(await issuer.sign(payload(), { typ: 'at+jwt', ...header }, own), 'Expected a valid token');
  });
});

describe('the issuer’s keys', () => {
  test('are fetched once for many tokens, and not for each token of an unknown key', async () => {
    const before = issuer.keyRequests();
    for (let n = 0; n < 20; n += 1) expect((await ask(await sign({ jti: String(n) }))).codes).toEqual([]);
    for (let n = 0; n < 20; n += 1) await refused(await sign({}, { kid: `guess-${n}` }), 'Expected a valid token');
    expect(issuer.keyRequests() - before).toBeLessThanOrEqual(3);
  });

  test('may be rotated: a token of the new key is good, one of the old that is not remembered is not', async () => {
    const old = await sign({ jti: 'before the rotation' });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await issuer.rotateKeys();
    expect((await ask(await issuer.tokenOf('li.na'))).codes).toEqual([]);
    await refused(old, 'Expected a valid token');
  });

  test('that can’t be had are a coded error, soon, and who holds a token of this service is answered', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const unknown = await sign({}, { kid: 'a third' });
    issuer.fallSilent();
    try {
      const started = performance.now();
      const down = await ask(unknown);
      expect(performance.now() - started).toBeLessThan(5_000);
      expect([down.status, down.codes, down.data ?? null]).toEqual([503, ['ISSUER_UNAVAILABLE'], null]);
      expect(down.text).not.toContain(issuer.issuer);
      expect((await ask(await sign({ jti: 'with keys that are known' }))).codes).toEqual([]);
      expect((await demo.ask('auditor', records)).codes).toEqual([]);
    } finally {
      issuer.speakAgain();
    }
    await refused(unknown, 'Expected a valid token');
  });
});

test('none of these refusals took a line of the usage log, and all were counted', async () => {
  const { rows } = await demo.owner.query(
    `select from citygraph.usage_record where 'UNAUTHENTICATED' = any(error_codes)`,
  );
  expect(rows).toEqual([]);
});
