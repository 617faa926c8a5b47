/** The first slice from outside: over HTTP, as each kind of caller, with an eye on what reaches PostgreSQL and what is on record. */
import { print } from 'graphql';
import { PortraitForTestDocument, type PortraitForTestQuery } from '../../generated/operations.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect } from 'kysely';
import { clinicDivision } from '../../seeds/demo-policy.js';
import { registry } from '../../src/app.js';
import { findableColumns, orderValueOf } from '../../src/model/connection-type.js';
import type { ColumnField, Dataset } from '../../src/model/declaration.js';
import { officialRoles } from '../../src/policy/access.js';
import { propagateSubjectScope } from '../../src/subjects/propagate-subject-scope.js';
import type { CapturedStatement } from '../support/capture-statements.js';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let idNumber: string;
let creditCode: string;

beforeAll(async () => {
  demo = await startDemoService();
  idNumber = demo.credentials.samples.idNumbers[0]!;
  creditCode = demo.credentials.samples.creditCodes[0]!;
  // Of the columns that may be ordered by, some are to have no value.
  await rows(
    `update legal_person.enterprise set industry = null, registered_capital = null, established_on = null where id % 5 = 0`,
  );
  await rows(`update legal_person.officer set position = null, appointed_on = null where id % 6 = 0`);
  await rows(`update population.resident set birth_date = null, town = null, sex = null where id % 7 = 0`);
});
afterAll(() => demo.stop());

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, string | null>[]> {
  return (await demo.owner.query<Record<string, string | null>>(sql, values)).rows;
}

async function row(sql: string, values: unknown[] = []): Promise<Record<string, string | null>> {
  const [found] = await rows(sql, values);
  if (!found) throw new Error('expected a row, found none');
  return found;
}

const personBy = `select s.id, i.value as id_number, r.name, r.birth_date::text as birth_date, r.telephone, r.address, s.division, r.sex, r.status
  from citygraph.subject s join citygraph.subject_identifier i on i.subject_id = s.id and i.is_current join population.resident r on r.person_id = s.id`;
const ask = (...given: Parameters<DemoService['ask']>): Promise<Answer> => demo.ask(...given);
const portrait = (principal: string, selection: string, id = idNumber): Promise<Answer> =>
  ask(principal, `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { ${selection} } }`, { id });

/** A number of right form that nobody has. */
function unusedIdNumber(): string {
  const body = '15060219000101999';
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + '10X98765432'[sum % 11]!;
}

const withoutRecordId = (answer: Answer): string => answer.textWithoutUsage;

describe('a typed document of codegen.yml', () => {
  test('asks what it says, and its answer has the type it says', async () => {
    const idNumber = demo.credentials.samples.idNumbers[0]!;
    const { data } = await demo.ask('portrait-app', print(PortraitForTestDocument), { idNumber });
    const person: PortraitForTestQuery['personPortrait'] = data.personPortrait;
    expect(person?.registration?.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('a person portrait over the three libraries', () => {
  const selection = `id registration { name idNumber birthDate } offices { nodes { position legalPerson { registration { name } } } }
    medicalVisits(first: 3) { nodes { visitedOn diagnosis } }`;

  test('is one library statement, and what it says is what the pool holds', async () => {
    const { id_number: holder, ...person } =
      await row(`${personBy} where exists (select from legal_person.officer o where o.person_id = s.id)
      and exists (select from healthcare.medical_visit v where v.person_id = s.id) and r.birth_date is not null limit 1`);
    const { result, libraryStatements } = await demo.capture(() => portrait('portrait-app', selection, holder!));
    expect(result.codes).toEqual([]);
    const { registration, offices, medicalVisits } = result.data.personPortrait;
    expect(registration).toEqual({ name: person.name, idNumber: holder, birthDate: person.birth_date });
    const held = await rows(
      'select e.name from legal_person.officer o join legal_person.enterprise e using (legal_person_id) where o.person_id = $1 order by o.id',
      [person.id],
    );
    expect(offices.nodes.flatMap((node: Json) => node.legalPerson.registration?.name ?? [])).toEqual(
      held.map(({ name }) => name),
    );
    const visits = await rows(
      'select visited_on::text as "visitedOn", diagnosis from healthcare.medical_visit where person_id = $1 order by id limit 3',
      [person.id],
    );
    expect(medicalVisits.nodes).toEqual(visits);

    expect(libraryStatements).toHaveLength(1);
    for (const table of ['"population"."resident"', '"legal_person"."officer"', '"healthcare"."medical_visit"'])
      expect(libraryStatements[0]!.text).toContain(table);
    const record = await demo.recordOf(result.recordId);
    expect(record).toMatchObject({
      principal: 'portrait-app',
      kind: 'query',
      outcome: 'answered',
      grants: ['DEMO-PORTRAIT'],
      error_codes: [],
    });
    expect(record!.subjects.split(';')[0]).toBe(person.id);
    expect(record!.row_counts.at(-1)).toBe(visits.length);
  });

  test('is one library statement again when it comes from a plan that was made before, under a name', async () => {
    for (let use = 0; use < 4; use++) {
      const { result, libraryStatements } = await demo.capture(() => portrait('portrait-app', selection));
      expect([result.codes, libraryStatements.length]).toEqual([[], 1]);
    }
  });
});

describe('a masked and partly denied portrait', () => {
  const resident = registry.datasets.get('Resident')!;
  const mode = (name: string): 'plain' | 'mask' | 'deny' => {
    if (['division', 'sex', 'status', 'provider', 'resource', 'collectedAt'].includes(name)) return 'plain';
    return [
      'name',
      'formerName',
      'birthDate',
      'address',
      'registeredAddress',
      'telephone',
      'statusSince',
      'movedInOn',
    ].includes(name)
      ? 'mask'
      : 'deny';
  };
  const columns = [...resident.fields.values()].filter((field): field is ColumnField => field.kind === 'column');

  test('holds no denied column in its statement, and the plain form of no masked one', async () => {
    const selection = `registration { idNumber ${columns.map(({ name }) => name).join(' ')} }`;
    const { result, libraryStatements } = await demo.capture(() => portrait('clinic-app', selection));
    expect(libraryStatements).toHaveLength(1);
    const { text } = libraryStatements[0]!;
    const { registration } = result.data.personPortrait;
    for (const { name, column, maskedColumn, control } of columns) {
      if (mode(name) === 'plain') expect(text).toContain(`."${column}"`);
      if (mode(name) === 'mask') expect(text).toContain(`."${maskedColumn}"`);
      if (mode(name) !== 'plain' && !control) expect(text).not.toContain(`."${column}"`);
      if (mode(name) === 'deny') expect([name, registration[name]]).toEqual([name, null]);
    }
    expect(text).toContain('"value_masked"');
    expect(text).not.toContain('."value"');
    const denied = columns.filter(({ name }) => mode(name) === 'deny').map(({ name }) => `Resident.${name}`);
    expect(result.codes).toEqual(denied.map(() => 'FIELD_DENIED'));
    expect(result.errors.map(({ extensions }) => extensions.coordinate)).toEqual(denied);
  });

  test('shows masked values as the mask says, and plain ones as they are', async () => {
    const person = await row(`${personBy} where i.value = $1`, [idNumber]);
    const { data } = await portrait(
      'clinic-app',
      'registration { idNumber name birthDate telephone address sex status division }',
    );
    expect(data.personPortrait.registration).toEqual({
      idNumber: `${idNumber.slice(0, 6)}${'*'.repeat(12)}`,
      name: `${[...person.name!][0]}**`,
      birthDate: person.birth_date?.slice(0, 4) ?? null,
      telephone: `${person.telephone!.slice(0, 3)}******${person.telephone!.slice(-2)}`,
      address: person.division,
      sex: person.sex,
      status: person.status,
      division: clinicDivision,
    });
  });

  test('may not be filtered or ordered by what is masked, not even within the argument of a variable', async () => {
    for (const argument of [
      'filter: { name: { eq: "王芳" } }',
      'orderBy: [NAME_ASC]',
      'filter: { or: [{ not: { birthDate: { isNull: true } } }] }',
    ]) {
      const { result, libraryStatements } = await demo.capture(() =>
        ask('clinic-app', `{ persons(${argument}) { nodes { id } } }`),
      );
      expect([result.codes, result.data, libraryStatements]).toEqual([['ARGUMENT_DENIED'], { persons: null }, []]);
    }
    const { codes } = await ask('clinic-app', 'query ($f: ResidentFilter) { persons(filter: $f) { nodes { id } } }', {
      f: { birthDate: { gte: '1980-01-01' } },
    });
    expect(codes).toEqual(['ARGUMENT_DENIED']);
  });
});

describe('who may not match', () => {
  test('gets the same bytes for a number that exists and for one that does not, and no SQL runs', async () => {
    for (const principal of ['no-grant-app', 'dashboard', 'public', 'auditor']) {
      const answers: Answer[] = [];
      for (const id of [idNumber, unusedIdNumber()]) {
        const { result, statements } = await demo.capture(() =>
          portrait(principal, 'id registration { name idNumber }', id),
        );
        expect(statements.filter(({ purpose }) => purpose.startsWith('reader'))).toEqual([]);
        answers.push(result);
      }
      expect(answers.map(({ status, codes, data }) => ({ status, codes, data }))).toEqual(
        Array(2).fill({ status: 200, codes: ['ARGUMENT_DENIED'], data: { personPortrait: null } }),
      );
      expect(withoutRecordId(answers[0]!)).toBe(withoutRecordId(answers[1]!));
    }
  });

  test('a number that may be matched finds nobody for who may not know that persons are there, hit or miss', async () => {
    const { token } = await demo.policy.registerConsumer({
      name: 'match-alone',
      department: '150600-health',
      description: 'may match, and no more',
      clearance: 'L1',
    });
    await demo.policy.issueGrant({
      code: 'MATCH-ALONE',
      consumer: 'match-alone',
      purpose: 'nothing',
      legalBasis: 'none',
      validFrom: new Date(Date.now() - 1000),
      validUntil: new Date('2100-06-15'),
      divisions: null,
      includesProtected: true,
      items: [{ coordinate: 'Resident.idNumber', mode: 'match' }],
    });
    await demo.service.policy.refresh();
    const { result, libraryStatements } = await demo.capture(async () => [
      await portrait(`token:${token}`, '__typename id'),
      await portrait(`token:${token}`, '__typename id', unusedIdNumber()),
    ]);
    const [hit, miss] = result;
    expect(withoutRecordId(hit!)).toBe(withoutRecordId(miss!));
    expect([hit!.data, hit!.codes, libraryStatements]).toEqual([{ personPortrait: null }, ['FIELD_DENIED'], []]);
  });

  test('has the rest of the operation answered', async () => {
    const { data, codes } = await ask(
      'no-grant-app',
      `query ($id: ResidentIdNumber!, $code: UnifiedSocialCreditCode!) {
      personPortrait(idNumber: $id) { id } enterprisePortrait(creditCode: $code) { registration { creditCode } } }`,
      { id: idNumber, code: creditCode },
    );
    expect([data, codes]).toEqual([
      { personPortrait: null, enterprisePortrait: { registration: { creditCode } } },
      ['ARGUMENT_DENIED'],
    ]);
  });
});

describe('an enterprise portrait by credit code', () => {
  test('gives its open fields, and null with one entry for each denied selection', async () => {
    const { data, errors } = await ask(
      'public',
      `query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) {
        registration { name creditCode industry telephone email staffCount again: telephone }
        officers { nodes { name position telephone appointedBy } } } }`,
      { code: creditCode },
    );
    const enterprise = await row(
      `select e.name, e.industry, e.legal_person_id as id from legal_person.enterprise e join citygraph.subject_identifier i on i.subject_id = e.legal_person_id where i.value = $1`,
      [creditCode],
    );
    const denied = { telephone: null, email: null, staffCount: null, again: null };
    expect(data.enterprisePortrait.registration).toEqual({
      name: enterprise.name,
      creditCode,
      industry: enterprise.industry,
      ...denied,
    });
    const officers = await rows(
      'select name, position from legal_person.officer where legal_person_id = $1 and person_protected_until <= current_date order by id',
      [enterprise.id],
    );
    expect(officers.length).toBeGreaterThan(1);
    expect(data.enterprisePortrait.officers.nodes).toEqual(
      officers.map((officer) => ({ ...officer, telephone: null, appointedBy: null })),
    );
    const at = ['enterprisePortrait', 'registration'];
    expect(
      errors.map(({ path, extensions: { code, coordinate, level } }) => ({ path, code, coordinate, level })),
    ).toEqual([
      { path: [...at, 'telephone'], code: 'FIELD_DENIED', coordinate: 'Enterprise.telephone', level: 'L3' },
      { path: [...at, 'email'], code: 'FIELD_DENIED', coordinate: 'Enterprise.email', level: 'L2' },
      { path: [...at, 'staffCount'], code: 'FIELD_DENIED', coordinate: 'Enterprise.staffCount', level: 'L2' },
      { path: [...at, 'again'], code: 'FIELD_DENIED', coordinate: 'Enterprise.telephone', level: 'L3' },
      { path: ['enterprisePortrait', 'officers'], code: 'FIELD_DENIED', coordinate: 'Officer.telephone', level: 'L3' },
      {
        path: ['enterprisePortrait', 'officers'],
        code: 'FIELD_DENIED',
        coordinate: 'Officer.appointedBy',
        level: 'L2',
      },
    ]);
  });

  test('gives officials none of it, whatever their role', async () => {
    for (const role of officialRoles) {
      const { result, libraryStatements } = await demo.capture(() =>
        ask(
          role,
          'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { id } enterprises { nodes { id } } residents { nodes { id } } }',
          { code: creditCode },
        ),
      );
      expect([role, result.data]).toEqual([role, { enterprisePortrait: null, enterprises: null, residents: null }]);
      expect([result.codes, libraryStatements]).toEqual([['ARGUMENT_DENIED', 'FIELD_DENIED', 'FIELD_DENIED'], []]);
    }
  });

  test('gives the public nothing but open fields of level L1, in every dataset', async () => {
    for (const { list, name: type, fields } of registry.datasets.values()) {
      const { classification } = registry.coordinates.get(type)!;
      const isOpen = classification.open === 'open' && classification.level === 'L1';
      const leaves = [...fields.values()]
        .filter(({ kind }) => ['id', 'column', 'identifier'].includes(kind))
        .map(({ name }) => name);
      const { result, libraryStatements } = await demo.capture(() =>
        ask('public', `{ ${list}(first: 3) { nodes { ${leaves.join(' ')} } } }`),
      );
      expect([list, result.codes.filter((code) => code !== 'FIELD_DENIED')]).toEqual([list, []]);
      expect([list, result.data[list] !== null, libraryStatements.length > 0]).toEqual([list, isOpen, isOpen]);
      for (const node of result.data[list]?.nodes ?? []) {
        for (const [name, value] of Object.entries(node as Listed)) {
          const { level, open } = fields.get(name)!.classification;
          if (value !== null) expect([name, level, open]).toEqual([name, 'L1', 'open']);
        }
      }
    }
  });
});

describe('identifiers that have changed', () => {
  test('find their holder still, in 15 digits or corrected, and the answer holds the current number', async () => {
    const former = await rows(`select i.value, i.ended_as, c.value as current from citygraph.subject_identifier i
      join citygraph.subject_identifier c on c.subject_id = i.subject_id and c.kind = i.kind and c.is_current join population.resident r on r.person_id = i.subject_id
      where not i.is_current and i.kind = 'resident-id-number'`);
    const kinds = ['upgraded', 'corrected'].map((kind) => former.find(({ ended_as: ended }) => ended === kind));
    expect(kinds[0]?.value).toHaveLength(15);
    for (const found of kinds) {
      const { data, codes } = await portrait('portrait-app', 'registration { idNumber }', found!.value!);
      expect([codes, data.personPortrait]).toEqual([[], { registration: { idNumber: found!.current } }]);
    }
  });

  test('are refused before any SQL where they are none', async () => {
    for (const id of ['110105194912310021', '11010519491231002', 'x', '']) {
      const { result, statements } = await demo.capture(() => portrait('portrait-app', 'id', id));
      expect(result.codes).toEqual(['INVALID_IDENTIFIER']);
      expect(statements.filter(({ purpose }) => purpose.startsWith('reader'))).toEqual([]);
      if (id.length > 1) expect(result.text).not.toContain(id);
    }
  });
});

describe('the row scope', () => {
  test('makes persons of other divisions not be there, as if the number were nobody’s', async () => {
    const other = await row(`${personBy} where s.division <> $1 and s.protected_until <= current_date limit 1`, [
      clinicDivision,
    ]);
    const there = await portrait('portrait-app', 'registration { division }', other.id_number!);
    expect(there.data.personPortrait.registration.division).toBe(other.division);
    const outside = await portrait('clinic-app', 'registration { division }', other.id_number!);
    expect([outside.codes, outside.data]).toEqual([[], { personPortrait: null }]);
    expect(withoutRecordId(outside)).toBe(
      withoutRecordId(await portrait('clinic-app', 'registration { division }', unusedIdNumber())),
    );
    for (const list of ['persons', 'residents', 'medicalVisits']) {
      const { data } = await ask(
        'clinic-app',
        `{ ${list}(first: 100) { nodes { ${list === 'persons' ? 'registration { division }' : 'division'} } } }`,
      );
      const divisions = new Set(data[list].nodes.map((node: Json) => (node.registration ?? node).division));
      expect([list, ...divisions]).toEqual([list, clinicDivision]);
    }
  });

  test('makes children and protected persons be there only for a grant that includes them', async () => {
    const child = await row(
      `${personBy} where s.division = $1 and s.protected_until > current_date and s.protected_until < 'infinity' limit 1`,
      [clinicDivision],
    );
    const adult = await row(
      `${personBy} where s.division = $1 and s.protected_until <= current_date and exists (select from healthcare.medical_visit v where v.person_id = s.id) and i.value <> all($2) limit 1`,
      [clinicDivision, demo.credentials.samples.idNumbers],
    );
    const seen = await portrait('clinic-app', 'id medicalVisits { nodes { id } }', adult.id_number!);
    const known = seen.data.personPortrait;
    expect(known.medicalVisits.nodes.length).toBeGreaterThan(0);
    await protect(adult.id!, adult.division);

    for (const { id_number: id } of [child, adult]) {
      expect((await portrait('clinic-app', 'id registration { name }', id!)).data).toEqual({ personPortrait: null });
      expect((await portrait('portrait-app', 'registration { idNumber }', id!)).data).toEqual({
        personPortrait: { registration: { idNumber: id } },
      });
    }
    const refetched = await ask('clinic-app', 'query ($id: ID!) { person(id: $id) { id } }', { id: known.id });
    expect([refetched.codes, refetched.data]).toEqual([[], { person: null }]);
    const listed = await walk('clinic-app', 'persons', 'id', '', 100);
    expect(listed.map(({ id }) => id)).not.toContain(known.id);
    const visits = await walk('clinic-app', 'medicalVisits', 'id', '', 100);
    for (const { id } of known.medicalVisits.nodes) expect(visits.map((visit) => visit.id)).not.toContain(id);
  });

  test('hides an office that names a protected person from the public, and its record tells whom it released', async () => {
    const office =
      await row(`select o.person_id as id, s.division, o.name, i.value as code from legal_person.officer o join citygraph.subject s on s.id = o.person_id
      join citygraph.subject_identifier i on i.subject_id = o.legal_person_id and i.is_current where s.protected_until <= current_date limit 1`);
    const officers = async (): Promise<Answer> =>
      ask(
        'public',
        'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { officers(first: 100) { nodes { name } } } }',
        { code: office.code },
      );
    const namesOf = ({ data }: Answer): unknown[] =>
      data.enterprisePortrait.officers.nodes.map(({ name }: { name: string }) => name);
    const before = await officers();
    expect(namesOf(before)).toContain(office.name);
    expect((await demo.recordOf(before.recordId))!.subjects).toContain(`+${office.id}`);
    await protect(office.id!, office.division);
    const after = await officers();
    expect(namesOf(after)).toHaveLength(namesOf(before).length - 1);
    expect((await demo.recordOf(after.recordId))!.subjects).not.toContain(`+${office.id}`);
  });
});

async function protect(id: string, division: string | null | undefined): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: demo.owner }) });
  await db
    .transaction()
    .execute((transaction) =>
      propagateSubjectScope(transaction, registry.datasets.values(), [
        { id, division: division ?? null, protectedUntil: 'infinity' },
      ]),
    );
}

describe('the grants of a request', () => {
  const day = 86_400_000;
  const at = (days: number): Date => new Date(Date.now() + days * day);
  let token: string;
  const asked = (grants?: string): Promise<Answer> =>
    ask(
      `token:${token}`,
      '{ persons(first: 100) { nodes { registration { name birthDate division } } } }',
      {},
      grants === undefined ? {} : { 'x-grant': grants },
    );

  beforeAll(async () => {
    ({ token } = await demo.policy.registerConsumer({
      name: 'many-grants',
      department: '150600-health',
      description: 'holds grants of every kind',
      clearance: 'L1',
    }));
    const issue = (
      code: string,
      changes: Partial<Parameters<typeof demo.policy.issueGrant>[0]> = {},
    ): Promise<unknown> =>
      demo.policy.issueGrant({
        ...{
          code,
          consumer: 'many-grants',
          purpose: 'one purpose',
          legalBasis: 'a law',
          validFrom: at(-1),
          validUntil: at(1),
          divisions: null,
        },
        ...{
          items: [
            { coordinate: 'Person', mode: 'plain' },
            { coordinate: 'Resident', mode: 'plain' },
            { coordinate: 'Resident.division', mode: 'plain' },
          ],
        },
        ...changes,
      });
    const base = [
      { coordinate: 'Person', mode: 'plain' },
      { coordinate: 'Resident', mode: 'plain' },
    ] as const;
    await issue('G-NAMES', {
      divisions: ['150602', '150603'],
      items: [...base, { coordinate: 'Resident.name', mode: 'plain' }],
    });
    await issue('G-DATES', {
      divisions: ['150603', '150621'],
      items: [
        ...base,
        { coordinate: 'Resident.birthDate', mode: 'plain' },
        { coordinate: 'Resident.division', mode: 'plain' },
      ],
    });
    await issue('G-OTHER', { purpose: 'another purpose' });
    await issue('G-ENDED', { validFrom: at(-2), validUntil: at(-1) });
    await issue('G-FUTURE', { validFrom: at(1), validUntil: at(2) });
    await issue('G-REVOKED');
    await demo.policy.revokeGrant('G-REVOKED', 'for the test');
    await issue('G-HUMAN', { requiresUser: true, requiresCase: true });
  });

  test('of one purpose join their fields and cut their divisions', async () => {
    const { data, codes } = await asked('G-NAMES, G-DATES');
    expect(codes).toEqual([]);
    const found = data.persons.nodes.map(({ registration }: Json) => registration);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ division }: Json) => division))).toEqual(new Set(['150603']));
    expect(found.every(({ name }: Json) => typeof name === 'string')).toBe(true);
    const alone = await asked('G-NAMES');
    expect(alone.errors.map(({ extensions }) => extensions.coordinate)).toEqual([
      'Resident.birthDate',
      'Resident.division',
    ]);
  });

  test('must be named by who holds several', async () => {
    expect((await asked()).codes).toEqual(['FIELD_DENIED']);
  });

  test.each([
    ['unknown', 'G-NOWHERE', 'not known'],
    ['another consumer’s', 'DEMO-PORTRAIT', 'not known'],
    ['of two purposes', 'G-NAMES, G-OTHER', 'one purpose'],
    ['expired', 'G-ENDED', 'expired'],
    ['not valid yet', 'G-FUTURE', 'not valid yet'],
    ['revoked', 'G-REVOKED', 'revoked'],
    ['one of them revoked', 'G-NAMES, G-REVOKED', 'revoked'],
    ['asking for the human behind', 'G-HUMAN', 'X-User'],
  ])('that are %s are GRANT_INVALID, without data and on record', async (_what, grants, word) => {
    const { result, libraryStatements } = await demo.capture(() => asked(grants));
    expect({ status: result.status, codes: result.codes, data: result.data ?? null }).toEqual({
      status: 403,
      codes: ['GRANT_INVALID'],
      data: null,
    });
    expect(result.errors[0]!.message).toContain(word);
    expect(libraryStatements).toEqual([]);
    expect(await demo.recordOf(result.recordId)).toMatchObject({
      principal: 'many-grants',
      outcome: 'refused',
      error_codes: ['GRANT_INVALID'],
      subjects: '',
    });
  });

  test('that ask for the human and the case behind are good with both, and the record holds them', async () => {
    const answer = await ask(
      `token:${token}`,
      '{ persons(first: 1) { nodes { registration { division } } } }',
      {},
      { 'x-grant': 'G-HUMAN', 'x-user': 'officer-7', 'x-case': 'C-2026-1' },
    );
    expect(answer.codes).toEqual([]);
    expect(await demo.recordOf(answer.recordId)).toMatchObject({
      user_name: 'officer-7',
      case_number: 'C-2026-1',
      grants: ['G-HUMAN'],
    });
  });
});

describe('ids and cursors', () => {
  const page = (principal: string, after: string | null = null): Promise<Answer> =>
    ask(
      principal,
      'query ($after: String) { enterprises(first: 2, after: $after, orderBy: [NAME_ASC]) { edges { cursor node { id registration { name } } } pageInfo { endCursor } } }',
      { after },
    );

  test('find their subject again, for the caller they were given to and in the type they were given for', async () => {
    const { data } = await page('dashboard');
    const [{ node }] = data.enterprises.edges;
    const again = await ask('dashboard', 'query ($id: ID!) { legalPerson(id: $id) { id registration { name } } }', {
      id: node.id,
    });
    expect(again.data.legalPerson).toEqual(node);
    const person = await portrait('portrait-app', 'id registration { id }');
    const { id, registration } = person.data.personPortrait;
    expect(
      (await ask('portrait-app', 'query ($id: ID!) { person(id: $id) { registration { idNumber } } }', { id })).data,
    ).toEqual({ person: { registration: { idNumber } } });
    for (const [field, wrong] of [
      ['person', registration.id],
      ['legalPerson', id],
    ]) {
      expect((await ask('portrait-app', `query ($id: ID!) { ${field}(id: $id) { id } }`, { id: wrong })).codes).toEqual(
        ['INVALID_IDENTIFIER'],
      );
    }
  });

  test('are other ones for another consumer, and refused from one', async () => {
    const [mine, theirs] = [await page('dashboard'), await page('no-grant-app')];
    const names = ({ data }: Answer): unknown[] =>
      data.enterprises.edges.map(({ node }: Json) => node.registration.name);
    expect(names(mine)).toEqual(names(theirs));
    const tokensOf = ({ data }: Answer): string[] =>
      data.enterprises.edges.flatMap(({ cursor, node }: Json) => [cursor, node.id]);
    expect(tokensOf(mine).filter((it) => tokensOf(theirs).includes(it))).toEqual([]);
    expect(tokensOf(mine)).toEqual(tokensOf(await page('dashboard')));
    expect((await page('dashboard', theirs.data.enterprises.pageInfo.endCursor)).codes).toEqual(['INVALID_CURSOR']);
    expect(
      (
        await ask('dashboard', 'query ($id: ID!) { legalPerson(id: $id) { id } }', {
          id: theirs.data.enterprises.edges[0].node.id,
        })
      ).codes,
    ).toEqual(['INVALID_IDENTIFIER']);
  });

  test('of a cursor are of one list in one order', async () => {
    const { endCursor } = (await page('dashboard')).data.enterprises.pageInfo;
    for (const other of [
      'enterprises(first: 2, orderBy: [NAME_DESC], after: $after)',
      'enterprises(first: 2, after: $after)',
      'enterpriseRegistrations(orderBy: [NAME_ASC], after: $after)',
    ]) {
      expect(
        (await ask('dashboard', `query ($after: String) { ${other} { nodes { id } } }`, { after: endCursor })).codes,
      ).toEqual(['INVALID_CURSOR']);
    }
  });
});

type Listed = Record<string, unknown> & { readonly id: string };

/** All nodes of a list, page by page. */
async function walk(
  principal: string,
  list: string,
  selection: string,
  argument: string,
  first: number,
): Promise<Listed[]> {
  const found: Listed[] = [];
  const query = `query ($after: String) { ${list}(first: ${first}, after: $after${argument}) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`;
  for (let after: string | null = null, more = true; more;) {
    const { data, codes }: Answer = await ask(principal, query, { after });
    if (codes.length > 0) throw new Error(`expected a page of ${list}, got ${codes.join()}`);
    found.push(...data[list].nodes);
    ({ hasNextPage: more, endCursor: after } = data[list].pageInfo);
    if (found.length > 5000) throw new Error('expected the list to come to an end');
  }
  return found;
}

function compareValues(field: ColumnField, a: unknown, b: unknown): number {
  if (a === b) return 0;
  // Nulls come last in ascending order.
  if (a === null || b === null) return a === null ? 1 : -1;
  if (/numeric|int/.test(field.type.sql)) return Number(a) - Number(b);
  return Buffer.compare(Buffer.from(`${a as string | boolean}`), Buffer.from(`${b as string | boolean}`));
}

describe('a list, walked by its cursors', () => {
  const served = [...registry.datasets.values()].filter(({ name }) => {
    const { sharing, category } = registry.coordinates.get(name)!.classification;
    return sharing !== 'not-shared' && category !== 'core';
  });
  const lists: [string, Dataset, string][] = served.map((dataset) => [dataset.list, dataset, '']);
  const ofPortraits: [string, Dataset, string][] = [...registry.portraits.values()].map(({ list, home }) => [
    list,
    home,
    'registration',
  ]);

  /** Every order of what was there first; of others, those over a type, with or without nulls, that no other list had. */
  const first = ['Enterprise', 'MedicalVisit', 'Officer', 'Resident'].flatMap((name) =>
    findableColumns(registry.datasets.get(name)!),
  );
  const kinds = new Map<string, ColumnField>();
  const isNew = (field: ColumnField): boolean => {
    if (first.includes(field)) return true;
    const kind = `${field.type.sql} ${field.required}`;
    if (!kinds.has(kind)) kinds.set(kind, field);
    return kinds.get(kind) === field;
  };

  test.each([...lists, ...ofPortraits])(
    'yields each row of %s exactly once, and in order, whatever the order',
    async (list, dataset, within) => {
      const { schema, table, publishedUntilColumn: until } = dataset;
      const published = until ? `where ${until} is null or ${until} >= current_date` : '';
      const { count } = await row(`select count(*)::int as count from ${schema}.${table} ${published}`);
      // Several pages to each order, and not many.
      const pageSize = Math.min(100, Math.ceil(Number(count) / 3) + 1);
      const walkBy = async (terms: readonly [ColumnField, 'ASC' | 'DESC'][]): Promise<void> => {
        const names = [...new Set(terms.map(([{ name }]) => name))].join(' ');
        const orders = terms.map(([field, direction]) => orderValueOf(field, direction));
        const found = await walk(
          'portrait-app',
          list,
          within ? `id ${within} { ${names || 'id'} }` : `id ${names}`,
          orders.length > 0 ? `, orderBy: [${orders.join()}]` : '',
          pageSize,
        );
        expect([orders, found.length, new Set(found.map(({ id }) => id)).size]).toEqual([orders, count, count]);
        const values = within ? found.map((node) => node[within] as Listed) : found;
        values.slice(1).forEach((later, index) => {
          for (const [field, direction] of terms) {
            const compared =
              compareValues(field, values[index]![field.name], later[field.name]) * (direction === 'ASC' ? 1 : -1);
            if (compared < 0) return;
            if (compared > 0)
              throw new Error(`expected ${orders.join()}, but row ${index} comes after the next by ${field.name}`);
          }
        });
      };
      const columns = findableColumns(dataset);
      await walkBy([]);
      for (const field of columns.filter(isNew))
        for (const direction of ['ASC', 'DESC'] as const) await walkBy([[field, direction]]);
      const [one, two, three] = [columns[1] ?? columns[0], columns.find(({ required }) => !required), columns[0]];
      if (!one || !two || !three) return;
      await walkBy([
        [one, 'ASC'],
        [two, 'DESC'],
        [three, 'ASC'],
      ]);
      await walkBy([
        [two, 'DESC'],
        [one, 'DESC'],
      ]);
    },
  );

  test('can be taken up at any edge, forward', async () => {
    const query =
      'query ($after: String) { officers(first: 5, after: $after, orderBy: [APPOINTED_ON_DESC]) { edges { cursor node { id } } pageInfo { startCursor endCursor hasPreviousPage } } }';
    const { edges, pageInfo } = (await ask('dashboard', query)).data.officers;
    expect([pageInfo.startCursor, pageInfo.endCursor, pageInfo.hasPreviousPage]).toEqual([
      edges[0].cursor,
      edges[4].cursor,
      false,
    ]);
    const next = (await ask('dashboard', query, { after: edges[1].cursor })).data.officers;
    expect(next.pageInfo.hasPreviousPage).toBe(true);
    expect(next.edges.slice(0, 3)).toEqual(edges.slice(2));
  });

  test('is filtered by every comparison that its columns offer, as the pool would', async () => {
    const table = 'legal_person.enterprise';
    const cases: [string, string][] = [
      ['{ name: { contains: "有限" } }', `name like '%有限%'`],
      ['{ name: { startsWith: "鄂尔多斯" } }', `name like '鄂尔多斯%'`],
      ['{ industry: { isNull: true } }', 'industry is null'],
      [
        '{ registeredCapital: { gte: "1000000", lt: "5000000.50" } }',
        'registered_capital >= 1000000 and registered_capital < 5000000.50',
      ],
      ['{ not: { registeredCapital: { gt: "1000000" } } }', '(registered_capital > 1000000) is not true'],
      [
        '{ or: [{ status: { in: ["1"] } }, { establishedOn: { lte: "2100-01-01" } }] }',
        `status = '1' or established_on <= '2100-01-01'`,
      ],
      ['{ and: [], or: null }', 'true'],
      ['{ or: [] }', 'false'],
    ];
    for (const [filter, condition] of cases) {
      const { count } = await row(`select count(*)::int as count from ${table} where ${condition}`);
      const found = await walk('dashboard', 'enterpriseRegistrations', 'id', `, filter: ${filter}`, 50);
      expect([filter, found.length]).toEqual([filter, count]);
    }
  });
});

describe('a document', () => {
  test('may use aliases, fragments, merged selections, __typename and directives as GraphQL says', async () => {
    const query = `
      query Shapes($code: UnifiedSocialCreditCode!, $yes: Boolean!, $no: Boolean = false) {
        here: __typename
        one: enterprisePortrait(creditCode: $code) { ...Names registration { industry } ... on LegalPerson { registration { kind } } kind: __typename }
        enterprisePortrait(creditCode: $code) { registration { name @skip(if: $yes) creditCode @include(if: $yes) status @include(if: $no) ...Twice ...Twice } }
        gone: enterprises @skip(if: $yes) { nodes { id } }
        list: enterprises(first: 1) { __typename ... @include(if: $yes) { nodes { __typename registration { __typename } } } pageInfo { __typename more: hasNextPage } }
      }
      fragment Names on LegalPerson { registration { label: name ...Twice } }
      fragment Twice on Enterprise { town town }`;
    const { name, industry, kind, town } = await row(
      `select e.* from legal_person.enterprise e join citygraph.subject_identifier i on i.subject_id = e.legal_person_id where i.value = $1`,
      [creditCode],
    );
    const { data, codes } = await ask('public', query, { code: creditCode, yes: true });
    expect(codes).toEqual([]);
    expect(JSON.stringify(data)).toBe(
      JSON.stringify({
        here: 'Query',
        one: { registration: { label: name, town, industry, kind }, kind: 'LegalPerson' },
        enterprisePortrait: { registration: { creditCode, town } },
        list: {
          __typename: 'LegalPersonConnection',
          nodes: [{ __typename: 'LegalPerson', registration: { __typename: 'Enterprise' } }],
          pageInfo: { __typename: 'PageInfo', more: true },
        },
      }),
    );
  });

  test('may have aliases longer than the names of PostgreSQL, two of them alike for 63 bytes', async () => {
    const long = (end: string): string =>
      `an_alias_that_is_a_good_deal_longer_than_the_63_bytes_at_which_PostgreSQL_cuts_${end}`;
    const { data, codes } = await ask(
      'public',
      `query ($code: UnifiedSocialCreditCode!) { ${long('root')}: enterprisePortrait(creditCode: $code) {
      ${long('object')}: registration { ${long('a')}: creditCode ${long('b')}: __typename ${long('c')}: termEndsOn ${long('d')}: telephone } ${long('list')}: officers(first: 1) { ${long('nodes')}: nodes { ${long('x')}: __typename } } } }`,
      { code: creditCode },
    );
    expect(codes).toEqual(['FIELD_DENIED']);
    const { [long('object')]: object, [long('list')]: list } = data[long('root')];
    expect(Object.keys(object)).toEqual(['a', 'b', 'c', 'd'].map(long));
    expect([object[long('a')], object[long('b')], object[long('d')]]).toEqual([creditCode, 'Enterprise', null]);
    expect(list).toEqual({ [long('nodes')]: [{ [long('x')]: 'Officer' }] });
  });

  test('that mixes library fields with others keeps its order', async () => {
    const { data, codes } = await ask(
      'dashboard',
      `query ($coordinate: String!) {
      last: explainAccess(coordinate: "Enterprise.telephone") { verdict reason level }
      enterprises(first: 1) { nodes { __typename } }
      __typename
      residents { nodes { id } }
      first: explainAccess(coordinate: $coordinate) { coordinate verdict match }
      officers(first: 1) { nodes { __typename } } }`,
      { coordinate: 'Enterprise.creditCode' },
    );
    expect(Object.keys(data)).toEqual(['last', 'enterprises', '__typename', 'residents', 'first', 'officers']);
    expect(data.last).toEqual({ verdict: 'deny', reason: 'grant-needed', level: 'L3' });
    expect(data.first).toEqual({ coordinate: 'Enterprise.creditCode', verdict: 'allow', match: true });
    expect(codes).toEqual(['FIELD_DENIED']);
  });

  test('is run by the name of one of its operations', async () => {
    const query = 'query A { __typename } query B { b: __typename }';
    const named = (operationName?: string): Promise<Answer> =>
      demo.send('public', JSON.stringify({ query, operationName }));
    expect((await named('B')).data).toEqual({ b: 'Query' });
    for (const name of [undefined, 'C'])
      expect(await named(name)).toMatchObject({
        data: undefined,
        errors: [{ extensions: { code: expect.stringMatching(/^[A-Z_]+$/) } }],
      });
  });
});

describe('the usage log', () => {
  const read = (principal: string, argument = ''): Promise<Answer> =>
    ask(
      principal,
      `{ usageRecords${argument} { nodes { id principal principalKind outcome arguments usedInArguments errorCodes nodes { path rowCount subjects fields { name verdict level } } } hasNextPage endCursor } }`,
    );
  const withIds = (...ids: (string | undefined)[]): string => `(ids: ${JSON.stringify(ids)})`;

  test('is all there for the auditor and the security officer, whose reading is itself on record', async () => {
    const used = await portrait('clinic-app', 'registration { name ethnicGroup }');
    for (const role of ['auditor', 'security-officer']) {
      const reading = await read(role, withIds(used.recordId));
      const [entry] = reading.data.usageRecords.nodes;
      expect(entry).toMatchObject({
        id: used.recordId,
        principal: 'clinic-app',
        outcome: 'answered',
        errorCodes: ['FIELD_DENIED'],
        usedInArguments: ['Resident.idNumber'],
      });
      expect(entry.nodes[1]).toMatchObject({
        path: 'personPortrait.registration',
        rowCount: 1,
        subjects: [expect.stringMatching(/^[\w-]{22}$/)],
        fields: [
          { name: 'name', verdict: 'mask', level: 'L2' },
          { name: 'ethnicGroup', verdict: 'deny', level: 'L3' },
        ],
      });
      expect(await demo.recordOf(reading.recordId)).toMatchObject({
        principal: role,
        principal_kind: 'official',
        outcome: 'answered',
      });
      const all = await read(role, '(first: 100)');
      expect(new Set(all.data.usageRecords.nodes.map((it: Json) => it.principalKind)).size).toBeGreaterThan(1);
    }
  });

  test('says of the auditor’s reading what was asked for', async () => {
    const reading = await read('auditor', '(consumer: "clinic-app", first: 3)');
    expect((await demo.recordOf(reading.recordId))!.arguments).toMatchObject({
      'usageRecords(consumer:)': 'clinic-app',
      'usageRecords(first:)': 3,
    });
  });

  test('is its own use alone for a consumer, whatever it asks for', async () => {
    const [mine, others] = [await portrait('clinic-app', 'id'), await portrait('portrait-app', 'id')];
    for (const argument of [
      '(first: 100)',
      '(consumer: "portrait-app", first: 100)',
      withIds(mine.recordId, others.recordId),
    ]) {
      const { nodes } = (await read('clinic-app', argument)).data.usageRecords;
      expect(nodes.length).toBeGreaterThan(0);
      expect(new Set(nodes.map((it: Json) => it.principal))).toEqual(new Set(['clinic-app']));
    }
  });

  test('is to the public no more than the records whose ids it holds', async () => {
    const [mine, others] = [
      await ask('public', '{ enterprises(first: 1) { nodes { id } } }'),
      await portrait('portrait-app', 'id'),
    ];
    const { data } = await read('public', withIds(mine.recordId, others.recordId));
    expect(data.usageRecords.nodes.map((it: Json) => it.id)).toEqual([mine.recordId]);
    for (const argument of ['', '(first: 100)', '(ids: [])'])
      expect((await read('public', argument)).codes).toEqual(['FORBIDDEN']);
  });

  test('tells a consumer and the public whose portraits they were given, and not who else a row is about', async () => {
    // Who holds an office may not be known to the public: neither may it be seen that two offices are held by one person.
    const seen = await ask('public', '{ enterprises(first: 3) { nodes { officers { nodes { person { id } } } } } }');
    expect(seen.codes).toContain('FIELD_DENIED');
    const { nodes } = (await read('public', withIds(seen.recordId))).data.usageRecords.nodes[0];
    const subjectsOf = (path: string): string[] => nodes.find((it: Json) => it.path === path).subjects;
    expect(subjectsOf('enterprises.nodes')).toHaveLength(3);
    expect(subjectsOf('enterprises.nodes.officers.nodes')).toEqual([]);
    const mine = await portrait('portrait-app', 'id offices { nodes { id } }');
    const [entry] = (await read('portrait-app', withIds(mine.recordId))).data.usageRecords.nodes;
    const [subject] = entry.nodes[0].subjects;
    expect((await read('portrait-app', `(subject: "${subject}")`)).codes).toEqual(['FORBIDDEN']);
  });

  test('is closed to the roles that see counts or their own department’s data', async () => {
    for (const role of ['steward', 'operator', 'supervisor']) expect((await read(role)).codes).toEqual(['FORBIDDEN']);
  });

  test('can be walked page by page, and by the subject that was seen', async () => {
    const seen = await portrait(
      'portrait-app',
      'id medicalVisits { nodes { id } }',
      demo.credentials.samples.idNumbers[1],
    );
    const [entry] = (await read('auditor', withIds(seen.recordId))).data.usageRecords.nodes;
    const [subject] = entry.nodes[0].subjects;
    const found = (await read('auditor', `(subject: "${subject}", first: 100)`)).data.usageRecords.nodes;
    expect(found.map((it: Json) => it.id)).toContain(seen.recordId);
    expect((await read('security-officer', `(subject: "${subject}")`)).codes).toEqual(['INVALID_IDENTIFIER']);
    for (let use = 0; use < 4; use++) await portrait('clinic-app', 'id');
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more && ids.length < 200;) {
      const { nodes, hasNextPage, endCursor }: Json = (
        await read('auditor', `(consumer: "clinic-app", first: 2${after ? `, after: "${after}"` : ''})`)
      ).data.usageRecords;
      ids.push(...nodes.map((it: Json) => it.id));
      [more, after] = [hasNextPage, endCursor];
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(3);
  });

  test('says of a mutation who did what, before and after', async () => {
    await demo.policy.registerConsumer({
      name: 'to-suspend',
      department: '150600-health',
      description: 'is suspended',
      clearance: 'L1',
    });
    const answer = await ask(
      'security-officer',
      'mutation { suspendConsumer(name: "to-suspend", reason: "for the test") { change } }',
    );
    expect(answer.data).toEqual({ suspendConsumer: { change: 'suspended' } });
    const found = await rows(
      `select outcome, arguments from citygraph.usage_record where kind = 'mutation' and principal = 'security-officer' order by occurred_at desc, id desc limit 2`,
    );
    const given = { 'suspendConsumer(name:)': 'to-suspend', 'suspendConsumer(reason:)': 'for the test' };
    expect(found.sort((a, b) => (a.outcome! < b.outcome! ? -1 : 1))).toEqual([
      { outcome: 'answered', arguments: given },
      { outcome: 'begun', arguments: given },
    ]);
    expect(
      (await ask('auditor', 'mutation { resumeConsumer(name: "to-suspend", reason: "for the test") { change } }'))
        .codes,
    ).toEqual(['FORBIDDEN']);
  });

  test('keeps arguments of levels L3 and L4 as digests, the same for the same value, and lower ones in plain', async () => {
    const argumentsOf = async (filter: string): Promise<unknown> => {
      const { recordId, codes } = await ask(
        'portrait-app',
        `{ residents(first: 1, filter: { ${filter} }) { nodes { id } } }`,
      );
      expect(codes).toEqual([]);
      return (await demo.recordOf(recordId))!.arguments;
    };
    const label = (rest: string): string => `Query.residents(${rest}:)`;
    const digest = expect.stringMatching(/^digest:[\w-]{43}$/);
    const byDate = await argumentsOf(
      'birthDate: { gte: "1971-03-04" }, householdNumber: { in: ["150602001", "x"] }, sex: { eq: "1" }',
    );
    expect(byDate).toEqual({
      [label('first')]: 1,
      [label('filter.birthDate.gte')]: digest,
      [label('filter.householdNumber.in')]: digest,
      [label('filter.sex.eq')]: '1',
    });
    expect(await argumentsOf('birthDate: { gte: "1971-03-04" }')).toMatchObject({
      [label('filter.birthDate.gte')]: (byDate as Json)[label('filter.birthDate.gte')],
    });
    const look = await portrait('portrait-app', 'id');
    expect((await demo.recordOf(look.recordId))!.arguments).toEqual({ 'personPortrait(idNumber:)': digest });
  });

  test.each<[string, string, () => Promise<Answer>]>([
    ['text that is no GraphQL', 'GRAPHQL_PARSE_FAILED', () => ask('dashboard', '{ enterprises(')],
    ['an unknown field', 'GRAPHQL_VALIDATION_FAILED', () => ask('dashboard', '{ enterprises { nodes { nothing } } }')],
    [
      'a variable of the wrong type',
      'BAD_USER_INPUT',
      () => ask('dashboard', 'query ($n: Int) { enterprises(first: $n) { nodes { id } } }', { n: 'ten' }),
    ],
    [
      'a bad identifier',
      'INVALID_IDENTIFIER',
      () => ask('dashboard', '{ enterprisePortrait(creditCode: "91350100M000100Y4Z") { id } }'),
    ],
    ['a page too large', 'LIMIT_EXCEEDED', () => ask('dashboard', '{ enterprises(first: 100000) { nodes { id } } }')],
    [
      'a document too deep',
      'LIMIT_EXCEEDED',
      () =>
        ask(
          'dashboard',
          `{ enterprises { nodes { ${'registration { legalPerson { '.repeat(9)} id ${'} } '.repeat(9)} } } }`,
        ),
    ],
    ['a foreign cursor', 'INVALID_CURSOR', () => ask('dashboard', '{ enterprises(after: "AAAA") { nodes { id } } }')],
    ['a body that is no JSON', 'BAD_USER_INPUT', () => demo.send('dashboard', '{"query":')],
    [
      'another media type',
      'BAD_USER_INPUT',
      () => demo.send('dashboard', '{ __typename }', { 'content-type': 'text/plain' }),
    ],
  ])('has a record of a refusal too: %s', async (_what, code, request) => {
    const answer = await request();
    expect(answer.data ?? null).toBeNull();
    expect(answer.codes).toEqual([code]);
    expect(await demo.recordOf(answer.recordId)).toMatchObject({
      principal: 'dashboard',
      outcome: 'refused',
      kind: 'failure',
      error_codes: [code],
      subjects: '',
    });
  });

  test('keeps apart what is asked twice, and takes no identifier from where a caller put one', async () => {
    const [one, two] = demo.credentials.samples.idNumbers;
    const { codes, recordId } = await ask(
      'portrait-app',
      `query Of${one} { p${one}: personPortrait(idNumber: "${one}") { id } p${two}: personPortrait(idNumber: "${two}") { id }
        enterprises(filter: { or: [{ name: { contains: "${one}" } }, { name: { contains: "煤炭" } }] }) { nodes { id } } }`,
    );
    expect(codes).toEqual([]);
    const record = (await demo.recordOf(recordId))!;
    const digest = expect.stringMatching(/^digest:/);
    const [label, word] = ['personPortrait(idNumber:)', 'Query.enterprises(filter.name.contains:)'];
    expect(record.arguments).toMatchObject({
      [label]: digest,
      [`${label} 2`]: digest,
      [word]: digest,
      [`${word} 2`]: '煤炭',
    });
    expect(record.arguments[label]).not.toBe(record.arguments[`${label} 2`]);
    expect(JSON.stringify(record)).not.toContain(one);
  });

  test('has the operation’s name only where the document has it', async () => {
    const answer = await demo.send(
      'dashboard',
      JSON.stringify({ query: 'query Named { __typename }', operationName: idNumber }),
    );
    expect(answer.codes).toHaveLength(1);
    expect((await demo.recordOf(answer.recordId))!.operation_name).toBeNull();
    const named = await demo.send(
      'dashboard',
      JSON.stringify({ query: 'query Named { __typename }', operationName: 'Named' }),
    );
    expect((await demo.recordOf(named.recordId))!.operation_name).toBe('Named');
  });

  test('gave every response of this file its record, under an id of its own', async () => {
    const { result, statements } = await demo.capture(async () => [
      await portrait('portrait-app', 'id'),
      await portrait('portrait-app', 'id'),
    ]);
    expect(new Set(result.map(({ recordId }) => recordId)).size).toBe(2);
    expect(statements.filter(({ purpose }: CapturedStatement) => purpose === 'logger')).toHaveLength(2);
    for (const { recordId } of result) expect(await demo.recordOf(recordId)).toMatchObject({ outcome: 'answered' });
  });

  test('after all of this holds no identifier and no sensitive value in plain', async () => {
    await portrait('portrait-app', 'registration { name idNumber telephone } medicalVisits { nodes { diagnosis } }');
    // What else a record has are numbers, times, digests and ids; what it has of subjects, ids of the index alone.
    const { log } =
      await row(`select (select string_agg(distinct (to_jsonb(r) - '{id,occurred_at,decided_until,plan_id,document_hash,response_digest,response_bytes,latency_micros,subjects,salt}'::text[])::text, chr(10)) from citygraph.usage_record r)
      || (select string_agg(description::text, chr(10)) from citygraph.usage_plan) as log`);
    expect(await rows(`select id from citygraph.usage_record where subjects !~ '^[0-9;,+]*$'`)).toEqual([]);
    expect(log).toContain('digest:');
    const values = (await rows('select value from citygraph.subject_identifier')).map(({ value }) => value!);
    for (const { schema, table, fields } of registry.datasets.values()) {
      for (const field of fields.values()) {
        if (
          field.kind !== 'column' ||
          field.provenance ||
          field.control ||
          !['L3', 'L4'].includes(field.classification.level)
        )
          continue;
        const found = await rows(
          `select distinct "${field.column}"::text as value from ${schema}.${table} where length("${field.column}"::text) >= 7`,
        );
        values.push(...found.map(({ value }) => value!));
      }
    }
    expect(values.length).toBeGreaterThan(1500);
    expect(
      // A computed row names the datasets it was computed from; the log names the types that were asked.
      [...new Set([...values, '1971-03-04', '91350100M000100Y4Z'])].filter(
        (value) => !registry.datasets.has(value) && log!.includes(value),
      ),
    ).toEqual([]);
  });

  test('counts, and does not record, what is refused before anyone is known', async () => {
    const before = await row('select count(*)::int as count from citygraph.usage_record');
    const refused = [
      await ask('token:not-a-token-of-anyone', '{ __typename }'),
      await demo.send('public', '{"query":"{ __typename }"}', { authorization: 'Basic abc' }),
      await demo.send('dashboard', JSON.stringify({ query: `# ${'x'.repeat(300_000)}\n{ __typename }` })),
      await demo.send('dashboard', '', {}, 'GET'),
    ];
    expect(refused.map(({ status, codes, recordId }) => [status, codes[0], recordId])).toEqual([
      [401, 'UNAUTHENTICATED', undefined],
      [401, 'UNAUTHENTICATED', undefined],
      [413, 'BODY_TOO_LARGE', undefined],
      [405, 'METHOD_NOT_ALLOWED', undefined],
    ]);
    await demo.stopService();
    expect(await row('select count(*)::int as count from citygraph.usage_record')).toEqual(before);
    const counted = await rows(
      'select code, sum(count)::int as count from citygraph.usage_refusal group by code order by code',
    );
    expect(counted).toEqual([
      { code: 'BODY_TOO_LARGE', count: 1 },
      { code: 'METHOD_NOT_ALLOWED', count: 1 },
      { code: 'UNAUTHENTICATED', count: 2 },
    ]);
  });
});
