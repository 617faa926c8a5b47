/** Partitions of this month and the next two; to be called at start and daily. What comes without one goes to the default partition. */
import type { Pool } from 'pg';

/** @param pool of the role that logs */
export async function makeUsagePartitions(pool: Pool): Promise<void> {
  await pool.query('select citygraph.usage_make_partitions()');
}
