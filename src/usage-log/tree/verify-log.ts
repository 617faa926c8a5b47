/**
 * The whole log checked from its tables: every record against its leaf, the leaves against the tiles, the tree against every checkpoint that
 * was signed or kept elsewhere. Names the first bad record.
 *
 * It believes nothing but the verifier keys it is given. It reads one moment of the database, in streams, under a role that only reads; it
 * must not know how the log is written.
 */
import type { PoolClient } from 'pg';
import { ArchivedMonths, type ArchivedMonth } from '../archive/archived-months.js';
import { recordColumnsSql } from '../record-columns.js';
import { type GivenCheckpoint, TreeChecker } from './check-tree.js';
import { parseCheckpoint } from './checkpoint.js';
import { copyRows, type TextRow } from './copy-rows.js';
import { type Finding, Findings } from './finding.js';
import { hashBytes } from './hashing.js';
import { RecordMatcher } from './match-records.js';
import type { NoteVerifier } from './signed-note.js';
import { tileWidth } from './tile.js';
import { readTreeSize, tileReader } from './tree-store.js';

export interface VerifyLogOptions {
  /** Connections of the auditor's role; four are used at once. */
  readonly connect: () => Promise<PoolClient>;
  readonly origin: string;
  readonly verifiers: readonly NoteVerifier[];
  /** Kept outside the database: they are what a forger cannot reach. */
  readonly checkpoints?: readonly GivenCheckpoint[];
  readonly onProgress?: (records: number, of: number) => void;
}

export interface Verification {
  /** Leaves of the tree, records of the table, and of these how many wait for their leaf. */
  readonly size: number;
  readonly records: number;
  readonly waiting: number;
  readonly checkpoints: number;
  /** Whose leaves are in the tree and whose records are in files, as their signed manifests say. */
  readonly archived: readonly ArchivedMonth[];
  /** The first in the tree first; none: the log is whole. */
  readonly findings: readonly Finding[];
  readonly findingCount: number;
}

export async function verifyLog(options: VerifyLogOptions): Promise<Verification> {
  const clients: PoolClient[] = [];
  try {
    const first = await openMoment(options, clients);
    const { rows } = await first.query<{ id: string }>('select pg_export_snapshot() as id');
    const others = [];
    for (let n = 0; n < 3; n += 1) others.push(await openMoment(options, clients, rows[0]!.id));
    return await verifyMoment(options, [first, others[0]!, others[1]!, others[2]!]);
  } finally {
    // Not given back: a stream may be left in the middle.
    for (const client of clients) client.release(true);
  }
}

async function openMoment(
  { connect }: VerifyLogOptions,
  clients: PoolClient[],
  snapshot?: string,
): Promise<PoolClient> {
  const client = await connect();
  clients.push(client);
  await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0');
  if (snapshot !== undefined) await client.query(`set transaction snapshot '${snapshot.replaceAll("'", '')}'`);
  return client;
}

async function verifyMoment(
  options: VerifyLogOptions,
  [main, ofLeaves, ofRecords, ofCheckpoints]: [PoolClient, PoolClient, PoolClient, PoolClient],
): Promise<Verification> {
  const findings = new Findings();
  const size = await readTreeSize(main);
  const matcher = new RecordMatcher(findings, await readPlans(main));
  const archived = await ArchivedMonths.read(main, options.origin, options.verifiers, findings);
  const tree = new TreeChecker({
    ...options,
    findings,
    storedTile: tilesInOrder(main),
    checkpoints: mergeCheckpoints(storedCheckpoints(ofCheckpoints), options.checkpoints ?? []),
  });
  await tree.begin();
  const leaves = copyRows(
    ofLeaves,
    `select leaf_index, record_id, encode(commitment, 'hex'), to_char(occurred_at at time zone 'UTC', 'YYYY-MM')
       from citygraph.usage_leaf order by leaf_index`,
  );
  const records = copyRows(
    ofRecords,
    `select ${recordColumnsSql} from citygraph.usage_record r order by r.occurred_at, r.id`,
  );
  await inStep(
    { rows: leaves, take: (rows) => takeLeaves(rows, tree, matcher, archived) },
    {
      rows: records,
      take: (rows) => {
        for (const row of rows) matcher.record(row);
        options.onProgress?.(matcher.count, Math.max(size, matcher.count));
      },
    },
  );
  await tree.finish(size);
  archived.finish();
  await nameGap(tree, matcher, main);
  const waiting = matcher.finish(await readWaiting(main));
  return {
    size,
    records: matcher.count,
    waiting,
    checkpoints: tree.checkpointCount,
    archived: archived.list(),
    findings: findings.sorted(),
    findingCount: findings.count,
  };
}

interface Side {
  readonly rows: AsyncGenerator<TextRow[]>;
  readonly take: (rows: TextRow[]) => Promise<void> | void;
}

/** Both streams at the pace of the slower, so that little waits for its other half. */
async function inStep(...sides: readonly Side[]): Promise<void> {
  const open = sides.map((side) => ({ ...side, taken: 0 }));
  while (open.length > 0) {
    const side = open.reduce((a, b) => (b.taken < a.taken ? b : a));
    const step: IteratorResult<TextRow[], unknown> = await side.rows.next();
    if (step.done === true) open.splice(open.indexOf(side), 1);
    else {
      side.taken += step.value.length;
      await side.take(step.value);
    }
  }
}

async function takeLeaves(
  rows: readonly TextRow[],
  tree: TreeChecker,
  matcher: RecordMatcher,
  archived: ArchivedMonths,
): Promise<void> {
  for (const [index, recordId, commitment, month] of rows as [string, string, string, string][]) {
    if (!archived.takes(month, Number(index), recordId, commitment)) matcher.leaf(recordId, Number(index), commitment);
    if (tree.leaf(Number(index), recordId, Buffer.from(commitment, 'hex'))) await tree.flush();
  }
}

/** Which record the missing leaf was of is known from the tile, while the record is still there. */
async function nameGap(tree: TreeChecker, matcher: RecordMatcher, client: PoolClient): Promise<void> {
  const { gapAt } = tree;
  if (gapAt === null) return;
  const [tile] = await tileReader(client)([{ level: 0, index: Math.floor(gapAt / tileWidth) }]);
  const at = (gapAt % tileWidth) * hashBytes;
  tree.leafGone(gapAt, tile ? matcher.findByLeafHash(tile.subarray(at, at + hashBytes)) : null);
}

/** By hash, whether the description's text has it. */
async function readPlans(client: PoolClient): Promise<Map<string, boolean>> {
  const { rows } = await client.query<{ hash: string; good: boolean }>(
    `select encode(hash, 'hex') as hash, hash = sha256(convert_to(description::text, 'UTF8')) as good from citygraph.usage_plan`,
  );
  return new Map(rows.map(({ hash, good }) => [hash, good]));
}

async function readWaiting(client: PoolClient): Promise<Map<string, string | null>> {
  const waiting = new Map<string, string | null>();
  const query = `select record_id, encode(commitment, 'hex') from citygraph.usage_queue`;
  for await (const rows of copyRows(client, query))
    for (const [recordId, commitment] of rows) waiting.set(recordId!, commitment ?? null);
  return waiting;
}

const tilesAtOnce = 64;

/** Read ahead, for each level on its own: they are asked for one after another. */
function tilesInOrder(client: PoolClient): (level: number, index: number) => Promise<Buffer | null> {
  const ahead = new Map<number, { until: number; tiles: Map<number, Buffer> }>();
  return async (level, index) => {
    let page = ahead.get(level);
    if (!page || index >= page.until) {
      const { rows } = await client.query<{ at: string; hashes: Buffer }>(
        'select tile_index::text as at, hashes from citygraph.usage_tile where level = $1 and tile_index >= $2 and tile_index < $3',
        [level, index, index + tilesAtOnce],
      );
      page = { until: index + tilesAtOnce, tiles: new Map(rows.map(({ at, hashes }) => [Number(at), hashes])) };
      ahead.set(level, page);
    }
    return page.tiles.get(index) ?? null;
  };
}

async function* storedCheckpoints(client: PoolClient): AsyncGenerator<GivenCheckpoint & { size: number }> {
  for await (const rows of copyRows(client, 'select size, note from citygraph.usage_checkpoint order by size'))
    for (const [size, note] of rows) yield { source: 'the database', note: note!, size: Number(size) };
}

/** In the order of their sizes; what cannot be read comes first. */
async function* mergeCheckpoints(
  stored: AsyncGenerator<GivenCheckpoint & { size: number }>,
  given: readonly GivenCheckpoint[],
): AsyncGenerator<GivenCheckpoint> {
  const others = given.map((it) => ({ ...it, size: sizeOf(it.note) })).sort((a, b) => a.size - b.size);
  for await (const checkpoint of stored) {
    while (others[0] && others[0].size <= checkpoint.size) yield others.shift()!;
    yield checkpoint;
  }
  yield* others;
}

function sizeOf(note: string): number {
  try {
    return parseCheckpoint(note).size;
  } catch (error) {
    if (error instanceof SyntaxError) return 0;
    throw error;
  }
}
