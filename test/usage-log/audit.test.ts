/** The auditor's part of the API, over HTTP: who used what, found by anything it is known by; who looked at me; and that none of it says who. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { registry } from '../../src/app.js';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let person: string;
let other: string;
let enterprise: string;
const portrait = `query Follow($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name telephone } medicalVisits(first: 2) { nodes { diagnosis } } } }`;
const records = (given: string, more = ''): string =>
  `query ($id: ResidentIdNumber, $code: UnifiedSocialCreditCode) { usageRecords(${given}, first: 50) { totalCount totalIsExact ${more}
    nodes { id principal user caseNumber grantTerms { code department purpose legalBasis } nodes { type subjects fields { name level verdict } } } } }`.replace(
    /query \([^)]*\)/,
    (all) =>
      given.includes('$id')
        ? 'query ($id: ResidentIdNumber!)'
        : given.includes('$code')
          ? 'query ($code: UnifiedSocialCreditCode!)'
          : all.slice(0, 5),
  );

async function found(given: string, variables: object = {}): Promise<Json[]> {
  const { data, errors } = await demo.ask('auditor', records(given), variables);
  expect(errors).toEqual([]);
  expect(data.usageRecords.totalCount).toBe(data.usageRecords.nodes.length);
  return data.usageRecords.nodes as Json[];
}

/** Until what was asked is in the index: a second or two. */
async function untilIndexed(): Promise<void> {
  for (;;) {
    const { data } = await demo.ask('auditor', '{ usageSummary(by: [MONTH], first: 1) { waiting } }');
    // The request itself is not in it yet.
    if (data.usageSummary.waiting <= 1) return;
    await delay(50);
  }
}

const asked: Record<string, Answer> = {};
beforeAll(async () => {
  demo = await startDemoService();
  [person, other] = demo.credentials.samples.idNumbers as [string, string];
  enterprise = demo.credentials.samples.creditCodes[0]!;
  asked['plain'] = await demo.ask(
    'portrait-app',
    portrait,
    { id: person },
    { 'x-user': 'Dr Zhang', 'x-case': 'A-2026-7' },
  );
  asked['masked'] = await demo.ask(
    'clinic-app',
    'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } } }',
    { id: person },
  );
  asked['other'] = await demo.ask('portrait-app', portrait, { id: other });
  asked['enterprise'] = await demo.ask(
    'portrait-app',
    'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { registration { name telephone } } }',
    { code: enterprise },
  );
  asked['denied'] = await demo.ask('no-grant-app', portrait, { id: person });
});
afterAll(() => demo.stop());
const idOf = (name: string): string => asked[name]!.recordId!;

describe('an auditor finds a record', () => {
  test('by the identifier of a subject, and by the id under which it is given', async () => {
    const mine = await found('idNumber: $id', { id: person });
    expect(mine.map(({ id }) => id)).toContain(idOf('plain'));
    expect(mine.map(({ id }) => id)).not.toContain(idOf('other'));
    const subject = mine.find(({ id }) => id === idOf('plain')).nodes[0].subjects[0] as string;
    expect((await found(`subject: "${subject}"`)).map(({ id }) => id)).toEqual(mine.map(({ id }) => id));
    expect((await found('creditCode: $code', { code: enterprise })).map(({ id }) => id)).toEqual([idOf('enterprise')]);
  });

  test('by field, level and verdict, human, case, error, consumer, grant and operation, and by several at once', async () => {
    for (const [given, name] of [
      ['coordinate: "Resident.telephone", verdict: "allow", user: "Dr Zhang"', 'plain'],
      ['coordinate: "Enterprise.telephone"', 'enterprise'],
      ['level: "L4", verdict: "allow", idNumber: $id', 'plain'],
      ['verdict: "mask"', 'masked'],
      ['user: "Dr Zhang"', 'plain'],
      ['caseNumber: "A-2026-7"', 'plain'],
      ['errorCode: "ARGUMENT_DENIED", consumer: "no-grant-app"', 'denied'],
      ['consumer: "clinic-app"', 'masked'],
      ['operationName: "Follow", user: "Dr Zhang", idNumber: $id', 'plain'],
    ] as const)
      expect([given, (await found(given, { id: person })).map(({ id }) => id)]).toEqual([given, [idOf(name)]]);
  });

  test('and with it, in one query, the grant with its purpose, legal basis and department', async () => {
    const [record] = await found(`ids: ["${idOf('plain')}"]`);
    const { rows } = await demo.owner.query(
      `select g.code, c.department, g.purpose, g.legal_basis as "legalBasis" from citygraph.access_grant g join citygraph.consumer c on c.id = g.consumer_id where c.name = 'portrait-app'`,
    );
    expect(record.grantTerms).toEqual(rows);
  });

  test('of a merged subject by either of its identifiers', async () => {
    const idsOf = async (id: string): Promise<string> => {
      const { rows } = await demo.owner.query<{ subject_id: string }>(
        'select subject_id from citygraph.subject_identifier where value = $1',
        [id],
      );
      return rows[0]!.subject_id;
    };
    const [first, second] = [demo.credentials.samples.idNumbers[2]!, demo.credentials.samples.idNumbers[3]!];
    const before = [
      await demo.ask('portrait-app', portrait, { id: first }),
      await demo.ask('portrait-app', portrait, { id: second }),
    ];
    const [from, into] = [await idsOf(first), await idsOf(second)];
    await demo.owner.query('update citygraph.subject set merged_into = $2 where id = $1', [from, into]);
    await demo.owner.query(
      'update citygraph.subject_identifier set subject_id = $2, is_current = false where subject_id = $1',
      [from, into],
    );
    const expected = before.map(({ recordId }) => recordId).reverse();
    for (const id of [first, second])
      expect((await found('idNumber: $id', { id })).map((it) => it.id)).toEqual(expected);
    const uses = await demo.ask(
      'auditor',
      `query ($id: ResidentIdNumber!) { usesOfPerson(idNumber: $id, reason: "asked in person", caseNumber: "R-1") { nodes { recordId } } }`,
      { id: first },
    );
    expect(uses.data.usesOfPerson.nodes.map(({ recordId }: Json) => recordId)).toEqual(expected);
  });

  test('whose looking is on record itself, with a digest where the identifier was', async () => {
    const { recordId, text } = await demo.ask('auditor', records('idNumber: $id'), { id: person });
    expect(text).not.toContain(person);
    const record = await demo.recordOf(recordId);
    expect(record).toMatchObject({
      outcome: 'answered',
      arguments: { 'usageRecords(idNumber:)': expect.stringMatching(/^digest:/) as unknown },
    });
    expect(JSON.stringify(record)).not.toContain(person);
  });

  test('page by page, by a cursor that is good for this list and this reader alone', async () => {
    const page = (after?: string): Promise<Answer> =>
      demo.ask(
        'auditor',
        `query ($after: String) { usageRecords(idNumber: "${person}", first: 1, after: $after) { hasNextPage endCursor nodes { id } } }`,
        { after },
      );
    const whole = await found('idNumber: $id', { id: person });
    const first = await page();
    const next = await page(first.data.usageRecords.endCursor as string);
    expect([first, next].map(({ data }) => data.usageRecords.nodes[0].id)).toEqual(
      whole.slice(0, 2).map(({ id }) => id),
    );
    const cursor = first.data.usageRecords.endCursor as string;
    const foreign = await demo.ask(
      'security-officer',
      `{ usageRecords(user: "Dr Zhang", after: "${cursor}") { hasNextPage } }`,
    );
    expect(foreign.codes).toEqual(['INVALID_CURSOR']);
  });
});

describe('counts of usage', () => {
  const summary = (who: string, given: string): Promise<Answer> =>
    demo.ask(who, `{ usageSummary(${given}) { groups { keys records rows subjects } hasNextPage endCursor waiting } }`);

  test('by consumer and by verdict agree with the records', async () => {
    await untilIndexed();
    const { data } = await summary('auditor', 'by: [CONSUMER], operationName: "Follow"');
    const counted = Object.fromEntries(data.usageSummary.groups.map(({ keys, records }: Json) => [keys[0], records]));
    expect(counted).toEqual({ 'portrait-app': expect.any(Number) as unknown, 'no-grant-app': 1 });
    expect(counted['portrait-app']).toBe((await found('consumer: "portrait-app", operationName: "Follow"')).length);
    const masked = await summary('security-officer', 'by: [COORDINATE, VERDICT], verdict: "mask"');
    expect(masked.data.usageSummary.groups).toMatchObject([{ keys: ['Resident.name', 'mask'], records: 1 }]);
  });

  test('by subject are sealed for the reader', async () => {
    const { data, text } = await summary('auditor', 'by: [SUBJECT], first: 1000');
    const subject = (await found(`ids: ["${idOf('plain')}"]`))[0].nodes[0].subjects[0] as string;
    expect(data.usageSummary.groups.map(({ keys }: Json) => keys[0])).toContain(subject);
    expect(text).not.toMatch(/"keys":\["\d+"\]/);
    const one = await demo.ask(
      'auditor',
      `query ($id: ResidentIdNumber!) { usageSummary(by: [CONSUMER, DAY], idNumber: $id) { groups { keys records } } }`,
      { id: person },
    );
    expect(one.data.usageSummary.groups.map(({ keys }: Json) => keys[0]).sort()).toEqual([
      'clinic-app',
      'portrait-app',
    ]);
  });

  test('tell a consumer no number of subjects: beside rows it would say which rows are of one person', async () => {
    const { data } = await summary('portrait-app', 'by: [DAY]');
    expect(data.usageSummary.groups.length).toBeGreaterThan(0);
    for (const { rows, subjects } of data.usageSummary.groups)
      expect([Number(rows) >= 0, subjects]).toEqual([true, null]);
  });

  test('say of others not even how many records wait to be counted', async () => {
    await Promise.all(Array.from({ length: 12 }, () => demo.ask('public', '{ __typename }')));
    const asked = await demo.ask('dashboard', '{ usageSummary(by: [DAY]) { waiting } }');
    expect([asked.codes, asked.data.usageSummary.waiting]).toEqual([[], 0]);
  });

  test('go page by page', async () => {
    const first = (await summary('auditor', 'by: [CONSUMER], first: 1')).data.usageSummary;
    const next = (await summary('auditor', `by: [CONSUMER], first: 1, after: "${first.endCursor}"`)).data.usageSummary;
    expect(next.groups[0].keys).not.toEqual(first.groups[0].keys);
    expect((await summary('auditor', `by: [PURPOSE], after: "${first.endCursor}"`)).codes).toEqual(['INVALID_CURSOR']);
  });
});

describe('who may', () => {
  const uses = `usesOfPerson(idNumber: "11010519491231002X", reason: "asked", caseNumber: "R-2") { withheldCount }`;
  test.each<[string, string, boolean]>([
    ...['auditor', 'security-officer'].flatMap((who): [string, string, boolean][] => [
      [who, 'usageRecords(user: "x") { hasNextPage }', true],
      [who, 'usageSummary(by: [SUBJECT]) { waiting }', true],
      [who, uses, true],
      [who, 'usesOfMyEnterprise { withheldCount }', false],
    ]),
    ['supervisor', 'usageSummary(by: [CONSUMER, MONTH]) { waiting }', true],
    ...[
      'by: [SUBJECT]',
      'by: [USER]',
      'by: [CASE]',
      'by: [DAY], user: "x"',
      'by: [DAY], idNumber: "11010519491231002X"',
    ].map((given): [string, string, boolean] => ['supervisor', `usageSummary(${given}) { waiting }`, false]),
    ...['supervisor', 'operator', 'steward'].flatMap((who): [string, string, boolean][] => [
      [who, 'usageRecords { hasNextPage }', false],
      [who, uses, false],
      [who, 'usesOfMyEnterprise { withheldCount }', false],
    ]),
    ...['operator', 'steward', 'public'].map((who): [string, string, boolean] => [
      who,
      'usageSummary(by: [DAY]) { waiting }',
      false,
    ]),
    ['portrait-app', 'usageSummary(by: [DAY, USER]) { waiting }', true],
    ...[
      'usageSummary(by: [SUBJECT]) { waiting }',
      'usageSummary(by: [DAY], creditCode: "91350100M000100Y43") { waiting }',
      'usageRecords(idNumber: "11010519491231002X") { hasNextPage }',
      uses,
      'usesOfMyEnterprise { withheldCount }',
    ].map((field): [string, string, boolean] => ['portrait-app', field, false]),
    ...['usageRecords { hasNextPage }', uses, 'usesOfMyEnterprise { withheldCount }'].map(
      (field): [string, string, boolean] => ['public', field, false],
    ),
  ])('%s: %s: %s', async (who, field, may) => {
    const { codes } = await demo.ask(who, `{ ${field} }`);
    expect(codes).toEqual(may ? [] : ['FORBIDDEN']);
  });

  test('a consumer is shown and counted its own use alone, whatever it asks for', async () => {
    await untilIndexed();
    const { data } = await demo.ask(
      'clinic-app',
      '{ usageRecords(consumer: "portrait-app", first: 100) { totalCount nodes { principal } } usageSummary(by: [CONSUMER]) { groups { keys } } }',
    );
    expect(new Set(data.usageRecords.nodes.map(({ principal }: Json) => principal))).toEqual(new Set(['clinic-app']));
    expect(data.usageSummary.groups).toEqual([{ keys: ['clinic-app'] }]);
  });
});

describe('who looked at me', () => {
  const usesOf = (who: string, id: string, more = ''): Promise<Answer> =>
    demo.ask(
      who,
      `query ($id: ResidentIdNumber!) { usesOfPerson(idNumber: $id, reason: "asked in person at the counter", caseNumber: "R-2026-1"${more}) {
         withheldCount withheldIsExact hasNextPage
         nodes { recordId occurredAt departmentZh departmentEn consumer consumerDescription actionZh actionEn purpose legalBases sections { code zh en masked } } } }`,
      { id },
    );

  test('a person is told when, who, which sections, to what end and by which law', async () => {
    const { data } = await usesOf('auditor', person);
    const { nodes, withheldCount } = data.usesOfPerson;
    expect(withheldCount).toBe(0);
    const use = nodes.find(({ recordId }: Json) => recordId === idOf('plain'));
    const { rows } = await demo.owner.query(
      `select g.purpose, g.legal_basis, c.description from citygraph.access_grant g join citygraph.consumer c on c.id = g.consumer_id where c.name = 'portrait-app'`,
    );
    expect(use).toMatchObject({
      consumer: 'portrait-app',
      consumerDescription: rows[0]!.description as unknown,
      departmentZh: expect.stringMatching(/\p{Script=Han}/u) as unknown,
      actionZh: '按证件号码查询',
      actionEn: 'looked up by official identifier',
      purpose: rows[0]!.purpose as unknown,
      legalBases: [rows[0]!.legal_basis],
    });
    const { zh, en } = registry.datasets.get('Resident')!;
    expect(use.sections).toContainEqual({ code: 'Resident', zh, en, masked: false });
    expect(nodes.find(({ recordId }: Json) => recordId === idOf('masked')).sections).toContainEqual({
      code: 'Resident',
      zh,
      en,
      masked: true,
    });
    expect(nodes.map(({ recordId }: Json) => recordId)).not.toContain(idOf('denied'));
  });

  test('the reason and the case are asked for, hold no identifier, and are on record', async () => {
    const { recordId } = await usesOf('auditor', person);
    expect((await demo.recordOf(recordId))!.arguments).toMatchObject({
      'usesOfPerson(idNumber:)': expect.stringMatching(/^digest:/) as unknown,
      'usesOfPerson(reason:)': 'asked in person at the counter',
      'usesOfPerson(caseNumber:)': 'R-2026-1',
    });
    for (const reason of ['', '  ', `of ${other}`, 'call 138 0013 8000']) {
      const refused = await demo.ask(
        'auditor',
        `query ($reason: String!) { usesOfPerson(idNumber: "${person}", reason: $reason, caseNumber: "1") { withheldCount } }`,
        { reason },
      );
      expect([reason, refused.codes]).toEqual([reason, ['BAD_USER_INPUT']]);
    }
    expect(
      (await demo.ask('auditor', `{ usesOfPerson(idNumber: "${person}") { withheldCount } }`)).data,
    ).toBeUndefined();
  });

  test('a use that a law withholds is counted and not shown, even where another grant stood beside it', async () => {
    const { token } = await demo.policy.registerConsumer({
      name: 'inquiry-app',
      department: '150600-public-security',
      description: 'inquiries',
      clearance: 'L1',
    });
    for (const [code, withheldBasis] of [
      ['INQ-OPEN', null],
      ['INQ-CLOSED', 'a law on inquiries, article 7'],
    ] as const)
      await demo.policy.issueGrant({
        ...{ code, consumer: 'inquiry-app', purpose: 'inquiry', legalBasis: 'a law', divisions: null, withheldBasis },
        ...{ validFrom: new Date(Date.now() - 1_000), validUntil: new Date(Date.now() + 3_600_000) },
        items: [
          { coordinate: 'Person', mode: 'plain' },
          { coordinate: 'Resident.*', mode: 'plain' },
          { coordinate: 'Resident.idNumber', mode: 'match' },
        ],
      });
    await demo.service.policy.refresh();
    const look = (grants: string): Promise<Answer> =>
      demo.ask(
        `token:${token}`,
        'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } } }',
        { id: other },
        { 'x-grant': grants },
      );
    const shown = await look('INQ-OPEN');
    await look('INQ-CLOSED');
    await look('INQ-OPEN, INQ-CLOSED');
    const { data, text } = await usesOf('security-officer', other);
    const own = data.usesOfPerson.nodes.filter(({ consumer }: Json) => consumer === 'inquiry-app');
    expect(own.map(({ recordId }: Json) => recordId)).toEqual([shown.recordId]);
    expect(data.usesOfPerson).toMatchObject({ withheldCount: 2, withheldIsExact: true });
    expect(text).not.toContain('article 7');
    const [record] = await found('grant: "INQ-CLOSED", idNumber: $id', { id: other });
    expect(record).toBeDefined();
  });

  test('a legal person asks by its own credential, which gives it nothing else', async () => {
    const { token } = await demo.policy.registerConsumer({
      name: 'enterprise-login',
      department: '150600-market-regulation',
      description: 'credential',
      clearance: 'L2',
    });
    const me = `token:${token}`;
    const bind = `mutation ($code: UnifiedSocialCreditCode!) { bindLegalPerson(consumer: "enterprise-login", creditCode: $code, reason: "checked the licence") { change } }`;
    expect((await demo.ask('auditor', bind, { code: enterprise })).codes).toEqual(['FORBIDDEN']);
    const before = await demo.ask(me, '{ usesOfMyEnterprise { withheldCount } }');
    expect(before.codes).toEqual(['FORBIDDEN']);
    const shared = `{ enterprisePortrait(creditCode: "${enterprise}") { registration { staffCount } } }`;
    const own = await demo.ask(me, shared);
    expect(own.errors).toEqual([]);
    const bound = await demo.ask('operator', bind, { code: enterprise });
    expect(bound.errors).toEqual([]);
    expect((await demo.recordOf(bound.recordId))!.arguments['bindLegalPerson(creditCode:)']).toMatch(/^digest:/);

    const { data } = await demo.ask(
      me,
      '{ usesOfMyEnterprise { withheldCount nodes { recordId consumer sections { code } } } }',
    );
    const shown = data.usesOfMyEnterprise.nodes.map(({ recordId }: Json) => recordId);
    expect(shown).toEqual([own.recordId, idOf('enterprise')]);
    const closed = await demo.ask(
      me,
      'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { registration { name staffCount telephone } } }',
      { code: enterprise },
    );
    const open = await demo.ask(
      'public',
      'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { registration { name staffCount telephone } } }',
      { code: enterprise },
    );
    expect(closed.data).toEqual(open.data);
    expect((await demo.ask(me, shared)).codes).toEqual(['FIELD_DENIED']);
    const grant = {
      code: 'NEVER-1',
      consumer: 'enterprise-login',
      purpose: 'p',
      legalBasis: 'l',
      divisions: null,
      items: [{ coordinate: 'Resident.*', mode: 'plain' as const }],
    };
    const times = { validFrom: new Date(), validUntil: new Date(Date.now() + 1_000_000) };
    await expect(demo.policy.issueGrant({ ...grant, ...times })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(
      (
        await demo.ask(
          'operator',
          `mutation { bindLegalPerson(consumer: "portrait-app", creditCode: "${enterprise}", reason: "no") { change } }`,
        )
      ).codes,
    ).toEqual(['BAD_USER_INPUT']);
    const history = await demo.ask('auditor', '{ policyChanges(first: 1) { nodes { action target reason } } }');
    expect(history.data.policyChanges.nodes).toEqual([
      { action: 'consumer.legal-person-bound', target: 'enterprise-login', reason: 'checked the licence' },
    ]);

    await demo.ask(
      'operator',
      'mutation { unbindLegalPerson(consumer: "enterprise-login", reason: "licence ended") { change } }',
    );
    expect((await demo.ask(me, '{ usesOfMyEnterprise { withheldCount } }')).codes).toEqual(['FORBIDDEN']);
  });
});
