import { createReadStream, readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { BatchResult, DatasetWriter } from '../../src/collection/dataset-writer.js';
import { type LoadOptions, loadDataset } from '../../src/collection/load-dataset.js';
import { renderLoadReport } from '../../src/collection/load-report.js';
import type { MappedRow } from '../../src/collection/map-record.js';
import { parseMapping } from '../../src/collection/mapping.js';
import { small, surroundings } from './city.js';

const here = (path: string): URL => new URL(path, import.meta.url);
const registrations = here('fixtures/registrations.csv');
const mapping = parseMapping(
  readFileSync(here('../../mappings/enterprise-registration.yml'), 'utf8'),
  'enterprise-registration.yml',
  surroundings,
);

/** Keeps rows by key, as a table with a unique key does. */
class KeptRows implements DatasetWriter {
  readonly rows = new Map<string, string>();
  readonly batches: (readonly MappedRow[])[] = [];
  constructor(readonly onBatch: (number: number) => void = () => undefined) {}

  async writeBatch(rows: readonly MappedRow[]): Promise<BatchResult> {
    this.onBatch(this.batches.length);
    this.batches.push(rows);
    const counts = { inserted: 0, updated: 0, unchanged: 0, rejected: [] };
    for (const { values } of rows) {
      const [key, row] = [String(values['creditCode']), JSON.stringify(values)];
      const kept = this.rows.get(key);
      counts[kept === undefined ? 'inserted' : kept === row ? 'unchanged' : 'updated']++;
      this.rows.set(key, row);
    }
    return counts;
  }
}

function load(writer: DatasetWriter, more: Partial<LoadOptions> = {}) {
  return loadDataset({
    mapping,
    source: createReadStream(registrations),
    sourceName: 'registrations.csv',
    writer,
    isSensitive: () => false,
    ...more,
  });
}

function linesOf(): { lines: string[]; writable: Writable } {
  const lines: string[] = [];
  return {
    lines,
    writable: new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => void (lines.push(String(chunk)), setImmediate(done)),
    }),
  };
}

/** A column of every row, in order of the file. */
const columnOf = (writer: KeptRows, column: string): unknown[] =>
  writer.batches.flat().map(({ values }) => values[column]);

describe('a file of registrations', () => {
  it('goes in, row by row as the mapping says', async () => {
    const writer = new KeptRows();
    const { lines, writable } = linesOf();
    const report = await load(writer, { rejects: writable });
    expect(columnOf(writer, 'registeredCapital')).toEqual([
      '1000000',
      '50000000',
      '6000000',
      '10000000',
      '1000000',
      '500000',
      null,
      '1100',
    ]);
    expect(columnOf(writer, 'capitalCurrency')).toEqual(['CNY', 'CNY', 'CNY', 'USD', 'CNY', 'CNY', null, 'CNY']);
    expect(columnOf(writer, 'establishedOn').slice(0, 4)).toEqual([
      '2009-01-04',
      '2009-01-05',
      '2010-03-01',
      '2011-02-15',
    ]);
    expect(columnOf(writer, 'enterpriseType')).toEqual([null, '150', null, '300', '160', '175', '175', '150']);
    expect(columnOf(writer, 'division')).toEqual([
      '150627',
      '150602',
      '150622',
      '150624',
      null,
      '150625',
      '150626',
      null,
    ]);
    expect(columnOf(writer, 'town')).toEqual([
      '150627102',
      null,
      '150622100',
      '150624101',
      null,
      '150625100',
      '150626100',
      null,
    ]);
    expect(report).toMatchObject({
      outcome: 'finished',
      read: 13,
      taken: 8,
      inserted: 8,
      rejected: 5,
      filled: { division: 6, town: 5, enterpriseType: 6 },
    });
    const rejects = lines.map(
      (line) => JSON.parse(line) as { line: number; reasons: { column: string | null; reason: string }[] },
    );
    expect(
      rejects.map(({ line, reasons }) => [line, ...reasons.map(({ column, reason }) => `${column ?? ''}:${reason}`)]),
    ).toEqual([
      [11, 'enterpriseType:not-in-code-list'],
      [12, 'establishedOn:impossible-date', 'registeredCapital:not-money', 'capitalCurrency:not-money'],
      [
        13,
        'creditCode:credit-code-check-character',
        'kind:credit-code-check-character',
        'registrationRegion:credit-code-check-character',
      ],
      [14, ':field-count'],
      [15, 'name:required-missing'],
    ]);
    expect(lines.join('')).not.toMatch(/\d{9}/);
  });

  it('loaded again changes nothing', async () => {
    const writer = new KeptRows();
    await load(writer);
    expect(await load(writer)).toMatchObject({ taken: 8, inserted: 0, updated: 0, unchanged: 8, rejected: 5 });
    expect(writer.rows.size).toBe(8);
  });

  it('is told to people in both languages', async () => {
    const report = await load(new KeptRows());
    expect(renderLoadReport(report, 'zh')).toContain('读取 13 行，入库 8 行（新增 8，更新 0，未变 0），退回 5 行');
    expect(renderLoadReport(report, 'en')).toContain(
      '13 rows read, 8 taken (8 inserted, 0 updated, 0 unchanged), 5 rejected',
    );
    expect(renderLoadReport(report, 'en')).toContain('  establishedOn: no such day in the calendar × 1');
  });
});

describe('batches', () => {
  const rows = (codes: string[]): AsyncIterable<Uint8Array> =>
    (async function* () {
      yield new TextEncoder().encode('c,n\n');
      for (const [index, code] of codes.entries()) yield new TextEncoder().encode(`${code},甲${index}\n`);
    })();
  const plain = parseMapping(
    JSON.stringify({
      dataset: 'Firm',
      format: { type: 'csv' },
      key: 'creditCode',
      columns: { creditCode: { from: 'c' }, name: { from: 'n' } },
    }),
    'plain.yml',
    small,
  );
  const sizes = ({ batches }: KeptRows): number[] => batches.map(({ length }) => length);

  it('have the declared size, and never one key twice', async () => {
    const writer = new KeptRows();
    await load(writer, { mapping: plain, source: rows(['a', 'b', 'c', 'd', 'd', 'a']), batchRows: 3 });
    expect(sizes(writer)).toEqual([3, 1, 2]);
    expect(JSON.parse(writer.rows.get('d')!)).toEqual({ creditCode: 'd', name: '甲4' });
  });

  it('stop whole when a signal comes, and a second run finishes', async () => {
    const stop = new AbortController();
    const writer = new KeptRows((number) => number === 1 && stop.abort());
    const codes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const report = await load(writer, { mapping: plain, source: rows(codes), batchRows: 2, signal: stop.signal });
    expect(report).toMatchObject({ outcome: 'stopped', inserted: 4 });
    expect(sizes(writer)).toEqual([2, 2]);
    expect(await load(writer, { mapping: plain, source: rows(codes), batchRows: 2 })).toMatchObject({
      outcome: 'finished',
      inserted: 3,
      unchanged: 4,
    });
  });

  it('that came before a failing one stay, and the failure is told', async () => {
    const writer = new KeptRows((number) => {
      if (number === 1) throw new Error('connection lost');
    });
    await expect(load(writer, { mapping: plain, source: rows(['a', 'b', 'c', 'd']), batchRows: 2 })).rejects.toThrow(
      'connection lost',
    );
    expect([...writer.rows.keys()]).toEqual(['a', 'b']);
  });

  it('count what the writer refuses as rejected, not as taken or filled', async () => {
    const told: number[] = [];
    const { lines, writable } = linesOf();
    const refusal = {
      line: 3,
      reasons: [{ column: 'creditCode', reason: 'subject-ambiguous', zh: '主体不唯一', en: 'more than one subject' }],
    };
    const writer: DatasetWriter = {
      writeBatch: (batch) =>
        Promise.resolve({ inserted: batch.length - 1, updated: 0, unchanged: 0, rejected: [refusal] }),
    };
    const report = await load(writer, {
      mapping: plain,
      source: rows(['a', 'b', 'c']),
      rejects: writable,
      onProgress: ({ taken }) => told.push(taken),
    });
    expect(report).toMatchObject({
      read: 3,
      taken: 2,
      rejected: 1,
      filled: { name: 2 },
      reasons: [{ reason: 'subject-ambiguous', rows: 1 }],
    });
    expect(lines).toEqual([`${JSON.stringify(refusal)}\n`]);
    expect(told).toEqual([2]);
  });

  it('keep memory flat: rows are read as batches become durable', async () => {
    let given = 0;
    const source = (async function* () {
      yield new TextEncoder().encode('c,n\n');
      for (; given < 5000; given++) yield new TextEncoder().encode(`k${given},甲\n`);
    })();
    const ahead: number[] = [];
    let written = 0;
    const writer: DatasetWriter = {
      writeBatch: (batch) => {
        ahead.push(given - written);
        written += batch.length;
        return Promise.resolve({ inserted: batch.length, updated: 0, unchanged: 0, rejected: [] });
      },
    };
    await load(writer, { mapping: plain, source, batchRows: 100 });
    expect(Math.max(...ahead)).toBeLessThan(110);
  });
});
