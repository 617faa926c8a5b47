/**
 * Every line of three public lists of attacks on GraphQL services, and what this service does at its HTTP edge. What does not apply shows why.
 *
 * OWASP GraphQL Cheat Sheet, by its sections:
 *   Common attacks: injection (SQL, NoSQL, OS command, SSRF, CRLF); denial of service; broken authorization (improper, excessive, IDOR);
 *   batching; insecure defaults. Input validation: allow-lists by type, mutation input, characters, Unicode, graceful refusal; parameterised
 *   statements; process validation. DoS prevention: depth, amount, pagination, timeouts, cost, rate, server-side batching, resources. Access
 *   control: edges and nodes, object ids (node/nodes), fields, mutations. Batching: arrays, aliases, enumeration. Secure configuration: errors,
 *   stack traces, introspection, GraphiQL, suggestions.
 *
 * graphql-cop, its thirteen checks:
 *   field_suggestions, introspection, detect_graphiql, get_method_support, alias_overloading, batch_query, trace_mode, directive_overloading,
 *   circular_query_introspection, get_based_mutation, post_based_csrf, unhandled_error_detection, field_duplication.
 *
 * Damn Vulnerable GraphQL Application, its scenarios:
 *   discovering, fingerprinting; batch query, deep recursion, resource-intensive query, field duplication, aliases, circular fragment;
 *   introspection, GraphiQL, field suggestions, SSRF, stack traces; OS command injection 1 and 2; stored XSS, log injection, HTML injection, SQL
 *   injection; token forge, interface protection bypass, query deny list bypass; weak password protection, arbitrary file write.
 */
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { errorCodes } from '../../src/errors.js';
import { type Answer, type DemoService, type Headings, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let idNumber: string;

beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 240, legalPersons: 40 } });
  idNumber = demo.credentials.samples.idNumbers[0]!;
});
afterAll(() => demo.stop());

/** Whatever was tried, the service goes on, and the pool is as it was. */
afterEach(async () => {
  const { data } = await ask('public', '{ enterprises(first: 1) { nodes { registration { creditCode } } } }');
  expect(data.enterprises.nodes).toHaveLength(1);
});

const ask = (principal: string, query: string, variables?: object, headers?: Headings): Promise<Answer> =>
  demo.ask(principal, query, variables, headers);

const times = (count: number, part: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => part(n)).join(' ');
const wrap = (levels: number, open: string, inner: string): string =>
  `${open} { `.repeat(levels) + inner + ' }'.repeat(levels);

async function expectRefused(answer: Answer | Promise<Answer>, code: string, details: object = {}): Promise<Answer> {
  const it = await answer;
  expect([[...new Set(it.codes)], it.data ?? null]).toEqual([[code], null]);
  expect(it.errors[0]!.extensions).toMatchObject({ code, ...details });
  return it;
}

/** Any other way to the service than a JSON body by POST. */
async function http(path: string, init: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(demo.address + path, init);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** What a caller sends comes back as it was sent, or not at all, and reaches the database as a parameter. */
async function expectInert(text: string): Promise<void> {
  const query = 'query ($v: String) { enterprises(filter: { name: { eq: $v } }) { nodes { id } } }';
  const { result, libraryStatements } = await demo.capture(() => ask('portrait-app', query, { v: text }));
  expect([result.codes, result.data]).toEqual([[], { enterprises: { nodes: [] } }]);
  expect(libraryStatements).toHaveLength(1);
  expect(libraryStatements[0]!.text).not.toContain(text);
  expect(libraryStatements[0]!.values).toContain(text);
}

const introspectedTypes = async (principal: string): Promise<string[]> =>
  (await ask(principal, '{ __schema { types { name } } }')).data.__schema.types.map(
    ({ name }: { name: string }) => name,
  );

/** Public library types may be shown; nothing of persons, and nothing that changes anything. */
async function expectOwnPartOfTheSchema(): Promise<void> {
  expect(await introspectedTypes('public')).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(Person|Resident|Mutation|PolicyChange|MedicalVisit)$/)]),
  );
  expect((await ask('public', '{ __schema { mutationType { name } } }')).data).toEqual({
    __schema: { mutationType: null },
  });
  expect((await ask('portrait-app', '{ __schema { mutationType { fields { name } } } }')).data).toEqual({
    __schema: { mutationType: { fields: [{ name: 'rotateMyToken' }] } },
  });
}

async function expectNoSuggestionBeyondTheView(): Promise<void> {
  const { errors } = await ask('public', '{ personPortrai { id } person { nam } __schema { directive } }');
  expect(errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(errors)).not.toMatch(/personPortrait|persons/);
}

async function expectNoExplorer(): Promise<void> {
  for (const path of ['/graphql', '/graphiql', '/playground', '/console', '/altair', '/voyager', '/']) {
    const { text } = await http(path, { headers: { accept: 'text/html' } });
    expect([path, text]).toEqual([
      path,
      expect.not.stringMatching(/graphiql[.-]|GraphiQL|GraphQL Playground|apollo|<script|<html/),
    ]);
  }
}

async function expectNoStack(answer: Answer | Promise<Answer>): Promise<void> {
  const { text, codes } = await answer;
  expect(text).not.toMatch(
    /node_modules|\.[jt]s:\d|\bat \w+ \(|stacktrace|exception|\wError:|syntax error at|relation "/,
  );
  expect(codes.every((code) => code in errorCodes || /_DENIED$/.test(code))).toBe(true);
  expect(codes).not.toContain('INTERNAL');
}

const batchOf = (count: number): string =>
  JSON.stringify(Array.from({ length: count }, () => ({ query: '{ __typename }' })));

const pages: Headings = { 'content-type': 'application/x-www-form-urlencoded' };

describe('OWASP GraphQL Cheat Sheet', () => {
  describe('common attacks', () => {
    test.each([
      `' or 1=1 --`,
      `'; drop table population.resident; --`,
      `$9::name`,
      `{"$ne": null}`,
      `{ "$where": "1" }`,
    ])('injection into SQL or NoSQL: %s is a parameter', (text) => expectInert(text));

    test.each(['; cat /etc/passwd', '$(id)', '`id`', '| nc 127.0.0.1 1'])(
      'injection into an OS command: %s is a value, for no command is run',
      (text) => expectInert(text),
    );

    test('SSRF: no field and no argument takes an address to go to', async () => {
      const { data } = await ask('portrait-app', getIntrospectionQuery());
      const names = JSON.stringify(data.__schema.types).match(/"name":"[^"]*"/g)!;
      expect(names.filter((name) => /"(url|uri|host|href|callback|webhook|endpoint)"/i.test(name))).toEqual([]);
      await expectInert('http://127.0.0.1:1/');
    });

    test.each(['a\r\nSet-Cookie: x=1', '\r\n\r\nHTTP/1.1 200 OK'])(
      'CRLF injection: %j reaches no header',
      async (text) => {
        await expectInert(text);
        const { headers } = await ask('public', `query ($v: String) { enterprises(after: $v) { nodes { id } } }`, {
          v: text,
        });
        expect(headers.get('set-cookie')).toBeNull();
      },
    );

    test('denial of service: an endless document, filter or value ends at a limit', async () => {
      await expectRefused(ask('public', `{ ${times(3000, () => 'a')} }`), 'LIMIT_EXCEEDED');
      const filter = `{"not":`.repeat(100) + '{}' + '}'.repeat(100);
      const query = 'query ($f: EnterpriseFilter) { enterprises(filter: $f) { nodes { id } } }';
      const body = `{"query":${JSON.stringify(query)},"variables":{"f":${filter}}}`;
      await expectRefused(demo.send('public', body), 'BAD_USER_INPUT', { limit: 'nesting' });
      const values = { f: { and: Array.from({ length: 6000 }, () => ({})) } };
      await expectRefused(ask('public', query, values), 'LIMIT_EXCEEDED', { limit: 'values', maximum: 5000 });
    });

    test('broken authorization, excessive access: what is not granted is null, with the reason beside it', async () => {
      const { data, codes } = await ask('public', '{ enterpriseRegistrations(first: 1) { nodes { name telephone } } }');
      expect([data.enterpriseRegistrations.nodes[0].telephone, codes]).toEqual([null, ['FIELD_DENIED']]);
    });

    test('broken authorization, IDOR: an id is sealed for who was given it, and is nothing to another', async () => {
      const { data } = await ask('portrait-app', '{ persons(first: 1) { nodes { id } } }');
      const query = 'query ($id: ID!) { person(id: $id) { id } }';
      const { id } = data.persons.nodes[0];
      expect((await ask('portrait-app', query, { id })).data.person.id).toBe(id);
      await expectRefused(ask('clinic-app', query, { id }), 'INVALID_IDENTIFIER');
      for (const guess of ['1', '2', 'UGVyc29uOjE='])
        await expectRefused(ask('portrait-app', query, { id: guess }), 'INVALID_IDENTIFIER');
    });

    test('batching attacks: one request is one operation', () =>
      expectRefused(demo.send('portrait-app', batchOf(2)), 'LIMIT_EXCEEDED', { limit: 'batch', maximum: 1, came: 2 }));

    test('insecure default configuration: no explorer, no stack, no tracing, no reading by GET', async () => {
      await expectNoExplorer();
      await expectNoStack(ask('public', '{ nothing }'));
      expect((await http('/graphql?query={__typename}')).status).toBe(405);
    });
  });

  describe('input validation', () => {
    test('specific scalars, enums and input types: what does not fit one is refused before any query runs', async () => {
      const cases: [string, unknown, string][] = [
        [
          'query ($v: ResidentIdNumber!) { personPortrait(idNumber: $v) { id } }',
          '440524188001010015',
          'INVALID_IDENTIFIER',
        ],
        ['query ($v: [EnterpriseOrder!]) { enterprises(orderBy: $v) { nodes { id } } }', ['x'], 'BAD_USER_INPUT'],
        ['query ($v: EnterpriseFilter) { enterprises(filter: $v) { nodes { id } } }', { nothing: 1 }, 'BAD_USER_INPUT'],
        ['query ($v: Int) { enterprises(first: $v) { nodes { id } } }', '1', 'BAD_USER_INPUT'],
      ];
      for (const [query, v, code] of cases) {
        const { result, libraryStatements } = await demo.capture(() => ask('portrait-app', query, { v }));
        await expectRefused(result, code);
        expect(libraryStatements).toEqual([]);
      }
    });

    test('mutations have input of their own, each checked', async () => {
      const mutation = 'mutation ($n: Int) { limitConsumer(name: "dashboard", rate: $n, reason: "x") { target } }';
      expect((await ask('operator', mutation, { n: -1 })).codes).toEqual(['BAD_USER_INPUT']);
      await expectRefused(ask('operator', mutation, { n: 'x' }), 'BAD_USER_INPUT');
      expect(
        (await ask('operator', 'mutation { limitConsumer(name: "dashboard", reason: "") { target } }')).codes,
      ).toEqual(['BAD_USER_INPUT']);
    });

    test('allowed characters: identifiers by an allow-list, whatever looks like a digit', async () => {
      const query = 'query ($v: ResidentIdNumber!) { personPortrait(idNumber: $v) { id } }';
      for (const v of ['１１０１０５１９４９１２３１００２９', `${idNumber}'`, '<b>1</b>'])
        await expectRefused(ask('portrait-app', query, { v }), 'INVALID_IDENTIFIER');
    });

    test('Unicode: one encoding, and no character that the database can not hold', async () => {
      const query = 'query ($v: String) { enterprises(filter: { name: { eq: $v } }) { nodes { id } } }';
      await expectRefused(ask('portrait-app', query, { v: 'a\0b' }), 'BAD_USER_INPUT');
      expect((await ask('portrait-app', query, { v: '😀\u202e' })).codes).toEqual([]);
    });

    test('graceful refusal: it says what was expected, and repeats no identifier', async () => {
      const { text } = await expectRefused(
        ask('portrait-app', `{ personPortrait(idNumber: "${idNumber}0") { id } }`),
        'INVALID_IDENTIFIER',
      );
      expect(text).not.toContain(idNumber);
    });

    test('parameterised statements: no value stands in the text of one', () => expectInert('鄂尔多斯'));

    test('process validation: no input chooses a host, a file or a table', async () => {
      for (const field of ['/etc/passwd', '../../etc/passwd', 'population.resident', 'pg_catalog.pg_authid'])
        await expectInert(field);
    });
  });

  describe('prevention of denial of service', () => {
    test('depth is limited', () =>
      expectRefused(
        ask(
          'portrait-app',
          `{ enterprises { nodes { ${wrap(8, 'registration { legalPerson', 'id')}${' }'.repeat(8)} } } }`,
        ),
        'LIMIT_EXCEEDED',
        { limit: 'depth', maximum: 16 },
      ));

    test('amount is limited: no page is larger than the maximum', () =>
      expectRefused(ask('public', '{ enterprises(first: 99999999) { nodes { id } } }'), 'LIMIT_EXCEEDED', {
        ...{ limit: 'first', maximum: 100, came: 99999999 },
      }));

    test('pagination: every list is a page, with a cursor to the next', async () => {
      const { data } = await ask('public', '{ enterprises { nodes { id } pageInfo { hasNextPage endCursor } } }');
      expect([data.enterprises.nodes.length, data.enterprises.pageInfo.hasNextPage]).toEqual([20, true]);
      const { data: schema } = await ask('portrait-app', getIntrospectionQuery());
      type Field = { name: string; type: { kind: string; ofType: { kind: string; name: string } | null } };
      type Type = { name: string; kind: string; fields: Field[] | null };
      const library = schema.__schema.types.filter(({ name }: Type) =>
        /^(Person|Resident|Enterprise|LegalPerson)$/.test(name),
      );
      for (const { fields } of library as Type[])
        expect(fields!.filter(({ type }) => type.kind === 'LIST' && type.ofType?.kind === 'OBJECT')).toEqual([]);
    });

    test('timeouts: a statement that takes too long is ended by the database', async () => {
      const { rows } = await demo.service.pools.reader.query<{ statement_timeout: string }>('show statement_timeout');
      expect(rows[0]!.statement_timeout).toBe('10s');
    });

    test('cost: it is counted before anything runs, and limited', async () => {
      const query =
        '{ enterprises(first: 100) { nodes { licences(first: 100) { nodes { id } } penalties(first: 100) { nodes { id } } officers(first: 100) { nodes { id } } } } }';
      const { result, libraryStatements } = await demo.capture(() => ask('portrait-app', query));
      await expectRefused(result, 'COST_EXCEEDED', { limit: 'cost', maximum: 20_000 });
      expect(libraryStatements).toEqual([]);
    });

    test('rate: whoever has used up the allowance is told 429 and when to come again', async () => {
      await demo.policy.limitConsumer(
        'no-grant-app',
        { rate: 1, burst: 50, concurrency: null, lookups: null, misses: null },
        'for the test',
      );
      await demo.service.policy.refresh();
      const answers: Answer[] = [];
      for (let n = 0; n < 8; n += 1)
        answers.push(await ask('no-grant-app', '{ enterpriseRegistrations(first: 10) { nodes { name } } }'));
      const last = answers.at(-1)!;
      await expectRefused(last, 'RATE_LIMITED', { limit: 'rate' });
      expect([last.status, Number(last.headers.get('retry-after')) >= 1]).toEqual([429, true]);
    });

    test('server-side batching: however deep it goes, one operation is one statement', async () => {
      const query =
        '{ enterprises(first: 20) { nodes { registration { name } licences { nodes { id } } penalties { nodes { id } } } } }';
      expect((await demo.capture(() => ask('portrait-app', query))).libraryStatements).toHaveLength(1);
    });

    test('resources: a body is read to its limit and no further', async () => {
      const { status } = await expectRefused(ask('public', `{ __typename ${'# '.repeat(200_000)} }`), 'BODY_TOO_LARGE');
      expect(status).toBe(413);
    });
  });

  describe('access control', () => {
    test('edges and nodes alike: what is denied by one way is denied by the other', async () => {
      const { data, codes } = await ask(
        'public',
        '{ enterpriseRegistrations(first: 1) { nodes { telephone } edges { node { telephone } } } persons { edges { cursor node { id } } } }',
      );
      expect(data).toEqual({
        enterpriseRegistrations: { nodes: [{ telephone: null }], edges: [{ node: { telephone: null } }] },
        persons: null,
      });
      expect(codes).toEqual(['FIELD_DENIED', 'FIELD_DENIED', 'FIELD_DENIED']);
    });

    test('objects by id: there is no node or nodes field that goes around a type’s own decision', async () => {
      for (const query of ['{ node(id: "1") { id } }', '{ nodes(ids: ["1"]) { id } }'])
        await expectRefused(ask('portrait-app', query), 'GRAPHQL_VALIDATION_FAILED');
    });

    test('fields: each is decided for the caller, in selections, filters and orders', async () => {
      const { data, codes } = await ask(
        'public',
        '{ a: enterprises(filter: { registeredCapital: { gt: "1" } }) { nodes { id } } b: residents { nodes { name } } }',
      );
      expect(data.b).toBeNull();
      expect(codes).toContain('FIELD_DENIED');
      const { data: sorted, codes: orders } = await ask(
        'public',
        '{ residents(orderBy: [NAME_ASC]) { nodes { id } } }',
      );
      expect([sorted, orders]).toEqual([{ residents: null }, ['FIELD_DENIED']]);
    });

    test('mutations: for the role that may, and nobody else', async () => {
      for (const principal of ['public', 'portrait-app', 'auditor', 'operator'])
        expect(
          (await ask(principal, 'mutation { suspendConsumer(name: "dashboard", reason: "x") { target } }')).codes,
        ).toEqual(['FORBIDDEN']);
      expect((await ask('dashboard', '{ __typename }')).codes).toEqual([]);
    });

    test('introspection: everyone is shown their own part', expectOwnPartOfTheSchema);
    test('GraphiQL: there is none', expectNoExplorer);
  });

  describe('batching attacks', () => {
    test('by arrays are refused', () =>
      expectRefused(demo.send('public', batchOf(100)), 'LIMIT_EXCEEDED', { limit: 'batch', came: 100 }));

    test('by aliases are limited, and enumeration is noticed however it is spread', async () => {
      await expectRefused(ask('portrait-app', `{ ${times(101, (n) => `a${n}: __typename`)} }`), 'LIMIT_EXCEEDED', {
        ...{ limit: 'aliases', maximum: 100, came: 101 },
      });
      const limits = { rate: null, burst: null, concurrency: null, lookups: 4, misses: 2 };
      await demo.policy.limitConsumer('clinic-app', limits, 'for the test');
      await demo.service.policy.refresh();
      const ids = demo.credentials.samples.idNumbers.slice(0, 5);
      const aliases = ids.map((id, n) => `a${n}: personPortrait(idNumber: "${id}") { __typename }`).join(' ');
      const { result, libraryStatements } = await demo.capture(() => ask('clinic-app', `{ ${aliases} }`));
      await expectRefused(result, 'RATE_LIMITED', { limit: 'lookups', maximum: 4, came: 5 });
      expect(libraryStatements).toEqual([]);
    });
  });

  describe('secure configuration', () => {
    test('no excessive errors, no stack, no debugging', async () => {
      await expectNoStack(ask('public', '{ enterprises(first: "x") { nodes { id } } }'));
      await expectNoStack(ask('public', '{'));
      await expectNoStack(demo.send('public', '{"query":1}'));
    });
    test('introspection is the caller’s own part', expectOwnPartOfTheSchema);
    test('no suggestion goes beyond what introspection shows', expectNoSuggestionBeyondTheView);
  });
});

describe('graphql-cop', () => {
  test('field_suggestions: none that introspection does not show to the same caller', expectNoSuggestionBeyondTheView);

  test('introspection: the caller’s own part', expectOwnPartOfTheSchema);

  test('detect_graphiql: there is none', expectNoExplorer);

  test('get_method_support: GET is refused', async () => {
    const { status, headers, text } = await http('/graphql?query=query%20cop%20%7B__typename%7D');
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
    expect(JSON.parse(text).errors[0].extensions.code).toBe('METHOD_NOT_ALLOWED');
  });

  test('alias_overloading: 101 aliases are refused', () =>
    expectRefused(ask('public', `query cop { ${times(101, (n) => `alias${n}:__typename`)} }`), 'LIMIT_EXCEEDED', {
      ...{ limit: 'aliases', maximum: 100, came: 101 },
    }));

  test('batch_query: ten queries in an array are refused', () =>
    expectRefused(demo.send('public', batchOf(10)), 'LIMIT_EXCEEDED', { limit: 'batch', maximum: 1, came: 10 }));

  test('trace_mode: no answer carries a trace', async () => {
    const { text } = await ask('public', 'query cop { __typename }', {}, { 'apollo-federation-include-trace': 'ftv1' });
    expect(Object.keys(JSON.parse(text).extensions)).toEqual(['usage']);
    expect(text).not.toMatch(/tracing|ftv1|duration/i);
  });

  test('directive_overloading: ten of the same directive are refused without an error for each; and many at all', async () => {
    const { errors } = await expectRefused(
      ask('public', `query cop { __typename ${'@aa'.repeat(10)} }`),
      'GRAPHQL_VALIDATION_FAILED',
    );
    expect(errors.length).toBeLessThan(10);
    await expectRefused(ask('public', `query cop { __typename ${'@aa'.repeat(51)} }`), 'LIMIT_EXCEEDED', {
      ...{ limit: 'directives', maximum: 50, came: 51 },
    });
  });

  test('circular_query_introspection: refused', () =>
    expectRefused(
      ask(
        'public',
        'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
      ),
      'LIMIT_EXCEEDED',
      { limit: 'introspectionDepth', maximum: 2, came: 3 },
    ));

  test('get_based_mutation: a mutation by GET is refused', async () => {
    expect((await http('/graphql?query=mutation%20cop%20%7B__typename%7D')).status).toBe(405);
  });

  test('post_based_csrf: a form is refused, and on record', async () => {
    const answer = await demo.send('public', 'query=query%20cop%20%7B__typename%7D', pages);
    await expectRefused(answer, 'BAD_USER_INPUT');
    expect(answer.status).toBe(400);
    expect(await demo.recordOf(answer.recordId)).toMatchObject({ outcome: 'refused' });
  });

  test('unhandled_error_detection: a document that is none is refused without an exception', async () => {
    const answer = await expectRefused(ask('public', 'qwerty cop { abc }'), 'GRAPHQL_PARSE_FAILED');
    await expectNoStack(answer);
  });

  test('field_duplication: 500 of one field are refused', () =>
    expectRefused(ask('public', `query cop { ${times(500, () => '__typename')} }`), 'LIMIT_EXCEEDED', {
      ...{ limit: 'repeats', maximum: 20, came: 21 },
    }));
});

describe('Damn Vulnerable GraphQL Application', () => {
  test('discovering: the service answers at one address, and elsewhere not at all', async () => {
    for (const path of ['/api/graphql', '/v1/graphql', '/graph', '/query', '/graphql.php', '/graphql/console'])
      expect([path, (await http(path, { method: 'POST', body: '{}' })).status]).toEqual([path, 404]);
  });

  test('fingerprinting: no header names the software, and faults are told in the service’s own codes', async () => {
    const { headers } = await ask('public', '{ __typename }');
    for (const name of ['server', 'x-powered-by', 'x-apollo-trace'])
      expect([name, headers.get(name)]).toEqual([name, null]);
    const { errors } = await ask('public', 'query @skip { __typename }');
    for (const { extensions } of errors) expect(Object.keys(errorCodes)).toContain(extensions.code);
  });

  test('batch query attack: an array is refused', () =>
    expectRefused(demo.send('public', batchOf(3)), 'LIMIT_EXCEEDED', { limit: 'batch' }));

  test('deep recursion query attack: types that lead to one another end at the depth', () =>
    expectRefused(
      ask(
        'portrait-app',
        `{ enterpriseRegistrations { nodes { ${wrap(9, 'legalPerson { registration', 'id')}${' }'.repeat(9)} } } }`,
      ),
      'LIMIT_EXCEEDED',
      { limit: 'depth', maximum: 16 },
    ));

  test('resource-intensive query attack: the costliest operations are refused by cost', () =>
    expectRefused(
      ask(
        'portrait-app',
        `{ ${times(3, (n) => `a${n}: enterprises(first: 100) { nodes { licences(first: 100) { nodes { id } } } }`)} }`,
      ),
      'COST_EXCEEDED',
      { limit: 'cost', came: 30_603 },
    ));

  test('field duplication attack: refused', () =>
    expectRefused(
      ask('public', `{ enterpriseRegistrations { nodes { ${times(1000, () => 'name')} } } }`),
      'LIMIT_EXCEEDED',
      { limit: 'repeats' },
    ));

  test('aliases based attack: refused', () =>
    expectRefused(ask('public', `{ ${times(150, (n) => `a${n}: enterprises { nodes { id } }`)} }`), 'LIMIT_EXCEEDED', {
      limit: 'aliases',
    }));

  test('circular fragment: refused by name', async () => {
    const { errors } = await expectRefused(
      ask('public', '{ ...Start } fragment Start on Query { ...End } fragment End on Query { ...Start }'),
      'GRAPHQL_VALIDATION_FAILED',
    );
    expect(errors[0]!.message).toContain('Cannot spread fragment');
  });

  test('introspection: the caller’s own part', expectOwnPartOfTheSchema);

  test('GraphiQL interface: there is none', expectNoExplorer);

  test('field suggestions: none beyond the caller’s own part', expectNoSuggestionBeyondTheView);

  test('server-side request forgery: no mutation imports from an address', async () => {
    const query = 'mutation { importPaste(host: "127.0.0.1", port: 80, path: "/", scheme: "http") { result } }';
    await expectRefused(ask('operator', query), 'GRAPHQL_VALIDATION_FAILED');
    await expectInert('http://169.254.169.254/latest/meta-data');
  });

  test('stack trace errors: none leaves, whatever goes wrong', async () => {
    for (const query of ['{', '{ a(', 'mutation { createPaste { x } }', '{ enterprises(first: {}) { nodes { id } } }'])
      await expectNoStack(ask('public', query));
  });

  test('OS command injection 1 (by an import): there is no import, and a value is a value', () =>
    expectInert('/; uname -a'));

  test('OS command injection 2 (by a diagnostic field): there is no such field', async () => {
    for (const query of [
      '{ systemDiagnostics(username: "admin", password: "x", cmd: "id") }',
      '{ systemHealth }',
      '{ systemDebug(arg: "ef") }',
    ])
      await expectRefused(ask('operator', query), 'GRAPHQL_VALIDATION_FAILED');
  });

  test('stored cross-site scripting: what was stored is given as JSON that no browser takes for a page', async () => {
    const { headers } = await ask(
      'portrait-app',
      'query ($v: String) { enterprises(filter: { name: { eq: $v } }) { nodes { id } } }',
      {
        v: '<script>alert(1)</script>',
      },
    );
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('log injection: an operation’s name can be nothing but a name, and the record is made by the service', async () => {
    const forged = 'query getPastes\n127.0.0.1 200 POST admin { __typename }';
    await expectRefused(ask('public', forged), 'GRAPHQL_PARSE_FAILED');
    const { recordId } = await ask(
      'public',
      'query auditor { __typename }',
      {},
      { 'x-user': 'auditor', 'x-forwarded-for': '8.8.8.8' },
    );
    expect(await demo.recordOf(recordId)).toMatchObject({ principal: 'public', operation_name: 'auditor' });
    const { rows } = await demo.owner.query<{ client_address: string }>(
      'select client_address from citygraph.usage_record where id = $1',
      [recordId],
    );
    expect(rows[0]!.client_address).not.toContain('8.8.8.8');
  });

  test('HTML injection: markup is text', () => expectInert('<h1>hello</h1>'));

  test('SQL injection: a filter is a parameter', () => expectInert(`' OR 1=1 UNION SELECT version() --`));

  test('token forge: a token is looked up, not read: nothing in it is believed', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = part({ identity: 'admin', sub: 'auditor', role: 'auditor', exp: 9_999_999_999 });
    const unsigned = `${part({ alg: 'none', typ: 'JWT' })}.${claims}.`;
    const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${claims}`;
    const signed = `${content}.${createHmac('sha256', 'dvga').update(content).digest('base64url')}`;
    for (const token of [unsigned, signed, 'null', '0', demo.tokenOf('auditor')!.slice(0, -1)])
      expect((await expectRefused(ask(`token:${token}`, '{ __typename }'), 'UNAUTHENTICATED')).status).toBe(401);
  });

  test('interface protection bypass: no cookie and no header opens what a token does not', async () => {
    const tried: Headings[] = [
      { cookie: 'env=graphiql:enable' },
      { 'x-admin': '1' },
      { 'x-forwarded-for': '127.0.0.1' },
    ];
    for (const headers of tried) {
      const { codes } = await ask(
        'public',
        'mutation { revokeGrant(code: "DEMO-CLINIC", reason: "x") { target } }',
        {},
        headers,
      );
      expect(codes).toEqual(['FORBIDDEN']);
    }
    await expectNoExplorer();
  });

  test('query deny list bypass: a denial is of the field, whatever the operation, its alias or its fragments are called', async () => {
    for (const query of [
      'query getPastes { residents { nodes { name } } }',
      '{ random: residents { nodes { name } } }',
      '{ ...F } fragment F on Query { ok: residents { nodes { name } } }',
      'query systemHealth { ... on Query { x: residents { edges { node { y: name } } } } }',
    ]) {
      const { data, codes } = await ask('public', query);
      expect([Object.values(data), codes]).toEqual([[null], ['FIELD_DENIED']]);
    }
  });

  test('weak password protection: there are no passwords; a bad token is told 401 however near it is', async () => {
    const good = demo.tokenOf('portrait-app')!;
    const texts = new Set<string>();
    for (const token of [`${good}x`, good.slice(1), good.toUpperCase(), 'password', 'admin'])
      texts.add((await expectRefused(ask(`token:${token}`, '{ __typename }'), 'UNAUTHENTICATED')).text);
    expect(texts.size).toBe(1);
    await expectRefused(
      ask('operator', '{ login(username: "admin", password: "changeme") }'),
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  test('arbitrary file write, path traversal: there is no upload, and the multipart request is refused with its code', async () => {
    await expectRefused(
      ask('operator', 'mutation { uploadPaste(filename: "../../../tmp/x", content: "x") { result } }'),
      'GRAPHQL_VALIDATION_FAILED',
    );
    const boundary = 'x';
    const body = `--${boundary}\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--${boundary}--`;
    for (const headers of [{}, { 'apollo-require-preflight': 'true' }] as Headings[]) {
      const answer = await demo.send('operator', body, {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        ...headers,
      });
      await expectRefused(answer, 'BAD_USER_INPUT');
      expect(answer.status).toBe(400);
      expect(await demo.recordOf(answer.recordId)).toMatchObject({ principal: 'operator', outcome: 'refused' });
    }
    for (const path of ['/pastes/../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/static/..%5c..%5cx'])
      expect([path, (await http(path)).status]).toEqual([path, 404]);
  });
});
