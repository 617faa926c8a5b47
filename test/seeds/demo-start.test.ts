import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deriveKeyring } from '../../src/keyring.js';
import { libraries } from '../../src/libraries/index.js';
import { createRegistry } from '../../src/model/registry.js';
import { officialRoles } from '../../src/policy/access.js';
import { hashToken } from '../../src/policy/token.js';
import { portraits } from '../../src/portraits/index.js';
import { castDate } from '../../seeds/cast/calendar.js';
import type { DemoCredentials } from '../../seeds/demo-credentials.js';
import { clinicDivision } from '../../seeds/demo-policy.js';
import { type DemoOptions, prepareDemo } from '../../seeds/demo-start.js';
import { createMigratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';

const { coordinates } = createRegistry(libraries, portraits);
const keyring = deriveKeyring(Buffer.alloc(32, 3));
const dataDir = mkdtempSync(join(tmpdir(), 'citygraph-demo-'));
const file = join(dataDir, 'demo-credentials.json');
let database: MigratedDatabase;
const prepare = (changes: Partial<DemoOptions> = {}): Promise<string | null> =>
  prepareDemo({
    url: database.url,
    dataDir,
    keyring,
    coordinates,
    scale: { persons: 600, legalPersons: 60 },
    ...changes,
  });
const read = (): DemoCredentials => JSON.parse(readFileSync(file, 'utf8')) as DemoCredentials;

beforeAll(async () => {
  database = await createMigratedDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

describe('a first start', () => {
  const lines: string[] = [];
  beforeAll(async () => {
    expect(await prepare({ onProgress: (line) => lines.push(line) })).toBe(file);
  });

  test('says what it made', () => {
    expect(lines).toEqual([
      expect.stringMatching(/^Demo data: 600 persons and 60 legal persons, \d+ rows in [\d.]+ s\.$/),
    ]);
  });

  test('writes credentials for their owner alone, in the form that users rely on', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const token = expect.stringMatching(/^[\w-]{43}$/);
    const description = expect.any(String);
    expect(read()).toEqual({
      consumers: {
        'portrait-app': { token, grants: ['DEMO-PORTRAIT'], description },
        dashboard: { token, grants: [], description },
        'clinic-app': { token, grants: ['DEMO-CLINIC'], description },
        'no-grant-app': { token, grants: [], description },
      },
      officials: Object.fromEntries(officialRoles.map((role) => [role, { token }])),
      samples: { idNumbers: expect.any(Array), creditCodes: expect.any(Array) },
    });
  });

  test('its tokens are the ones that the policy knows', async () => {
    expect(await knownTokens()).toEqual(tokensIn(read()));
  });

  test('portrait-app may have everything that can be granted to it, and match every identifier', async () => {
    const granted = await itemsOf('DEMO-PORTRAIT');
    for (const [name, entry] of coordinates) {
      if (
        entry.coordinate !== name ||
        entry.classification.sharing === 'not-shared' ||
        entry.classification.category === 'core'
      )
        continue;
      expect(granted).toContain(`${name} plain`);
      if (entry.matchable) expect(granted).toContain(`${name} match`);
    }
    expect(await grantRow('DEMO-PORTRAIT')).toEqual({ divisions: null, includes_protected: true });
  });

  test('clinic-app has health in plain and identity masked, in one division', async () => {
    const granted = await itemsOf('DEMO-CLINIC');
    expect(granted).toEqual(
      expect.arrayContaining([
        'Person plain',
        'Resident plain',
        'MedicalVisit plain',
        'MedicalVisit.diagnosis plain',
        'Resident.name masked',
        'Resident.idNumber match',
      ]),
    );
    for (const field of ['idNumber', 'name', 'birthDate', 'address', 'telephone'])
      expect(granted).not.toContain(`Resident.${field} plain`);
    expect(await grantRow('DEMO-CLINIC')).toEqual({ divisions: [clinicDivision], includes_protected: false });
  });

  test('samples are living adults whom nothing protects, some of them patients of the clinic, and firms with officers', async () => {
    const { idNumbers, creditCodes } = read().samples;
    expect([new Set(idNumbers).size, new Set(creditCodes).size]).toEqual([20, 20]);
    const { rows: people } = await database.owner.query<{ division: string; visits: number }>(
      `select person_division as division, (select count(*)::int from healthcare.medical_visit v where v.person_id = r.person_id) as visits
         from population.resident r join citygraph.subject_identifier i on i.subject_id = r.person_id and i.is_current
        where i.value = any($1) and r.status = 'NORMAL' and r.person_protected_until = '-infinity'
          and r.birth_date <= date '${castDate}' - interval '18 years'`,
      [idNumbers],
    );
    expect(people.length).toBe(20);
    expect(
      people.filter(({ division, visits }) => division === clinicDivision && visits > 0).length,
    ).toBeGreaterThanOrEqual(5);
    expect(people.some(({ division }) => division !== clinicDivision)).toBe(true);
    const { rows: firms } = await database.owner.query(
      `select i.value from citygraph.subject_identifier i where i.value = any($1)
          and exists (select from legal_person.enterprise e where e.legal_person_id = i.subject_id)
          and exists (select from legal_person.officer o where o.legal_person_id = i.subject_id)`,
      [creditCodes],
    );
    expect(firms.length).toBe(20);
  });
});

describe('later starts', () => {
  test('change nothing', async () => {
    const before = readFileSync(file, 'utf8');
    await prepare();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('make new tokens where the file is gone; the old ones end, grants stay', async () => {
    const before = read();
    rmSync(file);
    await prepare();
    const after = read();
    expect(await knownTokens()).toEqual(tokensIn(after));
    for (const [name, { token }] of Object.entries(before.consumers))
      expect(after.consumers[name]!.token).not.toBe(token);
    expect(after.samples).toEqual(before.samples);
  });

  test('set credentials of a database that is gone aside', async () => {
    const other = await createMigratedDatabase();
    const before = readFileSync(file, 'utf8');
    await prepare({ url: other.url });
    const kept = readdirSync(dataDir).filter((name) => name.endsWith('.old'));
    expect(kept.map((name) => readFileSync(join(dataDir, name), 'utf8'))).toEqual([before]);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
    await other.drop();
  });

  test('leave a pool with data of its own alone', async () => {
    const other = await createMigratedDatabase();
    await other.owner.query(`insert into citygraph.subject (kind) values ('person')`);
    expect(await prepare({ url: other.url })).toBeNull();
    expect((await other.owner.query('select from citygraph.consumer')).rows).toEqual([]);
    await other.drop();
  });
});

function tokensIn({ consumers, officials }: DemoCredentials): string[] {
  return [...Object.values(consumers), ...Object.values(officials)]
    .map(({ token }) => hashToken(token).toString('hex'))
    .sort();
}

async function knownTokens(): Promise<string[]> {
  const { rows } = await database.owner.query<{ hash: string }>(
    `select encode(token_hash, 'hex') as hash from citygraph.consumer union all select encode(token_hash, 'hex') from citygraph.official`,
  );
  return rows.map(({ hash }) => hash).sort();
}

async function itemsOf(code: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ item: string }>(
    `select coordinate || ' ' || mode as item from citygraph.access_grant_item i join citygraph.access_grant g on g.id = i.grant_id where g.code = $1`,
    [code],
  );
  return rows.map(({ item }) => item);
}

async function grantRow(code: string): Promise<unknown> {
  const { rows } = await database.owner.query(
    'select divisions, includes_protected from citygraph.access_grant where code = $1',
    [code],
  );
  return rows[0];
}
