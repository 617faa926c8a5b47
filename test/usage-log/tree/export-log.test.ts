/** An export, checked by the script that an auditor gets: it accepts what is whole, and names what is not. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportLine, exportLog } from '../../../src/usage-log/tree/export-log.js';
import { createLogUnderTest, type LogUnderTest } from './log-under-test.js';

const script = join(import.meta.dirname, '..', '..', '..', 'bin', 'verify-usage-log.mjs');
let log: LogUnderTest;
let folder: string;
let lines: ExportLine[];

beforeAll(async () => {
  log = await createLogUnderTest();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-export-'));
  for (const count of [10, 290, 300]) {
    await log.append(count, { arguments: { name: '鄂尔多斯 "é"\\', n: [1.5, { b: null, a: 1e21 }] } });
    await log.settle();
  }
  writeFileSync(join(folder, 'kept'), `${await log.lastNote()}\n`);
  const client = await log.database.pools.auditor.connect();
  lines = [];
  for await (const line of exportLog(client, { origin: log.keys.origin, keys: [log.vkey] })) lines.push(line);
  client.release(true);
});
afterAll(async () => {
  await log.drop();
  rmSync(folder, { recursive: true });
});

function check(changed: readonly ExportLine[], ...args: string[]): { status: number | null; said: string } {
  const file = join(folder, 'export.jsonl');
  writeFileSync(file, changed.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, ...args], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const trusted = (): string[] => ['--key', log.vkey, '--checkpoint', join(folder, 'kept')];
const records = (): Extract<ExportLine, { type: 'record' }>[] => lines.filter((line) => line.type === 'record');
/** The lines with one of them changed. */
const change = (at: ExportLine, to: ExportLine | null): ExportLine[] =>
  lines.flatMap((line) => (line === at ? (to ? [to] : []) : [line]));

test('the script has less than 300 lines and imports nothing but Node', () => {
  const text = readFileSync(script, 'utf8');
  expect(text.split('\n').length).toBeLessThan(300);
  expect([...text.matchAll(/from '([^']+)'/g)].every(([, name]) => name!.startsWith('node:'))).toBe(true);
});

describe('the script', () => {
  test('accepts an export that is whole, and says when it was given no key', () => {
    expect(check(lines, ...trusted())).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^GOOD: 600 records/) as unknown,
    });
    expect(check(lines).said).toContain('Only with the keys of the export itself');
  });

  test('names an altered record', () => {
    const line = records()[77]!;
    const altered = change(line, { ...line, record: { ...line.record!, outcome: 'refused' } });
    expect(check(altered, ...trusted())).toEqual({
      status: 1,
      said: `NOT GOOD: record ${line.recordId}, leaf 77: the record is not the one that was committed to\n`,
    });
  });

  test('names the record after one that is gone, and one whose content is', () => {
    const line = records()[77]!;
    expect(check(change(line, null), ...trusted()).said).toContain(
      `leaf 77 is missing: the next one in the export is record ${records()[78]!.recordId}`,
    );
    expect(check(change(line, { ...line, record: null }), ...trusted()).said).toContain(
      `record ${line.recordId}, leaf 77: the record is gone`,
    );
  });

  test('finds records that were exchanged between two checkpoints', () => {
    const [a, b] = [records()[20]!, records()[40]!];
    const swapped = lines.map((line) =>
      line === a ? { ...b, leafIndex: 20 } : line === b ? { ...a, leafIndex: 40 } : line,
    );
    expect(check(swapped, ...trusted()).said).toContain('one of leaves 10 to 299 differs');
  });

  test('finds a missing plan description, and one that is another', () => {
    const plan = lines.find((line) => line.type === 'plan')!;
    expect(check(change(plan, null), ...trusted()).said).toContain('its plan description is missing');
    expect(check(change(plan, { ...plan, description: '{}' }), ...trusted()).said).toContain(
      'is not what its hash was made of',
    );
  });

  test('finds a tile that differs, and one that is missing', () => {
    const tile = lines.find((line) => line.type === 'tile')!;
    const bent = Buffer.from(tile.hashes, 'base64').fill(1, 40, 41).toString('base64');
    expect(check(change(tile, { ...tile, hashes: bent }), ...trusted()).said).toContain('tile 0/0 differs');
    expect(check(change(tile, null), ...trusted()).said).toContain('tile 0/0 is missing');
  });

  test('finds that the log was set back behind a checkpoint that was kept', () => {
    const shorter = lines
      .filter((line) => !(line.type === 'record' && line.leafIndex >= 300) && line.type !== 'tile')
      .filter((line) => !(line.type === 'checkpoint' && line.note.includes('\n600\n')))
      .map((line) => (line.type === 'header' ? { ...line, size: 300 } : line));
    expect(check(shorter, ...trusted()).said).toContain(
      'has a checkpoint of 600, the export only 300 leaves: the log was set back',
    );
  });

  test('believes no checkpoint that no trusted key has signed', () => {
    const other = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(check(lines, '--key', other).said).toContain('is not signed by a key that you trust');
    const checkpoint = lines.find((line) => line.type === 'checkpoint')!;
    const forged = change(checkpoint, { ...checkpoint, note: checkpoint.note.replace('\n10\n', '\n11\n') });
    expect(check(forged, ...trusted()).said).toContain('a signature on a checkpoint of the export is wrong');
  });
});
