/**
 * The index's entries of a month, when its records leave the database and when they come back. Counts by subject go with them, counts by
 * hour stay: they name nobody.
 *
 * For the owner of the tables, in the transaction that removes or restores the records.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientBase } from 'pg';

/** Included and not included. */
export interface MonthBounds {
  readonly from: Date;
  readonly until: Date;
}

const tables = ['usage_entry', 'usage_subject_entry'] as const;

const indexedAtOnce = 2_000;
const pause = 200;

/**
 * Takes part in the indexing until the leaf is in the index, or, where another is at it, waits.
 *
 * @param patience milliseconds without any progress
 * @returns false where it came to a stand
 */
export async function untilIndexed(client: ClientBase, leafIndex: number, patience = 60_000): Promise<boolean> {
  let known = -1;
  let since = performance.now();
  for (;;) {
    const { rows } = await client.query<{ leaves: string }>('select leaves from citygraph.usage_index');
    const leaves = Number(rows[0]!.leaves);
    if (leaves > leafIndex) return true;
    if (leaves > known) [known, since] = [leaves, performance.now()];
    else if (performance.now() - since > patience) return false;
    else await delay(pause);
    await client.query('select citygraph.usage_index_next($1)', [indexedAtOnce]);
  }
}

/** INVARIANT: who was looked at goes with the record that said so. */
export async function removeEntries(client: ClientBase, { from, until }: MonthBounds): Promise<void> {
  for (const table of tables)
    await client.query(`delete from citygraph.${table} where occurred_at >= $1 and occurred_at < $2`, [from, until]);
  // First what waits to be counted: who counts it holds it until the counts are there to be removed. A period lies within a month.
  await client.query('delete from citygraph.usage_subject_batch where hour >= $1 and hour < $2', [from, until]);
  await client.query('delete from citygraph.usage_subject_period where period >= $1 and period < $2', [from, until]);
}

/** Of records that were in the index; what never was is for the indexer. */
export async function restoreEntries(client: ClientBase, { from, until }: MonthBounds): Promise<void> {
  await client.query(
    `with shaped as materialized (
       select r.*, s.id as shape_id, coalesce((select sum(n) from unnest(r.row_counts) as n), 0) as row_count,
              citygraph.usage_subject_ids(r.subjects) as subject_ids
         from citygraph.usage_record as r
         join citygraph.usage_leaf as l on l.record_id = r.id and l.leaf_index < (select leaves from citygraph.usage_index)
         left join citygraph.usage_plan_footprint as f on f.plan_hash = r.plan_id
         join citygraph.usage_shape as s on s.digest = citygraph.usage_shape_key(r, f.footprint_id)
        where r.occurred_at >= $1 and r.occurred_at < $2
     ), entered as (
       insert into citygraph.usage_entry (occurred_at, id, shape_id, row_count, subject_count, operation_name, user_name, case_number)
       select occurred_at, id, shape_id, row_count, cardinality(subject_ids), operation_name, user_name, case_number from shaped
     ), counted as (
       insert into citygraph.usage_subject_period as known (period, subject_id, records)
       select citygraph.usage_period(occurred_at), subject_id, count(*) from shaped cross join unnest(subject_ids) as subject_id group by 1, 2
           on conflict (period, subject_id) do update set records = known.records + excluded.records
     )
     insert into citygraph.usage_subject_entry (subject_id, occurred_at, id, shape_id)
     select subject_id, occurred_at, id, shape_id from shaped cross join unnest(subject_ids) as subject_id`,
    [from, until],
  );
}
