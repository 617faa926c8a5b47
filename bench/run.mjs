/**
 * `npm run bench`: Citygraph with authorisation and its durable usage log, beside PostGraphile 5 without either and beside floors without
 * GraphQL, on one database. It first checks that all give the same content, then measures them in turn, and reports ratios.
 * `bench/README.md` says what each side does and does not do.
 */
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { projectFolder } from '../scripts/project.mjs';
import { checkAnswers, readSampleRecords } from './check-answers.mjs';
import { drainLog, measure } from './measure.mjs';
import { readOptions, usage } from './options.mjs';
import { chooseSubjects, openDatabase, seedCity } from './prepare-database.mjs';
import { startSide } from './processes.mjs';
import { operationForCitygraph, operationForPeer } from './render.mjs';
import { writeReport } from './report.mjs';
import { registerConsumer, startCitygraph } from './sides/citygraph.mjs';
import { workloads as allWorkloads } from './workloads.mjs';

/** Of each, as many as were found best for it on two cores. */
const peerConnections = 16;
const floorConnections = 4;

const options = readOptions(process.argv.slice(2));
if (options.help) console.log(usage);
else await run();

async function run() {
  const stops = [];
  try {
    seedCity(options);
    const database = await openDatabase(options.dataDir);
    stops.unshift(() => database.stop());
    const runDir = mkdtempSync(join(tmpdir(), 'citygraph-bench-'));
    stops.unshift(() => rmSync(runDir, { recursive: true }));
    const subjects = await chooseSubjects(database.url);
    const sides = await startSides({ database, runDir, stops, subjects });
    const results = await measureAll({ sides, subjects, database });
    await writeReport(results, sides, options);
  } finally {
    for (const stop of stops) await stop();
  }
}

async function startSides({ database, runDir, stops, subjects }) {
  const { url } = database;
  const { dataDir, against, profile } = options;
  const token = await registerConsumer({ url, dataDir, runDir });
  const sides = new Map();
  const start = async (name, starting, requestFor) => {
    const side = await starting;
    stops.unshift(() => side.stop());
    sides.set(name, { name, ...side, requestFor });
  };
  const graphql = (operationOf, headers) => {
    const operations = new Map(allWorkloads.map((workload) => [workload.name, operationOf(workload)]));
    return ({ name }) => ({
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      bodyOf: (subject) => {
        const { query, variables } = operations.get(name);
        return JSON.stringify({ query, variables: variables(subject) });
      },
    });
  };
  const asConsumer = graphql(operationForCitygraph, { authorization: `Bearer ${token}` });
  const build = join(projectFolder, 'dist');
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  await start('citygraph', startCitygraph({ url, dataDir, runDir, build, nodeOptions: profiling }), asConsumer);
  if (against) {
    const otherDir = join(runDir, 'against');
    mkdirSync(otherDir);
    await start('against', startCitygraph({ url, dataDir, runDir: otherDir, build: against }), asConsumer);
  }
  if (options.sides.includes('log-off')) {
    const otherDir = join(runDir, 'log-off');
    mkdirSync(otherDir);
    const nodeOptions = ['--import', new URL('sides/log-off.mjs', import.meta.url).href];
    await start('log-off', startCitygraph({ url, dataDir, runDir: otherDir, build, nodeOptions }), asConsumer);
  }
  if (options.sides.includes('apart'))
    await start('apart', ...(await openApart({ database, runDir, build, stops, graphql })));
  const own = (file, settings) =>
    startSide([fileURLToPath(new URL(`sides/${file}.mjs`, import.meta.url))], {
      ...{ NODE_ENV: 'production', GRAPHILE_ENV: 'production', BENCH_SIDE: JSON.stringify({ url, ...settings }) },
    });
  const bare = ({ name }) => ({
    path: `/${name}`,
    headers: { 'content-type': 'application/json' },
    bodyOf: (subject) => JSON.stringify(subject),
  });
  await start('peer', own('peer', { connections: peerConnections }), graphql(operationForPeer, {}));
  await start('floor', own('floor', { connections: floorConnections }), bare);
  const checked = await checkAnswers({ sides: [...sides.values()], subjects, workloads: options.workloads });
  console.error(checked);
  if (options.sides.includes('floor+log')) {
    const log = await readSampleRecords({ url, side: sides.get('citygraph'), subjects, workloads: options.workloads });
    await start('floor+log', own('floor', { connections: floorConnections, log }), bare);
  }
  for (const name of [...sides.keys()]) if (name !== 'against' && !options.sides.includes(name)) sides.delete(name);
  return sides;
}

/** The same with its libraries in three databases: a pool of its own, and so a consumer and a log of its own. */
async function openApart({ database, runDir, build, stops, graphql }) {
  const { url, environment } = await database.openApart();
  const { dataDir } = options;
  const apartDir = join(runDir, 'apart');
  mkdirSync(apartDir);
  const token = await registerConsumer({ url, dataDir, runDir: apartDir, environment });
  const log = new pg.Client({ connectionString: url });
  await log.connect();
  stops.unshift(() => log.end());
  const starting = startCitygraph({ url, dataDir, runDir: apartDir, build, environment });
  return [
    starting.then((side) => ({ ...side, log })),
    graphql(operationForCitygraph, { authorization: `Bearer ${token}` }),
  ];
}

async function measureAll({ sides, subjects, database }) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const results = [];
  const slot = async (round, workload, connections, side, seconds) => {
    const { path, headers, bodyOf } = side.requestFor(workload);
    const bodies = subjects[workload.root].map(bodyOf);
    const { warmUp } = options;
    const job = { url: `${side.address}${path}`, headers, bodies, connections, warmUp, seconds };
    const figures = await measure({ side, postmaster: database.postmaster, job });
    const drained = await drainLog(side.log ?? client);
    if (round > 0) results.push({ round, workload: workload.name, connections, side: side.name, ...figures, drained });
    return figures;
  };
  try {
    for (const workload of options.workloads) for (const side of sides.values()) await slot(0, workload, 16, side, 1);
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const workload of options.workloads) {
        for (const connections of options.connections) {
          const line = [];
          // Each begins a round in turn, so that none always comes after the same other.
          const order = [...sides.values()];
          for (let turn = 1; turn < round; turn += 1) order.push(order.shift());
          for (const side of order) {
            const { perSecond } = await slot(round, workload, connections, side, options.seconds);
            line.push(`${side.name} ${Math.round(perSecond)}/s`);
          }
          console.error(`round ${round} ${workload.name} ${connections} connections: ${line.join(', ')}`);
        }
      }
    }
  } finally {
    await client.end();
  }
  return results;
}
