/**
 * Changes of policy, made on one node and in force on another from their commit, though it hears of none of them; each by whom it takes,
 * on record before it acts, with its reason in the history.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { registry } from '../../src/app.js';
import { officialRoles } from '../../src/policy/access.js';
import { ClassificationResolver } from '../../src/policy/classification.resolver.js';
import { CredentialsResolver } from '../../src/policy/credentials.resolver.js';
import { EmergencySwitchResolver } from '../../src/policy/emergency-switch.resolver.js';
import { PolicyHistoryResolver } from '../../src/policy/policy-history.resolver.js';
import { PolicyResolver } from '../../src/policy/policy.resolver.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';
import { cutNotifications, type NodeAnswer, type SecondNode, startSecondNode } from '../support/second-node.js';

let database: TestDatabase;
let folder: string;
let demo: DemoService;
let second: SecondNode;
let idNumber: string;
let token: string;
let serial = 0;

const consumer = (): string => `changed-${serial}`;
const grant = (): string => `CHANGED-${serial}`;
const hour = 3_600_000;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-keyring-'));
  const keyringFile = join(folder, 'keyring');
  demo = await startDemoService({
    url: database.url,
    scale: { persons: 240, legalPersons: 40 },
    environment: { KEYRING_FILE: keyringFile },
  });
  idNumber = demo.credentials.samples.idNumbers[0]!;
  second = await startSecondNode(database.url, keyringFile);
  await cutNotifications(demo.owner);
});
afterAll(async () => {
  await second.stop();
  await demo.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  serial += 1;
  ({ token } = await demo.policy.registerConsumer({
    name: consumer(),
    department: '150600-health',
    description: 'has its policy changed',
    clearance: 'L2',
  }));
  await demo.policy.issueGrant({
    ...{ code: grant(), consumer: consumer(), purpose: 'a purpose', legalBasis: 'a law', divisions: null },
    ...{ validFrom: new Date(Date.now() - hour), validUntil: new Date(Date.now() + hour) },
    items: [
      { coordinate: 'Person', mode: 'plain' },
      { coordinate: 'Resident.*', mode: 'plain' },
      { coordinate: 'Resident.idNumber', mode: 'match' },
    ],
  });
  await Promise.all([demo.service.policy.refresh(), second.service.policy.refresh()]);
});

/** What holds is again what is declared. */
afterEach(async () => {
  await demo.owner.query(`delete from citygraph.regrading`);
  await Promise.all([demo.service.policy.refresh(), second.service.policy.refresh()]);
});

const portrait =
  'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name occupation idNumber } } }';
const elsewhere = (query = portrait, headers = {}, held: string | null = token): Promise<NodeAnswer> =>
  second.ask(held, query, query.includes('$id') ? { id: idNumber } : {}, headers);

/** A mutation on the first node. */
async function change(who: string, mutation: string): Promise<Json> {
  const answer = await demo.ask(who, `mutation { ${mutation} }`);
  expect(answer.errors).toEqual([]);
  return answer.data;
}
const officer = (mutation: string): Promise<Json> => change('security-officer', mutation);

/** INVARIANT of these tests: the second node has not heard of it before it is asked. */
async function unheard<T>(work: () => Promise<T>): Promise<T> {
  const before = second.service.policy.current().version;
  const result = await work();
  expect(second.service.policy.current().version).toBe(before);
  return result;
}

async function expectAllowed(): Promise<void> {
  const answer = await elsewhere();
  expect(answer.codes).toEqual([]);
  expect(answer.data.personPortrait.registration.idNumber).toBe(idNumber);
}
async function expectUnknown(held = token): Promise<void> {
  const answer = await elsewhere(portrait, {}, held);
  expect([answer.status, answer.codes, answer.data]).toEqual([401, ['UNAUTHENTICATED'], null]);
}

describe('on the other node, from its commit on,', () => {
  test('a grant that was revoked gives nothing', async () => {
    await expectAllowed();
    await unheard(() => officer(`revokeGrant(code: "${grant()}", reason: "misused") { change }`));
    expect((await elsewhere()).codes).toEqual(['ARGUMENT_DENIED']);
  });

  test('a consumer that was suspended is unknown, until it is resumed', async () => {
    await expectAllowed();
    await unheard(() => officer(`suspendConsumer(name: "${consumer()}", reason: "an alert") { change }`));
    await expectUnknown();
    await officer(`resumeConsumer(name: "${consumer()}", reason: "it was nothing") { change }`);
    await second.service.policy.refresh();
    await expectAllowed();
  });

  test('a clearance holds that was set', async () => {
    const open = '{ enterpriseRegistrations(first: 1) { nodes { staffCount } } }';
    expect(registry.coordinates.get('Enterprise.staffCount')!.classification).toMatchObject({
      level: 'L2',
      sharing: 'unconditional',
    });
    expect((await elsewhere(open)).codes).toEqual([]);
    await unheard(() =>
      officer(`setClearance(consumer: "${consumer()}", clearance: "L1", reason: "too far") { change }`),
    );
    expect((await elsewhere(open)).errors.map(({ extensions }) => extensions.reason)).toEqual(['grant-needed']);
  });

  test('a token that was rotated is nobody’s, and with an overlap both are good', async () => {
    await expectAllowed();
    const rotate = (hours: number): Promise<Json> =>
      unheard(() => change('operator', `rotateConsumerToken(name: "${consumer()}", overlapHours: ${hours}) { token }`));
    const next = (await rotate(1)).rotateConsumerToken.token as string;
    await expectAllowed();
    const old = token;
    token = next;
    await expectAllowed();
    const last = (await rotate(0)).rotateConsumerToken.token as string;
    await expectUnknown(next);
    await expectUnknown(old);
    token = last;
    await second.service.policy.refresh();
    await expectAllowed();
  });

  test('a token ends when it was set to', async () => {
    await expectAllowed();
    const at = new Date(Date.now() - 1).toISOString();
    await unheard(() =>
      change('operator', `expireConsumerToken(name: "${consumer()}", at: "${at}", reason: "ended") { change }`),
    );
    await expectUnknown();
  });

  test('a consumer calls from the addresses that were set and from nowhere else', async () => {
    await expectAllowed();
    const set = (blocks: string): Promise<Json> =>
      change(
        'operator',
        `setConsumerAddresses(name: "${consumer()}", blocks: ${blocks}, reason: "for the test") { change }`,
      );
    await unheard(() => set('["10.0.0.0/8", "2001:db8::/32"]'));
    await expectUnknown();
    await set('["127.0.0.0/8"]');
    await second.service.policy.refresh();
    await expectAllowed();
  });

  test('an official who was suspended may do nothing, and reads like an unknown one', async () => {
    const auditor = demo.tokenOf('auditor')!;
    const records = '{ usageRecords(first: 1) { nodes { id } } }';
    expect((await elsewhere(records, {}, auditor)).codes).toEqual([]);
    await unheard(() => officer('suspendOfficial(name: "auditor", reason: "on leave") { change }'));
    const refused = await elsewhere(records, {}, auditor);
    expect(refused.text).toBe((await elsewhere(records, {}, 'of-nobody')).text);
    await officer('resumeOfficial(name: "auditor", reason: "back again") { change }');
    await second.service.policy.refresh();
    expect((await elsewhere(records, {}, auditor)).codes).toEqual([]);
  });

  test('an official who was suspended changes nothing, not even on a node that has not heard of it', async () => {
    const operator = demo.tokenOf('operator')!;
    await unheard(() => officer('suspendOfficial(name: "operator", reason: "for the test") { change }'));
    const mutation = `mutation { setConsumerAddresses(name: "${consumer()}", blocks: ["10.0.0.0/8"], reason: "unseen") { change } }`;
    expect((await elsewhere(mutation, {}, operator)).codes).toEqual(['UNAUTHENTICATED']);
    const { rows } = await demo.owner.query('select addresses from citygraph.consumer where name = $1', [consumer()]);
    expect(rows).toEqual([{ addresses: null }]);
    await officer('resumeOfficial(name: "operator", reason: "for the test") { change }');
  });

  test('what was re-graded to be stricter is denied, and what was opened again is there', async () => {
    const open = '{ enterprises(first: 1) { nodes { registration { name } } } }';
    expect((await elsewhere(open, {}, null)).codes).toEqual([]);
    await unheard(() => officer('regrade(coordinate: "Enterprise.name", level: "L3", reason: "an incident") { id }'));
    const denied = await elsewhere(open, {}, null);
    expect(denied.errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'FIELD_DENIED', coordinate: 'Enterprise.name', level: 'L3', reason: 'not-open' },
    ]);
    expect(denied.data.enterprises.nodes[0].registration).toEqual({ name: null });
    const { proposeRegrading } = await change(
      'security-officer',
      'proposeRegrading(coordinate: "Enterprise.name", level: "L1", open: "open", reason: "it is over") { id }',
    );
    expect((await elsewhere(open, {}, null)).codes).toEqual(['FIELD_DENIED']);
    await unheard(() =>
      demo.policy
        .as({ kind: 'official', name: 'second-officer' })
        .approveRegrading(proposeRegrading.id as string, 'agreed'),
    );
    expect((await elsewhere(open, {}, null)).codes).toEqual([]);
  });

  test('core data is served to nobody, important data by a second approval', async () => {
    await unheard(() =>
      officer('regrade(coordinate: "Resident.name", category: "important", reason: "a ruling") { id }'),
    );
    const reasons = async (): Promise<string[]> =>
      (await elsewhere()).errors.map(({ extensions }) => extensions.reason);
    expect(await reasons()).toEqual(['second-approval-needed']);
    await unheard(() => officer(`approveGrant(code: "${grant()}", reason: "looked at it") { change }`));
    expect(await reasons()).toEqual([]);
    await unheard(() => officer('regrade(coordinate: "Resident.name", category: "core", reason: "a ruling") { id }'));
    expect(await reasons()).toEqual(['core-data']);
  });
});

describe('a re-grading', () => {
  const levelIn = async (answer: { recordId: string | undefined }, field: string): Promise<unknown> => {
    const record = (await demo.recordOf(answer.recordId)) as Json;
    return record.description.nodes.flatMap(({ fields }: Json) => fields).find(({ name }: Json) => name === field)
      ?.level;
  };
  const ask = (query: string, variables: object = {}): Promise<Answer> => demo.ask(`token:${token}`, query, variables);
  const names =
    'query ($word: String!) { residents(first: 1, filter: { name: { startsWith: $word } }) { nodes { name } } }';

  test('to L4 runs under the role for L4, its arguments are on record as digests, and the plan before it is not used', async () => {
    const listed = await demo.capture(() => ask(names, { word: '王' }));
    expect(listed.result.codes).toEqual([]);
    expect(listed.libraryStatements.map(({ purpose }) => purpose)).toEqual(['reader']);
    await officer('regrade(coordinate: "Resident.name", level: "L4", reason: "for the test") { id }');
    await demo.service.policy.refresh();
    const after = await demo.capture(() => ask(names, { word: '王' }));
    expect(after.result.codes).toEqual([]);
    expect(after.libraryStatements.map(({ purpose }) => purpose)).toEqual(['readerL4']);
    expect(await levelIn(after.result, 'name')).toBe('L4');
    const label = Object.keys((await demo.recordOf(after.result.recordId))!.arguments).find((it) =>
      it.includes('name'),
    )!;
    expect((await demo.recordOf(after.result.recordId))!.arguments[label]).toMatch(/^digest:/);
    expect((await demo.recordOf(listed.result.recordId))!.arguments[label]).toBe('王');
  });

  test('of a level that was plain on record makes its arguments digests', async () => {
    const query = '{ enterpriseRegistrations(first: 1, filter: { name: { startsWith: "鄂" } }) { nodes { id } } }';
    const argumentsOf = async (): Promise<string> =>
      JSON.stringify((await demo.recordOf((await demo.ask('portrait-app', query)).recordId))!.arguments);
    expect(await argumentsOf()).toContain('鄂');
    await officer('regrade(coordinate: "Enterprise.name", level: "L3", reason: "for the test") { id }');
    expect(await argumentsOf()).not.toContain('鄂');
  });

  test('down from L4 is read under the role for L4 still, as the database’s column rights say', async () => {
    const [field] = [...registry.coordinates.values()].filter(
      ({ coordinate, classification, matchable, provider }) =>
        coordinate.startsWith('MedicalVisit.') && classification.level === 'L4' && !matchable && provider,
    );
    const name = field!.coordinate.split('.')[1]!;
    const query = `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { medicalVisits(first: 1) { nodes { ${name} } } } }`;
    const { proposeRegrading } = await officer(
      `proposeRegrading(coordinate: "${field!.coordinate}", level: "L2", reason: "for the test") { id }`,
    );
    await demo.policy
      .as({ kind: 'official', name: 'another' })
      .approveRegrading(proposeRegrading.id as string, 'agreed');
    await demo.service.policy.refresh();
    const { result, libraryStatements } = await demo.capture(() => demo.ask('portrait-app', query, { id: idNumber }));
    expect(result.codes).toEqual([]);
    expect(libraryStatements.map(({ purpose }) => purpose)).toEqual(['readerL4']);
    expect(await levelIn(result, name)).toBe('L2');
  });

  test('is what explainAccess says, with that it is not the declaration', async () => {
    const explain = async (): Promise<Json> =>
      (await ask('{ explainAccess(coordinate: "Resident.name") { level regraded verdict } }')).data.explainAccess;
    const declared = await explain();
    expect(declared.regraded).toBe(false);
    await officer(
      'regrade(coordinate: "Resident.name", level: "L4", sharing: "not-shared", reason: "for the test") { id }',
    );
    expect(await explain()).toEqual({ level: 'L4', regraded: true, verdict: 'deny' });
  });

  test('of a source raises what is derived of it, and no re-grading takes that below', async () => {
    const derived = registry.coordinates.get('RiskScore')!;
    const source = derived.derivedFrom.find((it) => registry.coordinates.get(it)!.classification.level !== 'L4')!;
    await officer(`regrade(coordinate: "${source}", level: "L4", reason: "for the test") { id }`);
    await demo.service.policy.refresh();
    const level = async (coordinate: string): Promise<string> =>
      (await demo.ask('portrait-app', `{ explainAccess(coordinate: "${coordinate}") { level } }`)).data.explainAccess
        .level;
    expect(await level('RiskScore')).toBe('L4');
    expect(await level('RiskScore.score')).toBe('L4');
    const lower = await demo.ask(
      'security-officer',
      `mutation { proposeRegrading(coordinate: "RiskScore", level: "${derived.classification.level}", reason: "too strict") { id } }`,
    );
    expect(lower.codes).toEqual(['BAD_USER_INPUT']);
    expect(lower.errors[0]!.message).toContain(source);
  });

  test.each([
    ['of nothing', 'coordinate: "Resident.shoeSize", level: "L3"', 'coordinate of the catalogue'],
    ['of what another coordinate decides', 'coordinate: "Resident.provider", level: "L3"', 'by which it is decided'],
    ['to what it is', 'coordinate: "Resident.name"', 'the one that holds'],
    ['to a level that is none', 'coordinate: "Resident.name", level: "L9"', 'level must be one of'],
    ['to be open at L3', 'coordinate: "Resident.name", level: "L4", open: "open"', 'an open field is of level L1'],
  ])('%s is refused', async (_what, given, words) => {
    const answer = await demo.ask('security-officer', `mutation { regrade(${given}, reason: "for the test") { id } }`);
    expect(answer.codes).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors[0]!.message).toContain(words);
  });

  test('without a reason, or with an identifier in it, is refused', async () => {
    for (const reason of ['', ' ', `of ${idNumber}`, 'x'.repeat(501)]) {
      const answer = await demo.ask(
        'security-officer',
        'mutation ($reason: String!) { regrade(coordinate: "Resident.name", level: "L4", reason: $reason) { id } }',
        { reason },
      );
      expect(answer.codes).toEqual(['BAD_USER_INPUT']);
      expect(answer.text).not.toContain(idNumber);
    }
  });
});

describe('what takes two persons', () => {
  const propose = async (who: string, given: string): Promise<Answer> =>
    demo.ask(who, `mutation { proposeRegrading(${given}, reason: "for the test") { id status } }`);

  test('is not done by one: laxer takes another who approves, and the proposer can’t', async () => {
    const lower = 'coordinate: "Resident.occupation", level: "L1"';
    const atOnce = await demo.ask('security-officer', `mutation { regrade(${lower}, reason: "alone") { id } }`);
    expect(atOnce.codes).toEqual(['BAD_USER_INPUT']);
    const mixed = await demo.ask(
      'security-officer',
      'mutation { regrade(coordinate: "Resident.occupation", level: "L1", category: "important", reason: "alone") { id } }',
    );
    expect(mixed.codes).toEqual(['BAD_USER_INPUT']);
    const { data } = await propose('security-officer', lower);
    const id = data.proposeRegrading.id as string;
    const own = await demo.ask('security-officer', `mutation { approveRegrading(id: "${id}", reason: "mine") { id } }`);
    expect(own.codes).toEqual(['FORBIDDEN']);
    const issued = demo.policy.as({ kind: 'official', name: 'oidc:Security-Officer' });
    await expect(issued.approveRegrading(id, 'mine too')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await demo.owner.query('select status from citygraph.regrading')).rows).toEqual([{ status: 'proposed' }]);
    const again = await propose('security-officer', lower);
    expect(again.codes).toEqual(['BAD_USER_INPUT']);
    await expect(
      demo.owner.query(`update citygraph.regrading set status = 'in-force', decided_by = made_by where id = $1`, [id]),
    ).rejects.toThrow('regrading_two_persons');
  });

  test('a steward proposes for its own department’s data alone, and the security officer approves', async () => {
    const foreign = await propose('steward', 'coordinate: "Enterprise.name", level: "L2"');
    expect(foreign.codes).toEqual(['FORBIDDEN']);
    const { data } = await propose('steward', 'coordinate: "Resident.occupation", level: "L1"');
    const id = data.proposeRegrading.id as string;
    expect(
      (await demo.ask('steward', `mutation { approveRegrading(id: "${id}", reason: "mine") { id } }`)).codes,
    ).toEqual(['FORBIDDEN']);
    await officer(`approveRegrading(id: "${id}", reason: "agreed") { status }`);
    await demo.service.policy.refresh();
    expect(demo.service.policy.coordinates().get('Resident.occupation')!.classification.level).toBe('L1');
  });

  test('a proposal about what no longer holds can’t be approved, and is set aside by a stricter re-grading', async () => {
    const { data } = await propose('steward', 'coordinate: "Resident.occupation", level: "L1"');
    await officer('regrade(coordinate: "Resident.occupation", level: "L4", reason: "an incident") { id }');
    const late = await demo.ask(
      'security-officer',
      `mutation { approveRegrading(id: "${data.proposeRegrading.id}", reason: "agreed") { id } }`,
    );
    expect(late.codes).toEqual(['BAD_USER_INPUT']);
    const { rows } = await demo.owner.query('select status, level from citygraph.regrading order by id');
    expect(rows).toEqual([
      { status: 'rejected', level: 'L1' },
      { status: 'in-force', level: 'L4' },
    ]);
  });

  test('a proposal can be rejected, by who made it too', async () => {
    const { data } = await propose('security-officer', 'coordinate: "Resident.occupation", level: "L1"');
    await officer(`rejectRegrading(id: "${data.proposeRegrading.id}", reason: "a slip") { status }`);
    expect((await demo.owner.query('select status from citygraph.regrading')).rows).toEqual([{ status: 'rejected' }]);
  });

  test('a grant is not approved by who issued it', async () => {
    const code = `OWN-${serial}`;
    await change(
      'operator',
      `issueGrant(grant: { code: "${code}", consumer: "${consumer()}", purpose: "a purpose", legalBasis: "a law",
         validFrom: "2026-01-01T00:00:00Z", validUntil: "2036-01-01T00:00:00Z", items: [{ coordinate: "Resident.name", mode: "plain" }] }) { change }`,
    );
    const operator = demo.policy.as({ kind: 'official', name: 'operator' });
    await expect(operator.approveGrant(code, 'mine')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await officer(`approveGrant(code: "${code}", reason: "looked at it") { change }`);
    const twice = await demo.ask(
      'security-officer',
      `mutation { approveGrant(code: "${code}", reason: "again") { change } }`,
    );
    expect(twice.codes).toEqual(['BAD_USER_INPUT']);
    await expect(
      demo.owner.query('update citygraph.access_grant set approved_by = issued_by where code = $1', [code]),
    ).rejects.toThrow('access_grant_second_approval');
  });
});

interface RoleCase {
  readonly field?: string;
  readonly mutation?: string;
  readonly may: readonly string[];
}
const roleCases = parse(readFileSync(new URL('roles.cases.yml', import.meta.url), 'utf8')) as RoleCase[];
const everyone = ['public', 'no-grant-app', ...officialRoles];

describe('a management field of the policy', () => {
  test.each(roleCases.map((it) => [(it.field ?? it.mutation)!.split(/[ (]/)[0]!, it] as const))(
    '%s is for whom the table says, and closed to all others',
    async (_name, { field, mutation, may }) => {
      const asked = field ? `{ ${field} }` : `mutation { ${mutation} }`;
      const allowed: string[] = [];
      for (const who of everyone) if (!(await demo.ask(who, asked)).codes.includes('FORBIDDEN')) allowed.push(who);
      expect(allowed.sort()).toEqual([...may].sort());
    },
  );

  test('has a line in the table', () => {
    const named = new Set(roleCases.map((it) => (it.field ?? it.mutation)!.split(/[ (]/)[0]));
    const resolvers = [
      PolicyResolver,
      ClassificationResolver,
      CredentialsResolver,
      PolicyHistoryResolver,
      EmergencySwitchResolver,
    ];
    const fields = resolvers.flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
    expect(fields.filter((field) => field !== 'constructor' && !named.has(field))).toEqual([]);
  });
});

describe('the history', () => {
  test('says who changed what, when and why, with the version from which it holds', async () => {
    await officer(`suspendConsumer(name: "${consumer()}", reason: "an alert") { change }`);
    const answer = await demo.ask(
      'auditor',
      'query ($target: String!) { policyChanges(target: $target) { nodes { actor actorKind action target reason policyVersion changedAt } hasNextPage } }',
      { target: consumer() },
    );
    expect(answer.data.policyChanges).toMatchObject({
      nodes: [
        { actor: 'security-officer', actorKind: 'official', action: 'consumer.suspended', reason: 'an alert' },
        { actor: 'citygraph', actorKind: 'service', action: 'consumer.registered' },
      ],
      hasNextPage: false,
    });
    const { rows } = await demo.owner.query<{ version: string }>('select version from citygraph.policy_version');
    expect(answer.data.policyChanges.nodes[0].policyVersion).toBe(Number(rows[0]!.version));
  });

  test('lists re-gradings in force and proposed, with what was before', async () => {
    await officer('regrade(coordinate: "Resident.name", level: "L4", reason: "an incident") { id }');
    await change(
      'steward',
      'proposeRegrading(coordinate: "Resident.occupation", level: "L1", reason: "harmless") { id }',
    );
    const list = async (given: string): Promise<Json> =>
      (
        await demo.ask(
          'supervisor',
          `{ regradings${given} { nodes { coordinate status madeBy reason before { level } after { level } declared { level } } } }`,
        )
      ).data.regradings.nodes;
    expect(await list('')).toMatchObject([
      { coordinate: 'Resident.name', status: 'in-force', madeBy: 'security-officer', after: { level: 'L4' } },
    ]);
    expect(await list('(status: "proposed")')).toMatchObject([
      { coordinate: 'Resident.occupation', status: 'proposed', madeBy: 'steward', after: { level: 'L1' } },
    ]);
    expect(await list('(coordinate: "Resident.name")')).toHaveLength(1);
  });

  test('is walked page by page', async () => {
    const page = async (after?: string): Promise<Json> =>
      (
        await demo.ask(
          'security-officer',
          'query ($after: ID) { policyChanges(first: 2, after: $after) { nodes { id } hasNextPage } }',
          {
            after,
          },
        )
      ).data.policyChanges;
    const first = await page();
    const next = await page(first.nodes[1].id);
    expect(first.hasNextPage).toBe(true);
    expect(Number(next.nodes[0].id)).toBeLessThan(Number(first.nodes[1].id));
    for (const wrong of ['first: 0', 'first: 101', 'after: "1; drop"'])
      expect((await demo.ask('auditor', `{ policyChanges(${wrong}) { hasNextPage } }`)).codes).toHaveLength(1);
  });

  test('can’t be rewritten, and keeps no secret', async () => {
    for (const rewriting of [
      'update citygraph.policy_change set reason = null',
      'delete from citygraph.policy_change',
      'truncate citygraph.policy_change',
    ])
      await expect(demo.owner.query(rewriting)).rejects.toThrow('not changed');
    const { rows } = await demo.owner.query<{ text: string }>(
      'select string_agg(c::text, $1) as text from citygraph.policy_change c',
      ['\n'],
    );
    expect(rows[0]!.text).not.toContain(token);
  });

  test('has a change only together with the change, and the change only where it is on record before', async () => {
    const count = async (): Promise<unknown> =>
      (
        await demo.owner.query(
          'select (select count(*) from citygraph.policy_change) as changes, (select version from citygraph.policy_version) as version',
        )
      ).rows;
    const before = await count();
    const refused = await demo.ask(
      'security-officer',
      'mutation { suspendConsumer(name: "nobody-at-all", reason: "for the test") { change } }',
    );
    expect(refused.codes).toEqual(['BAD_USER_INPUT']);
    expect(await count()).toEqual(before);
    await demo.owner.query('revoke execute on function citygraph.usage_append from citygraph_logger');
    try {
      const unrecorded = await demo.ask(
        'security-officer',
        `mutation { suspendConsumer(name: "${consumer()}", reason: "for the test") { change } }`,
      );
      expect(unrecorded.codes).toEqual(['LOG_UNAVAILABLE']);
      expect(await count()).toEqual(before);
    } finally {
      await demo.owner.query('grant execute on function citygraph.usage_append to citygraph_logger');
    }
  });
});

test('a change whose connection breaks leaves no connection behind, and the next one is made', async () => {
  for (let broken = 0; broken < 6; broken += 1) {
    await demo.owner.query(`
      create or replace function pg_temp.noop() returns void language sql as 'select';
      create or replace function citygraph.break_connection() returns trigger language plpgsql security definer as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create or replace trigger break_connection after insert on citygraph.policy_change for each statement execute function citygraph.break_connection()`);
    await expect(demo.policy.suspendConsumer(consumer(), 'for the test')).rejects.toThrow();
    await demo.owner.query('drop function citygraph.break_connection cascade');
  }
  await demo.policy.suspendConsumer(consumer(), 'for the test');
});
