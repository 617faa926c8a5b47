/** What the service says of an operation before it is run, and of its own schema, to whom. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let idNumber: string;

beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 240, legalPersons: 40 } });
  idNumber = demo.credentials.samples.idNumbers[0]!;
});
afterAll(() => demo.stop());

const verdict = 'coordinate verdict level reason reasonZh reasonEn remedyZh remedyEn';
const explaining = `query ($document: String!, $operationName: String, $variables: String) {
  explainOperation(document: $document, operationName: $operationName, variables: $variables) {
    kind operationName documentHash runs nodes { path type fields { ${verdict} } } arguments { ${verdict} }
    denials { code path verdict { ${verdict} } } cost costs { path type count cost } limits { limit came maximum exceeded }
    statements databaseRole
  }
}`;

function explain(principal: string, document: string, variables?: object, operationName?: string): Promise<Answer> {
  return demo.ask(principal, explaining, {
    ...{ document, operationName },
    ...(variables && { variables: JSON.stringify(variables) }),
  });
}

const portrait = `query Portrait($id: ResidentIdNumber!) {
  personPortrait(idNumber: $id) { registration { name idNumber telephone } medicalVisits(first: 5) { nodes { visitedOn diagnosis } } }
}`;

describe('explainOperation', () => {
  test('says what the operation itself then answers: the same denials, and what to apply for', async () => {
    for (const principal of ['portrait-app', 'clinic-app', 'dashboard', 'no-grant-app', 'public', 'steward']) {
      const { data, codes } = await explain(principal, portrait, { id: idNumber });
      expect(codes).toEqual([]);
      const ran = await demo.ask(principal, portrait, { id: idNumber });
      expect(
        data.explainOperation.denials.map(({ code, path, verdict }: never) => ({ code, path, ...(verdict as object) })),
      ).toEqual(
        ran.errors.map(({ path, extensions: { code, coordinate, level, reason, reasonZh, remedy, remedyZh } }) => ({
          ...{ code, path: path!.join('.'), coordinate, level, reason, reasonZh, verdict: 'deny' },
          ...{ remedyEn: remedy ?? null, remedyZh: remedyZh ?? null, reasonEn: expect.any(String) },
        })),
      );
      const { rows } = await demo.owner.query<{ hash: string }>(
        `select encode(document_hash, 'hex') as hash from citygraph.usage_record where id = $1`,
        [ran.recordId],
      );
      expect(data.explainOperation.documentHash).toBe(rows[0]!.hash);
    }
  });

  test('gives verdict, level and reason of every field, node and argument, masked ones too', async () => {
    const { explainOperation: it } = (await explain('clinic-app', portrait, { id: idNumber })).data;
    const node = (path: string) => it.nodes.find((other: { path: string }) => other.path === path);
    expect(it).toMatchObject({ kind: 'query', operationName: 'Portrait', runs: true, statements: 1 });
    expect(node('personPortrait.registration').fields).toContainEqual(
      expect.objectContaining({ coordinate: 'Resident.name', verdict: 'mask', reason: 'granted-masked', level: 'L2' }),
    );
    expect(node('personPortrait.registration').fields).toContainEqual(
      expect.objectContaining({ coordinate: 'Resident.telephone', level: 'L3', remedyEn: 'apply for it in plain' }),
    );
    expect(it.arguments).toMatchObject([{ coordinate: 'Resident.idNumber', verdict: 'allow', reason: 'granted' }]);
    const { explainOperation: denied } = (await explain('dashboard', portrait, { id: idNumber })).data;
    expect(denied.arguments).toMatchObject([{ coordinate: 'Resident.idNumber', verdict: 'deny' }]);
    expect([denied.nodes, denied.statements, denied.databaseRole, denied.cost]).toEqual([[], 0, null, 0]);
  });

  test('counts the cost with its parts, and names the role that would read', async () => {
    const document = 'query ($n: Int) { enterprises(first: $n) { nodes { id licences(first: 10) { nodes { id } } } } }';
    const { explainOperation: it } = (await explain('portrait-app', document, { n: 50 })).data;
    expect(it.costs).toEqual([
      { path: 'enterprises', type: 'LegalPersonConnection', count: 1, cost: 1 },
      { path: 'enterprises.nodes', type: 'LegalPerson', count: 50, cost: 50 },
      { path: 'enterprises.nodes.licences', type: 'LicenceConnection', count: 50, cost: 50 },
      { path: 'enterprises.nodes.licences.nodes', type: 'Licence', count: 500, cost: 500 },
    ]);
    expect([it.cost, it.databaseRole]).toEqual([601, 'citygraph_reader']);
    const l4 = '{ residents(first: 1) { nodes { idNumber } } }';
    expect((await explain('portrait-app', l4)).data.explainOperation.databaseRole).toBe('citygraph_reader_l4');
    const marriages = '{ persons(first: 10) { nodes { marriages(first: 100) { nodes { id } } } } }';
    const parts = (await explain('portrait-app', marriages)).data.explainOperation.costs;
    expect(parts.at(-1)).toEqual({
      path: 'persons.nodes.marriages.nodes',
      type: 'MarriageRegistration',
      count: 50,
      cost: 50,
    });
  });

  test('tells by how much an operation exceeds a limit, where running it is refused', async () => {
    const costly =
      '{ enterprises(first: 100) { nodes { licences(first: 100) { nodes { authority penalty: id } } penalties(first: 100) { nodes { id } } } } }';
    const many = `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: enterprises(first: 1) { nodes { id } }`).join(' ')} }`;
    const costs = (await explain('portrait-app', costly.replace('authority penalty: id', 'id'))).data.explainOperation;
    const ran = (await demo.ask('portrait-app', costly.replace('authority penalty: id', 'id'))).errors[0]!.extensions;
    expect(ran).toMatchObject({ code: 'COST_EXCEEDED', limit: 'cost', came: costs.cost });
    expect(costs.limits).toContainEqual({ limit: 'cost', came: ran['came'], maximum: ran['maximum'], exceeded: true });
    expect(costs.runs).toBe(false);
    const nodes = (await explain('portrait-app', many)).data.explainOperation;
    expect(nodes.limits).toContainEqual({ limit: 'planNodes', came: 120, maximum: 100, exceeded: true });
    expect(nodes.runs).toBe(false);
  });

  test('runs nothing, shows no SQL, and is itself on record without what it was given', async () => {
    // No identifier is in it, which the log would not keep anywhere: a name alone.
    const document = '{ residents(filter: { name: { eq: "王小明" } }) { nodes { id } } }';
    const { result, libraryStatements } = await demo.capture(() => explain('portrait-app', document));
    expect([result.codes, libraryStatements]).toEqual([[], []]);
    expect(result.text).not.toMatch(/select |from "|lateral|\$1/i);
    const record = await demo.recordOf(result.recordId);
    expect(record).toMatchObject({ principal: 'portrait-app', outcome: 'answered', subjects: '' });
    expect(record!.arguments).toEqual({ 'explainOperation(document:)': expect.stringMatching(/^digest:/) });
    expect(JSON.stringify(record)).not.toContain('王小明');
    const withVariables = await explain('portrait-app', portrait, { id: idNumber });
    expect(JSON.stringify(await demo.recordOf(withVariables.recordId))).not.toContain(idNumber);
  });

  test('of a mutation makes no change', async () => {
    const document = 'mutation { revokeGrant(code: "DEMO-CLINIC", reason: "x") { target } }';
    const { data } = await explain('security-officer', document);
    expect(data.explainOperation).toMatchObject({ kind: 'mutation', nodes: [], statements: 0 });
    const { rowCount } = await demo.owner.query('select from citygraph.access_grant where revoked_at is not null');
    expect(rowCount).toBe(0);
  });

  test.each([
    ['GRAPHQL_PARSE_FAILED', '{ enterprises', undefined],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }', undefined],
    ['LIMIT_EXCEEDED', `{ ${'a '.repeat(30)} }`, undefined],
    ['INVALID_IDENTIFIER', portrait, { id: '440524188001010015' }],
    ['BAD_USER_INPUT', portrait, undefined],
    ['BAD_USER_INPUT', 'query A { __typename } query B { __typename }', undefined],
  ])('answers %s for a document or variables that are no good', async (code, document, variables) => {
    const { data, codes, status, recordId } = await explain('portrait-app', document, variables);
    expect([status, data, codes]).toEqual([200, { explainOperation: null }, [code]]);
    expect(await demo.recordOf(recordId)).toMatchObject({ error_codes: [code] });
  });

  test('takes its variables as a JSON object', async () => {
    for (const variables of ['', '{', '[]', 'null', '"x"']) {
      const { codes } = await demo.ask('portrait-app', explaining, { document: portrait, variables });
      expect([variables, codes]).toEqual([variables, ['BAD_USER_INPUT']]);
    }
  });

  test('tells the public of no field that it is not shown', async () => {
    const { errors } = await explain('public', '{ persons { nodes { registrations } } }');
    expect(errors.map(({ message }) => message)).toEqual(['document: Cannot query field "persons" on type "Query".']);
  });
});

describe('introspection', () => {
  const typesOf = ({ data }: Answer): string[] => data.__schema.types.map(({ name }: { name: string }) => name);

  test('shows each kind of principal its own part of the schema, whole and usable, and is on record', async () => {
    for (const [principal, shown, hidden] of [
      ['public', ['Enterprise'], ['Person', 'Resident', 'PolicyChange']],
      ['portrait-app', ['Enterprise', 'Person', 'Resident'], ['PolicyChange', 'EnumerationEventEntry']],
      ['no-grant-app', ['Enterprise', 'Person', 'Resident'], ['PolicyChange']],
      ['auditor', ['PolicyChange', 'EnumerationEventEntry', 'UsageRecordEntry'], ['Enterprise', 'Person']],
    ] as const) {
      const answer = await demo.ask(principal, getIntrospectionQuery());
      expect([principal, answer.codes]).toEqual([principal, []]);
      expect(typesOf(answer)).toEqual(expect.arrayContaining([...shown]));
      for (const type of hidden)
        expect([principal, type, typesOf(answer).includes(type)]).toEqual([principal, type, false]);
      expect(buildClientSchema(answer.data as IntrospectionQuery).getQueryType()).toBeDefined();
      expect(await demo.recordOf(answer.recordId)).toMatchObject({
        ...{ principal: answer.recordId && principal, outcome: 'answered' },
        arguments: { __schema: 'introspection' },
      });
    }
  });

  test('of one type says as much as of the whole schema', async () => {
    const query = 'query ($name: String!) { __type(name: $name) { name fields { name args { name } } } }';
    const fieldsOf = async (principal: string, name: string): Promise<string[] | null> =>
      (await demo.ask(principal, query, { name })).data.__type?.fields.map((field: { name: string }) => field.name) ??
      null;
    expect(await fieldsOf('public', 'Resident')).toBeNull();
    expect(await fieldsOf('portrait-app', 'Resident')).toContain('idNumber');
    expect(await fieldsOf('public', 'Enterprise')).not.toContain('telephone');
    expect(await fieldsOf('portrait-app', 'Enterprise')).toContain('telephone');
    expect(await fieldsOf('public', 'Mutation')).toBeNull();
    expect(await fieldsOf('portrait-app', 'Mutation')).toEqual(['rotateMyToken']);
    expect(await fieldsOf('operator', 'Mutation')).toContain('limitConsumer');
  });

  test('beside data is merged in document order, whatever variables the data takes', async () => {
    const { text, codes } = await demo.ask(
      'public',
      `query ($o: [EnterpriseOrder!], $yes: Boolean = true) {
         a: enterprises(first: 1, orderBy: $o) { nodes { __typename } } s: __schema @include(if: $yes) { queryType { name } }
         e: explainAccess(coordinate: "Person") { level } t: __type(name: "Person") { name }
       }`,
      { o: ['NAME_ASC'] },
    );
    expect(codes).toEqual([]);
    // PostgreSQL writes spaces around the colons of what it puts together.
    expect(text.replaceAll('" : ', '":')).toMatch(
      /^{"data":{"a":{"nodes":\[{"__typename":"LegalPerson"}]},"s":{"queryType":{"name":"Query"}},"e":{"level":"L2"},"t":null},/,
    );
  });

  test('of circles of types is refused', async () => {
    const { codes, errors } = await demo.ask(
      'public',
      '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    );
    expect(codes).toEqual(['LIMIT_EXCEEDED']);
    expect(errors[0]!.extensions).toMatchObject({ limit: 'introspectionDepth', maximum: 2, came: 3 });
  });
});

describe('words about a fault', () => {
  const messageOf = async (principal: string, query: string): Promise<string> =>
    (await demo.ask(principal, query)).errors.map(({ message }) => message).join('\n');

  test('suggest only what the caller is shown', async () => {
    expect(await messageOf('portrait-app', '{ personPortait { id } }')).toContain('Did you mean "personPortrait"');
    expect(await messageOf('public', '{ personPortait { id } }')).not.toMatch(/person(Portrait)?"|"persons/);
    expect(await messageOf('public', '{ enterprisePortait { id } }')).toContain('Did you mean "enterprisePortrait"');
    expect(await messageOf('portrait-app', '{ enterpriseRegistrations { nodes { telephon } } }')).toContain(
      '"telephone"',
    );
    expect(await messageOf('public', '{ enterpriseRegistrations { nodes { telephon } } }')).not.toContain('telephone');
    expect(await messageOf('portrait-app', 'mutation { revokeGrants { target } }')).not.toContain('revokeGrant"');
    expect(await messageOf('security-officer', 'mutation { revokeGrants { target } }')).toContain('"revokeGrant"');
  });

  test('name no argument, type, input field or value beyond it', async () => {
    for (const query of [
      '{ enterpriseRegistrations(filter: { telephon: { eq: "1" } }) { nodes { id } } }',
      '{ enterpriseRegistrations(orderBy: [TELEPHON_ASC]) { nodes { id } } }',
      'query ($f: ResidentFilte) { __typename }',
      '{ ... on Residen { id } }',
      '{ person(idd: "x") { id } }',
    ])
      expect([query, await messageOf('public', query)]).toEqual([
        query,
        expect.not.stringMatching(/"telephone"|TELEPHONE|"Resident"|ResidentFilter/),
      ]);
  });

  test('do not keep a closed field from being answered by its verdict', async () => {
    const { data, codes } = await demo.ask(
      'public',
      '{ enterpriseRegistrations(first: 1) { nodes { name telephone } } }',
    );
    expect([data.enterpriseRegistrations.nodes[0].telephone, codes]).toEqual([null, ['FIELD_DENIED']]);
  });
});
