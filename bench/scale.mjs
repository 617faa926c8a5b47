/**
 * `npm run bench:scale`: whether Citygraph is as fast on the whole city as on the demo. Two databases, one of 3,000 persons and one of 2.2 million,
 * each with its own server and its own Citygraph, asked in turn; then how long a dashboard waits for figures of the whole city.
 *
 * The large city is seeded the first time (a quarter of an hour, 30 GB) and kept in bench/.data, its usage log with it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seedScales } from '../dist/seeds/run-seeds.js';
import { projectFolder } from '../scripts/project.mjs';
import { drainLog, measure } from './measure.mjs';
import { chooseSubjects, onDatabase, openCity, seedCity } from './prepare-database.mjs';
import { operationForCitygraph } from './render.mjs';
import { registerConsumer, startCitygraph } from './sides/citygraph.mjs';
import { workloads } from './workloads.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    workloads: { type: 'string', default: 'W1,W3' },
    connections: { type: 'string', default: '16,64' },
    'data-dir': { type: 'string', default: join(projectFolder, 'bench', '.data') },
  },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
const connections = values.connections.split(',').map(Number);
const measured = workloads.filter(({ name }) => values.workloads.split(',').includes(name));
const warmUp = 1;

/** All of the city, as the first page of a dashboard asks for it. */
const dashboard = {
  'population by age': `{ rows: populationStatistics(first: 50, filter: { division: { eq: "150600" }, town: { eq: "all" }, sex: { eq: "all" } }) { nodes { age persons computedAt edition } } }`,
  'population by division': `{ rows: populationStatistics(first: 50, filter: { town: { eq: "all" }, sex: { eq: "all" }, age: { eq: "all" } }) { nodes { division persons computedAt edition } } }`,
  'firms by industry': `{ rows: enterpriseStatistics(first: 50, filter: { division: { eq: "150600" }, industryLevel: { eq: SECTION }, period: { eq: "all" } }) { nodes { industry enterprises capitalSum computedAt edition } } }`,
  'service cases by month': `{ rows: serviceCaseStatistics(first: 50, filter: { division: { eq: "150600" }, periodLevel: { eq: MONTH }, itemType: { eq: "all" } }) { nodes { period cases computedAt edition } } }`,
};
const timesAsked = 20;

const stops = [];
try {
  const sides = { demo: await open(seedScales.demo), city: await open(seedScales.city) };
  for (const side of Object.values(sides))
    console.log(`${side.persons.toLocaleString('en')} persons, ${side.rows.toLocaleString('en')} rows`);
  await askDashboard(sides.city);
  await compare(sides);
} finally {
  for (const stop of stops.reverse()) await stop();
}

async function open({ persons, legalPersons }) {
  const dataDir = join(values['data-dir'], `${persons}-${legalPersons}`);
  seedCity({ dataDir, persons, legalPersons });
  const { url, postmaster, stop } = await openCity(dataDir);
  stops.push(stop);
  const token = await registerConsumer({ url, dataDir, runDir: dataDir });
  const side = await startCitygraph({ url, dataDir, runDir: dataDir, build: join(projectFolder, 'dist') });
  stops.push(() => side.stop());
  const rows = await onDatabase(url, async (client) => {
    const { rows: found } = await client.query(
      `select sum(reltuples)::bigint as rows from pg_class where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information)'`,
    );
    return Number(found[0].rows);
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return { ...side, persons, rows, url, postmaster, headers, subjects: await chooseSubjects(url), dataDir };
}

async function askDashboard({ address, dataDir }) {
  const { token } = JSON.parse(readFileSync(join(dataDir, 'demo-credentials.json'), 'utf8')).consumers.dashboard;
  for (const [name, query] of Object.entries(dashboard)) {
    const times = [];
    let rows = [];
    for (let n = 0; n < timesAsked; n += 1) {
      const began = performance.now();
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query }),
      });
      const answer = await response.json();
      times.push(performance.now() - began);
      if (answer.errors || answer.data.rows.nodes.length === 0)
        throw new Error(`${name}: ${JSON.stringify(answer).slice(0, 500)}`);
      rows = answer.data.rows.nodes;
    }
    const [first, ...rest] = times;
    console.log(
      `dashboard, ${name}: ${rows.length} figures, first ${first.toFixed(0)} ms, then at most ${Math.max(...rest).toFixed(0)} ms; edition ${rows[0].edition}, computed at ${rows[0].computedAt}`,
    );
  }
}

async function compare(sides) {
  for (const { name, root } of measured) {
    const operation = operationForCitygraph(workloads.find((it) => it.name === name));
    for (const count of connections) {
      const ratios = [];
      for (let round = 0; round <= rounds; round += 1) {
        const figures = {};
        for (const at of round % 2 === 0 ? ['demo', 'city'] : ['city', 'demo']) {
          const side = sides[at];
          const bodies = side.subjects[root].map((subject) =>
            JSON.stringify({ query: operation.query, variables: operation.variables(subject) }),
          );
          const job = {
            url: `${side.address}/graphql`,
            headers: side.headers,
            bodies,
            connections: count,
            warmUp,
            seconds,
          };
          figures[at] = await measure({ side, postmaster: side.postmaster, job });
          await onDatabase(side.url, (client) => drainLog(client));
        }
        // The first is to get caches warm, on both sides.
        if (round > 0) ratios.push({ ...figures, ratio: figures.city.perSecond / figures.demo.perSecond });
      }
      ratios.sort((a, b) => a.ratio - b.ratio);
      const { demo, city, ratio } = ratios[ratios.length >> 1];
      const figure = (it) =>
        `${Math.round(it.perSecond)}/s (p99 ${it.p99.toFixed(1)} ms, node ${it.nodeMs.toFixed(3)}, PostgreSQL ${it.postgresMs.toFixed(3)} ms a request, ${Math.round(it.bytes)} bytes)`;
      console.log(
        `${name}, ${count} connections: city over demo ${ratio.toFixed(2)} (${ratios[0].ratio.toFixed(2)} to ${ratios.at(-1).ratio.toFixed(2)}, ${rounds} rounds); demo ${figure(demo)}, city ${figure(city)}`,
      );
    }
  }
}
