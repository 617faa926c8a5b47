/** One call of `usage_append`: a batch of records, in one transaction. */
import type { PoolClient } from 'pg';
import type { RecordBatch } from './record-batch.js';
import type { UsagePlan } from './usage-record.js';

export interface WrittenBatch {
  readonly policyVersion: number;
  readonly databaseTime: Date;
  readonly superseded: ReadonlySet<string>;
}

const statement = {
  name: 'citygraph_usage_append',
  text: 'select policy_version::text, database_time, superseded from citygraph.usage_append($1, $2)',
};

/** @param places of those records of the batch that are to be written */
export async function writeBatch(
  client: PoolClient,
  batch: RecordBatch,
  places: readonly number[],
  plans: readonly UsagePlan[],
): Promise<WrittenBatch> {
  // Where it is known, so that the batch is on its way when this returns.
  const typeId = typeIds.get(client) ?? (await readTypeId(client));
  const { rows } = await client.query<{ policy_version: string; database_time: Date; superseded: string[] | null }>({
    ...statement,
    values: [batch.encode(places, typeId), plans.length > 0 ? `[${plans.map(writePlan).join(',')}]` : null],
  });
  const row = rows[0];
  if (rows.length !== 1 || !row) throw new Error(`expected one row of usage_append, got ${rows.length}`);
  return {
    policyVersion: Number(row.policy_version),
    databaseTime: row.database_time,
    superseded: new Set(row.superseded),
  };
}

/** Kept with the connection, as long as which a type keeps its number. */
const typeIds = new WeakMap<PoolClient, number>();

async function readTypeId(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ id: string }>(`select 'citygraph.usage_given'::regtype::oid::text as id`);
  const typeId = Number(rows[0]!.id);
  typeIds.set(client, typeId);
  return typeId;
}

function writePlan({ hash, text }: UsagePlan): string {
  return `{"hash":"\\\\x${hash}","description":${text}}`;
}
