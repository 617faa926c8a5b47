/**
 * The database that all sides are measured on: the embedded PostgreSQL as `npm start` runs it, a seeded city that is kept between runs, and
 * for each run a copy of it, so that none begins with the log of the one before.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { registry } from '../dist/src/app.js';
import { layoutOf } from '../dist/src/database/library-databases.js';
import { migrate } from '../dist/src/database/migrate.js';
import { distributionsOf } from '../dist/src/model/distribution.js';
import { startEmbeddedPostgres } from '../dist/src/database/embedded-postgres.js';
import { nodeBinary } from '../scripts/node-runtime.mjs';
import { projectFolder } from '../scripts/project.mjs';

const template = 'postgres';
const copy = 'citygraph_bench';
/** The pool's, and those of its libraries. */
const apartDatabases = ['citygraph_bench_apart', 'citygraph_bench_apart_1', 'citygraph_bench_apart_2'];
const apartLibraries = [
  ['legal-person', 'healthcare', 'credit', 'statistics'],
  ['social-security', 'government-services', 'ecology', 'state-assets', 'industry-energy', 'emergency'],
];

/** Seeds the city where the folder has none of this size. @throws Error when the folder holds another city */
export function seedCity({ dataDir, persons, legalPersons }) {
  const mark = join(dataDir, 'bench-city.json');
  const wanted = JSON.stringify({ persons, legalPersons });
  if (existsSync(mark)) {
    const there = readFileSync(mark, 'utf8');
    if (there !== wanted) throw new Error(`${dataDir} holds the city ${there}, not ${wanted}; name another --data-dir`);
    return;
  }
  const main = join(projectFolder, 'dist', 'src', 'main.js');
  const args = ['--persons', String(persons), '--legal-persons', String(legalPersons), '--as', 'bench'];
  const { status } = spawnSync(nodeBinary(), [main, 'seed', ...args], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`the city could not be seeded (${status})`);
  writeFileSync(mark, wanted);
}

/** The city itself, not a copy: what is written stays. @returns {Promise<{ url: string, postmaster: number, stop: () => Promise<void> }>} */
export async function openCity(dataDir) {
  const server = await startEmbeddedPostgres({ dataDir });
  await vacuumOnce(server.url(template));
  return { url: server.url(template), postmaster: postmasterOf(dataDir), stop: () => server.stop() };
}

/** @returns {Promise<{ url: string, postmaster: number, stop: () => Promise<void> }>} */
export async function openDatabase(dataDir) {
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await vacuumOnce(server.url(template));
    await dropCopies(server);
    await onDatabase(server.url('template1'), async (client) => {
      await client.query(`create database ${copy} template ${template} strategy file_copy`);
    });
    await onDatabase(server.url(copy), prepareForOthers);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: server.url(copy),
    openApart: () => openApart(server),
    postmaster: postmasterOf(dataDir),
    async stop() {
      await dropCopies(server);
      await server.stop();
    },
  };
}

function postmasterOf(dataDir) {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function dropCopies(server) {
  await onDatabase(server.url('template1'), async (client) => {
    for (const name of [copy, ...apartDatabases]) await client.query(`drop database if exists ${name} with (force)`);
  });
}

/** Another copy, whose libraries are moved into two databases beside it: sections of every portrait in each. */
async function openApart(server) {
  const [pool, ...others] = apartDatabases;
  await onDatabase(server.url('template1'), async (client) => {
    await client.query(`create database ${pool} template ${template} strategy file_copy`);
    for (const name of others) await client.query(`create database ${name} template template0`);
  });
  const libraries = Object.fromEntries(
    apartLibraries.flatMap((codes, at) => codes.map((code) => [code, server.url(others[at])])),
  );
  await migrate(
    server.url(pool),
    layoutOf({ libraries, distributed: [] }, distributionsOf(registry), server.url(pool)),
  );
  for (const name of apartDatabases) await onDatabase(server.url(name), (client) => client.query('vacuum analyze'));
  const environment = Object.fromEntries(
    Object.entries(libraries).map(([code, url]) => [`LIBRARY_${code.toUpperCase().replaceAll('-', '_')}_URL`, url]),
  );
  return { url: server.url(pool), environment };
}

export async function onDatabase(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** As a pool that has been in use is: the seeds analyse, but leave no visibility map. */
async function vacuumOnce(url) {
  await onDatabase(url, async (client) => {
    const { rows } = await client.query(
      `select relallvisible = 0 as due from pg_class where oid = 'population.resident'::regclass`,
    );
    if (rows[0].due) await client.query('vacuum analyze');
  });
}

/**
 * What a schema for the peer needs and Citygraph has otherwise: look-up by the identifier itself in place of its keyed digest, and what is
 * published no more left out.
 */
async function prepareForOthers(client) {
  await client.query(`
    create unique index subject_identifier_value on citygraph.subject_identifier (kind, value);
    analyze citygraph.subject_identifier;
    create schema bench;
    create view bench.person_identifier as
      select value, subject_id from citygraph.subject_identifier where kind = 'resident-id-number';
    create view bench.legal_person_identifier as
      select value, subject_id from citygraph.subject_identifier where kind = 'unified-social-credit-code'`);
  for (const [schema, table] of [
    ['legal_person', 'penalty'],
    ['credit', 'person_credit_record'],
    ['credit', 'enterprise_credit_record'],
  ]) {
    await client.query(
      `create view bench.${table} as select * from ${schema}.${table} where published_until is null or published_until >= current_date`,
    );
  }
}

/** Subjects to ask for, drawn evenly over the city. */
export function chooseSubjects(url) {
  return onDatabase(url, async (client) => {
    const all = async (text) => (await client.query(text)).rows;
    const identifiers = (kind, table, key) =>
      all(`select i.value as key from citygraph.subject_identifier i join ${table} t on t.${key} = i.subject_id
            where i.kind = '${kind}' and i.is_current order by md5(i.id::text) limit 16384`);
    return {
      person: await identifiers('resident-id-number', 'population.resident', 'person_id'),
      legalPerson: await identifiers('unified-social-credit-code', 'legal_person.enterprise', 'legal_person_id'),
      // Those with 50 and more first, and of them any.
      enterprises: await all(`select town, enterprise_type as type from legal_person.enterprise where town is not null
                               and enterprise_type is not null group by 1, 2
                               order by least(count(*), 50) desc, md5(town || enterprise_type) limit 190`),
      statistics: await all(`select division, period as year from statistics.enterprise_statistic
                              where industry_level = 'SECTION' and period_level = 'YEAR' and division is not null
                              group by 1, 2 having count(*) >= 5 order by md5(division || period)`),
    };
  });
}
