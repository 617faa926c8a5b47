/** What a caller holds in its hand, over GraphQL: the receipt of each response, and the proof that its record came into the tree. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, verify } from 'node:crypto';
import { type Answer, type DemoService, type Json, startDemoService } from '../../support/demo-service.js';
import { registry } from '../../../src/app.js';
import { exportLog } from '../../../src/usage-log/tree/export-log.js';
import { waitUntil } from './log-under-test.js';
import { checkProof, ed25519, hashOfLeaf, hashOfNode, openCheckpoint } from './rfc6962.js';

let demo: DemoService;
let vkey: string;
let idNumber: string;
beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 240, legalPersons: 40 } });
  idNumber = demo.credentials.samples.idNumbers[0]!;
  vkey = (await (await fetch(`${demo.address}/log/keys`)).text()).trim();
});
afterAll(() => demo.stop());

const portrait = (principal = 'portrait-app'): Promise<Answer> =>
  demo.ask(principal, 'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } } }', {
    id: idNumber,
  });
const usageOf = (answer: Answer): Json => JSON.parse(answer.text).extensions.usage;
const leafOf = (commitment: string): Buffer => Buffer.from(`citygraph-usage/v1 ${commitment}\n`);

/** Written from docs/usage-log.md. */
function isReceipt({ commitment, receipt }: Json): boolean {
  const path = (receipt.path as string[]).map((hash) => Buffer.from(hash, 'base64'));
  let { index, size } = receipt as { index: number; size: number };
  let hash = hashOfLeaf(leafOf(commitment as string));
  for (; size > 1; size = Math.ceil(size / 2), index = Math.floor(index / 2)) {
    if (index % 2 === 1) hash = hashOfNode(path.shift()!, hash);
    else if (index + 1 < size) hash = hashOfNode(hash, path.shift()!);
  }
  const text = `citygraph-usage-receipt/v1\n${receipt.origin}\n${receipt.signedAt}\n${receipt.size}\n${hash.toString('base64')}\n`;
  const raw = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64').subarray(1);
  return (
    path.length === 0 &&
    verify(null, Buffer.from(text), ed25519(raw), Buffer.from(receipt.signature as string, 'base64'))
  );
}

/** The log is held with one record on its way until all others wait for its next batch. */
async function manyInOneBatch(): Promise<Answer[]> {
  const holder = await demo.owner.connect();
  await holder.query('select pg_advisory_lock(citygraph.policy_lock())');
  const asked = [portrait()];
  try {
    await waitUntil(async () => {
      const { rowCount } = await demo.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
      );
      return rowCount === 1;
    });
    asked.push(...Array.from({ length: 19 }, () => portrait()));
    await waitUntil(async () => {
      const metrics = await (await fetch(`${demo.address}/metrics`)).text();
      return metrics.includes('citygraph_log_waiting_records 19\n');
    });
  } finally {
    await holder.query('select pg_advisory_unlock(citygraph.policy_lock())');
    holder.release();
  }
  return Promise.all(asked);
}

const receiptOf = async (principal: string, id: string | undefined): Promise<Json> =>
  (
    await demo.ask(
      principal,
      'query ($id: ID!) { usageReceipt(id: $id) { recordId leafIndex commitment canonicalRecord salt proof } }',
      { id },
    )
  ).data?.usageReceipt;

describe('every response', () => {
  test('carries the commitment to its record, signed: answers, denials and failures, one at a time and many at once', async () => {
    const answers = [
      await portrait(),
      await portrait('public'),
      await demo.ask('dashboard', '{ nothing }'),
      await demo.ask('dashboard', '{ nothing '),
      await demo.send('dashboard', '[]'),
      await demo.ask('portrait-app', '{ __typename }', undefined, { 'x-grant': 'NONE' }),
      await demo.ask('security-officer', 'mutation { suspendConsumer(name: "none", reason: "x") { target } }'),
      ...(await manyInOneBatch()),
    ];
    expect(answers.map((answer) => isReceipt(usageOf(answer)))).toEqual(answers.map(() => true));
    expect(Math.max(...answers.map((answer) => usageOf(answer).receipt.size as number))).toBe(19);
    const { rows } = await demo.owner.query<{ id: string; commitment: string }>(
      `select record_id as id, encode(commitment, 'hex') as commitment from citygraph.usage_waiting
        union select record_id, encode(commitment, 'hex') from citygraph.usage_leaf`,
    );
    const written = new Map(rows.map(({ id, commitment }) => [id, commitment]));
    for (const answer of answers) expect(usageOf(answer).commitment).toBe(written.get(usageOf(answer).recordId));
    const forged: Json = { ...usageOf(answers[0]!) };
    forged.commitment = forged.commitment.replace(/^./, (digit: string) => (digit === '0' ? '1' : '0'));
    expect(isReceipt(forged)).toBe(false);
  });

  test('names a record that comes into the tree within a second or so, with that commitment', async () => {
    const { recordId, commitment } = usageOf(await portrait()) as { recordId: string; commitment: string };
    let found: Json;
    await waitUntil(async () => (found = await receiptOf('portrait-app', recordId)).proof !== null, 5_000);
    expect(found.commitment).toBe(commitment);
    expect(checkProof(found.proof as string, leafOf(commitment), vkey)).toBe(found.leafIndex);
    const checkpoint = await (await fetch(`${demo.address}/log/checkpoint`)).text();
    expect(openCheckpoint(checkpoint, vkey).size).toBeGreaterThan(found.leafIndex as number);
    const opened = createHash('sha256')
      .update(Buffer.from(found.salt as string, 'hex'))
      .update(found.canonicalRecord as string);
    expect(opened.digest('hex')).toBe(commitment);
    expect(JSON.parse(found.canonicalRecord as string)).toMatchObject({ id: recordId, principal: 'portrait-app' });
  });
});

describe('the receipt of a record', () => {
  test('is for its own principal and for those who may read all of the log', async () => {
    const of = { 'portrait-app': await portrait(), public: await portrait('public') };
    const sees = async (reader: string, owner: keyof typeof of): Promise<boolean> =>
      ((await receiptOf(reader, of[owner].recordId)) ?? null) !== null;
    expect(await sees('portrait-app', 'portrait-app')).toBe(true);
    expect(await sees('portrait-app', 'public')).toBe(false);
    expect(await sees('dashboard', 'portrait-app')).toBe(false);
    expect(await sees('public', 'portrait-app')).toBe(false);
    expect(await sees('public', 'public')).toBe(true);
    for (const role of ['auditor', 'security-officer']) expect(await sees(role, 'portrait-app')).toBe(true);
    for (const role of ['steward', 'operator', 'supervisor']) expect(await sees(role, 'portrait-app')).toBe(false);
    expect(await receiptOf('auditor', '01900000-0000-7000-8000-000000000000')).toBeNull();
  });

  test('shows no subject, which the stored record does', async () => {
    const { recordId } = await portrait();
    const { subjects } = (await demo.recordOf(recordId))!;
    expect(subjects).not.toBe('');
    const { canonicalRecord } = (await receiptOf('portrait-app', recordId)) as { canonicalRecord: string };
    const columns = JSON.parse(canonicalRecord) as Record<string, unknown>;
    expect(columns).not.toHaveProperty('subjects');
    expect(columns['subjects_digest']).toMatch(/^[0-9a-f]{64}$/);
  });
});

/** Hashes and salts are random: among many, one holds seven digits of a telephone number by chance. */
const isBytes = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

test('an export of all of this, and all that the public can see, hold no identifier, no telephone number and no other value of L3 or L4', async () => {
  await Promise.all(
    demo.credentials.samples.idNumbers
      .slice(0, 20)
      .map((id) =>
        demo.ask(
          'portrait-app',
          'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name idNumber telephone } medicalVisits { nodes { diagnosis } } } residents(first: 1, filter: { birthDate: { gte: "1971-03-04" } }) { nodes { name } } }',
          { id },
        ),
      ),
  );
  await demo.stopService();
  const client = await demo.owner.connect();
  const texts: string[] = [];
  for await (const line of exportLog(client, { origin: 'x', keys: [] })) {
    if (line.type === 'checkpoint')
      expect(line.note).toMatch(/^\S+\n\d+\n[A-Za-z0-9+/]{43}=\n\n(— \S+ [A-Za-z0-9+/=]+\n)+$/);
    if (line.type === 'plan') texts.push(line.description);
    if (line.type !== 'record') continue;
    expect([line.commitment, line.salt].every((it) => isBytes(it!))).toBe(true);
    const {
      id: _id,
      occurred_at: _at,
      subjects,
      plan_id: _plan,
      document_hash: _document,
      response_digest: _digest,
      latency_micros: _micros,
      response_bytes: _bytes,
      ...rest
    } = line.record!;
    expect(subjects).toMatch(/^[0-9;,+]*$/);
    texts.push(JSON.stringify(rest));
  }
  client.release(true);
  const log = texts.join('\n');
  expect(log).toContain('digest:');
  const all = async (sql: string): Promise<string[]> =>
    (await demo.owner.query<{ value: string }>(sql)).rows.map(({ value }) => value);
  const values = await all('select value from citygraph.subject_identifier');
  for (const { schema, table, fields } of registry.datasets.values())
    for (const field of fields.values())
      if (
        field.kind === 'column' &&
        !field.provenance &&
        !field.control &&
        ['L3', 'L4'].includes(field.classification.level)
      )
        values.push(
          ...(await all(
            `select distinct "${field.column}"::text as value from ${schema}.${table} where length("${field.column}"::text) >= 7`,
          )),
        );
  expect(values.length).toBeGreaterThan(500);
  expect(
    [...new Set([...values, '1971-03-04'])].filter((value) => !registry.datasets.has(value) && log.includes(value)),
  ).toEqual([]);
  expect(log.match(/(?<![\w-])1[3-9]\d{9}(?!\d)/g)).toBeNull();
});
