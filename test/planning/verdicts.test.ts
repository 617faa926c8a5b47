/** What a plan makes of verdicts, with everything open but what a test closes or raises. That verdicts are right, test/policy/ shows. */
import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../src/model/verdict.js';
import type { Decider } from '../../src/planning/plan-draft.js';
import { planWith } from './plan-case.js';

const open: Verdict = { kind: 'allow', reason: 'open', level: 'L1', grants: [] };
const closed: Partial<Verdict> = { kind: 'deny', reason: 'grant-needed', level: 'L2' };

/** @param changes by question, `field Resident.name` or `match Resident.idNumber` */
function deciderOf(changes: Readonly<Record<string, Partial<Verdict>>> = {}): Decider {
  const ask = (kind: string) => (coordinate: string) =>
    Promise.resolve({ ...open, ...changes[`${kind} ${coordinate}`] });
  return { field: ask('field'), match: ask('match') };
}

type Output = Readonly<{ key: string; kind: string }> & Readonly<Record<string, unknown>>;

/** All parts of a plan that answer something, each with its response key. */
function outputsOf(part: unknown): Output[] {
  if (typeof part !== 'object' || part === null) return [];
  const inside = Object.values(part).flatMap(outputsOf);
  return 'key' in part && 'kind' in part ? [part as Output, ...inside] : inside;
}

const person = (selection: string): string => `{ personPortrait(idNumber: "11010519491231002X") { ${selection} } }`;
const enterprise = (selection: string): string =>
  `{ enterprisePortrait(creditCode: "91350100M000100Y43") { ${selection} } }`;
const station = '{ monitoringStations(first: 1) { nodes { currentAir { aqi } } } }';
const colleagues = person('colleagues { nodes { employerName } }');
const housemates = person('housemates { nodes { relationToHead } }');

describe('what is closed', () => {
  test.each([
    ['match Resident.idNumber', person('id'), 'personPortrait'],
    ['field Person', person('id'), 'personPortrait'],
    ['field Person', '{ person(id: "any") { id } }', 'person'],
    ['field Person', '{ persons { nodes { id } } }', 'persons'],
    ['field Resident', '{ persons { nodes { id } } }', 'persons'],
    ['field Person', '{ residents { nodes { person { id } } } }', 'residents.nodes.person'],
    ['field Division', '{ divisionPortrait(code: "150600") { name } }', 'divisionPortrait'],
    ['field Division.code', '{ divisionPortrait(code: "150600") { name } }', 'divisionPortrait'],
    ['field Employment.person', colleagues, 'personPortrait.colleagues'],
    ['field Employment.legalPerson', colleagues, 'personPortrait.colleagues'],
    ['field Employment.endedOn', colleagues, 'personPortrait.colleagues'],
    ['field HouseholdMember.householdNumber', housemates, 'personPortrait.housemates'],
    ['field HouseholdMember.leftOn', housemates, 'personPortrait.housemates'],
    ['field Officer', person('offices { nodes { position } }'), 'personPortrait.offices'],
    ['field MonitoringStation.stationCode', station, 'monitoringStations.nodes.currentAir'],
    ['field AirReading.stationCode', station, 'monitoringStations.nodes.currentAir'],
    ['field AirReading.observedOn', station, 'monitoringStations.nodes.currentAir'],
    ['field Person', enterprise('beneficialOwners { sharePercent }'), 'enterprisePortrait.beneficialOwners'],
    [
      'field BeneficialOwner.steps',
      enterprise('beneficialOwners { steps }'),
      'enterprisePortrait.beneficialOwners.steps',
    ],
    [
      'field Resident.birthDate',
      '{ residents(filter: { birthDate: { gte: "1990-01-01" } }) { nodes { name } } }',
      'residents',
    ],
    ['field Resident.birthDate', '{ residents(orderBy: [BIRTH_DATE_ASC]) { nodes { name } } }', 'residents'],
  ])('%s: of %s there is nothing at %s, and one error says so', async (question, source, at) => {
    const path = at.split('.');
    const key = path.at(-1)!;
    const kindAt = async (decider: Decider) => {
      const { plan } = await planWith(source, decider);
      return { denials: plan.denials, kinds: outputsOf(plan.roots).flatMap((it) => (it.key === key ? [it.kind] : [])) };
    };
    const before = await kindAt(deciderOf());
    expect([before.denials, before.kinds.includes('null')]).toEqual([[], false]);
    const { denials, kinds } = await kindAt(deciderOf({ [question]: closed }));
    expect(kinds).toEqual(['null']);
    const [code] = new Set(denials.map((it) => it.code));
    const [kind, coordinate] = question.split(' ');
    // An error ends at the outermost list.
    const list = path.findIndex((name) => ['monitoringStations', 'residents', 'beneficialOwners'].includes(name));
    expect(denials).toEqual([
      {
        code,
        path: list < 0 ? path : path.slice(0, list + 1),
        coordinate,
        level: 'L2',
        reason: 'grant-needed',
      },
    ]);
    expect(code).toBe(kind === 'match' || /filter|orderBy/.test(source) ? 'ARGUMENT_DENIED' : 'FIELD_DENIED');
  });

  test('by an emergency switch says so', async () => {
    const off = { kind: 'deny', reason: 'switched-off' } as const;
    const { plan } = await planWith(person('registration { name }'), deciderOf({ 'field Resident.name': off }));
    expect(plan.denials.map(({ code }) => code)).toEqual(['SWITCHED_OFF']);
  });
});

describe('the role that reads L4', () => {
  test.each<[string, string, Partial<Verdict>, boolean]>([
    ['a column that is not', person('registration { name }'), {}, false],
    ['a column that was raised', person('registration { name }'), { level: 'L4' }, true],
    ['a column that was raised, and is masked', person('registration { name }'), { level: 'L4', kind: 'mask' }, false],
    ['an identifier with an open value', enterprise('registration { creditCode }'), {}, false],
    ['such an identifier that was raised', enterprise('registration { creditCode }'), { level: 'L4' }, true],
    ['an identifier with none', person('registration { idNumber }'), {}, true],
    ['an identifier that is masked', person('registration { idNumber }'), { kind: 'mask' }, false],
    ['the column of a join that was raised', station, { level: 'L4' }, true],
    ['the column of a join that was not', station, {}, false],
    [
      'the column of a filter that was raised',
      '{ residents(filter: { name: { eq: "a" } }) { nodes { id } } }',
      { level: 'L4' },
      true,
    ],
    ['a diagnosis, whatever it was lowered to', person('medicalVisits { nodes { diagnosis } }'), {}, true],
  ])('is taken for %s: %#', async (_what, source, verdict, takes) => {
    const questions = ['Resident.name', 'Resident.idNumber', 'Enterprise.creditCode', 'AirReading.stationCode'];
    const changes = Object.fromEntries(questions.map((it) => [`field ${it}`, verdict]));
    expect((await planWith(source, deciderOf(changes))).plan.readsL4).toBe(takes);
  });
});

describe('an argument is kept as a digest alone', () => {
  const sensitiveOf = async (source: string, changes: Readonly<Record<string, Partial<Verdict>>> = {}) =>
    (await planWith(source, deciderOf(changes))).plan.arguments.map((it) => `${it.label} ${it.sensitive}`);

  test('where the identifier is not open, or what is looked up is of L3 and above', async () => {
    expect(await sensitiveOf(person('id'))).toEqual(['personPortrait(idNumber:) true']);
    const source = enterprise('id');
    const match = (level: Verdict['level']) => ({ 'match Enterprise.creditCode': { level } });
    expect(await sensitiveOf(source)).toEqual(['enterprisePortrait(creditCode:) false']);
    expect(await sensitiveOf(source, match('L2'))).toEqual(['enterprisePortrait(creditCode:) false']);
    expect(await sensitiveOf(source, match('L3'))).toEqual(['enterprisePortrait(creditCode:) true']);
  });

  test('where what it filters by is of L3 and above, by its declaration or since', async () => {
    const source = '{ enterprises(first: 7, filter: { name: { eq: "a" }, status: { eq: "1" } }) { nodes { id } } }';
    const [page, ...filters] = await sensitiveOf(source, { 'field Enterprise.name': { level: 'L3' } });
    expect(page).toBe('Query.enterprises(first:) false');
    expect(filters.map((it) => it.endsWith('true'))).toEqual([true, false]);
    expect((await sensitiveOf(source)).every((it) => it.endsWith('false'))).toBe(true);
  });

  test('and not where it is a place, a threshold or a number of steps', async () => {
    expect(await sensitiveOf('{ divisionPortrait(code: "150600") { name } }')).toEqual([
      'divisionPortrait(code:) false',
    ]);
    expect(await sensitiveOf(enterprise('beneficialOwners(threshold: "10") { steps }'))).toEqual([
      'enterprisePortrait(creditCode:) false',
      'beneficialOwners(threshold:) false',
    ]);
  });
});

test('a type is told at every step, and asks for no verdict', async () => {
  const rows =
    't: __typename nodes { t: __typename } edges { t: __typename node { t: __typename } } pageInfo { t: __typename }';
  const graph = 't: __typename nodes { t: __typename } edges { t: __typename }';
  const source = `{ t: __typename enterprises { ${rows} } ${enterprise(
    `t: __typename registration { t: __typename } officers { ${rows} } relationGraph { ${graph} }
     beneficialOwners { t: __typename } provenance { t: __typename }`,
  ).slice(2)}`;
  const { plan } = await planWith(source, deciderOf());
  const types = outputsOf(plan.roots).filter(({ key }) => key === 't');
  expect(types.map(({ kind }) => kind)).toEqual(Array.from({ length: 18 }, () => 'typename'));
  expect([...new Set(types.map(({ value }) => value))].sort()).toEqual([
    'BeneficialOwner',
    'Enterprise',
    'LegalPerson',
    'LegalPersonConnection',
    'LegalPersonEdge',
    'Officer',
    'OfficerConnection',
    'OfficerEdge',
    'PageInfo',
    'Query',
    'RelationGraph',
    'RelationGraphEdge',
    'RelationGraphNode',
    'SectionProvenance',
  ]);
});

test('a field that is asked for under two names is one to the log', async () => {
  const { plan } = await planWith(person('registration { a: name b: name sex }'), deciderOf());
  expect(plan.nodes.map(({ type, fields }) => [type, fields.map(({ name }) => name)])).toEqual([
    ['Person', ['registration']],
    ['Resident', ['name', 'sex']],
  ]);
});

test('objects and lists are as many as may be, and no more', async () => {
  const source = person('registration { name } medicalVisits { nodes { visitedOn } }');
  const nodes = { byDivision: false, hideProtected: false };
  expect((await planWith(source, deciderOf(), nodes, 4)).plan.nodes).toHaveLength(4);
  await expect(planWith(source, deciderOf(), nodes, 3)).rejects.toMatchObject({
    code: 'COST_EXCEEDED',
    details: { limit: 'nodes', maximum: 3, came: 4 },
  });
});

test('pages and parts cost within the page that they stand in', async () => {
  const source =
    '{ persons(first: 5) { nodes { medicalVisits(first: 3) { nodes { visitedOn } } marriages { nodes { id } } } } }';
  const { cost } = (await planWith(source, deciderOf())).plan;
  expect(cost.pages.map(({ within, fanOut }) => [within, fanOut])).toEqual([
    [-1, null],
    [0, null],
    [0, 5],
  ]);
  expect(cost.parts.map(({ path, within }) => `${path} ${within}`)).toEqual([
    'persons -1',
    'persons.nodes 0',
    'persons.nodes.medicalVisits 0',
    'persons.nodes.medicalVisits.nodes 1',
    'persons.nodes.marriages 0',
    'persons.nodes.marriages.nodes 2',
  ]);
});
