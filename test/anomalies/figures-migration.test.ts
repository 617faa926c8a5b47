/**
 * A log that was indexed and counted apart, with one ahead of the other, comes to the same figures as one that never knew it otherwise:
 * nothing is counted twice, nothing is left out, and a subject that was seen stays seen.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Client } from 'pg';
import { countUsage } from '../../src/anomalies/count-usage.js';
import { readConfig } from '../../src/config.js';
import { readMigrationFiles } from '../../src/database/migration-files.js';
import { createRoles } from '../../src/database/roles.js';
import { createTestDatabase } from '../support/database.js';

const sqlOf = (name: string): string =>
  readFileSync(new URL(`../../src/database/migrations/${name}.sql`, import.meta.url), 'utf8');
const names = readMigrationFiles().map(({ name }) => name);
const migrated = '0026-figures-from-the-index';

/** Leaves 0 to 89, of three days, at eight in the evening of the first: some of each day under each of the two marks. */
const records = `
  insert into citygraph.usage_record (occurred_at, id, node, kind, principal_kind, principal, grants, arguments, plan_id, subjects, row_counts,
                                      error_codes, outcome, response_bytes, latency_micros, salt)
  select '2026-10-01T12:00:00Z'::timestamptz + n % 3 * interval '1 day' + n * interval '1 second', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
         'n', 'query', case when n % 7 = 0 then 'official' else 'consumer' end, 'app-' || n % 2, array['G-1'], '{}',
         case when n % 5 = 0 then null else decode(md5('plan' || n % 4), 'hex') end,
         case n % 6 when 0 then '' when 1 then '0;' else (n % 11 + 1) || ',' || (n % 13 + 1) || '+0;' || (n % 11 + 1) end, array[1, 2],
         case when n % 10 = 0 then array['FIELD_DENIED'] else '{}' end, case when n % 8 = 0 then 'refused' else 'answered' end, 1, 1, '\\x00'
    from generate_series(0, 89) as n;
  insert into citygraph.usage_leaf (leaf_index, record_id, occurred_at, commitment)
  select right(id::text, 12)::int, id, occurred_at, '\\x00' from citygraph.usage_record;
  update citygraph.usage_tree set size = 90;
  insert into citygraph.usage_plan (hash, description)
  select decode(md5('plan' || n), 'hex'), json_build_object('nodes', json_build_array(
           json_build_object('path', 'p', 'type', 'Resident', 'fields', json_build_array(
             json_build_object('name', 'name', 'verdict', 'allow', 'reason', 'x', 'level', 'L2'),
             json_build_object('name', 'field' || n, 'verdict', case when n = 3 then 'deny' else 'mask' end, 'reason', 'x', 'level', 'L3'))),
           json_build_object('path', 'q', 'type', case when n < 2 then 'Visit' else 'Resident' end, 'fields', json_build_array())),
           'usedInArguments', json_build_array('Resident.idNumber'))
    from generate_series(0, 3) as n`;

/** From the records themselves, of leaves below $1. Thursday, Friday, Saturday; eight in the evening is out of hours. */
const figures = `
  with given as (
    select (r.occurred_at at time zone 'Asia/Shanghai')::date as day, r.*, case when outcome = 'answered' then subjects else '' end as released
      from citygraph.usage_leaf l join citygraph.usage_record r on r.id = l.record_id where l.leaf_index < $1
  )
  select day::text, principal_kind, principal, count(*)::int as requests, (count(*) filter (where error_codes <> '{}'))::int as denied,
         (count(*) filter (where released <> ''))::int as out_of_hours, (count(*) filter (where released <> ''))::int as releasing,
         case when principal_kind <> 'consumer' then 0 else (
           select count(distinct subject)::int from given g cross join regexp_split_to_table(g.released, '[;,+]') as subject
            where (g.day, g.principal_kind, g.principal) = (given.day, given.principal_kind, given.principal) and subject not in ('', '0')) end as subjects,
         case when principal_kind <> 'consumer' then 0 else (
           select count(distinct field ->> 'name')::int
             from given g join citygraph.usage_plan p on p.hash = g.plan_id
            cross join json_array_elements(p.description -> 'nodes') as part cross join json_array_elements(part -> 'fields') as field
            where (g.day, g.principal_kind, g.principal) = (given.day, given.principal_kind, given.principal)
              and outcome = 'answered' and field ->> 'verdict' <> 'deny') end as coordinates
    from given group by day, principal_kind, principal order by 1, 2, 3`;
const stored = `
  select day::text, principal_kind, principal, requests::int, denied::int, out_of_hours::int, releasing::int, subjects::int, coordinates::int
    from citygraph.usage_day order by 1, 2, 3`;

async function comeTo(indexed: number, counted: number, forgotten = false): Promise<void> {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await createRoles(client);
    await client.query('create schema if not exists citygraph');
    for (const name of names.filter((it) => it < migrated)) await client.query(sqlOf(name));
    await client.query(records);
    await client.query('select citygraph.usage_index_next($1)', [indexed]);
    // As the detectors of before left it.
    await client.query(
      `insert into citygraph.usage_day (day, principal_kind, principal, requests, denied, out_of_hours, releasing, subjects, coordinates, changed)
       select day::date, principal_kind, principal, requests, denied, out_of_hours, releasing, subjects, coordinates, false from (${figures}) as f`,
      [counted],
    );
    await client.query(
      `insert into citygraph.usage_day_seen (day, principal_kind, principal, seen)
       select distinct (r.occurred_at at time zone 'Asia/Shanghai')::date, r.principal_kind, r.principal, 's' || subject
         from citygraph.usage_leaf l join citygraph.usage_record r on r.id = l.record_id cross join regexp_split_to_table(r.subjects, '[;,+]') as subject
        where l.leaf_index < $1 and r.outcome = 'answered' and r.principal_kind = 'consumer' and subject not in ('', '0')`,
      [counted],
    );
    await client.query('update citygraph.anomaly_progress set counted = $1, searched = $1', [counted]);
    if (forgotten) await client.query('delete from citygraph.usage_day_seen');
    for (const name of names.filter((it) => it >= migrated)) await client.query(sqlOf(name));

    const { rows: differing } = await client.query(
      `select from citygraph.usage_day_consumer c join citygraph.usage_day d using (day, principal)
        where d.principal_kind = 'consumer' and c.subjects <> d.subjects`,
    );
    // What is known of a day's subjects is what was counted of them, unless more has been indexed.
    if (counted >= indexed) expect(differing).toEqual([]);
    if (forgotten) return;

    const settings = readConfig({}, 'test').anomalies;
    const judge = async (): Promise<unknown> => {
      await client.query('select citygraph.usage_count_days()');
      await countUsage(client, counted, settings);
      return (await client.query(stored)).rows;
    };
    const expected = async (upto: number): Promise<unknown> => (await client.query(figures, [upto])).rows;
    expect(await judge()).toEqual(await expected(Math.max(indexed, counted)));
    await client.query('select citygraph.usage_index_next(7)');
    await client.query('select citygraph.usage_index_next(1000)');
    expect(await judge()).toEqual(await expected(90));
    const { rows: types } = await client.query(
      `select distinct types from citygraph.usage_footprint f join citygraph.usage_shape s on s.footprint_id = f.id order by 1`,
    );
    expect(types).toEqual([{ types: ['Resident'] }, { types: ['Resident', 'Visit'] }]);
    const { rows: footprints } = await client.query<{ count: string }>(
      'select count(*) from citygraph.usage_footprint',
    );
    expect(footprints).toEqual([{ count: '4' }]);
  } finally {
    await client.end();
    await database.drop();
  }
}

test('where the index was ahead of the counts', () => comeTo(70, 30));
test('where the counts were ahead of the index', () => comeTo(20, 64));
test('where the counts were ahead of the index, of days that had been forgotten', () => comeTo(20, 64, true));
test('where both had come as far', () => comeTo(50, 50));
test('where neither had begun', () => comeTo(0, 0));
