/**
 * Subjects that do not fit, as a caller meets them: numbers that were corrected, of 15 digits, of foreigners; the newborn, the protected,
 * the deceased, closed enterprises; and two subjects that turn out to be one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Kysely, PostgresDialect } from 'kysely';
import { clinicDivision } from '../../seeds/demo-policy.js';
import { registry } from '../../src/app.js';
import { runCommandLine } from '../../src/command-line/command-line.js';
import { digestIdentifier } from '../../src/execution/bind-parameters.js';
import { type Keyring, openKeyring } from '../../src/keyring.js';
import type { IdentifierKind } from '../../src/model/identifier-kind.js';
import {
  computeCreditCodeCheck,
  computeOrganisationCodeCheck,
  computeResidentIdCheck,
} from '../../src/model/identifiers.js';
import { mergeSubjects, type MergeReport } from '../../src/subjects/merge-subjects.js';
import { propagateSubjectScope } from '../../src/subjects/propagate-subject-scope.js';
import { resolveSubjects } from '../../src/subjects/resolve-subjects.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let folder: string;
let keyring: Keyring;
let db: Kysely<unknown>;
/** Adults of the clinic's division, in the household register; each test takes one for itself. */
let residents: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citygraph-subjects-'));
  demo = await startDemoService();
  keyring = openKeyring(demo.keyringFile);
  db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: demo.owner }) });
  const found = await rows(
    `select i.value from citygraph.subject s join citygraph.subject_identifier i on i.subject_id = s.id and i.is_current join population.resident r on r.person_id = s.id
      where s.division = $1 and s.protected_until < current_date and r.status = 'NORMAL' and r.birth_date between '1940-01-01' and '1999-12-31'
        and (select count(*) from citygraph.subject_identifier where subject_id = s.id) = 1 order by s.id`,
    [clinicDivision],
  );
  residents = found.map(({ value }) => value!);
});
afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true });
});

async function rows(text: string, values: unknown[] = []): Promise<Record<string, string | null>[]> {
  return (await demo.owner.query<Record<string, string | null>>(text, values)).rows;
}

let serial = 100;
function newIdNumber(region = '150602', birthDate = '19770707'): string {
  serial += 1;
  const first17 = `${region}${birthDate}${serial}`;
  return first17 + computeResidentIdCheck(first17);
}

function newCreditCode(): string {
  serial += 1;
  const organisation = `MA9K${String(serial).padStart(4, '0')}`;
  const first17 = `91150602${organisation}${computeOrganisationCodeCheck(organisation)}`;
  return first17 + computeCreditCodeCheck(first17);
}

interface Scope {
  readonly division?: string | null;
  readonly protectedUntil?: string;
}

/** As a loader makes one: known by its identifier, with no row anywhere as yet. */
async function makeSubject(
  value: string,
  { division = clinicDivision, protectedUntil = '-infinity' }: Scope = {},
  kind: IdentifierKind = 'resident-id-number',
): Promise<string> {
  const digest = digestIdentifier(keyring.identifiers, kind, value).toString('hex');
  const scopes = await db
    .transaction()
    .execute((transaction) =>
      resolveSubjects(transaction, [{ kind, value, digest, division, protectedUntil }], 'copy'),
    );
  return scopes.get(digest)!.id;
}

async function subjectOf(value: string): Promise<string> {
  const [found] = await rows('select subject_id from citygraph.subject_identifier where value = $1', [value]);
  return found!.subject_id!;
}

async function addFormerNumber(subject: string, value: string, endedAs: string): Promise<void> {
  await rows(
    `insert into citygraph.subject_identifier (subject_id, subject_division, subject_protected_until, kind, digest, value, is_current, ended_as)
     select id, division, protected_until, 'resident-id-number', $2, $3, false, $4 from citygraph.subject where id = $1`,
    [subject, digestIdentifier(keyring.identifiers, 'resident-id-number', value), value, endedAs],
  );
}

/** Somebody's visit becomes his. */
async function giveVisit(subject: string): Promise<string> {
  const [visit] = await rows(
    `update healthcare.medical_visit v set person_id = s.id, person_division = s.division, person_protected_until = s.protected_until
       from citygraph.subject s where s.id = $1 and v.id = (select v.id from healthcare.medical_visit v join citygraph.subject_identifier i on i.subject_id = v.person_id
       where i.value <> all($2) and v.visit_number not like 'T-%' order by v.id limit 1) returning v.id`,
    [subject, residents],
  );
  const number = `T-${visit!.id}`;
  await rows('update healthcare.medical_visit set visit_number = $2 where id = $1', [visit!.id, number]);
  return number;
}

async function register(subject: string, name: string, birthDate = '1977-07-07'): Promise<void> {
  await rows(
    `insert into population.resident (person_id, person_division, person_protected_until, name, status, birth_date, provider, resource, collected_at)
     select id, division, protected_until, $2, 'NORMAL', $3, '150600-public-security', '3/06/01/001/000001', now() from citygraph.subject where id = $1`,
    [subject, name, birthDate],
  );
}

const selection =
  'id registration { name idNumber status statusSince } medicalVisits(first: 100) { nodes { visitNumber } }';
const lookUp = (principal: string, id: string): Promise<Answer> =>
  demo.ask(principal, `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { ${selection} } }`, { id });
const refetch = (principal: string, id: string): Promise<Answer> =>
  demo.ask(principal, `query ($id: ID!) { person(id: $id) { ${selection} } }`, { id });
const noticesOf = (answer: Answer): { path: string[]; code: string }[] | undefined =>
  (JSON.parse(answer.text) as { extensions: { notices?: { path: string[]; code: string }[] } }).extensions.notices?.map(
    ({ path, code }) => ({ path, code }),
  );
const withoutRecordId = (answer: Answer): string => answer.textWithoutUsage;
const numbersOf = (visits: { nodes: { visitNumber: string }[] }): string[] =>
  visits.nodes.map(({ visitNumber }) => visitNumber);
const merge = (from: string, into: string): Promise<MergeReport> =>
  mergeSubjects(db, registry.datasets.values(), { from, into });

describe('numbers that are not the current one', () => {
  test('a corrected number finds its holder, under the current number, and the answer says so', async () => {
    const current = residents.pop()!;
    const former = newIdNumber();
    await addFormerNumber(await subjectOf(current), former, 'corrected');
    const answer = await lookUp('portrait-app', former);
    expect(answer.codes).toEqual([]);
    expect(answer.data.personPortrait.registration.idNumber).toBe(current);
    expect(noticesOf(answer)).toEqual([{ path: ['personPortrait'], code: 'IDENTIFIER_SUPERSEDED' }]);
    expect(noticesOf(await lookUp('portrait-app', current))).toBeUndefined();

    // Who may match and not read is told that his number is history, and not the one that holds.
    const masked = await lookUp('clinic-app', former);
    expect(masked.data.personPortrait.registration.idNumber).toBe(`${current.slice(0, 6)}${'*'.repeat(12)}`);
    expect(noticesOf(masked)).toEqual([{ path: ['personPortrait'], code: 'IDENTIFIER_SUPERSEDED' }]);
    expect(masked.text).not.toContain(current);

    // Who may not match gets the bytes of a number that nobody ever had.
    for (const principal of ['no-grant-app', 'public']) {
      expect(withoutRecordId(await lookUp(principal, former))).toBe(
        withoutRecordId(await lookUp(principal, newIdNumber())),
      );
    }
  });

  test('the 15-digit form finds its holder, and is nothing to speak of', async () => {
    const current = residents.pop()!;
    const answer = await lookUp('portrait-app', current.slice(0, 6) + current.slice(8, 17));
    expect(answer.data.personPortrait.registration.idNumber).toBe(current);
    expect(noticesOf(answer)).toBeUndefined();
    // It is upgraded to what is history where that number was corrected later.
    const [holder, former] = [residents.pop()!, newIdNumber()];
    await addFormerNumber(await subjectOf(holder), former, 'corrected');
    const other = await lookUp('portrait-app', former.slice(0, 6) + former.slice(8, 17));
    expect(other.data.personPortrait.registration.idNumber).toBe(holder);
    expect(noticesOf(other)).toEqual([{ path: ['personPortrait'], code: 'IDENTIFIER_SUPERSEDED' }]);
  });

  test('each look-up of an operation has its own notice, under its alias', async () => {
    const [holder, former] = [residents.pop()!, newIdNumber()];
    await addFormerNumber(await subjectOf(holder), former, 'replaced');
    const answer = await demo.ask(
      'portrait-app',
      'query ($a: ResidentIdNumber!, $b: ResidentIdNumber!) { now: personPortrait(idNumber: $a) { id } once: personPortrait(idNumber: $b) { id } }',
      { a: holder, b: former },
    );
    expect(answer.data.now).toEqual(answer.data.once);
    expect(noticesOf(answer)).toEqual([{ path: ['once'], code: 'IDENTIFIER_SUPERSEDED' }]);
  });
});

describe('who is not in every library', () => {
  test('a foreign permanent resident whom healthcare alone knows has a portrait without registration', async () => {
    const number = newIdNumber('915496');
    const visit = await giveVisit(await makeSubject(number));
    const { codes, data } = await lookUp('portrait-app', number);
    expect(codes).toEqual([]);
    expect(data.personPortrait).toEqual({
      id: expect.any(String),
      registration: null,
      medicalVisits: { nodes: [{ visitNumber: visit }] },
    });
    expect((await lookUp('clinic-app', number)).data.personPortrait.medicalVisits.nodes).toHaveLength(1);
  });

  test('a newborn has nothing but its registration, and is there for grants that include the protected alone', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const number = newIdNumber('150602', today.replaceAll('-', ''));
    const subject = await makeSubject(number, { protectedUntil: `${Number(today.slice(0, 4)) + 14}${today.slice(4)}` });
    await register(subject, '新生儿', today);
    // Provenance tells of sections, whoever is asked for; what it says of none has a test of its own.
    const relations = [...registry.portraits.get('Person')!.fields.values()].filter(
      ({ kind }) => kind !== 'id' && kind !== 'identifier' && kind !== 'provenance',
    );
    const everything = relations
      .map(({ kind, name }) => `${name} { ${kind === 'many' ? 'nodes { __typename }' : '__typename'} }`)
      .join(' ');
    const { codes, data } = await demo.ask(
      'portrait-app',
      `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { ${everything} } }`,
      { id: number },
    );
    expect(codes).toEqual([]);
    const expected = relations.map(({ kind, name }) => [
      name,
      name === 'registration' ? { __typename: 'Resident' } : kind === 'many' ? { nodes: [] } : null,
    ]);
    expect(data.personPortrait).toEqual(Object.fromEntries(expected as [string, unknown][]));
    expect(withoutRecordId(await lookUp('clinic-app', number))).toBe(
      withoutRecordId(await lookUp('clinic-app', newIdNumber())),
    );
  });

  test('a protected person is there for grants that include the protected alone', async () => {
    const number = residents.pop()!;
    const id = await subjectOf(number);
    const sealed = (await lookUp('clinic-app', number)).data.personPortrait.id as string;
    await db
      .transaction()
      .execute((transaction) =>
        propagateSubjectScope(transaction, registry.datasets.values(), [
          { id, division: clinicDivision, protectedUntil: 'infinity' },
        ]),
      );
    expect((await lookUp('clinic-app', number)).data).toEqual({ personPortrait: null });
    expect((await refetch('clinic-app', sealed)).data).toEqual({ person: null });
    expect((await lookUp('portrait-app', number)).data.personPortrait.registration.idNumber).toBe(number);
  });

  test('the deceased are there, with their status', async () => {
    const [found] =
      await rows(`select i.value, r.status_since::text as since from population.resident r join citygraph.subject_identifier i on i.subject_id = r.person_id and i.is_current
      where r.status = 'DECEASED' order by r.id limit 1`);
    const { codes, data } = await lookUp('portrait-app', found!.value!);
    expect(codes).toEqual([]);
    expect(data.personPortrait.registration).toMatchObject({
      idNumber: found!.value,
      status: 'DECEASED',
      statusSince: found!.since,
    });
  });

  test('a closed enterprise is there for everyone, with its status and when it closed', async () => {
    const [closed] =
      await rows(`select i.value, e.status, e.closed_on::text as on from legal_person.enterprise e join citygraph.subject_identifier i on i.subject_id = e.legal_person_id and i.is_current
      where e.closed_on is not null order by e.id limit 1`);
    const { codes, data } = await demo.ask(
      'public',
      'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { registration { creditCode status closedOn } } }',
      { code: closed!.value },
    );
    expect(codes).toEqual([]);
    expect(data.enterprisePortrait.registration).toEqual({
      creditCode: closed!.value,
      status: closed!.status,
      closedOn: closed!.on,
    });
  });
});

describe('closed enterprises and their successors', () => {
  interface Enterprise {
    readonly code: string;
    readonly name: string;
    readonly id: string;
  }

  async function registerEnterprise(name: string, closedOn: string | null): Promise<Enterprise> {
    const code = newCreditCode();
    const id = await makeSubject(code, {}, 'unified-social-credit-code');
    await rows(
      `insert into legal_person.enterprise (legal_person_id, legal_person_division, name, status, closed_on, provider, resource, collected_at)
       select id, division, $2, $3, $4, '150600-market-regulation', '3/06/02/001/000001', now() from citygraph.subject where id = $1`,
      [id, name, closedOn === null ? '1' : '4', closedOn],
    );
    return { code, name, id };
  }

  async function succeed(from: Enterprise, to: Enterprise, number: number, kind: string, on: string): Promise<void> {
    await rows(
      `insert into legal_person.enterprise_succession
         (legal_person_id, legal_person_division, successor_id, successor_division, succession_number, successor_name, kind, effective_on, assumes_debts, provider, resource, collected_at)
       select a.id, a.division, b.id, b.division, $3, $4, $5, $6, true, '150600-market-regulation', '3/06/02/001/000009', now()
         from citygraph.subject a, citygraph.subject b where a.id = $1 and b.id = $2`,
      [from.id, to.id, number, to.name, kind, on],
    );
  }

  const portrait = (principal: string, code: string, fields: string): Promise<Answer> =>
    demo.ask(
      principal,
      `query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { registration { name status closedOn } ${fields} } }`,
      { code },
    );

  test('a chain of successions is walked from the first to the last and back, whatever closed on the way', async () => {
    const first = await registerEnterprise('甲煤炭公司', '2015-06-30');
    const second = await registerEnterprise('乙煤炭公司', '2020-03-31');
    const third = await registerEnterprise('丙能源公司', null);
    await succeed(first, second, 1, 'MERGER', '2015-06-30');
    await succeed(second, third, 1, 'TAKEOVER', '2020-03-31');

    const step = 'kind effectiveOn successorName successor { registration { name status closedOn }';
    const onwards = await portrait(
      'public',
      first.code,
      `successions { nodes { ${step} successions { nodes { ${step} } } } } } }`,
    );
    expect(onwards.codes).toEqual([]);
    expect(onwards.data.enterprisePortrait).toEqual({
      registration: { name: first.name, status: '4', closedOn: '2015-06-30' },
      successions: {
        nodes: [
          {
            kind: 'MERGER',
            effectiveOn: '2015-06-30',
            successorName: second.name,
            successor: {
              registration: { name: second.name, status: '4', closedOn: '2020-03-31' },
              successions: {
                nodes: [
                  {
                    kind: 'TAKEOVER',
                    effectiveOn: '2020-03-31',
                    successorName: third.name,
                    successor: { registration: { name: third.name, status: '1', closedOn: null } },
                  },
                ],
              },
            },
          },
        ],
      },
    });
    // Closed is not merged: the answer is the closed enterprise itself.
    expect(noticesOf(onwards)).toBeUndefined();

    const back = await portrait(
      'public',
      third.code,
      'predecessors { nodes { legalPerson { registration { name } predecessors { nodes { legalPerson { registration { name } } } } } } }',
    );
    expect(back.data.enterprisePortrait.predecessors).toEqual({
      nodes: [
        {
          legalPerson: {
            registration: { name: second.name },
            predecessors: { nodes: [{ legalPerson: { registration: { name: first.name } } }] },
          },
        },
      ],
    });
    expect((await portrait('public', third.code, 'successions { nodes { kind } }')).data.enterprisePortrait).toEqual({
      registration: { name: third.name, status: '1', closedOn: null },
      successions: { nodes: [] },
    });
  });

  test('one that was divided has each of its successors, one of them beyond the pool by name alone', async () => {
    const divided = await registerEnterprise('丁商贸公司', '2021-12-31');
    const part = await registerEnterprise('戊商贸公司', null);
    await succeed(divided, part, 1, 'DIVISION', '2021-12-31');
    await succeed(divided, part, 2, 'DIVISION', '2021-12-31');
    await rows(
      `update legal_person.enterprise_succession set successor_id = null, successor_division = null, successor_name = '己商贸公司' where legal_person_id = $1 and succession_number = '2'`,
      [divided.id],
    );
    const { codes, data } = await portrait(
      'public',
      divided.code,
      'successions(orderBy: [SUCCESSOR_NAME_ASC]) { nodes { kind successorName successor { registration { name } } } }',
    );
    expect(codes).toEqual([]);
    expect(data.enterprisePortrait.successions.nodes).toEqual([
      { kind: 'DIVISION', successorName: '己商贸公司', successor: null },
      { kind: 'DIVISION', successorName: part.name, successor: { registration: { name: part.name } } },
    ]);
  });

  test('a legal person that one library alone knows has a portrait without registration', async () => {
    const code = newCreditCode();
    const id = await makeSubject(code, {}, 'unified-social-credit-code');
    await rows(
      `update ecology.pollution_source set legal_person_id = $1, legal_person_division = $2 where id = (select max(id) from ecology.pollution_source)`,
      [id, clinicDivision],
    );
    const { codes, data } = await portrait(
      'portrait-app',
      code,
      'pollutionSources { nodes { division } } successions { nodes { kind } } officers { nodes { name } }',
    );
    expect(codes).toEqual([]);
    expect(data.enterprisePortrait).toEqual({
      registration: null,
      pollutionSources: { nodes: [{ division: clinicDivision }] },
      successions: { nodes: [] },
      officers: { nodes: [] },
    });
  });
});

describe('two subjects that are one', () => {
  test('are merged by a command: either identifier and either id lead to the survivor, and the answer says so', async () => {
    const [number, doubled] = [residents.pop()!, newIdNumber()];
    const double = await makeSubject(doubled, { division: '150622' });
    const visit = await giveVisit(double);
    const before = await lookUp('portrait-app', number);
    const sealed = (await lookUp('portrait-app', doubled)).data.personPortrait.id as string;
    expect((await lookUp('clinic-app', doubled)).data).toEqual({ personPortrait: null });

    const printed = await runMerge(['--from', doubled, '--into', number, '--reason', '同一人重复建档']);
    expect(printed).toEqual(['identifiers  1', 'MedicalVisit  1 moved, 0 dropped as doubles']);

    const survivor = await lookUp('portrait-app', number);
    expect(noticesOf(survivor)).toBeUndefined();
    expect(survivor.data.personPortrait.id).toBe(before.data.personPortrait.id);
    expect(numbersOf(survivor.data.personPortrait.medicalVisits).sort()).toEqual(
      [...numbersOf(before.data.personPortrait.medicalVisits), visit].sort(),
    );
    const byOld = await lookUp('portrait-app', doubled);
    expect(byOld.data).toEqual(survivor.data);
    expect(noticesOf(byOld)).toEqual([{ path: ['personPortrait'], code: 'SUBJECT_MERGED' }]);
    const byOldId = await refetch('portrait-app', sealed);
    expect(byOldId.data.person).toEqual(survivor.data.personPortrait);
    expect(noticesOf(byOldId)).toEqual([{ path: ['person'], code: 'SUBJECT_MERGED' }]);
    const { subjects } = (await demo.recordOf(byOldId.recordId))!;
    expect(subjects.split(';')[0]).toBe(await subjectOf(number));
    // The moved rows are where the survivor is, for those who see that division.
    expect(numbersOf((await lookUp('clinic-app', doubled)).data.personPortrait.medicalVisits)).toContain(visit);
    // Who loads a row under the old number afterwards writes it to the survivor.
    expect(await makeSubject(doubled)).toBe(await subjectOf(number));

    const recorded = await rows(
      `select outcome, principal, arguments, row_counts from citygraph.usage_record where operation_name = 'subject merge' order by occurred_at, id`,
    );
    const digests = {
      from: expect.stringMatching(/^digest:/),
      into: expect.stringMatching(/^digest:/),
      reason: '同一人重复建档',
    };
    expect(recorded).toEqual([
      { outcome: 'begun', principal: 'li', arguments: digests, row_counts: [] },
      {
        outcome: 'answered',
        principal: 'li',
        arguments: { ...digests, fromSubject: double, intoSubject: await subjectOf(number), identifiers: 1 },
        row_counts: [1],
      },
    ]);
    expect(
      await rows('select id from citygraph.usage_record r where r::text like any($1)', [
        [`%${number}%`, `%${doubled}%`],
      ]),
    ).toEqual([]);
  });

  test('a command with an identifier in its reason, or one that nobody knows, changes nothing', async () => {
    const number = residents.pop()!;
    await expect(runMerge(['--from', newIdNumber(), '--into', number, '--reason', '重复'])).rejects.toThrow(
      /BAD_USER_INPUT: --from: expected an identifier that the pool knows/,
    );
    await expect(runMerge(['--from', newIdNumber(), '--into', number, '--reason', `即${number}`])).rejects.toThrow(
      /BAD_USER_INPUT: --reason/,
    );
    await expect(runMerge(['--from', newIdNumber(), '--into', '12', '--reason', '重复'])).rejects.toThrow(
      /INVALID_IDENTIFIER: --into/,
    );
  });

  test('legal persons too, and everyone who may match is told', async () => {
    const [code, doubled] = [demo.credentials.samples.creditCodes[0]!, newCreditCode()];
    const double = await makeSubject(doubled, {}, 'unified-social-credit-code');
    await rows(
      `update legal_person.officer set legal_person_id = $1, officer_number = 'T-1' where id = (select max(id) from legal_person.officer)`,
      [double],
    );
    await merge(double, await subjectOf(code));
    const answer = await demo.ask(
      'public',
      'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { registration { creditCode } officers(first: 100) { nodes { name division } } } }',
      { code: doubled },
    );
    expect(answer.data.enterprisePortrait.registration.creditCode).toBe(code);
    const [{ division }] = (await rows('select division from citygraph.subject where id = $1', [
      await subjectOf(code),
    ])) as [{ division: string }];
    expect(
      new Set(answer.data.enterprisePortrait.officers.nodes.map((node: { division: string }) => node.division)),
    ).toEqual(new Set([division]));
    expect(noticesOf(answer)).toEqual([{ path: ['enterprisePortrait'], code: 'SUBJECT_MERGED' }]);
  });

  test('no row of any dataset is left behind, and each has the division of the survivor', async () => {
    const pairs = [
      [residents.pop()!, await makeSubject(newIdNumber(), { division: '150622' })],
      [
        demo.credentials.samples.creditCodes[1]!,
        await makeSubject(newCreditCode(), { division: '150622' }, 'unified-social-credit-code'),
      ],
    ] as const;
    for (const [value, into] of pairs) {
      const from = await subjectOf(value);
      const held = async (id: string): Promise<string[]> => {
        const found: string[] = [];
        for (const { name, schema, table, fields } of registry.datasets.values()) {
          for (const field of fields.values()) {
            if (field.kind !== 'subject') continue;
            const [row] = await rows(
              `select count(*) as rows, string_agg(distinct ${field.divisionColumn}, ',') as division from ${schema}.${table} where ${field.idColumn} = $1`,
              [id],
            );
            if (row!.rows !== '0')
              found.push(`${name}.${field.name} ${row!.rows} ${id === into ? row!.division : '150622'}`);
          }
        }
        return found;
      };
      const before = await held(from);
      expect(before.length).toBeGreaterThanOrEqual(2);
      await merge(from, into);
      expect(await held(from)).toEqual([]);
      expect(await held(into)).toEqual(before);
    }
  });

  test('a merge of who was merged into leads both to the last, in one step', async () => {
    const numbers = [newIdNumber(), newIdNumber(), residents.pop()!] as const;
    const [first, second] = [await makeSubject(numbers[0]), await makeSubject(numbers[1])];
    const sealed = (await lookUp('portrait-app', numbers[0])).data.personPortrait.id as string;
    await merge(first, second);
    await merge(second, await subjectOf(numbers[2]));
    for (const number of numbers)
      expect((await lookUp('portrait-app', number)).data.personPortrait.registration.idNumber).toBe(numbers[2]);
    expect((await refetch('portrait-app', sealed)).data.person.registration.idNumber).toBe(numbers[2]);
    expect(
      await rows('select distinct merged_into::text as into from citygraph.subject where id in ($1, $2)', [
        first,
        second,
      ]),
    ).toEqual([{ into: await subjectOf(numbers[2]) }]);
  });

  test('protection is never lost by a merge', async () => {
    const [number, doubled] = [residents.pop()!, newIdNumber()];
    const double = await makeSubject(doubled, { protectedUntil: 'infinity' });
    await giveVisit(double);
    await merge(double, await subjectOf(number));
    for (const id of [number, doubled]) expect((await lookUp('clinic-app', id)).data).toEqual({ personPortrait: null });
    expect((await lookUp('portrait-app', doubled)).data.personPortrait.registration.idNumber).toBe(number);
  });

  test('rows that would stand twice under a key stay once where they say the same', async () => {
    const [child, one, other] = [
      await makeSubject(newIdNumber()),
      await makeSubject(newIdNumber()),
      await makeSubject(newIdNumber()),
    ];
    for (const [parent, collectedAt] of [
      [one, '2026-01-01'],
      [other, '2026-02-02'],
    ] as const)
      await relate(child, parent, 'FATHER', collectedAt);
    await relate(one, child, 'MOTHER');
    expect((await merge(one, other)).datasets).toEqual([{ dataset: 'ParentChild', moved: 1, dropped: 1 }]);
    expect(
      await rows(
        'select child_id::text as child, parent_id::text as parent, role from population.parent_child where $1 in (child_id, parent_id) order by role',
        [other],
      ),
    ).toEqual([
      { child, parent: other, role: 'FATHER' },
      { child: other, parent: child, role: 'MOTHER' },
    ]);
  });

  test('what is computed does not contradict: the survivor keeps its own until it is computed anew', async () => {
    const [one, other] = [await makeSubject(newIdNumber()), await makeSubject(newIdNumber())];
    await register(one, '王芳');
    await register(other, '王方');
    const computed = { ...registry.datasets.get('Resident')!, derivedFrom: ['MedicalVisit.visitedOn'] };
    expect((await mergeSubjects(db, [computed], { from: one, into: other })).datasets).toEqual([
      { dataset: 'Resident', moved: 0, dropped: 1 },
    ]);
    expect(await rows('select name from population.resident where person_id in ($1, $2)', [one, other])).toEqual([
      { name: '王方' },
    ]);
  });

  describe('are left as they are', () => {
    const refused = async (from: string, into: string, message: RegExp): Promise<void> => {
      const state = () =>
        rows(
          'select s::text, (select string_agg(i::text, $1 order by id) from citygraph.subject_identifier i where i.subject_id = s.id) as identifiers from citygraph.subject s where id in ($2, $3) order by id',
          ['|', from, into],
        );
      const before = await state();
      await expect(merge(from, into)).rejects.toThrow(
        expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringMatching(message) }),
      );
      expect(await state()).toEqual(before);
    };

    test('where their rows contradict each other: the datasets are named', async () => {
      const [one, other, child] = [
        await makeSubject(newIdNumber()),
        await makeSubject(newIdNumber()),
        await makeSubject(newIdNumber()),
      ];
      const visit = await giveVisit(one);
      await register(one, '王芳');
      await register(other, '王方');
      await relate(child, one, 'FATHER');
      await relate(child, other, 'MOTHER');
      await refused(one, other, /different ones in Resident, ParentChild; have their providers/);
      expect(
        await rows('select person_id::text as id from healthcare.medical_visit where visit_number = $1', [visit]),
      ).toEqual([{ id: one }]);
      await rows(`update population.resident set name = '王方' where person_id = $1`, [one]);
      await rows(`update population.parent_child set role = 'MOTHER' where parent_id = $1`, [one]);
      expect(
        (await merge(one, other)).datasets
          .map(({ dataset, moved, dropped }) => `${dataset} ${moved} ${dropped}`)
          .sort(),
      ).toEqual(['MedicalVisit 1 0', 'ParentChild 0 1', 'Resident 0 1']);
    });

    test('where a row relates the two to each other', async () => {
      const [one, other] = [await makeSubject(newIdNumber()), await makeSubject(newIdNumber())];
      await relate(one, other, 'FATHER');
      await refused(one, other, /stand in one row of ParentChild/);
      await refused(other, one, /stand in one row of ParentChild/);
    });

    test('where they are one already, of two kinds, merged before, or not there', async () => {
      const [one, other, third] = [
        await makeSubject(newIdNumber()),
        await makeSubject(newIdNumber()),
        await makeSubject(newIdNumber()),
      ];
      const firm = await makeSubject(newCreditCode(), {}, 'unified-social-credit-code');
      await refused(one, one, /got the same one twice/);
      await refused(one, firm, /of one kind, got a person and a legal-person/);
      await refused(one, '999999999999', /not there/);
      await merge(one, other);
      await refused(one, third, /merged already/);
      await refused(third, one, /merged already/);
    });
  });

  test('two merges at once, one into the other, end with every identifier at a subject that stands for itself', async () => {
    const numbers = [newIdNumber(), newIdNumber(), newIdNumber()];
    const [a, b, c] = [await makeSubject(numbers[0]!), await makeSubject(numbers[1]!), await makeSubject(numbers[2]!)];
    await Promise.allSettled([merge(a, b), merge(b, c)]);
    const found = await rows(
      'select s.merged_into from citygraph.subject_identifier i join citygraph.subject s on s.id = i.subject_id where i.value = any($1)',
      [numbers],
    );
    expect(found.map(({ merged_into: into }) => into)).toEqual([null, null, null]);
    const chains = await rows(
      'select from citygraph.subject s join citygraph.subject t on t.id = s.merged_into where t.merged_into is not null',
    );
    expect(chains).toEqual([]);
  });
});

async function relate(child: string, parent: string, role: string, collectedAt = '2026-01-01'): Promise<void> {
  await rows(
    `insert into population.parent_child (child_id, parent_id, role, kind, provider, resource, collected_at) values ($1, $2, $3, 'BIRTH', '150600-public-security', '3/06/01/001/000007', $4)`,
    [child, parent, role, collectedAt],
  );
}

/** @returns what it printed @throws what it complained of */
async function runMerge(options: readonly string[]): Promise<string[]> {
  const printed: string[] = [];
  const complaints: string[] = [];
  const out = jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  const err = jest.spyOn(console, 'error').mockImplementation((text: string) => void complaints.push(text));
  const environment = { DATABASE_URL: demo.url, KEYRING_FILE: demo.keyringFile, DATA_DIR: folder };
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const code = await runCommandLine(['node', 'citygraph', 'subject', 'merge', '--as', 'li', ...options]);
    if (code !== 0) throw new Error(complaints.join('\n'));
    return printed;
  } finally {
    for (const name of Object.keys(environment)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    out.mockRestore();
    err.mockRestore();
  }
}
