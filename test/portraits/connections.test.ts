/** Whom a subject is tied to: the relation graph, owners in the end, colleagues, housemates, co-officers; and that nothing hidden is passed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GrantItem } from '../../src/policy/grant-items.js';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
/** Legal persons A to H and persons p and q, by their ids in the subject index. */
const id: Record<string, string> = {};
const codes: Record<string, string> = {};

const everything = `{ nodes { number step legalPerson { registration { name } } person { registration { name } } } edges { kind from to sharePercent position } isTruncated }`;

beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 60, legalPersons: 80 } });
  await arrangeShares();
});

afterAll(() => demo.stop());

/**
 * A belongs to B by 60 and to p by 40 per cent, B to C wholly, C to A and to p by halves: a ring. q is an officer of B and of D, and was one
 * of E. Nothing else holds anything.
 */
async function arrangeShares(): Promise<void> {
  const legal = await demo.owner.query<{ id: string; name: string; code: string }>(
    `select e.legal_person_id as id, e.name, i.open_value as code from legal_person.enterprise e
      join citygraph.subject_identifier i on i.subject_id = e.legal_person_id and i.is_current
      where e.legal_person_division is not null order by e.id limit 70`,
  );
  for (const [index, name] of [...'ABCDEFGH'].entries()) {
    const { id: subject, code } = legal.rows[index]!;
    [id[name], codes[name]] = [subject, code];
  }
  const persons = await demo.owner.query<{ id: string }>(
    `select person_id as id from population.resident where person_protected_until < current_date and person_division is not null order by id limit 2`,
  );
  [id['p'], id['q']] = persons.rows.map((row) => row.id) as [string, string];
  await demo.owner.query('delete from legal_person.shareholder; delete from legal_person.officer');
  for (const [held, holder, percent] of [
    ['A', 'B', 60],
    ['A', 'p', 40],
    ['B', 'C', 100],
    ['C', 'A', 50],
    ['C', 'p', 50],
  ] as const)
    await holds(id[held]!, holder === 'p' ? null : id[holder]!, holder === 'p' ? id['p'] : null, percent);
  await holdsOffice('B', 'q', null);
  await holdsOffice('D', 'q', null);
  await holdsOffice('E', 'q', '2020-01-01');
  await holdsOffice('D', 'p', null);
  await moveAll('150602');
}

let number = 0;
async function holds(held: string, legal: string | null, person: string | null, percent: number): Promise<void> {
  number += 1;
  await demo.owner.query(
    `insert into legal_person.shareholder (legal_person_id, holder_legal_person_id, person_id, legal_person_division, holder_number, name, kind,
        share_percent, is_controlling, is_pledged, provider, resource, collected_at)
      values ($1, $2, $3, '150602', $4, '某某', $5, $6::numeric, $6::numeric > 50, false, 'x', 'x', now())`,
    [held, legal, person, `T${number}`, legal ? 'ENTERPRISE' : 'NATURAL_PERSON', percent],
  );
}

async function holdsOffice(held: string, person: string, leftOn: string | null): Promise<void> {
  number += 1;
  await demo.owner.query(
    `insert into legal_person.officer (legal_person_id, person_id, legal_person_division, officer_number, name, position, is_legal_representative, left_on, provider, resource, collected_at)
      values ($1, $2, '150602', $3, '某某', 'DIRECTOR', false, $4, 'x', 'x', now())`,
    [id[held], id[person], `T${number}`, leftOn],
  );
}

/** Everyone into one division, in the index and in every copy that the edges have. */
async function moveAll(division: string, only?: string): Promise<void> {
  const of = (column: string): string => (only === undefined ? '' : ` where ${column} = ${id[only]!}`);
  await demo.owner.query(`
    update citygraph.subject set division = '${division}'${of('id')};
    update citygraph.subject_identifier set subject_division = '${division}'${of('subject_id')};
    update legal_person.shareholder set legal_person_division = '${division}'${of('legal_person_id')};
    update legal_person.shareholder set holder_legal_person_division = '${division}'${of('holder_legal_person_id')};
    update legal_person.shareholder set person_division = '${division}'${of('person_id')};
    update legal_person.officer set legal_person_division = '${division}'${of('legal_person_id')};
    update legal_person.officer set person_division = '${division}'${of('person_id')};
    update legal_person.enterprise set legal_person_division = '${division}'${of('legal_person_id')};
    update population.resident set person_division = '${division}'${of('person_id')}`);
}

function graphOf(principal: string, of: string, args = 'steps: 4', headers = {}): Promise<Answer> {
  return demo.ask(
    principal,
    `query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { relationGraph(${args}) ${everything} } }`,
    { code: codes[of] },
    headers,
  );
}

const graphIn = ({ data }: Answer): Json => data.enterprisePortrait.relationGraph;

async function nameOf(key: string): Promise<string> {
  const { rows } = await demo.owner.query<{ name: string }>(
    `select name from legal_person.enterprise where legal_person_id = $1 union all select name from population.resident where person_id = $1`,
    [id[key]],
  );
  return rows[0]!.name;
}

/** Edges by names instead of numbers. */
async function edgesIn(graph: Json): Promise<string[]> {
  const keys = Object.fromEntries(
    await Promise.all(Object.keys(id).map(async (key) => [await nameOf(key), key] as const)),
  ) as Record<string, string>;
  const named = graph.nodes.map((node: Json) => keys[(node.legalPerson ?? node.person)?.registration?.name] ?? '?');
  return graph.edges
    .map((edge: Json) => `${named[edge.from]}-${edge.kind}-${edge.sharePercent ?? edge.position}-${named[edge.to]}`)
    .sort();
}

describe('the relation graph', () => {
  test('goes as many steps as were asked for, passes a ring once, and knows every edge between those it found', async () => {
    const answer = await graphOf('portrait-app', 'A');
    expect(answer.errors).toEqual([]);
    const graph = graphIn(answer);
    expect(graph.nodes.map((node: Json) => [node.number, node.step])).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 2],
    ]);
    expect(await edgesIn(graph)).toEqual([
      'A-SHARE_OF_LEGAL_PERSON-50.0000-C',
      'B-SHARE_OF_LEGAL_PERSON-60.0000-A',
      'C-SHARE_OF_LEGAL_PERSON-100.0000-B',
      'p-OFFICE-DIRECTOR-D',
      'p-SHARE_OF_PERSON-40.0000-A',
      'p-SHARE_OF_PERSON-50.0000-C',
      'q-OFFICE-DIRECTOR-B',
      'q-OFFICE-DIRECTOR-D',
    ]);
    expect(graph.isTruncated).toBe(false);
  });

  test('is one library statement, and its record names every subject that it showed', async () => {
    const { result, libraryStatements } = await demo.capture(() => graphOf('portrait-app', 'A'));
    expect(libraryStatements).toHaveLength(1);
    const record = await demo.recordOf(result.recordId);
    const released = new Set(record!.subjects.split(/[^0-9]+/));
    for (const key of ['A', 'B', 'C', 'D', 'p', 'q']) expect(released).toContain(id[key]!);
    expect(released).not.toContain(id['E']!);
  });

  test('stops after the steps that were asked for', async () => {
    const graph = graphIn(await graphOf('portrait-app', 'A', 'steps: 1'));
    expect(graph.nodes.map((node: Json) => node.step)).toEqual([0, 1, 1, 1]);
  });

  test('takes one to four steps, and says so', async () => {
    for (const steps of [0, 5, -1])
      expect((await graphOf('portrait-app', 'A', `steps: ${steps}`)).codes).toEqual(['LIMIT_EXCEEDED']);
  });

  test('follows only the kinds that were asked for', async () => {
    const graph = graphIn(await graphOf('portrait-app', 'A', 'steps: 4, kinds: [SHARE_OF_LEGAL_PERSON]'));
    expect(graph.nodes).toHaveLength(3);
    expect((await graphOf('portrait-app', 'A', 'kinds: []')).codes).toEqual(['BAD_USER_INPUT']);
  });

  test('shows the public what the register publishes, and passes no person, with an entry that says so', async () => {
    const { result: answer, libraryStatements } = await demo.capture(() => graphOf('public', 'A'));
    expect(await edgesIn(graphIn(answer))).toEqual([
      'A-SHARE_OF_LEGAL_PERSON-50.0000-C',
      'B-SHARE_OF_LEGAL_PERSON-60.0000-A',
      'C-SHARE_OF_LEGAL_PERSON-100.0000-B',
    ]);
    expect(answer.codes.every((code) => code === 'FIELD_DENIED')).toBe(true);
    expect(answer.errors.map(({ extensions }) => extensions['coordinate'])).toContain('Person');
    expect(libraryStatements.map(({ text }) => text).join()).not.toMatch(/"officer"|"person_id"/);
  });

  test('says where it was cut', async () => {
    const more = await demo.owner.query<{ id: string }>(
      `select legal_person_id as id from legal_person.enterprise where legal_person_id <> all($1) order by id limit 51`,
      [Object.values(id)],
    );
    for (const row of more.rows) await holds(id['H']!, row.id, null, 1);
    await demo.owner.query(
      `update legal_person.shareholder set holder_legal_person_division = '150602' where holder_legal_person_id is not null`,
    );
    const graph = graphIn(await graphOf('public', 'H', 'steps: 1'));
    expect([graph.nodes.length, graph.isTruncated]).toEqual([51, true]);
  });
});

describe('what is hidden', () => {
  let token: string;

  beforeAll(async () => {
    const registered = await demo.policy.registerConsumer({
      name: 'north-app',
      department: '150600-finance',
      clearance: 'L2',
      description: 'One division alone',
    });
    token = registered.token;
    const coordinates = [
      'Person',
      'Resident',
      'Resident.name',
      'Officer.person',
      'Shareholder.person',
      'LegalPerson.beneficialOwners',
    ];
    await demo.policy.issueGrant({
      code: 'NORTH',
      consumer: 'north-app',
      purpose: 'test',
      legalBasis: 'a law',
      validFrom: new Date(Date.now() - 86_400_000),
      validUntil: new Date(Date.now() + 86_400_000),
      divisions: ['150602'],
      includesProtected: false,
      items: coordinates.map((coordinate): GrantItem => ({ coordinate, mode: 'plain' })),
    });
  });

  const north = (): Promise<Answer> => graphOf(`token:${token}`, 'A');
  const owners = async (): Promise<Json> => {
    const { data } = await demo.ask(
      `token:${token}`,
      `query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { beneficialOwners { sharePercent } } }`,
      { code: codes['A'] },
    );
    return data.enterprisePortrait.beneficialOwners;
  };

  test('is not there: with all in the division, all is seen', async () => {
    expect(graphIn(await north()).nodes).toHaveLength(6);
    expect(await owners()).toEqual([{ sharePercent: '70.0000' }]);
  });

  test('is not passed: a legal person of another division, and what lies behind it alone', async () => {
    await moveAll('150603', 'B');
    const answer = await north();
    expect(await edgesIn(graphIn(answer))).toEqual([
      'A-SHARE_OF_LEGAL_PERSON-50.0000-C',
      'p-OFFICE-DIRECTOR-D',
      'p-SHARE_OF_PERSON-40.0000-A',
      'p-SHARE_OF_PERSON-50.0000-C',
      'q-OFFICE-DIRECTOR-D',
    ]);
    expect(await owners()).toEqual([{ sharePercent: '40.0000' }]);
    await moveAll('150602', 'B');
  });

  test('is not passed: a protected person, in whatever row', async () => {
    const protect = (until: string): Promise<unknown> =>
      demo.owner.query(`
        update citygraph.subject set protected_until = '${until}' where id = ${id['p']!};
        update legal_person.shareholder set person_protected_until = '${until}' where person_id = ${id['p']!};
        update legal_person.officer set person_protected_until = '${until}' where person_id = ${id['p']!};
        update population.resident set person_protected_until = '${until}' where person_id = ${id['p']!}`);
    await protect('2999-01-01');
    expect((await edgesIn(graphIn(await north()))).filter((edge) => edge.startsWith('p-'))).toEqual([]);
    expect(await owners()).toEqual([]);
    await protect('-infinity');
  });
});

describe('beneficial owners', () => {
  const ownersOf = (principal: string, args = ''): Promise<Answer> =>
    demo.ask(
      principal,
      `query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { beneficialOwners${args} { person { registration { name } } sharePercent directPercent chainCount steps } } }`,
      { code: codes['A'] },
    );

  test('are summed over the chains that end in a person, and a ring ends a chain', async () => {
    const { data, errors } = await ownersOf('portrait-app');
    expect(errors).toEqual([]);
    expect(data.enterprisePortrait.beneficialOwners).toEqual([
      {
        person: { registration: { name: await nameOf('p') } },
        sharePercent: '70.0000',
        directPercent: '40.0000',
        chainCount: 2,
        steps: 1,
      },
    ]);
  });

  test('are those above the threshold', async () => {
    expect((await ownersOf('portrait-app', '(threshold: "70")')).data.enterprisePortrait.beneficialOwners).toHaveLength(
      1,
    );
    expect((await ownersOf('portrait-app', '(threshold: "70.1")')).data.enterprisePortrait.beneficialOwners).toEqual(
      [],
    );
    expect((await ownersOf('portrait-app', '(threshold: "0")')).codes).toEqual(['LIMIT_EXCEEDED']);
  });

  test('are denied to who may not read every share along the way', async () => {
    const { data, codes: denied } = await ownersOf('no-grant-app');
    expect([data.enterprisePortrait.beneficialOwners, denied]).toEqual([null, ['FIELD_DENIED']]);
  });
});
