/**
 * `npm run bench:usage-log -- RECORDS [FOLDER]`: makes a usage log of that many records over twelve months, indexes it, and times what an
 * auditor asks of it: the first page of every filter, cold and warm, summaries of a month, and the verification of all of it. The database stays
 * in FOLDER and is used again.
 *
 * Records are made in SQL, for speed: forty consumers, three hundred plans over real coordinates, half a million subjects of whom one is
 * looked at very often. The sequencer gives them their leaves. CITYGRAPH_BENCH_PARTS names what to time of `verify`, `search`, `export`
 * and `cold`.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { registry } from '../dist/src/app.js';
import { startEmbeddedPostgres } from '../dist/src/database/embedded-postgres.js';
import { migrate } from '../dist/src/database/migrate.js';
import { createPools } from '../dist/src/database/pools.js';
import { countUsageRecords } from '../dist/src/usage-log/count-usage.js';
import { openDirectConnection } from '../dist/src/database/direct-connection.js';
import { databaseRoles } from '../dist/src/database/role-names.js';
import { exportUsage } from '../dist/src/usage-log/export-usage.js';
import { indexNext } from '../dist/src/usage-log/index/indexer.js';
import { readUsageRecords } from '../dist/src/usage-log/read-usage.js';
import { summarizeUsage } from '../dist/src/usage-log/summarize-usage.js';
import { startSequencer } from '../dist/src/usage-log/tree/sequencer.js';
import { openSigningKeys } from '../dist/src/usage-log/tree/signing-keys.js';
import { verifyLog } from '../dist/src/usage-log/tree/verify-log.js';
import { describePlan } from '../dist/src/usage-log/usage-record.js';

const records = Number(process.argv[2] ?? 1_000_000);
const folder = process.argv[3] ?? join(tmpdir(), 'citygraph-bench-usage-log');
const measured = (process.env['CITYGRAPH_BENCH_PARTS'] ?? 'verify,search,export,cold').split(',');
const database = `usage_${records}`;
const months = 12;
const now = new Date();
const month = {
  from: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)),
  until: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)),
};

let server = await startEmbeddedPostgres({ dataDir: folder });
const admin = new pg.Client({ connectionString: server.url('postgres') });
await admin.connect();
const { rowCount: known } = await admin.query('select from pg_database where datname = $1', [database]);
if (!known) await admin.query(`create database ${database}`);
await admin.end();
const url = server.url(database);
let owner = new pg.Client({ connectionString: url });
let pools = createPools({ url, statementTimeoutMilliseconds: 600_000, sizes: { auditor: 4 } });
const keys = openSigningKeys(join(folder, `log-keys-${records}.json`), 'bench.example/log');
try {
  await migrate(url);
  await owner.connect();
  if (!known) await makeRecords();
  await sequenceAll();
  if (measured.includes('verify')) await measureVerification();
  await indexAll();
  await describeSizes();
  const filters = await filtersOf();
  if (measured.includes('search')) await measure(filters);
  if (measured.includes('export')) await measureExport();
  if (measured.includes('cold')) await measureCold(filters);
} finally {
  await pools.close();
  await owner.end();
  await server.stop();
}

async function makeRecords() {
  const started = performance.now();
  const end = new Date();
  const start = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months + 1, 1));
  for (let at = start; at <= end; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))) {
    const next = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
    const name = `usage_record_${at.toISOString().slice(0, 7).replace('-', '_')}`;
    await owner.query(
      `create table citygraph.${name} partition of citygraph.usage_record for values from ('${at.toISOString()}') to ('${next.toISOString()}')`,
    );
  }
  await pools.logger.query('select citygraph.usage_make_partitions()');
  await makePlans();
  await owner.query('select setseed(0.5)');
  const batch = 100_000;
  for (let from = 0; from < records; from += batch) {
    await owner.query(insertRecords(), [from, Math.min(records, from + batch) - 1, records, start, end]);
    if (from % 1_000_000 === 0) console.log(`${from} made, ${seconds(started)} s`);
  }
  await owner.query('vacuum (analyze) citygraph.usage_record');
  console.log(`${records} records made in ${seconds(started)} s`);
}

async function makePlans() {
  const coordinates = [...registry.coordinates.values()].filter(({ coordinate }) => coordinate.includes('.'));
  const types = Map.groupBy(coordinates, ({ coordinate }) => coordinate.split('.')[0]);
  const names = [...types.keys()].sort();
  for (let n = 0; n < 300; n++) {
    const nodes = Array.from({ length: 1 + (n % 5) }, (_, m) => {
      const type = names[(n * 7 + m * 13) % names.length];
      const fields = types
        .get(type)
        .filter((_, f) => f % 3 !== n % 3)
        .slice(0, 8);
      return {
        path: `root${m}`,
        type,
        fields: fields.map(({ coordinate, classification: { level } }, f) => ({
          name: coordinate.split('.')[1],
          verdict: ['allow', 'allow', 'mask', 'deny'][(n + f) % 4],
          reason: 'granted',
          level,
        })),
      };
    });
    const plan = describePlan({ nodes, usedInArguments: n % 2 ? ['Resident.idNumber'] : [] });
    await owner.query('insert into citygraph.usage_plan (hash, description) values ($1, $2) on conflict do nothing', [
      Buffer.from(plan.hash, 'hex'),
      plan.text,
    ]);
  }
}

/** $1 to $2 of $3, between $4 and $5: by day and office hours. A plan belongs to a consumer, so that some filters exclude each other. */
function insertRecords() {
  return `
  with plan as materialized (select hash, (row_number() over (order by hash) - 1)::int as number from citygraph.usage_plan),
  drawn as materialized (
    select n, random() as a, random() as b, random() as c, random() as d, random() as e, random() as f,
           (floor(40 * power(random(), 2)))::int as consumer,
           date_trunc('day', $4::timestamptz + ($5::timestamptz - $4::timestamptz) * (n::float8 / $3::int)) as day
      from generate_series($1::int, $2::int) as n
  ), timed as materialized (
    select *, least(day + interval '1 hour' * (case when a < 0.85 then 0 + 10 * b else 24 * b end), $5::timestamptz)::timestamptz(3) as at,
           md5(n::text || c::text) as random_hex
      from drawn
  ), given as materialized (
    select n, at, lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as hex, random_hex, consumer, c, d, e, f,
           (consumer * 7 + floor(8 * c)::int) % (select count(*) from plan)::int as plan_number
      from timed
  ), written as (
    insert into citygraph.usage_record (id, occurred_at, node, kind, principal_kind, principal, department, grants, purpose, user_name,
      case_number, operation_name, document_hash, arguments, plan_id, subjects, row_counts, error_codes, outcome, policy_version,
      decided_until, response_bytes, response_digest, latency_micros, client_address, salt)
    select (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7' || substr(random_hex, 1, 3) || '-8' || substr(random_hex, 4, 3) || '-' ||
            substr(random_hex, 7, 12))::uuid,
           at, 'node-' || n % 3, 'query', 'consumer', 'consumer-' || consumer, '150600-' || consumer % 12,
           array['G-' || consumer || '-' || floor(3 * d)::int], 'purpose-' || consumer % 20,
           case when e < 0.8 then 'user-' || consumer || '-' || floor(50 * e)::int end,
           case when f < 0.3 then 'case-' || (n / 4) end,
           'Operation' || plan_number, p.hash, '{"personPortrait(idNumber:)": "digest:q83vEjRWeJA"}', p.hash,
           case when f < 0.02 then '7;7,7'
                when f < 0.7 then (s.one || ';' || s.one || ',' || s.one)
                else (select string_agg((s.one + 17 * k)::text, ',') from generate_series(0, 19) as k) end,
           case when f < 0.7 then array[1, 2] else array[20] end,
           case when d > 0.9 then array['FIELD_DENIED'] when d > 0.89 then array['ARGUMENT_DENIED', 'FIELD_DENIED'] else '{}' end,
           case when d < 0.01 then 'refused' else 'answered' end, 1, $5, 2048, p.hash, 2345, '127.0.0.1', p.hash
      from given join plan p on p.number = plan_number cross join lateral (select 100 + floor(500000 * c)::bigint as one) as s
    returning id, occurred_at
  )
  insert into citygraph.usage_queue (record_ids, occurred_at)
  select array[id], array[occurred_at] from written order by occurred_at, id`;
}

async function sequenceAll() {
  const started = performance.now();
  const waiting = async () => Number((await owner.query('select count(*) from citygraph.usage_waiting')).rows[0].count);
  const first = await waiting();
  if (first === 0) return;
  const sequencer = startSequencer({
    connect: () =>
      openDirectConnection(url, {
        purpose: 'sequencer',
        role: databaseRoles.sequencer,
        statementTimeoutMilliseconds: 600_000,
      }),
    keys,
    onReport: ({ error }) => error && console.log(error),
    interval: 1,
  });
  while ((await waiting()) > 0) await delay(1_000);
  await sequencer.stop();
  await owner.query('vacuum (analyze) citygraph.usage_leaf, citygraph.usage_tile, citygraph.usage_queue');
  console.log(`${first} leaves made and signed in ${seconds(started)} s`);
}

/** Whole, and with one record near the end altered: which it must name. */
async function measureVerification() {
  const altered = (
    await owner.query('select record_id, occurred_at from citygraph.usage_leaf where leaf_index = $1', [
      records - Math.ceil(records / 1_000),
    ])
  ).rows[0];
  const alter = (by) =>
    owner.query(
      'update citygraph.usage_record set latency_micros = latency_micros + $3 where occurred_at = $1 and id = $2',
      [altered.occurred_at, altered.record_id, by],
    );
  for (const by of [0, 1]) {
    if (by !== 0) await alter(by);
    const started = performance.now();
    const cpu = process.cpuUsage();
    let found;
    try {
      found = await verifyLog({
        connect: () => pools.auditor.connect(),
        origin: keys.origin,
        verifiers: keys.verifiers(),
      });
    } finally {
      if (by !== 0) await alter(-by);
    }
    const { user, system } = process.cpuUsage(cpu);
    const [first] = found.findings;
    const expected = by === 0 ? undefined : altered.record_id;
    if (first?.recordId !== expected || found.findingCount !== by)
      throw new Error(
        `expected ${expected ?? 'nothing'} to be found, got ${JSON.stringify(found.findings.slice(0, 3))}`,
      );
    console.log(
      `verification of ${found.records} records, ${by === 0 ? 'whole' : 'one altered near the end and named'}: ${seconds(started)} s, ` +
        `node ${((user + system) / 1e6).toFixed(0)} s of CPU, resident ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
    );
  }
}

async function indexAll() {
  const started = performance.now();
  let done = 0;
  for (let taken = 1; taken > 0; done += taken) {
    taken = await indexNext(pools.indexer);
    if (done % 100_000 === 0) console.log(`${done} indexed, ${seconds(started)} s`);
  }
  if (done === 0) return;
  console.log(`${done} records indexed in ${seconds(started)} s`);
  await owner.query('vacuum (analyze)');
}

async function describeSizes() {
  const { rows: sizes } = await owner.query(`
    select regexp_replace(c.relname, '_(\\d{4}_\\d\\d|rest)$', '') as name, round(sum(pg_total_relation_size(c.oid)) / 1e6) as megabytes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'citygraph' and c.relkind = 'r' and c.relname ~ '^usage' group by 1 having sum(pg_total_relation_size(c.oid)) > 1e6 order by 2 desc`);
  console.log(sizes.map(({ name, megabytes }) => `${name} ${megabytes} MB`).join(', '));
  const {
    rows: [{ shapes, hours }],
  } = await owner.query(
    'select (select count(*) from citygraph.usage_shape) as shapes, (select count(*) from citygraph.usage_hour) as hours',
  );
  console.log(`${shapes} shapes, ${hours} counts by hour`);
}

async function filtersOf() {
  const {
    rows: [rare],
  } = await owner.query(
    `select case_number, principal, user_name from citygraph.usage_record where case_number is not null and user_name is not null order by occurred_at limit 1`,
  );
  const {
    rows: [{ coordinate }],
  } = await owner.query(
    `select coordinate from citygraph.usage_footprint_item where verdict = 'mask' order by coordinate limit 1`,
  );
  return {
    nothing: {},
    'a month': month,
    'a consumer': { consumer: 'consumer-3' },
    'a consumer that is rare': { consumer: 'consumer-39' },
    'a consumer in a month': { consumer: 'consumer-3', ...month },
    'a department': { department: '150600-7' },
    'a grant': { grant: 'G-3-1' },
    'a purpose': { purpose: 'purpose-5' },
    'a coordinate': { coordinate },
    'a coordinate, masked': { coordinate, verdict: 'mask' },
    'a level': { level: 'L4' },
    'a verdict': { verdict: 'deny' },
    'an error code': { errorCode: 'ARGUMENT_DENIED' },
    'an outcome': { outcome: 'refused' },
    'two that exclude each other': { consumer: 'consumer-3', grant: 'G-4-1' },
    'an operation': { operationName: 'Operation22' },
    'a subject': { subjects: ['4711'] },
    'a subject looked at often': { subjects: ['7'] },
    'a subject with a merged one': { subjects: ['7', '4711'] },
    'a subject looked at often, and a consumer who never did': { subjects: ['7'], consumer: 'nobody' },
    'a subject looked at often, and a human': { subjects: ['7'], user: rare.user_name },
    'a human': { user: rare.user_name },
    'a human, and a purpose of others': { user: rare.user_name, purpose: 'purpose-19' },
    'a case': { caseNumber: rare.case_number },
    'an operation, and a subject looked at often': { operationName: 'Operation22', subjects: ['7'] },
  };
}

/** The first page of each filter by a server that has only just started. Where the system lets us, from disk. */
async function measureCold(filters) {
  for (const [name, filter] of Object.entries(filters)) {
    await pools.close();
    await owner.end();
    await server.stop();
    const fromDisk = dropCaches();
    server = await startEmbeddedPostgres({ dataDir: folder });
    pools = createPools({ url: server.url(database), statementTimeoutMilliseconds: 600_000, sizes: { auditor: 4 } });
    owner = new pg.Client({ connectionString: server.url(database) });
    await owner.connect();
    await pools.auditor.query('select 1');
    const started = performance.now();
    await readUsageRecords(pools.auditor, filter, { first: 20 });
    console.log(
      `cold page by ${name}: ${(performance.now() - started).toFixed(0)} ms${fromDisk ? ', from disk' : ', from the cache of the system'}`,
    );
  }
}

function dropCaches() {
  try {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false;
  }
}

async function measure(filters) {
  for (const [name, filter] of Object.entries(filters)) {
    const times = await time(() => readUsageRecords(pools.auditor, filter, { first: 20 }));
    const { records: page } = await readUsageRecords(pools.auditor, filter, { first: 20 });
    const last = page.at(-1);
    const second = last && (await time(() => readUsageRecords(pools.auditor, filter, { first: 20, after: last })));
    const middle = {
      occurredAt: new Date((month.from.getTime() + month.until.getTime()) / 2 - 86_400_000 * 120),
      id: '01900000-0000-7000-8000-000000000000',
    };
    const deep = await time(() => readUsageRecords(pools.auditor, filter, { first: 20, after: middle }));
    const counting = await time(() => countUsageRecords(pools.auditor, filter));
    const counted = await countUsageRecords(pools.auditor, filter);
    console.log(
      `page by ${name}: ${times}; next ${second ?? '-'}; deep ${deep}; count ${counting} (${counted.records}${counted.exact ? '' : ' or more'})`,
    );
  }
  const by = {
    consumer: ['CONSUMER'],
    department: ['DEPARTMENT'],
    grant: ['GRANT'],
    purpose: ['PURPOSE'],
    coordinate: ['COORDINATE'],
    'level and verdict': ['LEVEL', 'VERDICT'],
    'error code': ['ERROR_CODE'],
    day: ['DAY'],
    hour: ['HOUR'],
    'consumer and day': ['CONSUMER', 'DAY'],
    'coordinate and day': ['COORDINATE', 'DAY'],
    human: ['USER'],
    case: ['CASE'],
    operation: ['OPERATION'],
    subject: ['SUBJECT'],
  };
  for (const [name, dimensions] of Object.entries(by)) {
    const times = await time(() => summarizeUsage(pools.auditor, month, { by: dimensions, first: 100 }), 3);
    const year = await time(() => summarizeUsage(pools.auditor, {}, { by: dimensions, first: 100 }), 1);
    console.log(`a month by ${name}: ${times}; all twelve: ${year}`);
  }
  const days = 86_400_000;
  const ofSubjects = {
    'a month of the city by subject': [
      { from: new Date(month.from.getTime() - days / 3), until: new Date(month.until.getTime() - days / 3) },
      ['SUBJECT'],
    ],
    'thirty days across two months by subject': [
      { from: new Date(month.from.getTime() - 15 * days), until: new Date(month.from.getTime() + 15 * days) },
      ['SUBJECT'],
    ],
    'a month of a consumer by subject': [{ ...month, consumer: 'consumer-3' }, ['SUBJECT']],
    'a month by subject and consumer': [month, ['SUBJECT', 'CONSUMER']],
    'a month by subject and day': [month, ['SUBJECT', 'DAY']],
  };
  for (const [name, [filter, dimensions]] of Object.entries(ofSubjects)) {
    const times = await time(() => summarizeUsage(pools.auditor, filter, { by: dimensions, first: 100 }), 3);
    console.log(`${name}: ${times}`);
  }
  const bySubject = await time(
    () => summarizeUsage(pools.auditor, { subjects: ['7'] }, { by: ['CONSUMER'], first: 100 }),
    3,
  );
  console.log(`all months of a subject looked at often, by consumer: ${bySubject}`);
}

/** What it takes to write all that is found, and whether memory stays flat. */
async function measureExport() {
  for (const [name, filter] of Object.entries({ 'all records': {}, 'a consumer': { consumer: 'consumer-3' } })) {
    const started = performance.now();
    let [bytes, peak] = [0, 0];
    const before = process.memoryUsage.rss();
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200);
    for await (const piece of exportUsage(pools.auditor, filter, 'csv')) bytes += piece.length;
    clearInterval(watch);
    const megabytes = (rss) => Math.round(rss / 1e6);
    console.log(
      `export of ${name} as CSV: ${megabytes(bytes)} MB in ${seconds(started)} s; resident ${megabytes(before)} MB before, ${megabytes(peak)} MB at most`,
    );
  }
}

async function time(work, runs = 5) {
  const times = [];
  for (let n = 0; n < runs; n++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  const [first] = times;
  times.sort((a, b) => a - b);
  return runs === 1
    ? `${first.toFixed(0)} ms`
    : `${times[Math.floor(runs / 2)].toFixed(1)} ms (first ${first.toFixed(0)})`;
}

function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(0);
}
