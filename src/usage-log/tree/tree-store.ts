/** The tree's tables in SQL. Who may write which of them is the database's to decide: the sequencer's role alone writes. */
import type { ClientBase, Pool } from 'pg';
import { CitygraphError } from '../../errors.js';
import { readColumns, recordColumnsSql, type SaltedRecord } from '../record-columns.js';
import { hashBytes } from './hashing.js';
import type { ReadTiles, Tile } from './tile.js';

type Queryable = Pick<ClientBase | Pool, 'query'>;

/** A row of the queue: the commitments of a batch, or one record whose commitment is to be made. */
export type QueuedBatch = CommittedBatch | UncommittedRecord;

export interface CommittedBatch {
  readonly queueId: string;
  readonly records: number;
  /** As lower-case hexadecimal in ASCII, one after another: as they stand in the leaves. */
  readonly commitments: Buffer;
}

export interface UncommittedRecord {
  readonly queueId: string;
  readonly recordId: string;
  readonly commitments: null;
}

/** A commitment that was made from what was written. */
export interface MadeCommitment {
  readonly queueId: string;
  readonly commitment: Buffer;
}

export async function readTreeSize(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ size: string }>('select size::text from citygraph.usage_tree');
  if (rows.length !== 1) throw new CitygraphError('LOG_INCONSISTENT', `expected one tree, found ${rows.length}`);
  return Number(rows[0]!.size);
}

export function tileReader(database: Queryable): ReadTiles {
  return async (positions) => {
    if (positions.length === 0) return [];
    const { rows } = await database.query<{ at: number; hashes: Buffer }>(
      `select given.at::int as at, t.hashes
         from unnest($1::smallint[], $2::bigint[]) with ordinality as given (level, tile_index, at)
         join citygraph.usage_tile t on t.level = given.level and t.tile_index = given.tile_index`,
      [positions.map(({ level }) => level), positions.map(({ index }) => index)],
    );
    const found = new Map(rows.map(({ at, hashes }) => [at - 1, hashes]));
    return positions.map((_, at) => found.get(at) ?? null);
  };
}

/**
 * Rows that are committed, the oldest of those first, until they hold `limit` records: the last is taken whole. What is committed later with
 * a smaller id comes with a later call.
 */
export async function readQueue(client: Queryable, limit: number): Promise<QueuedBatch[]> {
  const { rows } = await client.query<{
    queueId: string;
    records: number;
    recordId: string;
    commitments: string | null;
  }>({
    name: 'citygraph_usage_queue',
    text: `select q.id::text as "queueId", cardinality(q.record_ids) as records, encode(q.commitments, 'hex') as commitments,
                    case when q.commitments is null then q.record_ids[1] end as "recordId"
               from (select id, records, sum(records) over (order by id) as until
                       from (select id, cardinality(record_ids) as records from citygraph.usage_queue order by id limit $1) as oldest) as it
               join citygraph.usage_queue as q on q.id = it.id
              where it.until - it.records < $1
              order by q.id`,
    values: [limit],
  });
  return rows.map(({ queueId, records, recordId, commitments }) => {
    if (commitments === null) return { queueId, recordId, commitments };
    if (commitments.length !== records * 2 * hashBytes)
      throw inconsistent('a batch that waits has not one commitment for each of its records');
    return { queueId, records, commitments: Buffer.from(commitments, 'latin1') };
  });
}

/** Records of queue rows without a commitment, by record id. */
export async function readUncommitted(
  client: Queryable,
  queueIds: readonly string[],
): Promise<Map<string, SaltedRecord>> {
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${recordColumnsSql} from citygraph.usage_uncommitted($1) r`,
    values: [queueIds],
    rowMode: 'array',
  } as never);
  return new Map(rows.map((row) => [row[0]!, readColumns(row)]));
}

/**
 * Leaves out of the queue into the tree, whole or not at all. After an error the caller ends the connection, and with it the transaction.
 *
 * @param batches whose leaves come first, in this order
 * @param made whose leaves follow, in this order
 * @throws LOG_INCONSISTENT where the tree or the queue is not what the caller takes it for: another has been at work
 */
export async function writeLeaves(
  client: ClientBase,
  oldSize: number,
  batches: readonly CommittedBatch[],
  made: readonly MadeCommitment[],
  tiles: readonly Tile[],
): Promise<void> {
  const committed = batches.reduce((sum, { records }) => sum + records, 0);
  await client.query('begin');
  // INVARIANT: compared and set before anything else: of two sequencers that both think they lead, one goes no further.
  const { rowCount: set } = await client.query('update citygraph.usage_tree set size = $2 where id = 1 and size = $1', [
    oldSize,
    oldSize + committed + made.length,
  ]);
  if (set !== 1) throw inconsistent(`the tree has not the size ${oldSize} that it should have`);
  if (batches.length > 0) await takeBatches(client, oldSize, batches, committed);
  if (made.length > 0) await takeMade(client, oldSize + committed, made);
  // A tile only grows: one that does not begin with what is stored is not written.
  const { rowCount: grown } = await client.query(
    `insert into citygraph.usage_tile as stored (level, tile_index, hashes)
     select level, tile_index, hashes from unnest($1::smallint[], $2::bigint[], $3::bytea[]) as tile (level, tile_index, hashes)
         on conflict (level, tile_index) do update set hashes = excluded.hashes
      where stored.hashes = substring(excluded.hashes for length(stored.hashes))`,
    [tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ hashes }) => hashes)],
  );
  if (grown !== tiles.length) throw inconsistent('a stored tile is not the beginning of what it should grow to');
  await client.query('commit');
}

/** Within the database: what stands in a row of the queue need not come here and go back. */
async function takeBatches(
  client: ClientBase,
  firstLeaf: number,
  batches: readonly CommittedBatch[],
  leaves: number,
): Promise<void> {
  let next = firstLeaf;
  const starts = batches.map(({ records }) => (next += records) - records);
  const { rowCount: taken } = await client.query(
    // `||` takes a long value out of its store once, and not for each leaf.
    `with taken as (
       delete from citygraph.usage_queue where id = any($1::bigint[]) and commitments is not null
       returning id, record_ids, occurred_at, commitments || ''::bytea as commitments
     )
     insert into citygraph.usage_leaf (leaf_index, record_id, occurred_at, commitment)
     select start + place - 1, record_id, at, substring(commitments from 32 * (place::int - 1) + 1 for 32)
       from taken
       join unnest($1::bigint[], $2::bigint[]) as given (id, start) on given.id = taken.id
      cross join lateral unnest(record_ids, occurred_at) with ordinality as record (record_id, at, place)`,
    [batches.map(({ queueId }) => queueId), starts],
  );
  if (taken !== leaves) throw inconsistent(`of ${leaves} records that waited ${taken} were left`);
}

async function takeMade(client: ClientBase, firstLeaf: number, made: readonly MadeCommitment[]): Promise<void> {
  const { rowCount: taken } = await client.query(
    `with taken as (
       delete from citygraph.usage_queue where id = any($1::bigint[]) and commitments is null and cardinality(record_ids) = 1
       returning id, record_ids, occurred_at
     )
     insert into citygraph.usage_leaf (leaf_index, record_id, occurred_at, commitment)
     select $3::bigint + place - 1, record_ids[1], occurred_at[1], commitment
       from unnest($1::bigint[], $2::bytea[]) with ordinality as made (id, commitment, place)
       join taken on taken.id = made.id`,
    [made.map(({ queueId }) => queueId), made.map(({ commitment }) => commitment), firstLeaf],
  );
  if (taken !== made.length) throw inconsistent(`of ${made.length} records that waited ${taken} were left`);
}

export interface StoredNote {
  readonly size: number;
  /** Signed by the log; cosignatures are lines of their own. */
  readonly note: string;
  readonly cosignatures: readonly string[];
}

export async function readLastCheckpoint(database: Queryable): Promise<StoredNote | null> {
  const { rows } = await database.query<{ size: string; note: string; cosignatures: string[] }>(
    `select c.size::text, c.note,
            array(select line from citygraph.usage_cosignature s where s.size = c.size order by witness) as cosignatures
       from citygraph.usage_checkpoint c order by c.size desc limit 1`,
  );
  const row = rows[0];
  return row ? { ...row, size: Number(row.size) } : null;
}

export async function writeCheckpoint(
  client: Queryable,
  { size, root }: { size: number; root: Buffer },
  note: string,
): Promise<void> {
  await client.query(
    'insert into citygraph.usage_checkpoint (size, root, note) values ($1, $2, $3) on conflict (size) do nothing',
    [size, root, note],
  );
}

export async function writeCosignature(client: Queryable, size: number, witness: string, line: string): Promise<void> {
  await client.query(
    'insert into citygraph.usage_cosignature (size, witness, line) values ($1, $2, $3) on conflict do nothing',
    [size, witness, line],
  );
}

export interface StoredLeaf {
  readonly leafIndex: number;
  readonly commitment: Buffer;
}

export async function findLeaf(database: Queryable, recordId: string): Promise<StoredLeaf | null> {
  const { rows } = await database.query<{ leafIndex: string; commitment: Buffer }>(
    'select leaf_index::text as "leafIndex", commitment from citygraph.usage_leaf where record_id = $1',
    [recordId],
  );
  return rows[0] ? { leafIndex: Number(rows[0].leafIndex), commitment: rows[0].commitment } : null;
}

/** Commitments of leaves `start` to `end` (not included), in order. */
export async function readCommitments(database: Queryable, start: number, end: number): Promise<Buffer[]> {
  const { rows } = await database.query<{ commitment: Buffer }>(
    'select commitment from citygraph.usage_leaf where leaf_index >= $1 and leaf_index < $2 order by leaf_index',
    [start, end],
  );
  return rows.map(({ commitment }) => commitment);
}

function inconsistent(what: string): CitygraphError {
  return new CitygraphError('LOG_INCONSISTENT', `The usage log’s tree was not extended: ${what}`);
}
