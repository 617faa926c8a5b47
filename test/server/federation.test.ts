/** The service as a subgraph: what it says of itself, entities by their keys, and a graph over it and another subgraph. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import { digestIdentifier } from '../../src/execution/bind-parameters.js';
import { openKeyring } from '../../src/keyring.js';
import { type ExecutionResult, graphql, GraphQLError, type GraphQLSchema, parse, print } from 'graphql';
import { type Answer, type DemoService, type Headings, type Json, startDemoService } from '../support/demo-service.js';
import { librarySdl, openLibrarySubgraph } from './library-subgraph.js';

let demo: DemoService;
beforeAll(async () => {
  demo = await startDemoService({ environment: { LIMIT_REPRESENTATIONS: '40', LIMIT_COST: '9000' } });
});
afterAll(() => demo.stop());

const idNumbers = (): readonly string[] => demo.credentials.samples.idNumbers;
const creditCodes = (): readonly string[] => demo.credentials.samples.creditCodes;
type Representation = Readonly<Record<string, unknown>>;
const persons = (numbers = idNumbers()): Representation[] =>
  numbers.map((idNumber) => ({ __typename: 'Person', idNumber }));
const legalPersons = (codes = creditCodes()): Representation[] =>
  codes.map((creditCode) => ({ __typename: 'LegalPerson', creditCode }));
const division = (code: string): Representation => ({ __typename: 'Division', code });

const parts = {
  Person:
    'id idNumber registration { name birthDate telephone } medicalVisits(first: 2) { nodes { visitedOn } pageInfo { endCursor } }',
  LegalPerson: 'id creditCode registration { name telephone } officers(first: 2) { nodes { position person { id } } }',
  Division: 'id code name enterprises(first: 2, orderBy: [NAME_ASC]) { nodes { name } }',
};
const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ${Object.entries(parts)
    .map(([type, fields]) => `... on ${type} { ${fields} }`)
    .join(' ')} } }`;

const ask = (principal: string, representations: unknown, query = entities, headers?: Headings): Promise<Answer> =>
  demo.ask(principal, query, { representations }, headers);

/** One entity as the root field that finds it answers, with its type as `_entities` gives it. */
async function byRoot(principal: string, it: Representation): Promise<{ data: Json; denials: Set<string> }> {
  const type = it['__typename'] as keyof typeof parts;
  const [root, argument] =
    type === 'Division'
      ? ['divisionPortrait', 'code']
      : it['id'] !== undefined
        ? [type === 'Person' ? 'person' : 'legalPerson', 'id']
        : type === 'Person'
          ? ['personPortrait', 'idNumber']
          : ['enterprisePortrait', 'creditCode'];
  const query = `{ found: ${root}(${argument}: ${JSON.stringify(it[argument])}) { __typename ${parts[type]} } }`;
  const answer = await demo.ask(principal, query);
  return { data: answer.data.found, denials: denialsOf(answer) };
}

const denialsOf = ({ errors }: Answer): Set<string> =>
  new Set(
    errors.map(({ extensions: { code, coordinate, reason } }) => `${code} ${String(coordinate)} ${String(reason)}`),
  );

async function expectAsByRoots(principal: string, representations: readonly Representation[]): Promise<Answer> {
  const answer = await ask(principal, representations);
  const single: Awaited<ReturnType<typeof byRoot>>[] = [];
  for (const it of representations) single.push(await byRoot(principal, it));
  expect(answer.data._entities).toEqual(single.map(({ data }) => data));
  expect([...denialsOf(answer)].sort()).toEqual([...new Set(single.flatMap(({ denials }) => [...denials]))].sort());
  for (const { path } of answer.errors) expect(path).toEqual(['_entities']);
  return answer;
}

const principals = ['portrait-app', 'clinic-app', 'dashboard', 'no-grant-app', 'public', 'auditor'];

describe('entities are decided and answered as the root fields that find the same', () => {
  test.each(principals)('for %s, of all types at once, in the order of their representations', async (principal) => {
    const [first, ...rest] = persons().slice(0, 4);
    const nobody = { __typename: 'LegalPerson', creditCode: '91350100M000100Y43' };
    await expectAsByRoots(principal, [
      ...[division('150622'), first!, ...legalPersons().slice(0, 2), nobody, ...rest, first!],
      division('150600'),
    ]);
  });

  test.each(['portrait-app', 'clinic-app', 'public'])('for %s, by the ids that it was given', async (principal) => {
    const { data } = await ask(principal, [...legalPersons(), ...persons().slice(0, 4)]);
    const known = (data._entities as ({ __typename: string; id: string | null } | null)[]).flatMap((it) =>
      it?.id ? [{ __typename: it.__typename, id: it.id }] : [],
    );
    expect(known.length).toBeGreaterThan(0);
    await expectAsByRoots(principal, known);
  });

  test('a division of grants, and protection, hold for each: who is outside is not there', async () => {
    const { rows: scope } = await demo.owner.query<{ divisions: string[]; protected: boolean }>(
      `select g.divisions, g.includes_protected as protected from citygraph.access_grant g
         join citygraph.consumer c on c.id = g.consumer_id where c.name = 'clinic-app'`,
    );
    expect(scope).toEqual([{ divisions: [expect.any(String)], protected: false }]);
    const { rows } = await demo.owner.query<{ value: string; inside: boolean; protected: boolean }>(
      `select * from (
         select distinct on (inside, protected, lot) * from (
           select i.value, s.division = any($1) as inside, s.protected_until > current_date as protected, ntile(8) over (order by i.id) as lot
             from citygraph.subject_identifier i join citygraph.subject s on s.id = i.subject_id
            where i.kind = 'resident-id-number' and i.is_current) as all_of_them) as few order by md5(value)`,
      [scope[0]!.divisions],
    );
    expect(new Set(rows.map((it) => `${it.inside} ${it.protected}`)).size).toBe(4);
    const { data } = await ask('clinic-app', persons(rows.map(({ value }) => value)));
    const there = (data._entities as unknown[]).map((it) => it !== null);
    expect(there).toEqual(rows.map((it) => it.inside && !it.protected));
  });

  test('fragments, directives and aliases work as anywhere', async () => {
    const { data, errors } = await ask(
      'portrait-app',
      [legalPersons()[0], division('150622')],
      `query ($representations: [_Any!]!) { a: _entities(representations: $representations) { ...All ... on _Entity { t: __typename } ... { ...Enterprise @skip(if: false) } ... on Division @include(if: false) { name } } }
       fragment All on _Entity { __typename } fragment Enterprise on LegalPerson { code: creditCode ... on _Entity { kind: __typename } }`,
    );
    expect(errors).toEqual([]);
    expect(data.a).toEqual([
      { __typename: 'LegalPerson', t: 'LegalPerson', code: creditCodes()[0], kind: 'LegalPerson' },
      { __typename: 'Division', t: 'Division' },
    ]);
  });

  test('what was asked by an identifier that is no longer current is said at its place', async () => {
    const [number] = idNumbers();
    const old = '11010519491231002X';
    await demo.owner.query(
      `insert into citygraph.subject_identifier
              (subject_id, subject_division, subject_protected_until, kind, digest, value, is_current, ended_as, valid_to)
       select subject_id, subject_division, subject_protected_until, kind, $3, $2, false, 'corrected', current_date
         from citygraph.subject_identifier where value = $1 and is_current`,
      [number, old, digestIdentifier(openKeyring(demo.keyringFile).identifiers, 'resident-id-number', old)],
    );
    const answer = await ask('portrait-app', [division('150600'), ...persons([old, number!])]);
    expect(answer.data._entities[1]).toEqual(answer.data._entities[2]);
    expect(JSON.parse(answer.text).extensions.notices).toMatchObject([
      { path: ['_entities', 1], code: 'IDENTIFIER_SUPERSEDED' },
    ]);
    expect(answer.text).not.toContain(old);
  });
});

describe('one statement reads them', () => {
  test('the same for any number of a type, with nothing of what is denied in it', async () => {
    const texts = new Set<string>();
    for (const count of [1, 3]) {
      const { libraryStatements } = await demo.capture(() => ask('no-grant-app', legalPersons().slice(0, count)));
      expect(libraryStatements).toHaveLength(1);
      texts.add(libraryStatements[0]!.text);
    }
    const [text] = [...texts];
    expect([texts.size, text!.includes('."telephone"')]).toEqual([1, false]);
  });

  test('none, where all are denied: a hit and a miss are the same bytes', async () => {
    const answers: string[] = [];
    for (const number of [idNumbers()[0]!, '11010519491231002X']) {
      const { result, libraryStatements } = await demo.capture(() => ask('no-grant-app', persons([number])));
      expect([libraryStatements, result.data, result.codes]).toEqual([[], { _entities: [null] }, ['ARGUMENT_DENIED']]);
      answers.push(result.textWithoutUsage);
    }
    expect(answers[0]).toBe(answers[1]);
    const { result, libraryStatements } = await demo.capture(() => ask('portrait-app', []));
    expect([libraryStatements, result.data, result.codes]).toEqual([[], { _entities: [] }, []]);
  });

  test('and the record has what each type released, and no identifier', async () => {
    const [number] = idNumbers();
    const { recordId } = await ask('portrait-app', [legalPersons()[0], ...persons([number!]), division('150622')]);
    const record = await demo.recordOf(recordId);
    const text = JSON.stringify(record);
    expect(text).not.toContain(number);
    const { rows } = await demo.owner.query<{ id: string }>(
      'select subject_id::text as id from citygraph.subject_identifier where is_current and value = any($1)',
      [[number, creditCodes()[0]]],
    );
    expect(rows).toHaveLength(2);
    for (const { id } of rows) expect(`,${String(record!['subjects']).replace(/[;+]/g, ',')},`).toContain(`,${id},`);
    for (const label of ['Person.idNumber', 'LegalPerson.creditCode', 'Division.code'])
      expect(record!['arguments']).toHaveProperty([`_entities(representations.${label}:)`]);
    expect((record!['arguments'] as Json)['_entities(representations.Person.idNumber:)']).toMatch(/^digest:/);
    expect(text).toContain('Person');
  });

  test('of representations in the document, no part is in the hash of the document', async () => {
    const asked = async (number: string): Promise<Json> =>
      demo.recordOf(
        (
          await demo.ask(
            'portrait-app',
            `{ _entities(representations: [{ __typename: "Person", idNumber: "${number}" }]) { ... on Person { registration { name } } } }`,
          )
        ).recordId,
      );
    const [one, other] = [await asked(idNumbers()[0]!), await asked(idNumbers()[1]!)];
    expect([one.outcome, one.row_counts]).toEqual(['answered', expect.arrayContaining([1])]);
    expect(one.document_hash).toEqual(other.document_hash);
  });
});

describe('a wrong representation is refused, with a code and before anything is read:', () => {
  test.each<[string, unknown, string]>([
    ['no object', ['Person'], 'BAD_USER_INPUT'],
    ['null', [null], 'BAD_USER_INPUT'],
    ['a list', [[]], 'BAD_USER_INPUT'],
    ['no type', [{ id: 'x' }], 'BAD_USER_INPUT'],
    ['a type that is no entity', [{ __typename: 'Resident', id: 'x' }], 'BAD_USER_INPUT'],
    ['a type that is none', [{ __typename: 'constructor', id: 'x' }], 'BAD_USER_INPUT'],
    ['no key', [{ __typename: 'Person' }], 'BAD_USER_INPUT'],
    ['the key of another type', [{ __typename: 'Person', creditCode: '91350100M000100Y43' }], 'BAD_USER_INPUT'],
    ['a key that is no text', [{ __typename: 'Person', idNumber: 1 }], 'BAD_USER_INPUT'],
    ['an id that is none', [{ __typename: 'Person', id: 'x' }], 'INVALID_IDENTIFIER'],
    ['a number with a wrong check', [{ __typename: 'Person', idNumber: '110105194912310021' }], 'INVALID_IDENTIFIER'],
    [
      'a code with a wrong check',
      [{ __typename: 'LegalPerson', creditCode: '91350100M000100Y4Z' }],
      'INVALID_IDENTIFIER',
    ],
    ['no list', null, 'BAD_USER_INPUT'],
  ])('%s', async (_what, representations, code) => {
    const { result, libraryStatements } = await demo.capture(() => ask('portrait-app', representations));
    expect([result.codes, result.data ?? null, libraryStatements]).toEqual([[code], null, []]);
    expect(result.text).not.toMatch(/110105194912310021|91350100M000100Y4Z/);
    expect(await demo.recordOf(result.recordId)).toMatchObject({ outcome: 'refused', error_codes: [code] });
  });

  test('an id of another consumer', async () => {
    const { data } = await ask('portrait-app', legalPersons().slice(0, 1));
    const { id } = data._entities[0] as { id: string };
    expect((await ask('clinic-app', [{ __typename: 'LegalPerson', id }])).codes).toEqual(['INVALID_IDENTIFIER']);
    expect((await ask('portrait-app', [{ __typename: 'Person', id }])).codes).toEqual(['INVALID_IDENTIFIER']);
  });

  test.each([
    [
      'BAD_USER_INPUT',
      'query ($id: ID!) { _entities(representations: [{ __typename: "Person", id: $id }]) { __typename } }',
    ],
    [
      'BAD_USER_INPUT',
      'query ($id: ID!) { _entities(representations: { __typename: "Person", id: $id }) { __typename } }',
    ],
    [
      'GRAPHQL_VALIDATION_FAILED',
      '{ _entities(representations: { __typename: "Person", idNumber: "11010519491231002X" }) { __typename } }',
    ],
  ])('%s: %s', async (code, query) => {
    const answer = await demo.ask('portrait-app', query, { id: 'x' });
    expect([answer.codes, answer.data ?? null]).toEqual([[code], null]);
  });

  test('a list of variables', async () => {
    const query = 'query ($a: _Any!) { _entities(representations: [$a]) { __typename } }';
    expect((await demo.ask('portrait-app', query, { a: division('150622') })).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('how many there may be', () => {
  test('is limited, and each counts in the cost', async () => {
    const many = Array.from({ length: 41 }, () => division('150622'));
    const answer = await ask('portrait-app', many);
    expect(answer.errors[0]!.extensions).toMatchObject({
      ...{ code: 'LIMIT_EXCEEDED', limit: 'representations', maximum: 40, came: 41 },
    });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on LegalPerson { officers(first: 100) { nodes { id person { id } } } } } }`;
    const [one] = legalPersons();
    const costOf = async (count: number): Promise<number> => {
      const { data } = await demo.ask(
        'portrait-app',
        'query ($d: String!, $v: String!) { explainOperation(document: $d, variables: $v) { cost } }',
        { d: query, v: JSON.stringify({ representations: Array.from({ length: count }, () => one) }) },
      );
      return data.explainOperation.cost as number;
    };
    expect(await costOf(0)).toBe(0);
    expect(await costOf(1)).toBe(202);
    expect(await costOf(40)).toBe(40 * 202);
    const wide = query.replace('person {', 'person { offices(first: 1) { nodes { id } }');
    expect(
      (
        await ask(
          'portrait-app',
          Array.from({ length: 40 }, () => one),
          wide,
        )
      ).codes,
    ).toEqual(['COST_EXCEEDED']);
  });

  test('identifiers are counted like those that are looked up one by one', async () => {
    const none = { rate: null, burst: null, concurrency: null, lookups: null, misses: null };
    const eventsOf = async (): Promise<unknown[]> =>
      (await demo.owner.query(`select tripped_by, lookups, misses from citygraph.enumeration_event order by id`)).rows;
    const limited = async (name: string, limits: object): Promise<string> => {
      const about = { name, department: '150600-data', description: 'for the test', clearance: 'L1' } as const;
      const { token } = await demo.policy.registerConsumer(about);
      await demo.policy.limitConsumer(name, { ...none, ...limits }, 'for the test');
      await demo.service.policy.refresh();
      return `token:${token}`;
    };
    const many = await limited('many-lookups', { lookups: 4 });
    const codes = creditCodes();
    expect((await ask(many, legalPersons(codes.slice(0, 4)))).codes).not.toContain('RATE_LIMITED');
    const refused = await ask(many, legalPersons([...codes.slice(0, 4), '91350100M000100Y43']));
    expect([refused.codes, refused.data ?? null]).toEqual([['RATE_LIMITED'], null]);

    const misses = await limited('many-misses', { misses: 1 });
    const missing = ['91350100M000100Y43', '91512081MA62K0260E'];
    const missed = await ask(misses, [legalPersons()[0], division('150622'), ...legalPersons(missing)]);
    expect((missed.data._entities as unknown[]).map((it) => it === null)).toEqual([false, false, true, true]);
    expect((await ask(misses, legalPersons().slice(0, 1))).codes).toEqual(['RATE_LIMITED']);
    expect((await ask(misses, [division('150622')])).data._entities[0]).not.toBeNull();
    let events: unknown[] = [];
    for (const until = Date.now() + 10_000; events.length < 2 && Date.now() < until;) events = await eventsOf();
    expect(events).toEqual([
      { tripped_by: 'lookups', lookups: 5, misses: 0 },
      { tripped_by: 'misses', lookups: 3, misses: 2 },
    ]);
  });
});

async function sdlFor(principal: string): Promise<string> {
  const { data, recordId } = await demo.ask(principal, '{ _service { sdl } }');
  expect(await demo.recordOf(recordId)).toMatchObject({ arguments: { _service: 'introspection' } });
  return data._service.sdl as string;
}

describe('the schema of the subgraph', () => {
  test('has the keys that its reader may use, and of types what that is shown', async () => {
    const keysOf = (sdl: string): string[] =>
      [...sdl.matchAll(/^type (\w+)((?: @key\(fields: "\w+"\))+)/gm)].map(
        ([, type, keys]) => `${type!}: ${[...keys!.matchAll(/"(\w+)"/g)].map(([, key]) => key).join(' ')}`,
      );
    const consumer = await sdlFor('portrait-app');
    expect(keysOf(consumer).sort()).toEqual(['Division: code', 'LegalPerson: id creditCode', 'Person: id idNumber']);
    expect(keysOf(await sdlFor('no-grant-app')).sort()).toEqual([
      ...['Division: code', 'LegalPerson: id creditCode', 'Person: id'],
    ]);
    const open = await sdlFor('public');
    expect(keysOf(open).sort()).toEqual(['Division: code', 'LegalPerson: id creditCode']);
    for (const hidden of ['type Person ', 'type Resident ', 'birthDate:', 'usageSummary(']) {
      expect(consumer).toContain(hidden);
      expect(open).not.toContain(hidden);
    }
    const official = await sdlFor('security-officer');
    expect(keysOf(official)).toEqual([]);
    expect(official).not.toContain('type LegalPerson');
    for (const sdl of [consumer, open, official]) {
      expect(sdl).toMatch(/^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\./);
      expect(sdl).not.toMatch(/_entities|_service|_Any|_Entity|_Service/);
    }
  });

  test('composes by itself, as each kind of principal reads it', async () => {
    for (const principal of ['portrait-app', 'public', 'security-officer']) {
      const composed = composeServices([
        { name: 'pool', typeDefs: parse(await sdlFor(principal)), url: 'http://pool' },
      ]);
      expect([principal, composed.errors ?? []]).toEqual([principal, []]);
    }
  });
});

describe('a graph over the service and another subgraph', () => {
  const asked: { subgraph: string; query: string }[] = [];

  let gateway: GraphQLSchema;

  /** As a gateway has it: composed, and each part asked of its own subgraph; of ours over HTTP, as one consumer. */
  beforeAll(async () => {
    const composed = composeServices([
      { name: 'pool', typeDefs: parse(await sdlFor('portrait-app')), url: `${demo.address}/graphql` },
      { name: 'library', typeDefs: parse(librarySdl), url: 'http://library' },
    ]);
    assertCompositionSuccess(composed);
    const library = openLibrarySubgraph({ reader: idNumbers()[0]!, partner: creditCodes()[0]!, branch: '150622' });
    gateway = getStitchedSchemaFromSupergraphSdl({
      supergraphSdl: composed.supergraphSdl,
      onSubschemaConfig: (subgraph) => {
        const name = subgraph.name.toLowerCase();
        subgraph.executor = async ({ document, variables = {}, context }): Promise<never> => {
          const query = print(document);
          asked.push({ subgraph: name, query });
          if (name === 'library') return (await library(query, variables)) as never;
          const { data, errors } = await demo.ask(String(context?.['consumer']), query, variables);
          return { data, errors: errors.map(({ message, ...rest }) => new GraphQLError(message, rest)) } as never;
        };
      },
    });
  });

  const query = `{ loans { title
    reader { loanCount registration { name telephone } }
    partner { creditCode readingRooms registration { name telephone } }
    branch { code branches name } } }`;
  const federated = async (consumer: string): Promise<ExecutionResult> => {
    asked.length = 0;
    // A gateway keeps what it was answered for as long as its context: one for each request, and never for two consumers.
    return graphql({ schema: gateway, source: query, contextValue: { consumer } });
  };

  test('answers one query from both', async () => {
    const { data, errors } = await federated('portrait-app');
    expect(errors ?? []).toEqual([]);
    const [person, legalPerson, place] = await Promise.all([
      demo.ask(
        'portrait-app',
        `{ personPortrait(idNumber: "${idNumbers()[0]!}") { registration { name telephone } } }`,
      ),
      demo.ask(
        'portrait-app',
        `{ enterprisePortrait(creditCode: "${creditCodes()[0]!}") { registration { name telephone } } }`,
      ),
      demo.ask('portrait-app', '{ divisionPortrait(code: "150622") { name } }'),
    ]);
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      loans: [
        {
          title: '额吉的白云',
          reader: { loanCount: 3, ...person.data.personPortrait },
          partner: { creditCode: creditCodes()[0], readingRooms: 2, ...legalPerson.data.enterprisePortrait },
          branch: { code: '150622', branches: 5, ...place.data.divisionPortrait },
        },
      ],
    });
    expect(new Set(asked.map(({ subgraph }) => subgraph))).toEqual(new Set(['library', 'pool']));
    expect(asked.some(({ subgraph, query: sent }) => subgraph === 'pool' && sent.includes('_entities'))).toBe(true);
  });

  test('what is denied is null in it, with its code, and the rest is answered', async () => {
    const { data, errors } = await federated('no-grant-app');
    const [loan] = JSON.parse(JSON.stringify(data)).loans;
    expect(loan).toMatchObject({ title: '额吉的白云', reader: { registration: null }, branch: { branches: 5 } });
    expect(loan.branch.name).toEqual(expect.any(String));
    expect(loan.partner.registration).toEqual({ name: expect.any(String), telephone: null });
    expect(new Set(errors!.map(({ extensions }) => extensions['code']))).toEqual(
      new Set(['ARGUMENT_DENIED', 'FIELD_DENIED']),
    );
  });
});
