/**
 * `npm run bench:overload`: what becomes of a node that is asked five times what it can do. Measures what it can do (closed loop), then offers
 * several times as much (open loop) and prints what became of it: times of what was let in, how much was shed and how soon, the most memory it
 * took, how soon it is itself again, and whether every answer has its record.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { prepareDemo } from '../dist/seeds/demo-start.js';
import { registry } from '../dist/src/app.js';
import { startEmbeddedPostgres } from '../dist/src/database/embedded-postgres.js';
import { migrate } from '../dist/src/database/migrate.js';
import { openKeyring } from '../dist/src/keyring.js';
import { nodeBinary } from '../scripts/node-runtime.mjs';
import { projectFolder } from '../scripts/project.mjs';
import { operationForCitygraph } from './render.mjs';
import { startCitygraph } from './sides/citygraph.mjs';
import { workloads } from './workloads.mjs';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '20' },
    workload: { type: 'string', default: 'W1' },
    persons: { type: 'string', default: '2000' },
    'legal-persons': { type: 'string', default: '400' },
    connections: { type: 'string', default: '2000' },
  },
});
const [times, seconds, connections] = [values.times, values.seconds, values.connections].map(Number);
const workload = workloads.find(({ name }) => name === values.workload);
if (!workload) throw new Error(`--workload: expected one of ${workloads.map(({ name }) => name).join()}`);

const folder = mkdtempSync(join(tmpdir(), 'citygraph-overload-'));
const stops = [() => rmSync(folder, { recursive: true })];
try {
  await run();
} finally {
  for (const stop of stops.reverse()) await stop();
}

async function run() {
  const server = await startEmbeddedPostgres({ dataDir: folder });
  stops.push(() => server.stop());
  const url = server.url('postgres');
  const credentials = await makeCity(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  stops.push(() => client.end());
  const side = await startCitygraph({ url, dataDir: folder, runDir: folder, build: join(projectFolder, 'dist') });
  stops.push(() => side.stop());
  const { query, variables } = operationForCitygraph(workload);
  const { rows: subjects } = await client.query(
    `select value as key from citygraph.subject_identifier where kind = $1 and is_current order by md5(id::text) limit 4096`,
    [workload.root === 'person' ? 'resident-id-number' : 'unified-social-credit-code'],
  );
  const job = {
    address: side.address,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${credentials.consumers['portrait-app'].token}`,
    },
    bodies: subjects.map((subject) => JSON.stringify({ query, variables: variables(subject) })),
  };
  const recordsBefore = await countRecords(client);

  const warmUp = await load({ ...job, rate: 0, seconds: 3, connections: 64 });
  const closed = await load({ ...job, rate: 0, seconds: 5, connections: 64 });
  const capacity = closed.answered.length / closed.seconds;
  say(
    'capacity',
    `${Math.round(capacity)} requests/s, p99 ${ms(quantile(closed.answered, 0.99))} (64 connections, closed loop)`,
  );

  const memory = watchMemory(side.pid);
  const burst = await load({ ...job, rate: capacity * times, seconds, connections });
  say(
    'offered',
    `${times} x for ${seconds} s: ${Math.round(capacity * times)} requests/s, open loop, at most ${connections} connections`,
  );
  const sent = burst.answered.length + burst.shed.length + burst.other + burst.lost + burst.pending;
  say(
    'sent',
    `${sent}; ${burst.unsent} more were due and found every connection busy; ${burst.other} had another status, ${burst.lost} were cut off, ${burst.pending} never answered`,
  );
  say(
    'admitted',
    `${Math.round(burst.answered.length / seconds)} requests/s; p50 ${ms(quantile(burst.answered, 0.5))}, p99 ${ms(quantile(burst.answered, 0.99))}, longest ${ms(quantile(burst.answered, 1))}`,
  );
  say(
    'shed',
    `${((burst.shed.length / sent) * 100).toFixed(1)} % with 503; time to it p50 ${ms(quantile(burst.shed, 0.5))}, p99 ${ms(quantile(burst.shed, 0.99))}`,
  );

  say('by second', secondsOf(burst));

  const after = await load({ ...job, rate: capacity / 2, seconds: 8, connections });
  say('recovery', `${recoveryOf(after)}, at half of capacity`);
  const rss = memory.stop();
  say('memory', `RSS before ${megabytes(rss.first)}, most ${megabytes(rss.most)}, after ${megabytes(rss.last)}`);

  const records = (await countRecords(client)) - recordsBefore;
  const runs = [warmUp, closed, burst, after];
  const answers = runs.reduce((sum, { answered }) => sum + answered.length, 0);
  say('records', `${records} for ${answers} answers with data: ${records === answers ? 'as many' : 'NOT AS MANY'}`);
  if (records < answers) process.exitCode = 1;
}

async function makeCity(url) {
  await migrate(url);
  const scale = { persons: Number(values.persons), legalPersons: Number(values['legal-persons']) };
  const keyring = openKeyring(join(folder, 'keyring'));
  const file = await prepareDemo({ url, dataDir: folder, keyring, coordinates: registry.coordinates, scale });
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function load(job) {
  const child = fork(fileURLToPath(new URL('open-loop.mjs', import.meta.url)), { execPath: nodeBinary() });
  try {
    child.send(job);
    const [message] = await once(child, 'message', { signal: AbortSignal.timeout(job.seconds * 1000 + 60_000) });
    if (message.failed) throw new Error(`the load maker failed: ${message.failed}`);
    return message.figures;
  } finally {
    child.kill();
  }
}

async function countRecords(client) {
  const { rows } = await client.query(
    `select count(*)::int as count from citygraph.usage_record where outcome = 'answered' and principal = 'portrait-app'`,
  );
  return rows[0].count;
}

/** By the second in which they were due: p99 of what was let in, and of the time to being told no. */
function secondsOf({ answered, shed, seconds: length }) {
  const p99 = (list, at) => {
    const those = list.filter(([due]) => due >= at * 1000 && due < (at + 1) * 1000);
    return those.length > 0 ? Math.round(quantile(those, 0.99)) : '-';
  };
  return Array.from({ length }, (_, at) => `${p99(answered, at)}/${p99(shed, at)}`).join(' ');
}

/** The first half second from which on nothing is shed and what is asked takes no longer than a tenth of a second. */
function recoveryOf({ answered, shed, seconds: length }) {
  const windowMs = 500;
  for (let at = 0; at < length * 1000; at += windowMs) {
    const later = answered.filter(([due]) => due >= at && due < at + windowMs);
    const calm = !shed.some(([due]) => due >= at && due < at + windowMs);
    if (calm && later.length > 0 && quantile(later, 0.99) < 100) return `after ${at} to ${at + windowMs} ms`;
  }
  return 'NOT within the time that was watched';
}

function watchMemory(pid) {
  const read = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
  const figures = { first: read(), most: 0, last: 0 };
  const timer = setInterval(() => (figures.most = Math.max(figures.most, read())), 50);
  return {
    stop() {
      clearInterval(timer);
      return { ...figures, last: read() };
    },
  };
}

function quantile(list, share) {
  const sorted = list.map(([, took]) => took).sort((one, two) => one - two);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function ms(value) {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function megabytes(bytes) {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

function say(name, text) {
  console.log(`${name.padEnd(10)}${text}`);
}
