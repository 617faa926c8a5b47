/** The tree's tables in SQL. Who may write which of them is the database's to decide: the sequencer's role alone writes. */
import type { ClientBase, Pool } from 'pg';
import { CitygraphError } from '../../errors.js';
import { readColumns, recordColumnsSql, type SaltedRecord } from '../record-columns.js';
import type { ReadTiles, Tile } from './tile.js';

type Queryable = Pick<ClientBase | Pool, 'query'>;

export interface QueuedLeaf {
  readonly queueId: string;
  readonly recordId: string;
  /** Null: to be made from the record. */
  readonly commitment: Buffer | null;
}

export interface SequencedLeaf extends QueuedLeaf {
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

/** Rows that are committed, the oldest of those first. What is committed later with a smaller id comes with a later call. */
export async function readQueue(client: Queryable, limit: number): Promise<QueuedLeaf[]> {
  const { rows } = await client.query<QueuedLeaf>({
    name: 'citygraph_usage_queue',
    text: `select id::text as "queueId", record_id as "recordId", commitment from citygraph.usage_queue order by id limit $1`,
    values: [limit],
  });
  return rows;
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
 * @param leaves in the order of their queue ids
 * @param made commitments, by queue id, of those that stood in the queue without one
 * @throws LOG_INCONSISTENT where the tree or the queue is not what the caller takes it for: another has been at work
 */
export async function writeLeaves(
  client: ClientBase,
  oldSize: number,
  leaves: readonly SequencedLeaf[],
  tiles: readonly Tile[],
  made: ReadonlyMap<string, Buffer> = new Map(),
): Promise<void> {
  await client.query('begin');
  // INVARIANT: compared and set before anything else: of two sequencers that both think they lead, one goes no further.
  const { rowCount: set } = await client.query('update citygraph.usage_tree set size = $2 where id = 1 and size = $1', [
    oldSize,
    oldSize + leaves.length,
  ]);
  if (set !== 1) throw inconsistent(`the tree has not the size ${oldSize} that it should have`);
  // Within the database: what stands in a row of the queue need not come here and go back.
  const { rowCount: taken } = await client.query(
    `with taken as (
       delete from citygraph.usage_queue where id = any($2::bigint[]) returning id, record_id, occurred_at, commitment
     )
     insert into citygraph.usage_leaf (leaf_index, record_id, occurred_at, commitment)
     select $1::bigint + row_number() over (order by taken.id) - 1, record_id, occurred_at, coalesce(taken.commitment, made.commitment)
       from taken
       left join unnest($3::bigint[], $4::bytea[]) as made (id, commitment) on made.id = taken.id`,
    [oldSize, leaves.map(({ queueId }) => queueId), [...made.keys()], [...made.values()]],
  );
  if (taken !== leaves.length) throw inconsistent(`of ${leaves.length} records that waited ${taken} were left`);
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
