import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { registry } from '../../src/app.js';
import { type PolicyManager, type NewGrant, createPolicyManager } from '../../src/policy/manage-grants.js';
import { type MigratedDatabase, createMigratedDatabase } from '../support/migrated-database.js';
import { sampleCoordinates } from './sample-policy.js';

let database: MigratedDatabase;
let manager: PolicyManager;
const clinic = { name: 'clinic-app', department: '150600-health', description: 'clinics', clearance: 'L2' as const };
const now = new Date('2026-06-01T00:00:00Z');

beforeAll(async () => {
  database = await createMigratedDatabase();
  manager = createPolicyManager({ em: database.orm.em, coordinates: sampleCoordinates, now: () => now });
});
afterAll(() => database.drop());
beforeEach(() => database.owner.query('truncate citygraph.consumer, citygraph.official cascade'));

const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await database.owner.query<Record<string, unknown>>(sql)).rows;
const version = async (): Promise<number> =>
  Number((await rowsOf('select version from citygraph.policy_version'))[0]?.['version']);

function grant(changes: Partial<NewGrant> = {}): NewGrant {
  return {
    code: 'G-1',
    consumer: 'clinic-app',
    purpose: 'follow-up',
    legalBasis: 'a law',
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validUntil: new Date('2027-01-01T00:00:00Z'),
    divisions: null,
    items: [{ coordinate: 'Resident', mode: 'plain' }],
    ...changes,
  };
}

describe('a consumer', () => {
  test('gets a token once; its hash alone is kept', async () => {
    const { token } = await manager.registerConsumer(clinic);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await rowsOf('select * from citygraph.consumer')).toEqual([
      {
        id: expect.any(String),
        ...clinic,
        token_hash: createHash('sha256').update(token).digest(),
        token_hint: token.slice(0, 6),
        ...{ token_expires_at: null, previous_token_hash: null, previous_token_until: null, addresses: null },
        trusted_documents_only: false,
        status: 'active',
        suspended_reason: null,
        suspended_at: null,
        created_at: now,
      },
    ]);
  });

  test('gets another token, with which the old one ends', async () => {
    const { token: old } = await manager.registerConsumer(clinic);
    const { token } = await manager.rotateToken('clinic-app');
    expect(token).not.toBe(old);
    expect(await rowsOf('select token_hash, token_hint from citygraph.consumer')).toEqual([
      { token_hash: createHash('sha256').update(token).digest(), token_hint: token.slice(0, 6) },
    ]);
  });

  test('is suspended with a reason, and resumed', async () => {
    await manager.registerConsumer(clinic);
    await manager.suspendConsumer('clinic-app', 'an alert');
    const status = 'select status, suspended_reason, suspended_at from citygraph.consumer';
    expect(await rowsOf(status)).toEqual([{ status: 'suspended', suspended_reason: 'an alert', suspended_at: now }]);
    await manager.resumeConsumer('clinic-app', 'it was nothing');
    expect(await rowsOf(status)).toEqual([{ status: 'active', suspended_reason: null, suspended_at: null }]);
  });

  test.each([
    ['name', { ...clinic, name: 'Clinic App' }],
    ['department', { ...clinic, department: '150600-magic' }],
    ['description', { ...clinic, description: ' ' }],
    ['clearance', { ...clinic, clearance: 'L9' as 'L2' }],
  ])('is refused for its %s, with what was expected and what came', async (field, given) => {
    await expect(manager.registerConsumer(given)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field, expected: expect.any(String), came: expect.any(String) },
    });
  });

  test('that is not registered cannot be changed, nor one registered twice', async () => {
    for (const change of [
      () => manager.rotateToken('nobody'),
      () => manager.suspendConsumer('nobody', 'why'),
      () => manager.resumeConsumer('nobody', 'why'),
      () => manager.issueGrant(grant({ consumer: 'nobody' })),
    ]) {
      await expect(change()).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        details: { field: 'consumer', came: 'nobody' },
      });
    }
    await manager.registerConsumer(clinic);
    await expect(manager.registerConsumer(clinic)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field: 'name' },
    });
    await expect(manager.suspendConsumer('clinic-app', '')).rejects.toMatchObject({ details: { field: 'reason' } });
  });
});

describe('a grant', () => {
  beforeEach(() => manager.registerConsumer(clinic));

  test('is kept with explicit items', async () => {
    await manager.issueGrant(
      grant({
        divisions: ['150602'],
        requiresCase: true,
        items: [{ coordinate: 'Resident.name', mode: 'masked' }],
      }),
    );
    expect(await rowsOf('select * from citygraph.access_grant')).toMatchObject([
      {
        code: 'G-1',
        divisions: ['150602'],
        approved_twice: false,
        issued_by: 'citygraph',
        includes_protected: false,
        requires_user: false,
        requires_case: true,
        revoked_at: null,
      },
    ]);
    expect(await rowsOf('select coordinate, mode from citygraph.access_grant_item')).toEqual([
      { coordinate: 'Resident.name', mode: 'masked' },
    ]);
  });

  test.each([
    ['plain', ['Resident plain', 'Resident.name plain', 'Resident.idNumber plain', 'Resident.sex plain']],
    ['masked', ['Resident plain', 'Resident.name masked', 'Resident.idNumber masked']],
    ['aggregate', ['Resident.name aggregate', 'Resident.idNumber aggregate', 'Resident.sex aggregate']],
    ['match', ['Resident.idNumber match']],
  ] as const)('of Resident.* in mode %s names what the type has now, and no other type', async (mode, expected) => {
    const { items } = await manager.issueGrant(grant({ items: [{ coordinate: 'Resident.*', mode }] }));
    expect(items.map((item) => `${item.coordinate} ${item.mode}`)).toEqual(expected);
    expect(await rowsOf('select from citygraph.access_grant_item')).toHaveLength(expected.length);
  });

  test('names an item once in each mode, however often it is written', async () => {
    const { items } = await manager.issueGrant(
      grant({
        items: [
          { coordinate: 'Resident.*', mode: 'match' },
          { coordinate: 'Resident.idNumber', mode: 'match' },
          { coordinate: 'Resident.idNumber', mode: 'masked' },
        ],
      }),
    );
    expect(items.map(({ mode }) => mode)).toEqual(['match', 'masked']);
  });

  test('gives nothing in plain that tells what another grant of the consumer masks', async () => {
    const real = createPolicyManager({ em: database.orm.em, coordinates: registry.coordinates, now: () => now });
    const issue = (code: string, coordinate: string, mode: 'plain' | 'masked') =>
      real.issueGrant(grant({ code, items: [{ coordinate, mode }] }));
    await issue('G-1', 'Resident.address', 'masked');
    await expect(issue('G-2', 'Resident.registeredAddress', 'plain')).rejects.toThrow(
      'items: expected Resident.address masked without Resident.registeredAddress in plain, which tells it, in any grant of the consumer, got both, with G-2',
    );
    expect(await rowsOf('select code from citygraph.access_grant')).toEqual([{ code: 'G-1' }]);
    await real.revokeGrant('G-1', 'for the test');
    await issue('G-2', 'Resident.registeredAddress', 'plain');
    await expect(issue('G-3', 'Resident.address', 'masked')).rejects.toThrow('which tells it');
  });

  test.each<[string, Partial<NewGrant>, string]>([
    [
      'a coordinate that does not exist',
      { items: [{ coordinate: 'Resident.shoeSize', mode: 'plain' }] },
      'a coordinate of the catalogue',
    ],
    [
      'a type that does not exist',
      { items: [{ coordinate: 'Shoe.*', mode: 'plain' }] },
      'TYPE.* of a type in the catalogue',
    ],
    [
      'a wildcard over everything',
      { items: [{ coordinate: '.*', mode: 'plain' }] },
      'TYPE.* of a type in the catalogue',
    ],
    [
      'a wildcard below a field',
      { items: [{ coordinate: 'Resident.visits.*', mode: 'plain' }] },
      'TYPE.* of a type in the catalogue',
    ],
    [
      'a wildcard that comes to nothing',
      { items: [{ coordinate: 'Visit.*', mode: 'match' }] },
      'a type with fields that match applies to',
    ],
    [
      'a relation that another coordinate decides',
      { items: [{ coordinate: 'Resident.visits', mode: 'plain' }] },
      'Visit, by which Resident.visits is decided',
    ],
    [
      'masked where there is no mask',
      { items: [{ coordinate: 'Resident.sex', mode: 'masked' }] },
      'masked for a coordinate that has a mask',
    ],
    [
      'match where it is no identifier',
      { items: [{ coordinate: 'Resident.name', mode: 'match' }] },
      'match for an identifier',
    ],
    [
      'a mode that does not exist',
      { items: [{ coordinate: 'Resident', mode: 'all' as 'plain' }] },
      'a mode of plain, masked, aggregate, match',
    ],
    ['no items', { items: [] }, 'one or more items'],
    ['an unknown division', { divisions: ['150602', '110000'] }, 'codes of GB/T 2260 in this city'],
    ['no division', { divisions: [] }, 'one or more divisions, or null for the whole city'],
    [
      'validity in the wrong order',
      { validUntil: new Date('2025-01-01T00:00:00Z') },
      'a time after validFrom (2026-01-01T00:00:00.000Z)',
    ],
    [
      'validity of no time',
      { validUntil: new Date('2026-01-01T00:00:00Z') },
      'a time after validFrom (2026-01-01T00:00:00.000Z)',
    ],
    ['no date', { validFrom: new Date('soon') }, 'a date'],
    ['no purpose', { purpose: '' }, 'a text'],
    ['no legal basis', { legalBasis: '' }, 'a text'],
    ['a code that X-Grant could not name', { code: 'A, B' }, '3 to 40 letters, digits and hyphens'],
  ])('is refused for %s', async (_what, changes, expected) => {
    await expect(manager.issueGrant(grant(changes))).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { expected },
    });
    expect(await rowsOf('select from citygraph.access_grant')).toEqual([]);
  });

  test('is revoked once, with a reason', async () => {
    await manager.issueGrant(grant());
    await expect(manager.issueGrant(grant())).rejects.toMatchObject({
      details: { field: 'code', expected: 'a code that no grant has' },
    });
    await manager.revokeGrant('G-1', 'misused');
    expect(await rowsOf('select revoked_at, revoked_reason from citygraph.access_grant')).toEqual([
      { revoked_at: now, revoked_reason: 'misused' },
    ]);
    await expect(manager.revokeGrant('G-1', 'again')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(manager.revokeGrant('G-2', 'why')).rejects.toMatchObject({
      details: { expected: 'the code of a grant' },
    });
    await expect(manager.revokeGrant('G-1', ' ')).rejects.toMatchObject({ details: { field: 'reason' } });
  });
});

describe('an official', () => {
  test('is registered with a role and a token', async () => {
    const { token } = await manager.registerOfficial({ name: 'auditor', role: 'auditor', department: '150600-data' });
    expect(await rowsOf('select name, role, department, token_hash from citygraph.official')).toEqual([
      {
        name: 'auditor',
        role: 'auditor',
        department: '150600-data',
        token_hash: createHash('sha256').update(token).digest(),
      },
    ]);
    const again = manager.registerOfficial({ name: 'auditor', role: 'operator', department: '150600-data' });
    await expect(again).rejects.toMatchObject({ details: { field: 'name' } });
    await expect(
      manager.registerOfficial({ name: 'mayor', role: 'mayor' as 'auditor', department: '150600-data' }),
    ).rejects.toMatchObject({ details: { field: 'role' } });
  });
});

test('every change counts the version up, a refused one does not', async () => {
  const changes = [
    () => manager.registerConsumer(clinic),
    () => manager.rotateToken('clinic-app'),
    () => manager.issueGrant(grant()),
    () => manager.revokeGrant('G-1', 'why'),
    () => manager.suspendConsumer('clinic-app', 'why'),
    () => manager.resumeConsumer('clinic-app', 'it was nothing'),
    () => manager.registerOfficial({ name: 'auditor', role: 'auditor', department: '150600-data' }),
  ];
  for (const change of changes) {
    const before = await version();
    await change();
    expect(await version()).toBeGreaterThan(before);
  }
  const before = await version();
  await expect(manager.issueGrant(grant({ code: 'G-2', consumer: 'nobody' }))).rejects.toThrow();
  expect(await version()).toBe(before);
});
