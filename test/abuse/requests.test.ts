/** Requests that no well-meaning client sends: each is answered, soon, with a coded error that gives nothing away; and the service goes on. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { errorCodes } from '../../src/errors.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let idNumber: string;

beforeAll(async () => {
  demo = await startDemoService();
  idNumber = demo.credentials.samples.idNumbers[0]!;
});
afterAll(() => demo.stop());

const longestAnswer = 20_000;
const slowest = 5_000;

/** Refused or not, an answer is short, soon, coded and says nothing of the machine behind it. */
async function answered(request: Promise<Answer>, ...secrets: string[]): Promise<Answer> {
  const started = performance.now();
  const answer = await request;
  expect(performance.now() - started).toBeLessThan(slowest);
  expect(answer.codes.filter((code) => !(code in errorCodes) && !/^(FIELD|ARGUMENT)_DENIED$/.test(code))).toEqual([]);
  expect(answer.codes).not.toContain('INTERNAL');
  const words = JSON.stringify(answer.errors);
  expect(words).not.toMatch(
    /node_modules|\.[jt]s\b|\bat \w+ \(|\/work|\/home|stacktrace|syntax error at|relation "|postgres/i,
  );
  for (const secret of secrets) expect(words).not.toContain(secret);
  return answer;
}

async function refused(request: Promise<Answer>, code: string, ...secrets: string[]): Promise<Answer> {
  const answer = await answered(request, ...secrets);
  expect([...new Set(answer.codes)]).toEqual([code]);
  expect(answer.data ?? null).toBeNull();
  expect(answer.text.length).toBeLessThan(longestAnswer);
  return answer;
}

const ask = (query: string, variables?: object, principal = 'portrait-app'): Promise<Answer> =>
  demo.ask(principal, query, variables);

afterEach(async () => {
  const { status, data } = await ask(
    '{ enterprises(first: 1) { nodes { registration { creditCode } } } }',
    undefined,
    'public',
  );
  expect([status, data.enterprises.nodes.length]).toEqual([200, 1]);
});

describe('a document', () => {
  test('of a megabyte is not read', async () => {
    expect((await refused(ask(`{ __typename ${'# '.repeat(500_000)} }`), 'BODY_TOO_LARGE')).status).toBe(413);
  });

  test('of too many tokens is not parsed to its end', async () => {
    const answer = await refused(ask(`{ ${'a '.repeat(100_000)} }`), 'LIMIT_EXCEEDED');
    expect(answer.errors[0]!.extensions).toMatchObject({ limit: 'tokens', maximum: 4000, came: 4001 });
  });

  test('that nests deeper than the limit is refused, however it nests', async () => {
    const nest = (levels: number, open: string, leaf: string): string =>
      open.repeat(levels) + leaf + ' }'.repeat(levels);
    await refused(
      ask(`{ enterprises { nodes { ${nest(60, 'registration { legalPerson { ', 'id')} ${'}'.repeat(60)} } } }`),
      'LIMIT_EXCEEDED',
    );
    await answered(ask(`{ ${nest(900, '... { ', '__typename')} }`));
    await answered(ask(`{ ${nest(1900, 'a { ', 'b')} }`));
    await answered(ask(`{ explainAccess(coordinate: ${'['.repeat(3000)}`));
    const introspection = await answered(
      ask(`{ __schema { types { ${nest(40, 'fields { type { ', 'name')} ${'}'.repeat(40)} } } }`),
    );
    expect(introspection.data).toBeUndefined();
  });

  test('of fragments in a circle, or that double with each step, is refused', async () => {
    await refused(
      ask(
        '{ enterprises { ...A } } fragment A on LegalPersonConnection { ...B } fragment B on LegalPersonConnection { ...A }',
      ),
      'GRAPHQL_VALIDATION_FAILED',
    );
    await refused(ask('{ ...A } fragment A on Query { ...A }'), 'GRAPHQL_VALIDATION_FAILED');
    const doubling = Array.from(
      { length: 25 },
      (_, n) => `fragment F${n} on Enterprise { a${n}: name ...F${n + 1} ...F${n + 1} }`,
    ).join(' ');
    await refused(
      ask(`{ enterpriseRegistrations { nodes { ...F0 } } } ${doubling} fragment F25 on Enterprise { name }`),
      'LIMIT_EXCEEDED',
    );
    const only = Array.from(
      { length: 40 },
      (_, n) => `fragment F${n} on Enterprise { ...F${n + 1} ...F${n + 1} }`,
    ).join(' ');
    await refused(
      ask(`{ enterpriseRegistrations { nodes { ...F0 } } } ${only} fragment F40 on Enterprise { name }`),
      'LIMIT_EXCEEDED',
    );
  });

  test('of very many aliases is refused, and of many is one statement', async () => {
    const aliases = (count: number, field: string): string =>
      Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');
    await refused(ask(`{ ${aliases(1100, '__typename')} }`), 'LIMIT_EXCEEDED');
    // Each list and each node of it is a join or more, and the database's time to plan grows with the square of them.
    await refused(ask(`{ ${aliases(60, 'enterprises(first: 1) { nodes { id } }')} }`), 'COST_EXCEEDED');
    const { result, libraryStatements } = await demo.capture(() =>
      answered(ask(`{ ${aliases(40, 'enterprises(first: 1) { nodes { id } }')} }`, undefined, 'public')),
    );
    expect([result.codes, Object.keys(result.data).length, libraryStatements.length]).toEqual([[], 40, 1]);
  });

  test('of a thousand fields that conflict with one another is refused soon', async () => {
    const conflicting = Array.from({ length: 600 }, (_, n) => `x: enterprises(first: ${n}) { nodes { id } }`).join(' ');
    await answered(ask(`{ ${conflicting} }`));
  });

  test('with unknown fields, arguments, types or operations is refused', async () => {
    for (const query of [
      '{ nothing }',
      '{ enterprises(last: 3) { nodes { id } } }',
      '{ enterprises { nodes { secret } } }',
      'query ($x: Nothing) { __typename }',
      '{ ... on Person { id } }',
      'mutation { dropEverything }',
      '{ enterprises(orderBy: [NAME]) { nodes { id } } }',
      '{ enterprises(filter: { telephone: { eq: "1" } }) { nodes { id } } }',
      'query A { __typename } query A { __typename }',
      'fragment F on Query { __typename }',
      '{ enterprises { nodes } }',
      '{ __typename @nothing }',
      'subscription { a }',
      'type A { b: Int }',
    ]) {
      const { data } = await answered(ask(query));
      expect([query, data ?? null]).toEqual([query, null]);
    }
  });

  test('may name its fields as it likes, JavaScript’s own names included', async () => {
    const { data, codes } = await answered(
      ask(
        '{ __proto__: __typename constructor: enterprises(first: 1) { toString: nodes { hasOwnProperty: __typename } } valueOf: explainAccess(coordinate: "Person") { __proto__: level } }',
      ),
    );
    expect(codes).toEqual([]);
    expect(Object.keys(data)).toEqual(
      ['__proto__', 'constructor', 'valueOf'].filter((key) => Object.hasOwn(data as object, key)),
    );
    expect(data.constructor).toEqual({ toString: [{ hasOwnProperty: 'LegalPerson' }] });
  });

  test('that changes things is for who may, one field at a time', async () => {
    for (const principal of ['public', 'portrait-app', 'auditor', 'steward', 'operator', 'supervisor']) {
      await refusedFields(
        ask(
          'mutation { a: revokeGrant(code: "DEMO-CLINIC", reason: "x") { target } b: suspendConsumer(name: "clinic-app", reason: "x") { target } }',
          undefined,
          principal,
        ),
      );
    }
    expect((await demo.ask('clinic-app', '{ persons(first: 1) { nodes { id } } }')).codes).toEqual([]);
  });
});

async function refusedFields(request: Promise<Answer>): Promise<void> {
  const { data, codes } = await answered(request);
  expect([data, codes]).toEqual([{ a: null, b: null }, ['FORBIDDEN', 'FORBIDDEN']]);
}

describe('an argument', () => {
  test.each([[100_000], [101], [0], [-1], [2147483647]])(
    'that asks for a page of %i is refused, as a literal and as a variable',
    async (first) => {
      await refused(ask(`{ enterprises(first: ${first}) { nodes { id } } }`), 'LIMIT_EXCEEDED');
      await refused(ask('query ($n: Int) { enterprises(first: $n) { nodes { id } } }', { n: first }), 'LIMIT_EXCEEDED');
      await refused(
        ask('query ($n: Int) { enterprises(first: 1) { nodes { officers(first: $n) { nodes { id } } } } }', {
          n: first,
        }),
        'LIMIT_EXCEEDED',
      );
      await answered(ask('query ($n: Int) { usageRecords(first: $n) { nodes { id } } }', { n: first }));
    },
  );

  test('that is a bad identifier is refused without repeating it', async () => {
    for (const bad of [
      '110105194912310029',
      '１１０１０５１９４９１２３１００２９',
      '91350100M000100Y4Z',
      `${idNumber}0`,
      `${idNumber.slice(0, 17)}é`,
      '9'.repeat(100_000),
    ]) {
      await refused(
        ask('query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { id } }', { id: bad }),
        'INVALID_IDENTIFIER',
        bad.slice(0, 15),
      );
      await refused(ask(`{ personPortrait(idNumber: "${bad}") { id } }`), 'INVALID_IDENTIFIER', bad.slice(0, 15));
      await refused(
        ask('query ($id: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $id) { id } }', { id: bad }),
        'INVALID_IDENTIFIER',
        bad.slice(0, 15),
      );
    }
  });

  test('that is a good identifier in the wrong place is not repeated', async () => {
    for (const query of [
      `{ persons(after: "${idNumber}") { nodes { id } } }`,
      `{ person(id: "${idNumber}") { id } }`,
      `{ explainAccess(coordinate: "${idNumber}") { level } }`,
      `{ usageRecords(ids: ["${idNumber}"]) { nodes { id } } }`,
      `{ enterprises(first: ${idNumber.slice(0, 17)}) { nodes { id } } }`,
      `{ a${idNumber} }`,
      `{ enterprises(orderBy: [A${idNumber}]) { nodes { id } } }`,
      `{ persons(filter: { birthDate: { eq: "${idNumber}" } }) { nodes { id } } }`,
      `query ($v: Nothing${idNumber}) { __typename }`,
      `{ "${idNumber}`,
      `{ personPortrait(idNumber: ${idNumber.slice(0, 17)}) { id } }`,
    ]) {
      const { errors } = await answered(ask(query), idNumber, idNumber.slice(0, 17));
      expect(errors.length).toBeGreaterThan(0);
    }
    await answered(ask('query ($v: Int) { enterprises(first: $v) { nodes { id } } }', { v: idNumber }), idNumber);
    await answered(
      ask('query ($v: EnterpriseFilter) { enterprises(filter: $v) { nodes { id } } }', {
        v: { [idNumber]: { eq: idNumber } },
      }),
      idNumber,
    );
    await answered(demo.ask('portrait-app', '{ __typename }', {}, { 'x-grant': idNumber }), idNumber);
  });

  test('that is a good identifier or a telephone number in an open argument is on record as a digest', async () => {
    const recorded = async (filter: string): Promise<unknown> => {
      const answer = await ask(`{ enterpriseRegistrations(first: 1, filter: { ${filter} }) { nodes { name } } }`);
      expect(answer.codes).toEqual([]);
      const given = (await demo.recordOf(answer.recordId))!.arguments;
      return Object.entries(given).find(([label]) => label.includes('filter'))![1];
    };
    const spaced = idNumber.replace(/(.{6})(.{8})/, '$1 $2 ');
    for (const filter of [
      `name: { contains: "${idNumber}" }`,
      `name: { contains: "of ${spaced}" }`,
      `industry: { in: ["0610", "${idNumber}"] }`,
      `registeredCapital: { gt: "13912345678" }`,
    ])
      expect(await recorded(filter)).toMatch(/^digest:/);
    expect(await recorded('name: { contains: "煤炭" }')).toBe('煤炭');
    expect(await recorded('registeredCapital: { gt: "100" }')).toBe('100');
  });

  test('that lists very many values is refused', async () => {
    const query = 'query ($in: [String!]) { enterprises(filter: { industry: { in: $in } }) { nodes { id } } }';
    for (const count of [101, 40_000])
      await refused(ask(query, { in: Array.from({ length: count }, (_, n) => `${n % 10}`) }), 'LIMIT_EXCEEDED');
    expect((await answered(ask(query, { in: Array(100).fill('06') }))).codes).toEqual([]);
    expect((await answered(ask(query, { in: [] }))).data).toEqual({ enterprises: { nodes: [] } });
  });

  test('that nests or widens a filter without end is refused', async () => {
    const query = 'query ($f: EnterpriseFilter) { enterprises(filter: $f) { nodes { id } } }';
    const nested = (levels: number, key: string): string => `${`{"${key}":`.repeat(levels)}{}${'}'.repeat(levels)}`;
    const sent = (filter: string): Promise<Answer> =>
      demo.send('portrait-app', `{"query":${JSON.stringify(query)},"variables":{"f":${filter}}}`);
    for (const key of ['not', 'and', 'or']) {
      for (const levels of [200, 5_000, 25_000]) {
        const { data, errors } = await answered(sent(nested(levels, key)));
        expect([data ?? null, errors.length]).toEqual([null, 1]);
      }
    }
    await answered(sent(`{"and":[${Array(60_000).fill('{}').join()}]}`));
    await answered(sent(`{"or":[${Array(6_000).fill('{"name":{"eq":"x"}}').join()}]}`));
    await answered(sent(`${'['.repeat(100_000)}${']'.repeat(100_000)}`));
    await answered(ask(`{ enterprises(filter: ${'{ not: '.repeat(900)} {} ${'}'.repeat(900)}) { nodes { id } } }`));
    expect((await answered(sent(nested(3, 'not')))).codes).toEqual([]);
  });

  test('of another type than was declared is refused', async () => {
    const values: unknown[] = ['x', 1.5, true, [], {}, [[1]], { a: 1 }, 1e308, '', null];
    const variables: [string, string][] = [
      ['Int!', 'enterprises(first: $v) { nodes { id } }'],
      ['String!', 'enterprises(after: $v) { nodes { id } }'],
      ['ID!', 'legalPerson(id: $v) { id }'],
      ['EnterpriseFilter!', 'enterprises(filter: $v) { nodes { id } }'],
      ['[EnterpriseOrder!]!', 'enterprises(orderBy: $v) { nodes { id } }'],
      ['ResidentIdNumber!', 'personPortrait(idNumber: $v) { id }'],
      ['Boolean!', '__typename @skip(if: $v)'],
      ['Decimal!', 'enterprises(filter: { registeredCapital: { gt: $v } }) { nodes { id } }'],
      ['Date!', 'enterprises(filter: { establishedOn: { gt: $v } }) { nodes { id } }'],
      ['[String!]!', 'enterprises(filter: { industry: { in: $v } }) { nodes { id } }'],
    ];
    for (const [type, field] of variables)
      for (const v of values) await answered(ask(`query ($v: ${type}) { ${field} }`, { v }));
    for (const [type, field] of variables) await refused(ask(`query ($v: ${type}) { ${field} }`, {}), 'BAD_USER_INPUT');
  });

  test('that is null where a comparison, a list or an order is expected is refused or left out', async () => {
    for (const argument of [
      'filter: null',
      'filter: { name: null }',
      'filter: { name: { eq: null } }',
      'filter: { name: { in: null } }',
      'filter: { name: { in: [] } }',
      'filter: { and: null }',
      'filter: { and: [] }',
      'filter: { or: [{}] }',
      'filter: { not: null }',
      'filter: { not: {} }',
      'filter: { name: { isNull: null } }',
      'filter: { name: { contains: null } }',
      'orderBy: null',
      'orderBy: []',
      'first: null',
      'after: null',
      'filter: {}',
    ]) {
      const literal = await answered(ask(`{ enterprises(${argument}) { nodes { id } } }`));
      expect(literal.codes.filter((code) => code !== 'BAD_USER_INPUT')).toEqual([]);
    }
    for (const f of [
      null,
      { name: null },
      { name: { eq: null } },
      { and: null },
      { and: [null] },
      { name: { in: [null] } },
      { not: null },
      { name: { isNull: null } },
    ]) {
      const { codes } = await answered(
        ask('query ($f: EnterpriseFilter) { enterprises(filter: $f) { nodes { id } } }', { f }),
      );
      expect(codes.filter((code) => code !== 'BAD_USER_INPUT')).toEqual([]);
    }
    await answered(ask('query ($o: [EnterpriseOrder!]) { enterprises(orderBy: $o) { nodes { id } } }', { o: [null] }));
  });

  const hostile = [
    `' or 1=1 --`,
    `'; drop table population.resident; --`,
    `\\'; select pg_sleep(9); --`,
    '"; delete from citygraph.usage_record; --',
    '$1::text',
    '%',
    '_%_%',
    '\\',
    '\\\\%',
    `${'a'.repeat(100)}`,
    'a'.repeat(200_000),
    'a\0b',
    '\0\0',
    'a\ud800b',
    '\udfff\ud800',
    '\ufeff\u202e\u0007',
    '😀😀',
    '{{7*7}}',
    '../../etc/passwd',
    'null',
    '1e400',
    '-0',
    '${env}',
    '\r\n\r\nX-Y: z',
  ];
  const textArguments: [string, string, string][] = [
    ...['eq', 'contains', 'startsWith'].map((operator): [string, string, string] => [
      'String',
      `enterprises(filter: { name: { ${operator}: $v } }) { nodes { id } }`,
      'portrait-app',
    ]),
    ['[String!]', 'enterprises(filter: { name: { in: $v } }) { nodes { id } }', 'portrait-app'],
    ['String', 'residents(filter: { householdNumber: { eq: $v } }) { nodes { id } }', 'portrait-app'],
    ['String', 'enterprises(after: $v) { nodes { id } }', 'public'],
    ['ID!', 'legalPerson(id: $v) { id }', 'public'],
    ['String!', 'explainAccess(coordinate: $v) { level }', 'public'],
    ...['consumer', 'department', 'grant', 'purpose', 'operationName', 'errorCode', 'outcome', 'after'].map(
      (name): [string, string, string] => ['String', `usageRecords(${name}: $v) { nodes { id } }`, 'auditor'],
    ),
    ['ID', 'usageRecords(subject: $v) { nodes { id } }', 'auditor'],
    ['[ID!]', 'usageRecords(ids: $v) { nodes { id } }', 'auditor'],
    ['DateTime', 'usageRecords(from: $v) { nodes { id } }', 'auditor'],
    ['String!', 'revokeGrant(code: $v, reason: "x") { target }', 'security-officer'],
    ['String!', 'suspendConsumer(name: $v, reason: "x") { target }', 'security-officer'],
  ];
  test.each(textArguments)('of type %s may hold anything: %s', async (type, field, principal) => {
    const kind = /revoke|suspend/.test(field) ? 'mutation' : 'query';
    for (const v of hostile) {
      const answer = await answered(ask(`${kind} ($v: ${type}) { ${field} }`, { v }, principal));
      expect(JSON.stringify(answer.errors).length).toBeLessThan(2_000);
    }
    expect((await demo.owner.query('select from population.resident limit 1')).rowCount).toBe(1);
  });

  test('at the end of what a type can hold is compared or refused', async () => {
    for (const date of [
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '2023-02-29',
      '-0001-01-01',
      '10000-01-01',
      'infinity',
      'now',
    ]) {
      await answered(
        ask('query ($v: Date) { enterprises(filter: { establishedOn: { lt: $v } }) { nodes { id } } }', { v: date }),
      );
    }
    for (const amount of [
      '999999999999999999.999999',
      '-999999999999999999',
      '1e5',
      'NaN',
      'Infinity',
      '0.0000001',
      '٣',
    ]) {
      await answered(
        ask(
          'query ($v: Decimal) { enterprises(filter: { registeredCapital: { gte: $v } }, orderBy: [REGISTERED_CAPITAL_DESC]) { nodes { id } } }',
          { v: amount },
        ),
      );
    }
    for (const moment of [
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:00:00+99:99',
    ]) {
      await answered(
        ask('query ($v: DateTime) { usageRecords(from: $v, until: $v) { nodes { id } } }', { v: moment }, 'auditor'),
      );
    }
  });
});

describe('a forged id or cursor', () => {
  test('is refused, whichever bit of it was changed', async () => {
    const { data } = await ask(
      '{ persons(first: 2, orderBy: [NAME_ASC]) { nodes { id } pageInfo { endCursor } } usageRecords(first: 1) { endCursor } }',
    );
    const targets: [string, string, string][] = [
      [data.persons.nodes[0].id, 'query ($v: ID!) { person(id: $v) { id } }', 'INVALID_IDENTIFIER'],
      [
        data.persons.pageInfo.endCursor,
        'query ($v: String) { persons(first: 2, orderBy: [NAME_ASC], after: $v) { nodes { id } } }',
        'INVALID_CURSOR',
      ],
      [
        data.usageRecords.endCursor,
        'query ($v: String) { usageRecords(first: 1, after: $v) { endCursor } }',
        'INVALID_CURSOR',
      ],
    ];
    for (const [value, query, code] of targets) {
      expect((await ask(query, { v: value })).codes).toEqual([]);
      const bytes = Buffer.from(value, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 5) {
        const forged = Buffer.from(bytes);
        forged[bit >> 3]! ^= 1 << (bit & 7);
        expect((await answered(ask(query, { v: forged.toString('base64url') }))).codes).toEqual([code]);
      }
      for (const other of [
        '',
        'AAAA',
        value.slice(0, -4),
        value + value,
        '='.repeat(22),
        'A'.repeat(10_000),
        bytes.toString('hex'),
      ]) {
        const { codes } = await answered(ask(query, { v: other }));
        // An empty cursor of the log is none.
        if (other !== '') expect([other.length, codes]).toEqual([other.length, [code]]);
      }
    }
  });
});

describe('a body', () => {
  test.each(
    [
      'null',
      'true',
      '1',
      '"{ __typename }"',
      '[]',
      '[{"query":"{ __typename }"}]',
      '[{"query":"{ __typename }"},{"query":"{ __typename }"}]',
      '{}',
      '{"query":1}',
      '{"query":null}',
      '{"query":""}',
      '{"query":"   "}',
      '{"query":["{ __typename }"]}',
      '{"query":"{ __typename }","variables":"x"}',
      '{"query":"{ __typename }","variables":[1]}',
      '{"query":"{ __typename }","operationName":1}',
      '{"query":"{ __typename }","extensions":"x"}',
      '{',
      '',
      '\u0000',
      '{"query":"\\ud800"}',
      '{"query":"{ __typename }"',
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"}}}',
      '{"__proto__":{"query":"{ __typename }"}}',
      '['.repeat(100_000),
    ].map((body) => [body.slice(0, 60), body]),
  )('%s is answered with a coded error', async (_start, body) => {
    const answer = await answered(demo.send('portrait-app', body));
    expect(answer.errors.length).toBeGreaterThan(0);
    expect(answer.data ?? null).toBeNull();
    expect(await demo.recordOf(answer.recordId)).toMatchObject({ principal: 'portrait-app', outcome: 'refused' });
  });

  test('with keys of JavaScript’s own as variables changes nothing', async () => {
    const body = `{"query":"query ($a: String, $f: EnterpriseFilter) { enterprises(first: 1, after: $a, filter: $f) { nodes { __typename } } }","variables":{"__proto__":{"a":"x"},"constructor":{"prototype":{"a":1}},"f":{}}}`;
    expect((await answered(demo.send('public', body))).data.enterprises.nodes).toHaveLength(1);
    await answered(demo.send('public', body.replace('"f":{}', '"f":{"__proto__":{"name":{"eq":"x"}}}')));
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('a request', () => {
  const body = JSON.stringify({ query: '{ __typename }' });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('by %s is refused', async (method) => {
    const answer = await refused(demo.send('portrait-app', body, {}, method), 'METHOD_NOT_ALLOWED');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/graphql',
    'application/jsonx',
    ' ',
  ])('of media type %s is refused, and on record', async (type) => {
    const answer = await answered(demo.send('portrait-app', body, { 'content-type': type }));
    expect([answer.status, answer.data ?? null]).toEqual([expect.any(Number), null]);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await demo.recordOf(answer.recordId)).toMatchObject({ principal: 'portrait-app', outcome: 'refused' });
  });

  test('with headers of any kind is answered', async () => {
    const headings: Record<string, string>[] = [
      { 'x-grant': 'A,'.repeat(2_000) },
      { 'x-grant': `' or 1=1 --` },
      { 'x-grant': ',,,' },
      { 'x-user': 'ÿ'.repeat(500) },
      { 'x-case': '%00%0a' },
      { accept: 'image/png' },
      { accept: 'application/graphql-response+json' },
      { 'apollo-require-preflight': '' },
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-encoding': 'gzip' },
      { 'x-http-method-override': 'DELETE' },
    ];
    for (const headers of headings) await answered(demo.send('portrait-app', body, headers));
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      'bearer x y',
      `Bearer ${'a'.repeat(5_000)}`,
      'Basic QTpC',
      `Bearer ' or 1=1`,
    ]) {
      await refused(demo.send('public', body, { authorization }), 'UNAUTHENTICATED');
    }
  });

  test('to another address is no way in', async () => {
    for (const path of [
      '/',
      '/graphql/',
      '/GRAPHQL',
      '/graphql%00',
      '/healthz/../graphql',
      '/..%2f..%2fetc/passwd',
      '/.git/config',
    ]) {
      const response = await fetch(demo.address + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const text = await response.text();
      if (path !== '/healthz/../graphql') expect([path, response.status]).toEqual([path, expect.any(Number)]);
      expect(text).not.toMatch(/node_modules|\/work|stack/);
    }
  });
});
