/** Whose a credential is, by one snapshot of the policy. That snapshots are what the database says, policy-store.test.ts shows. */
import { describe, expect, test } from '@jest/globals';
import type { CitygraphError } from '../../src/errors.js';
import type { ConsumerPrincipal, OfficialPrincipal } from '../../src/policy/access.js';
import { createAddressList } from '../../src/policy/address-list.js';
import { type Credential, findGateway, findHolder, type TokenCredential } from '../../src/policy/credential.js';
import { readSwitches } from '../../src/policy/emergency-switches.js';
import type { KnownConsumer, KnownGateway, PolicySnapshot } from '../../src/policy/policy-snapshot.js';
import { hashToken } from '../../src/policy/token.js';
import { sampleGrant } from './sample-policy.js';

const now = new Date('2026-06-01T00:00:00Z');
const [past, future] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
const local = createAddressList(['10.1.0.0/16']);

const consumer: ConsumerPrincipal = { kind: 'consumer', name: 'app', department: '150600-health', clearance: 'L2' };
const official: OfficialPrincipal = { kind: 'official', name: 'who', role: 'auditor', department: '150600-audit' };
const grants = [sampleGrant()];

interface Known {
  readonly consumer?: Partial<KnownConsumer>;
  readonly gateway?: Partial<KnownGateway>;
  readonly suspendedOfficials?: readonly string[];
  readonly until?: Date | null;
  /** Of which the hash is kept under the token's. */
  readonly kept?: string;
}

/** The holder of token `T-app` is the consumer, of `T-who` the official, of `T-gate` the gateway, of `T-gone` one who is not there. */
function snapshotOf(known: Known = {}): PolicySnapshot {
  const tokens = [
    ['consumer', 'app'],
    ['official', 'who'],
    ['gateway', 'gate'],
    ['consumer', 'gone'],
    ['official', 'left'],
    ['gateway', 'closed'],
  ] as const;
  return {
    version: 1,
    credentials: new Map(
      tokens.map(([holder, name]) => [
        hashToken(`T-${name}`).toString('hex'),
        { holder, name, hash: hashToken(known.kept ?? `T-${name}`), until: known.until ?? null },
      ]),
    ),
    consumers: new Map([
      ['app', { principal: consumer, suspended: false, addresses: null, grants, ...known.consumer }],
    ]),
    officials: new Map([
      ['who', official],
      // Of the same name as the consumer and the gateway, whose tokens are not his.
      ['app', { ...official, name: 'app' }],
      ['gate', { ...official, name: 'gate' }],
    ]),
    gateways: new Map(
      ['gate', 'app', 'who'].map((name) => [
        name,
        {
          ...{ name, department: '150600-data', suspended: false, addresses: null, publicKey: key },
          consumers: new Set(['app', 'gone']),
          ...known.gateway,
        },
      ]),
    ),
    suspendedOfficials: new Set(known.suspendedOfficials),
    regradings: new Map(),
    switches: readSwitches([]),
  };
}

const token = (name: string, address: string | null = '10.1.2.3'): TokenCredential => ({
  kind: 'token',
  token: `T-${name}`,
  address,
});
const issued = (name: string, until = future): Credential => ({
  kind: 'issued',
  name,
  role: 'steward',
  department: '150600-health',
  until,
});
const forwarded = (gateway: TokenCredential, consumerName = 'app', publicKey: object = key): Credential => ({
  kind: 'forwarded',
  gateway,
  consumer: consumerName,
  publicKey: publicKey as typeof key,
});

function refusalOf(known: Known, credential: Credential): CitygraphError {
  try {
    findHolder(snapshotOf(known), credential, now);
  } catch (error) {
    return error as CitygraphError;
  }
  throw new Error('expected a refusal, got a holder');
}

describe('the holder', () => {
  test('of nothing is the public, who holds nothing and does not end', () => {
    const holder = findHolder(snapshotOf(), { kind: 'public' }, now);
    expect(holder).toEqual({ principal: { kind: 'public', name: 'public' }, held: [], until: null });
  });

  test('of a token is the consumer with its grants, or the official without any, until the token ends', () => {
    for (const until of [null, future]) {
      expect(findHolder(snapshotOf({ until }), token('app'), now)).toEqual({
        principal: consumer,
        held: grants,
        until,
      });
      expect(findHolder(snapshotOf({ until }), token('who'), now)).toEqual({ principal: official, held: [], until });
    }
  });

  test('of an issuer’s word is who it names, with the role and department that it says, until it ends', () => {
    expect(findHolder(snapshotOf(), issued('someone'), now)).toEqual({
      principal: { kind: 'official', name: 'someone', role: 'steward', department: '150600-health' },
      held: [],
      until: future,
    });
  });

  test('of a gateway’s word is the consumer, until the gateway’s token ends', () => {
    for (const until of [null, future])
      expect(findHolder(snapshotOf({ until }), forwarded(token('gate')), now)).toEqual({
        ...{ principal: consumer, held: grants, until },
      });
  });
});

const elsewhere = { addresses: local };
test.each<[string, Known, Credential]>([
  ['a token that nobody has', {}, token('nobody')],
  ['a token of which another hash is kept', { kept: 'another' }, token('app')],
  ['a token that has ended', { until: past }, token('app')],
  ['a token that ends now', { until: now }, token('app')],
  ['an official’s token that ends now', { until: now }, token('who')],
  ['the token of a consumer that is suspended', { consumer: { suspended: true } }, token('app')],
  ['the token of a consumer that is not there', {}, token('gone')],
  ['the token of an official who is suspended', { suspendedOfficials: ['who'] }, token('who')],
  ['the token of an official who is not there', {}, token('left')],
  ['the word of a gateway that is not there', {}, forwarded(token('closed'))],
  ['a consumer’s token from another address', { consumer: elsewhere }, token('app', '10.2.0.1')],
  ['a consumer’s token from no known address', { consumer: elsewhere }, token('app', null)],
  ['the token of a gateway, which asks for nobody', {}, token('gate')],
  ['an issuer’s word that has ended', {}, issued('someone', past)],
  ['an issuer’s word that ends now', {}, issued('someone', now)],
  ['an issuer’s word of who is suspended', { suspendedOfficials: ['someone'] }, issued('someone')],
  ['a gateway’s word with the token of a consumer', {}, forwarded(token('app'))],
  ['a gateway’s word with the token of an official', {}, forwarded(token('who'))],
  ['a gateway’s word with a token that has ended', { until: now }, forwarded(token('gate'))],
  ['the word of a gateway that is suspended', { gateway: { suspended: true } }, forwarded(token('gate'))],
  ['a gateway’s word from another address', { gateway: elsewhere }, forwarded(token('gate', '10.2.0.1'))],
  ['a gateway’s word from no known address', { gateway: elsewhere }, forwarded(token('gate', null))],
])('%s reads like no valid token', (_what, known, credential) => {
  expect(refusalOf(known, credential)).toMatchObject({
    code: 'UNAUTHENTICATED',
    message: 'Expected a valid token in the header Authorization: Bearer TOKEN',
    details: {},
  });
});

test('a wrong address is told to the operator alone, and nothing else has a cause', () => {
  const { cause } = refusalOf({ consumer: elsewhere }, token('app', '10.2.0.1'));
  expect((cause as Error).message).toBe('the token of app was sent from an address that is not on its list');
  expect(refusalOf({}, token('nobody')).cause).toBeUndefined();
});

test.each<[string, Known, Credential]>([
  ['that was signed with another key', {}, forwarded(token('gate'), 'app', { ...key, x: 'other' })],
  ['of a consumer that is not there', {}, forwarded(token('gate'), 'gone')],
  ['of a consumer that is suspended', { consumer: { suspended: true } }, forwarded(token('gate'))],
  ['of a consumer that it may not forward', { gateway: { consumers: new Set(['gone']) } }, forwarded(token('gate'))],
])('a gateway’s assertion %s is refused', (_what, known, credential) => {
  expect(refusalOf(known, credential)).toMatchObject({
    code: 'GATEWAY_REFUSED',
    message: 'expected an assertion of a consumer that this gateway may forward, got another',
  });
});

test('a caller on the list of its addresses is known, a consumer and a gateway', () => {
  const known = { consumer: elsewhere, gateway: elsewhere };
  expect(findHolder(snapshotOf(known), token('app'), now).principal).toBe(consumer);
  expect(findHolder(snapshotOf(known), forwarded(token('gate')), now).principal).toBe(consumer);
});

test('a gateway is found by its own token, from its own addresses, while it is not suspended', () => {
  const found = (known: Known, credential: TokenCredential): string | undefined =>
    findGateway(snapshotOf(known), credential, now)?.name;
  expect(found({}, token('gate'))).toBe('gate');
  expect(found({ gateway: elsewhere }, token('gate'))).toBe('gate');
  for (const [known, credential] of [
    [{}, token('app')],
    [{}, token('who')],
    [{}, token('nobody')],
    [{ until: now }, token('gate')],
    [{ gateway: { suspended: true } }, token('gate')],
    [{ gateway: elsewhere }, token('gate', '10.2.0.1')],
    [{ gateway: elsewhere }, token('gate', null)],
  ] as const)
    expect(findGateway(snapshotOf(known), credential, now)).toBeNull();
});
