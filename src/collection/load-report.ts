/**
 * What a load did: rows read, taken and refused, by reason; how many rows got a value in each column. Counts alone, no value of any row,
 * so that a report may be shown, kept and published. Rejected rows themselves go to a writable of their own.
 */
import type { BatchResult } from './dataset-writer.js';
import type { MappedRow, RejectReason, RejectedRow } from './map-record.js';
import type { Mapping } from './mapping.js';

export interface ReasonCount {
  readonly column: string | null;
  readonly reason: string;
  readonly zh: string;
  readonly en: string;
  readonly rows: number;
}

export interface LoadReport {
  readonly dataset: string;
  /** `stopped`: a signal came; whole batches are in, and a second run finds them unchanged. */
  readonly outcome: 'running' | 'finished' | 'stopped';
  readonly read: number;
  readonly taken: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly reasons: readonly ReasonCount[];
  /** Values left empty because they could not be read, in columns that are declared so. */
  readonly emptied: readonly ReasonCount[];
  /** Of the rows taken, how many have a value, by column. */
  readonly filled: Readonly<Record<string, number>>;
}

export class LoadCounter {
  readonly #counts = { read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
  readonly #reasons = new Map<string, ReasonCount>();
  readonly #emptied = new Map<string, ReasonCount>();
  readonly #filled = new Map<string, number>();

  constructor(readonly mapping: Mapping) {
    for (const { column } of mapping.columns) this.#filled.set(column, 0);
  }

  countRead(): void {
    this.#counts.read++;
  }

  countRejected(row: RejectedRow): void {
    this.#counts.rejected++;
    for (const reason of row.reasons) add(this.#reasons, reason);
  }

  /** A batch that is durable: rows with what was emptied in them. */
  countBatch(
    rows: readonly { readonly row: MappedRow; readonly emptied: readonly RejectReason[] }[],
    result: BatchResult,
  ): void {
    this.#counts.inserted += result.inserted;
    this.#counts.updated += result.updated;
    this.#counts.unchanged += result.unchanged;
    const refused = new Set(result.rejected.map(({ line }) => line));
    for (const row of result.rejected) this.countRejected(row);
    for (const { row, emptied } of rows) {
      if (refused.has(row.line)) continue;
      for (const reason of emptied) add(this.#emptied, reason);
      for (const [column, filled] of this.#filled)
        if (row.values[column] !== null) this.#filled.set(column, filled + 1);
    }
  }

  report(outcome: LoadReport['outcome']): LoadReport {
    const { read, inserted, updated, unchanged, rejected } = this.#counts;
    return {
      dataset: this.mapping.dataset,
      outcome,
      read,
      taken: inserted + updated + unchanged,
      inserted,
      updated,
      unchanged,
      rejected,
      reasons: mostFirst(this.#reasons),
      emptied: mostFirst(this.#emptied),
      filled: Object.fromEntries(this.#filled),
    };
  }
}

function add(counts: Map<string, ReasonCount>, { column, reason, zh, en }: RejectReason): void {
  const name = `${column ?? ''} ${reason}`;
  counts.set(name, { column, reason, zh, en, rows: (counts.get(name)?.rows ?? 0) + 1 });
}

function mostFirst(counts: ReadonlyMap<string, ReasonCount>): ReasonCount[] {
  return [...counts.values()].sort((a, b) => b.rows - a.rows);
}

/** The report for people, a few lines. */
export function renderLoadReport(report: LoadReport, language: 'zh' | 'en'): string {
  const zh = language === 'zh';
  const { dataset, read, taken, inserted, updated, unchanged, rejected } = report;
  const tellCount = (it: ReasonCount): string =>
    `  ${it.column ?? (zh ? '整行' : 'line')}: ${zh ? it.zh : it.en} × ${it.rows}`;
  const filled = Object.entries(report.filled)
    .map(([column, rows]) => `${column} ${rows}`)
    .join(zh ? '，' : ', ');
  const lines = zh
    ? [
        `${dataset}：读取 ${read} 行，入库 ${taken} 行（新增 ${inserted}，更新 ${updated}，未变 ${unchanged}），退回 ${rejected} 行`,
        `有值的行数：${filled}`,
      ]
    : [
        `${dataset}: ${read} rows read, ${taken} taken (${inserted} inserted, ${updated} updated, ${unchanged} unchanged), ${rejected} rejected`,
        `Rows with a value: ${filled}`,
      ];
  if (report.reasons.length > 0) lines.push(zh ? '退回原因：' : 'Rejected because:', ...report.reasons.map(tellCount));
  if (report.emptied.length > 0)
    lines.push(zh ? '无法识别而置空：' : 'Left empty because:', ...report.emptied.map(tellCount));
  if (report.outcome === 'stopped')
    lines.push(
      zh ? '中途停止，已入库的均为完整批次；可重新运行。' : 'Stopped; whole batches are in, and it may be run again.',
    );
  return lines.join('\n');
}
