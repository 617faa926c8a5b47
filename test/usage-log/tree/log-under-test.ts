/** A usage log on a database of its own with its sequencer, and what the tests look at in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { openDirectConnection } from '../../../src/database/direct-connection.js';
import { databaseRoles } from '../../../src/database/role-names.js';
import { createUsageLog, type UsageLog } from '../../../src/usage-log/append-usage.js';
import { createReceiptSigner } from '../../../src/usage-log/tree/receipt.js';
import { type Sequencer, type SequencerOptions, startSequencer } from '../../../src/usage-log/tree/sequencer.js';
import { openSigningKeys, type SigningKeys } from '../../../src/usage-log/tree/signing-keys.js';
import type { UsageRecord } from '../../../src/usage-log/usage-record.js';
import { createMigratedDatabase, type MigratedDatabase } from '../../support/migrated-database.js';
import { samplePlan, sampleRecord } from '../sample-record.js';

export interface LogUnderTest {
  readonly database: MigratedDatabase;
  readonly keysFile: string;
  readonly keys: SigningKeys;
  readonly log: UsageLog;
  /** Its verifier key. */
  readonly vkey: string;
  connect(): Promise<Client>;
  sequence(options?: Partial<SequencerOptions>): Sequencer;
  /** @returns their ids */
  append(count: number, changes?: Partial<UsageRecord>): Promise<string[]>;
  treeSize(): Promise<number>;
  /** Of the last checkpoint; 0 where there is none. */
  signedSize(): Promise<number>;
  lastNote(): Promise<string>;
  /** Sequences and signs all there is, with a sequencer that ends again. */
  settle(): Promise<void>;
  drop(): Promise<void>;
}

export async function createLogUnderTest(): Promise<LogUnderTest> {
  const database = await createMigratedDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'citygraph-log-'));
  const keysFile = join(folder, 'log-keys.json');
  const keys = openSigningKeys(keysFile, 'example.com/log');
  const log = createUsageLog({
    pool: database.pools.logger,
    signReceipts: createReceiptSigner(keys.origin, () => keys.signers()),
  });
  const connect = (): Promise<Client> =>
    openDirectConnection(database.url, {
      purpose: 'sequencer',
      role: databaseRoles.sequencer,
      statementTimeoutMilliseconds: 10_000,
    });
  const sequencers: Sequencer[] = [];
  const sequence = (options: Partial<SequencerOptions> = {}): Sequencer => {
    const standard = { connect, keys, onReport: () => undefined, interval: 20, checkpointInterval: 50 };
    const sequencer = startSequencer({ ...standard, ...options });
    sequencers.push(sequencer);
    return sequencer;
  };
  const number = async (sql: string): Promise<number> => {
    const { rows } = await database.owner.query<{ n: string }>(sql);
    return Number(rows[0]!.n);
  };
  return {
    database,
    keysFile,
    keys,
    log,
    vkey: keys.describe()[0]!.verifier,
    connect,
    sequence,
    async append(count, changes = {}) {
      const records = Array.from({ length: count }, (_, n) =>
        sampleRecord({ policyVersion: null, responseBytes: n, ...changes }),
      );
      await Promise.all(records.map((record) => log.append(record, samplePlan)));
      return records.map(({ id }) => id);
    },
    treeSize: () => number('select size as n from citygraph.usage_tree'),
    signedSize: () => number('select coalesce(max(size), 0) as n from citygraph.usage_checkpoint'),
    async lastNote() {
      const { rows } = await database.owner.query<{ note: string }>(
        'select note from citygraph.usage_checkpoint order by size desc limit 1',
      );
      return rows[0]!.note;
    },
    settle: () => sequence().stop(),
    async drop() {
      await log.stop();
      // A test that failed may have left one.
      await Promise.all(sequencers.map((sequencer) => sequencer.stop()));
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function waitUntil(holds: () => Promise<boolean> | boolean, within = 15_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await delay(20);
  }
}
