/** The commands on consumers, officials, gateways and grants: each on record before and after, under who answers for it. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { Pool } from 'pg';
import { runCommandLine } from '../../src/command-line/command-line.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let folder: string;
let database: TestDatabase;
let owner: Pool;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citygraph-policy-'));
  database = await createTestDatabase();
  owner = new Pool({ connectionString: database.url, max: 1 });
  Object.assign(process.env, { DATABASE_URL: database.url, DATA_DIR: folder });
});
afterAll(async () => {
  delete process.env['DATABASE_URL'];
  delete process.env['DATA_DIR'];
  await owner.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as `bin/citygraph.mjs` calls it, in this process: one of its own for each would cost more than all of them do. */
async function citygraph(...args: readonly string[]): Promise<Ended> {
  const said = { stdout: [] as unknown[], stderr: [] as unknown[] };
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line: unknown) => void said.stdout.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line: unknown) => void said.stderr.push(line)),
  ];
  try {
    const code = await runCommandLine(['node', 'citygraph', ...args, '--as', 'zhao']);
    return { code, stdout: said.stdout.join('\n'), stderr: said.stderr.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

async function done(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await citygraph(...args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

test('a consumer is registered, rotated with an overlap, given an end and addresses, and all of it is on record', async () => {
  const first = await done('consumer', 'register', 'kiosk', '--department', '150600-data', '--description', 'a kiosk');
  const next = await done('consumer', 'rotate', 'kiosk', '--overlap', '24', '--expires', '2100-01-01T00:00:00Z');
  await done('consumer', 'addresses', 'kiosk', '10.1.0.0/16', '2001:db8::/32', '--reason', 'the city hall');
  const { rows } = await owner.query('select * from citygraph.consumer');
  expect(rows).toMatchObject([
    {
      token_hash: hashOf(next),
      previous_token_hash: hashOf(first),
      token_expires_at: new Date('2100-01-01T00:00:00Z'),
      addresses: ['10.1.0.0/16', '2001:db8::/32'],
    },
  ]);
  const overlap = (rows[0] as { previous_token_until: Date }).previous_token_until.getTime() - Date.now();
  expect(Math.round(overlap / 3_600_000)).toBe(24);
  await done('consumer', 'expire', 'kiosk', '--reason', 'it stays');
  await done('consumer', 'clearance', 'kiosk', 'L2', '--reason', 'it shows more');
  const refused = await citygraph('consumer', 'addresses', 'kiosk', '10.1.0.0/99', '--reason', 'a slip');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/^BAD_USER_INPUT: addresses: expected/)]);

  const changes = await owner.query(
    'select actor_kind, actor, action, reason from citygraph.policy_change order by id',
  );
  expect(changes.rows.map((row: Record<string, unknown>) => Object.values(row).join(' '))).toEqual([
    'command zhao consumer.registered a kiosk',
    'command zhao consumer.token-rotated ',
    'command zhao consumer.addresses-set the city hall',
    'command zhao consumer.expiry-set it stays',
    'command zhao consumer.clearance-set it shows more',
  ]);
  const records = await owner.query<{ told: string }>(
    `select operation_name || ' ' || outcome as told from citygraph.usage_record where principal = 'zhao' order by occurred_at, id`,
  );
  expect(records.rows.map(({ told }) => told).slice(0, 4)).toEqual([
    'consumer register kiosk begun',
    'consumer register kiosk answered',
    'consumer rotate kiosk begun',
    'consumer rotate kiosk answered',
  ]);
  expect(records.rows.at(-1)!.told).toBe('consumer addresses kiosk failed');
});

test('an official and a gateway are registered and suspended', async () => {
  await done('official', 'register', 'auditor-li', '--role', 'auditor', '--department', '150600-data');
  await done('official', 'suspend', 'auditor-li', '--reason', 'on leave');
  const suspended = await owner.query('select name, reason from citygraph.official_suspension');
  expect(suspended.rows).toEqual([{ name: 'auditor-li', reason: 'on leave' }]);
  const key = join(folder, 'key.json');
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  writeFileSync(key, JSON.stringify(await exportJWK(publicKey)));
  const about = ['--department', '150600-data', '--description', 'the platform', '--consumer', 'kiosk'];
  await done('gateway', 'register', 'platform', ...about, '--key', key, '--address', '10.2.0.0/16');
  await done('gateway', 'suspend', 'platform', '--reason', 'an alert');
  const gateways = await owner.query('select name, status, consumers, addresses from citygraph.gateway');
  expect(gateways.rows).toEqual([
    { name: 'platform', status: 'suspended', consumers: ['kiosk'], addresses: ['10.2.0.0/16'] },
  ]);
});

test('a grant is issued without a second approval, which is not the command’s to give', async () => {
  const file = join(folder, 'grant.yml');
  const grant = [
    'code: KIOSK-1',
    'consumer: kiosk',
    'purpose: a purpose',
    'legalBasis: a law',
    'validFrom: 2026-01-01T00:00:00Z',
    'validUntil: 2036-01-01T00:00:00Z',
    'items: [{ coordinate: Resident.name, mode: masked }]',
  ].join('\n');
  writeFileSync(file, `${grant}\napprovedTwice: true\n`);
  expect((await citygraph('grant', 'issue', file)).stderr).toContain('also approvedTwice');
  writeFileSync(file, grant);
  expect(await done('grant', 'issue', file)).toBe('KIOSK-1: 1 items');
  const { rows } = await owner.query('select issued_by, approved_twice, approved_by from citygraph.access_grant');
  expect(rows).toEqual([{ issued_by: 'zhao', approved_twice: false, approved_by: null }]);
});

test('trusted documents are registered from files and manifests, withdrawn, and made the only ones', async () => {
  const idOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const [one, other] = ['query One { __typename }\n', 'query Other { __typename }'];
  const [file, manifest] = [join(folder, 'one.graphql'), join(folder, 'documents.json')];
  writeFileSync(file, one);
  writeFileSync(manifest, JSON.stringify({ [idOf(other)]: other }));
  const words = ['consumer', 'documents'] as const;
  const printed = await done(...words, 'register', 'kiosk', file, manifest, '--reason', 'a release');
  expect(printed.split('\n')).toEqual([idOf(one), idOf(other)]);
  await done(...words, 'withdraw', 'kiosk', idOf(other), '--reason', 'replaced');
  await done(...words, 'only', 'kiosk', 'on', '--reason', 'a rule');
  const { rows } = await owner.query(
    `select c.trusted_documents_only as only, d.document, d.reason, d.registered_by as by
       from citygraph.trusted_document d join citygraph.consumer c on c.id = d.consumer_id where c.name = 'kiosk'`,
  );
  expect(rows).toEqual([{ only: true, document: one, reason: 'a release', by: 'zhao' }]);
  const changes = await owner.query<{ action: string; reason: string }>(
    `select action, reason from citygraph.policy_change where action like 'consumer.documents-%' order by id`,
  );
  expect(changes.rows.map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    'consumer.documents-registered a release',
    'consumer.documents-withdrawn replaced',
    'consumer.documents-only-set a rule',
  ]);
  const { rows: records } = await owner.query<{ outcome: string; arguments: object }>(
    `select outcome, arguments from citygraph.usage_record where operation_name = 'consumer documents register kiosk' order by occurred_at, id`,
  );
  expect(records.map(({ outcome }) => outcome)).toEqual(['begun', 'answered']);
  expect(JSON.stringify(records)).toContain(idOf(one).slice(7));

  writeFileSync(file, '{ nothing }');
  writeFileSync(manifest, JSON.stringify({ [idOf(one)]: other }));
  for (const [args, stderr] of [
    [['register', 'kiosk', file], /^GRAPHQL_VALIDATION_FAILED/],
    [['register', 'kiosk', manifest], /^BAD_USER_INPUT: .*by their SHA-256/],
    [['withdraw', 'kiosk', 'x'], /^BAD_USER_INPUT: ids: expected sha256:/],
    [['only', 'kiosk', 'maybe'], /^BAD_USER_INPUT: only: expected on or off/],
  ] as const) {
    const refused = await citygraph(...words, ...args, '--reason', 'a slip');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(stderr)]);
  }
});
