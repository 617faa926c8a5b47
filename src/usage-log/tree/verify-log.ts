/**
 * The whole log checked from its tables: every record against its leaf, the leaves against the tiles, the tree against every checkpoint that
 * was signed or kept elsewhere. Names the first bad record.
 *
 * It believes nothing but the verifier keys it is given. It reads one moment of the database, in streams, under a role that only reads; it
 * must not know how the log is written.
 */
import type { PoolClient } from 'pg';
import { ArchivedMonths, type ArchivedMonth } from '../archive/archived-months.js';
import { type GivenCheckpoint, TreeChecker } from './check-tree.js';
import { parseCheckpoint } from './checkpoint.js';
import { idColumn, keyOfRow, planColumn, type RecordKey, recordIdOf, rowColumns, RowCommitter } from './commit-row.js';
import { type BinaryRows, copyBinary } from './copy-binary.js';
import { copyRows } from './copy-rows.js';
import { type Finding, Findings } from './finding.js';
import { hashBytes } from './hashing.js';
import { type HashCharacters, RecordMatcher } from './match-records.js';
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
  const committer = new RowCommitter();
  await inStep(
    {
      rows: copyBinary(
        ofLeaves,
        `select ${leafColumns.join(', ')} from citygraph.usage_leaf order by leaf_index`,
        leafColumns.length,
      ),
      take: (rows) => takeLeaves(rows, tree, matcher, archived),
    },
    {
      rows: copyBinary(
        ofRecords,
        `select ${rowColumns.join(', ')} from citygraph.usage_record order by occurred_at, id`,
        rowColumns.length,
      ),
      take: (rows) => {
        takeRecords(rows, committer, matcher);
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
  readonly rows: AsyncGenerator<BinaryRows>;
  readonly take: (rows: BinaryRows) => Promise<void> | void;
}

/** Both streams at the pace of the slower, so that little waits for its other half. */
async function inStep(...sides: readonly Side[]): Promise<void> {
  const open = sides.map((side) => ({ ...side, taken: 0 }));
  while (open.length > 0) {
    const side = open.reduce((a, b) => (b.taken < a.taken ? b : a));
    const step: IteratorResult<BinaryRows, unknown> = await side.rows.next();
    if (step.done === true) open.splice(open.indexOf(side), 1);
    else {
      side.taken += step.value.count;
      await side.take(step.value);
    }
  }
}

const leafColumns = ['leaf_index', 'record_id', 'commitment', 'occurred_at'] as const;

async function takeLeaves(
  rows: BinaryRows,
  tree: TreeChecker,
  matcher: RecordMatcher,
  archived: ArchivedMonths,
): Promise<void> {
  const { bytes, fields, count } = rows;
  for (let row = 0; row < count; row += 1) {
    const field = row * leafColumns.length * 2;
    const index = Number(bytes.readBigInt64BE(fields[field]));
    const key = keyOfRow(rows, row, leafColumns.length, 1);
    const commitment = bytes.subarray(fields[field + 4], fields[field + 5]);
    const isArchived =
      archived.size > 0 &&
      archived.takes(monthOf(bytes, fields[field + 6]!), index, recordIdOf(key), commitment.toString('hex'));
    if (!isArchived) matcher.leaf(key, index, commitment.toString('latin1'));
    if (tree.leaf(index, key, commitment)) await tree.flush();
  }
}

/** Of microseconds since 2000, in UTC. */
function monthOf(bytes: Buffer, at: number): string {
  const milliseconds = Date.UTC(2000, 0, 1) + Number(bytes.readBigInt64BE(at) / 1000n);
  return new Date(milliseconds).toISOString().slice(0, 7);
}

function takeRecords(rows: BinaryRows, committer: RowCommitter, matcher: RecordMatcher): void {
  const { bytes, fields, count } = rows;
  for (let row = 0; row < count; row += 1) {
    const plan = (row * rowColumns.length + planColumn) * 2;
    const planId = fields[plan]! < 0 ? null : bytes.toString('latin1', fields[plan], fields[plan + 1]);
    matcher.record(keyOfRow(rows, row, rowColumns.length, idColumn), committer.commit(rows, row), planId);
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
async function readPlans(client: PoolClient): Promise<Map<HashCharacters, boolean>> {
  const { rows } = await client.query<{ hash: Buffer; good: boolean }>(
    `select hash, hash = sha256(convert_to(description::text, 'UTF8')) as good from citygraph.usage_plan`,
  );
  return new Map(rows.map(({ hash, good }) => [hash.toString('latin1'), good]));
}

async function readWaiting(client: PoolClient): Promise<Map<RecordKey, HashCharacters | null>> {
  const waiting = new Map<RecordKey, HashCharacters | null>();
  const query = 'select record_id, commitment from citygraph.usage_waiting';
  for await (const rows of copyBinary(client, query, 2)) {
    const { bytes, fields, count } = rows;
    for (let row = 0; row < count; row += 1) {
      const start = fields[row * 4 + 2]!;
      const commitment = start < 0 ? null : bytes.toString('latin1', start, fields[row * 4 + 3]);
      waiting.set(keyOfRow(rows, row, 2, 0), commitment);
    }
  }
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
