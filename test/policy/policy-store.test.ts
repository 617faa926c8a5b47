import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type PolicyManager, createPolicyManager } from '../../src/policy/manage-grants.js';
import { type Behind, type PolicyStore, createPolicyStore } from '../../src/policy/policy-store.js';
import { type MigratedDatabase, createMigratedDatabase } from '../support/migrated-database.js';
import { sampleCoordinates } from './sample-policy.js';

let database: MigratedDatabase;
let manager: PolicyManager;
const now = new Date('2026-06-01T00:00:00Z');
const nobody: Behind = { user: null, case: null };
const grant = {
  ...{ consumer: 'clinic-app', purpose: 'follow-up', legalBasis: 'a law', divisions: null },
  ...{ validFrom: new Date('2026-01-01T00:00:00Z'), validUntil: new Date('2027-01-01T00:00:00Z') },
  items: [{ coordinate: 'Resident.name', mode: 'plain' as const }],
};
const clinic = { name: 'clinic-app', department: '150600-health', description: 'clinics', clearance: 'L2' as const };

beforeAll(async () => {
  database = await createMigratedDatabase();
  manager = createPolicyManager({ em: database.orm.em, coordinates: sampleCoordinates });
});
afterAll(() => database.drop());
beforeEach(() => database.owner.query('truncate citygraph.consumer, citygraph.official cascade'));

/** Without looking for unknown tokens in the database, unless asked to. */
const openStore = (pauseOfUnknown = Infinity): Promise<PolicyStore> =>
  createPolicyStore({ pool: database.pools.policy, coordinates: sampleCoordinates, pauseOfUnknown });

describe('who asks', () => {
  test('is the public without a token', async () => {
    const profile = await (await openStore()).authenticate(null, null, now, nobody);
    expect(profile).toMatchObject({ principal: { kind: 'public' }, grants: [], purpose: null, validUntil: null });
    expect(profile.verdictOf('Resident.name')).toMatchObject({ kind: 'deny', reason: 'not-open' });
  });

  test('is the consumer with its token, with the grants that are named', async () => {
    const { token } = await manager.registerConsumer(clinic);
    await manager.issueGrant({ ...grant, code: 'G-2', divisions: ['150602'] });
    await manager.issueGrant({
      ...grant,
      code: 'G-1',
      validUntil: new Date('2026-07-01T00:00:00Z'),
      items: [{ coordinate: 'Resident', mode: 'plain' }],
    });
    const store = await openStore();
    const profile = await store.authenticate(token, ['G-2', 'G-1'], now, nobody);
    expect(profile).toMatchObject({
      principal: { kind: 'consumer', name: 'clinic-app', department: '150600-health', clearance: 'L2' },
      purpose: 'follow-up',
      scope: { divisions: ['150602'], includesProtected: false },
      validUntil: new Date('2026-07-01T00:00:00Z'),
      policyVersion: store.current().version,
    });
    expect(profile.verdictOf('Resident.name')).toMatchObject({ kind: 'allow', grants: ['G-2'] });
    expect(profile.verdictOf('Resident')).toMatchObject({ kind: 'allow', grants: ['G-1'] });
    expect(profile.verdictOf('Resident.sex')).toMatchObject({ kind: 'deny', reason: 'grant-needed' });
    expect(store.principalOf({ kind: 'token', token, address: null }, now)).toEqual(profile.principal);
  });

  test('is the official with a role and no grants', async () => {
    const { token } = await manager.registerOfficial({ name: 'auditor-1', role: 'auditor', department: '150600-data' });
    const store = await openStore();
    expect(await store.authenticate(token, null, now, nobody)).toMatchObject({
      principal: { kind: 'official', name: 'auditor-1', role: 'auditor' },
      grants: [],
    });
    await expect(store.authenticate(token, ['G-1'], now, nobody)).rejects.toMatchObject({ code: 'GRANT_INVALID' });
  });

  test('an unknown token, an old one and that of a suspended consumer read the same', async () => {
    const { token: suspended } = await manager.registerConsumer(clinic);
    await manager.suspendConsumer('clinic-app', 'an alert');
    const { token: old } = await manager.registerConsumer({ ...clinic, name: 'other-app' });
    await manager.rotateToken('other-app');
    const store = await openStore();
    const refusals = [];
    for (const token of [suspended, old, 'guess', '']) {
      refusals.push(
        await store
          .authenticate(token, null, now, nobody)
          .catch((error: unknown) => JSON.stringify(error) + String(error)),
      );
      expect(() => store.principalOf({ kind: 'token', token, address: null }, now)).toThrow(
        expect.objectContaining({ code: 'UNAUTHENTICATED' }),
      );
    }
    expect(refusals[0]).toContain('"code":"UNAUTHENTICATED"');
    expect(new Set(refusals).size).toBe(1);
  });

  test('must name the person and the case where a grant requires them', async () => {
    const { token } = await manager.registerConsumer(clinic);
    await manager.issueGrant({ ...grant, code: 'G-1', requiresUser: true, requiresCase: true });
    const store = await openStore();
    const ask = (behind: Behind) => store.authenticate(token, null, now, behind);
    await expect(ask({ user: null, case: 'C-1' })).rejects.toMatchObject({
      code: 'GRANT_INVALID',
      message: expect.stringContaining('X-User'),
    });
    await expect(ask({ user: 'doctor-7', case: '' })).rejects.toMatchObject({
      code: 'GRANT_INVALID',
      message: expect.stringContaining('X-Case'),
    });
    expect((await ask({ user: 'doctor-7', case: 'C-1' })).grants).toHaveLength(1);
  });
});

describe('a profile', () => {
  test('is remembered for a principal and its grants in any order, until the policy changes', async () => {
    const { token } = await manager.registerConsumer(clinic);
    await manager.issueGrant({ ...grant, code: 'G-1' });
    await manager.issueGrant({ ...grant, code: 'G-2' });
    const store = await openStore();
    const first = await store.authenticate(token, ['G-1', 'G-2'], now, nobody);
    expect(await store.authenticate(token, ['G-2', 'G-1'], now, nobody)).toBe(first);
    expect(await store.authenticate(token, ['G-1'], now, nobody)).not.toBe(first);
    await store.refresh();
    expect(await store.authenticate(token, ['G-1', 'G-2'], now, nobody)).toBe(first);
    await manager.registerConsumer({ ...clinic, name: 'other-app' });
    await store.refresh();
    expect(await store.authenticate(token, ['G-1', 'G-2'], now, nobody)).not.toBe(first);
  });

  test('does not outlive its grants: time is asked with each request', async () => {
    const { token } = await manager.registerConsumer(clinic);
    await manager.issueGrant({ ...grant, code: 'G-1' });
    const store = await openStore();
    const at = (time: string) => store.authenticate(token, null, new Date(time), nobody);
    expect((await at('2026-12-31T23:59:59.999Z')).verdictOf('Resident.name').kind).toBe('allow');
    expect((await at('2027-01-01T00:00:00Z')).verdictOf('Resident.name').kind).toBe('deny');
    expect((await at('2025-12-31T23:59:59.999Z')).verdictOf('Resident.name').kind).toBe('deny');
    await expect(store.authenticate(token, ['G-1'], new Date('2027-01-01T00:00:00Z'), nobody)).rejects.toMatchObject({
      code: 'GRANT_INVALID',
    });
  });
});

describe('the policy in memory', () => {
  test('follows what is committed, by the version that the database names', async () => {
    const { token } = await manager.registerConsumer(clinic);
    await manager.issueGrant({ ...grant, code: 'G-1' });
    const store = await openStore();
    const before = store.current().version;
    await manager.revokeGrant('G-1', 'misused');
    expect((await store.authenticate(token, null, now, nobody)).grants).toHaveLength(1);
    expect(await store.refreshIfOlderThan(before)).toMatchObject({ version: before });
    const after = (await store.refreshIfOlderThan(before + 1)).version;
    expect(after).toBeGreaterThan(before);
    expect((await store.authenticate(token, null, now, nobody)).grants).toEqual([]);
    await manager.suspendConsumer('clinic-app', 'an alert');
    await store.refreshIfOlderThan(after + 1);
    await expect(store.authenticate(token, null, now, nobody)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('follows a change made by hand', async () => {
    const { token } = await manager.registerConsumer(clinic);
    const store = await openStore();
    await database.owner.query(`update citygraph.consumer set clearance = 'L1'`);
    await store.refreshIfOlderThan(store.current().version + 1);
    expect((await store.authenticate(token, null, now, nobody)).principal).toMatchObject({ clearance: 'L1' });
  });

  test('follows a database that was restored to an older version', async () => {
    const store = await openStore();
    const { version } = store.current();
    await database.owner.query('update citygraph.policy_version set version = version - 1');
    expect(await store.refreshIfOlderThan(version - 1)).toMatchObject({ version: version - 1 });
    await database.owner.query('update citygraph.policy_version set version = version + 1');
  });

  test('is not what was being read before a change that the caller knows of', async () => {
    const store = await openStore();
    const early = store.refresh();
    await delay(0);
    await manager.registerConsumer(clinic);
    const snapshots = await Promise.all([early, store.refresh(), store.refresh()]);
    expect(snapshots[1].consumers.size).toBe(1);
    expect(snapshots[2]).toBe(snapshots[1]);
  });

  test('is never replaced by an older one that took longer to read', async () => {
    let slow = false;
    const pool = {
      connect: async () => {
        const client = await database.owner.connect();
        const wait = slow;
        slow = false;
        const query = async (text: string) => {
          const result = await client.query(text);
          if (wait && text.includes('policy_version')) await delay(200);
          return result;
        };
        return { query, release: (error?: Error) => client.release(error) };
      },
    } as unknown as Pool;
    const store = await createPolicyStore({ pool, coordinates: sampleCoordinates });
    slow = true;
    const early = store.refresh();
    await delay(50);
    await manager.registerConsumer(clinic);
    await Promise.all([early, store.refresh()]);
    expect(store.current().consumers.size).toBe(1);
  });

  test('is one moment: what is committed between two reads is not half seen', async () => {
    await manager.registerConsumer(clinic);
    let meanwhile = async (): Promise<void> => {
      meanwhile = async () => undefined;
      await manager.issueGrant({ ...grant, code: 'G-1' });
      await manager.registerConsumer({ ...clinic, name: 'other-app' });
    };
    const pool = {
      connect: async () => {
        const client = await database.owner.connect();
        const query = async (text: string) => {
          if (text.includes('from citygraph.consumer')) await meanwhile();
          return client.query(text);
        };
        return { query, release: (error?: Error) => client.release(error) };
      },
    } as unknown as Pool;
    const snapshot = (await createPolicyStore({ pool, coordinates: sampleCoordinates })).current();
    expect([...snapshot.consumers.values()]).toMatchObject([{ principal: { name: 'clinic-app' }, grants: [] }]);
    const { rows } = await database.owner.query<{ version: string }>('select version from citygraph.policy_version');
    expect(snapshot.version).toBeLessThan(Number(rows[0]?.version));
  });

  test('learns of a consumer and of a grant made a moment ago on another node, once in a while', async () => {
    const store = await openStore(300);
    const { token } = await manager.registerConsumer(clinic);
    expect(await store.authenticate(token, null, now, nobody)).toMatchObject({ principal: { name: 'clinic-app' } });
    await manager.issueGrant({ ...grant, code: 'G-1' });
    await expect(store.authenticate(token, ['G-1'], now, nobody)).rejects.toMatchObject({ code: 'GRANT_INVALID' });
    await delay(350);
    expect((await store.authenticate(token, ['G-1'], now, nobody)).grants).toHaveLength(1);
  });

  test('a flood of bad tokens causes one look into the database', async () => {
    let connections = 0;
    const pool = { connect: () => ((connections += 1), database.owner.connect()) } as unknown as Pool;
    const store = await createPolicyStore({ pool, coordinates: sampleCoordinates });
    await Promise.allSettled(
      Array.from({ length: 1_000 }, (_, n) => store.authenticate(`guess-${n}`, null, now, nobody)),
    );
    expect(connections).toBe(2);
  });

  test('that cannot be read is an error, and is read again later', async () => {
    let down = false;
    const pool = {
      connect: () => (down ? Promise.reject(new Error('down')) : database.owner.connect()),
    } as unknown as Pool;
    const store = await createPolicyStore({ pool, coordinates: sampleCoordinates });
    down = true;
    await expect(store.refresh()).rejects.toMatchObject({ code: 'POOL_UNAVAILABLE', cause: { message: 'down' } });
    down = false;
    await manager.registerConsumer(clinic);
    expect((await store.refresh()).consumers.size).toBe(1);
  });
});
