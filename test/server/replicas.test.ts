/** Reading from a replica that really streams: a standby of the embedded PostgreSQL, made from a copy of a server that was stopped. */
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { registry } from '../../src/app.js';
import { clusterIn } from '../../src/database/data-directory.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';
import { openReplicas, type Replicas } from '../../src/database/replicas.js';
import { propagateSubjectScope } from '../../src/subjects/propagate-subject-scope.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

const folder = mkdtempSync(join(tmpdir(), 'citygraph-replica-'));
const [primaryDir, replicaDir] = [join(folder, 'primary'), join(folder, 'replica')];
const streaming = { wal_level: 'replica', max_wal_senders: '4', shared_buffers: '64MB' };
const boundMs = 1_500;

let primary: EmbeddedPostgres;
let replica: EmbeddedPostgres;
let demo: DemoService;
/** Of the replica, past all rules. */
let there: Pool;

beforeAll(async () => {
  const first = await startEmbeddedPostgres({ dataDir: primaryDir, settings: streaming });
  await migrate(first.url('postgres'));
  await first.stop();
  copyCluster();
  primary = await startEmbeddedPostgres({ dataDir: primaryDir, settings: streaming });
  replica = await startStandby();
  demo = await startDemoService({
    url: primary.url('postgres'),
    scale: { persons: 500, legalPersons: 100 },
    environment: { DATABASE_REPLICA_URLS: replica.url('postgres'), DATABASE_REPLICA_LAG_MS: String(boundMs) },
  });
  there = new Pool({ connectionString: replica.url('postgres'), max: 1 });
  there.on('error', () => undefined);
  await isReadFrom('replica');
}, 180_000);

afterAll(async () => {
  await there?.end();
  await demo?.stop();
  await replica?.stop();
  await primary?.stop();
  rmSync(folder, { recursive: true });
});

/** As its owner has it, who is not who runs the tests where that is root. */
function copyCluster(): void {
  cpSync(primaryDir, replicaDir, { recursive: true, preserveTimestamps: true });
  const { uid, gid } = statSync(clusterIn(primaryDir));
  const cluster = clusterIn(replicaDir);
  chmodSync(cluster, 0o700);
  for (const name of ['', ...readdirSync(cluster, { recursive: true, encoding: 'utf8' })])
    chownSync(join(cluster, name), uid, gid);
}

async function startStandby(): Promise<EmbeddedPostgres> {
  const { password, username, port } = new URL(primary.url('postgres'));
  const signal = join(clusterIn(replicaDir), 'standby.signal');
  const { uid, gid } = statSync(clusterIn(primaryDir));
  writeFileSync(signal, '');
  chownSync(signal, uid, gid);
  const primary_conninfo = `host=127.0.0.1 port=${port} user=${username} password=${decodeURIComponent(password)}`;
  return startEmbeddedPostgres({
    dataDir: replicaDir,
    settings: { ...streaming, hot_standby: 'on', primary_conninfo },
  });
}

const query =
  'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } employments(first: 2) { nodes { post } } } }';

type Side = 'primary' | 'replica';
const portOf = (server: EmbeddedPostgres): number => Number(new URL(server.url('postgres')).port);

/** Asks once, and says on which server the statements of the libraries went. */
async function ask(): Promise<{ answer: Answer; from: readonly Side[] }> {
  const { result: answer, libraryStatements } = await demo.capture(() =>
    demo.ask('portrait-app', query, { id: demo.credentials.samples.idNumbers[0] }),
  );
  return {
    answer,
    from: libraryStatements.map(({ port }) => (port === portOf(replica) ? 'replica' : 'primary')),
  };
}

async function isReadFrom(where: Side): Promise<Answer> {
  const until = performance.now() + 15_000;
  for (;;) {
    const { answer, from } = await ask();
    if (from.length === 1 && from[0] === where) return answer;
    if (performance.now() > until) throw new Error(`expected a read from the ${where}, got reads from ${from.join()}`);
    await delay(20);
  }
}

const pause = (): Promise<unknown> => there.query('select pg_wal_replay_pause()');
const resume = (): Promise<unknown> => there.query('select pg_wal_replay_resume()');
/** Something for the replica to be behind by. */
const write = (): Promise<unknown> =>
  demo.owner.query('create table if not exists public.noise (id int); insert into public.noise values (1)');

test('reads go to the replica, the record and the policy to the primary, and the answer is the same', async () => {
  const { result, statements } = await demo.capture(() =>
    demo.ask('portrait-app', query, { id: demo.credentials.samples.idNumbers[0] }),
  );
  expect(result.codes).toEqual([]);
  expect(result.data.personPortrait.registration.name).toEqual(expect.any(String));
  const ports = (purpose: RegExp): number[] => [
    ...new Set(statements.filter((it) => purpose.test(it.purpose)).map(({ port }) => port)),
  ];
  expect([ports(/^reader/), ports(/^logger/)]).toEqual([[portOf(replica)], [portOf(primary)]]);
  expect(await demo.recordOf(result.recordId)).toMatchObject({ outcome: 'answered' });
});

describe('a replica is left out', () => {
  test('while it lags behind by more than the bound, and comes back by itself', async () => {
    await pause();
    await write();
    await isReadFrom('primary');
    await write();
    await resume();
    await isReadFrom('replica');
  });

  test('of an answer that was decided under a policy that it does not have yet, however little it lags', async () => {
    await pause();
    await demo.owner.query(`update citygraph.consumer set description = description || '.' where name = 'dashboard'`);
    await demo.service.policy.refresh();
    expect((await ask()).from).toEqual(['primary']);
    await resume();
    await isReadFrom('replica');
  });

  test('from the announcement that a subject is protected until it has that', async () => {
    const { rows } = await demo.owner.query<{ id: string; division: string }>(
      `select subject_id::text as id, subject_division as division from citygraph.subject_identifier where kind = 'resident-id-number' and value = $1`,
      [demo.credentials.samples.idNumbers[0]],
    );
    const [{ id, division }] = rows as [{ id: string; division: string }];
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: demo.owner }) });
    const protect = (protectedUntil: string): Promise<void> =>
      db
        .transaction()
        .execute((transaction) =>
          propagateSubjectScope(transaction, registry.datasets.values(), [{ id, division, protectedUntil }]),
        );
    const clinic = async (): Promise<unknown> =>
      (await demo.ask('clinic-app', query, { id: demo.credentials.samples.idNumbers[0] })).data.personPortrait;
    await pause();
    await protect('infinity');
    // Announcements are heard in the order of commits: when this one has been, that one has.
    await delay(100);
    expect(await clinic()).toBeNull();
    expect((await ask()).from).toEqual(['primary']);
    await resume();
    await isReadFrom('replica');
    expect(await clinic()).toBeNull();
    await protect('-infinity');
  });

  test('when it is gone, without one answer lost, and comes back with it', async () => {
    const port = portOf(replica);
    await there.end();
    await replica.stop();
    for (let time = 0; time < 5; time += 1) expect((await ask()).answer.codes).toEqual([]);
    expect((await ask()).from).toEqual(['primary']);
    replica = await startStandby();
    there = new Pool({ connectionString: replica.url('postgres'), max: 1 });
    there.on('error', () => undefined);
    // It may listen elsewhere now, and the service knows the old address: so a set of its own looks at the new one.
    if (portOf(replica) === port) await isReadFrom('replica');
    const set = await openSet(replica.url('postgres'));
    await until(() => set.poolsFor(0) !== null);
    await set.close();
  });

  test('when it is no replica, or one of another database', async () => {
    const reasons: (string | undefined)[] = [];
    const set = await openSet(primary.url('postgres'), reasons);
    expect(set.poolsFor(0)).toBeNull();
    await set.close();
    const other = await openSet(process.env['CITYGRAPH_TEST_SERVER']!, reasons);
    expect(other.poolsFor(0)).toBeNull();
    await other.close();
    expect(reasons).toEqual([
      'it is no replica any more',
      expect.stringMatching(/another database|can not be reached/),
    ]);
  });
});

function openSet(url: string, reasons: (string | undefined)[] = []): Promise<Replicas> {
  return openReplicas({
    primaryUrl: primary.url('postgres'),
    urls: [url],
    maximumLagMs: boundMs,
    onReport: ({ event, reason }) => event === 'out' && reasons.push(reason),
  });
}

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('waited in vain');
    await delay(20);
  }
}
