/** How far a seeding is: the table in hand and all of them, each with its rate and the time that is left at that rate. */
import type { CopyValue } from './copy-rows.js';
import type { SeedTable } from './seed-table.js';

/** Rows are written table after table; the indexes of those that are written are made beside it, and the rest of them after. */
export type SeedProgress = RowsProgress | IndexesProgress;

export interface IndexesProgress {
  readonly phase: 'indexes';
  /** `schema.table`. */
  readonly table: string;
  /** Indexes that are made, and how many there are to make for the tables that are written. */
  readonly done: number;
  readonly total: number;
}

export interface RowsProgress {
  readonly phase: 'rows' | 'complete';
  /** `schema.table`. */
  readonly table: string;
  /** Persons, legal persons or places whose rows are written, and how many there are to write for this table. */
  readonly done: number;
  readonly total: number;
  /** Of these a second, since the table was begun. */
  readonly rate: number;
  /** For the rows of this table, at that rate. */
  readonly secondsLeft: number;
  /** Of a table whose rows are complete. */
  readonly rows: number | null;
  readonly overall: OverallProgress;
}

/** Over the tables that this run has to write, counted like the table's. */
export interface OverallProgress {
  readonly tablesComplete: number;
  readonly tables: number;
  readonly done: number;
  readonly total: number;
  readonly rate: number;
  /** A table of many rows to a person takes longer than one of few, so that this is about right, not more. */
  readonly secondsLeft: number;
}

export interface ProgressWatch {
  readonly onProgress?: ((progress: SeedProgress) => void) | undefined;
  /** Looked at between two subjects and before each index. */
  readonly signal?: AbortSignal | undefined;
}

const tellEveryMs = 250;

export class SeedingClock {
  readonly #startedAt = performance.now();
  readonly #total: number;
  readonly #tables: number;
  #tablesComplete = 0;
  #doneBefore = 0;

  constructor(
    tables: readonly SeedTable[],
    private readonly watch: ProgressWatch,
  ) {
    this.#total = tables.reduce((sum, { size }) => sum + size, 0);
    this.#tables = tables.length;
  }

  startTable(table: SeedTable): TableClock {
    const startedAt = performance.now();
    let [done, toldAt] = [0, startedAt];
    const tell = (phase: RowsProgress['phase'], rows: number | null = null): void => {
      toldAt = performance.now();
      const rate = rateOf(done, startedAt, toldAt);
      this.watch.onProgress?.({
        table: table.name,
        phase,
        done,
        total: table.size,
        rate,
        secondsLeft: secondsFor(table.size - done, rate),
        rows,
        overall: this.#overall(phase === 'complete' ? 0 : done, toldAt),
      });
    };
    const { signal } = this.watch;
    return {
      *rows() {
        for (const rows of table.rows()) {
          signal?.throwIfAborted();
          yield rows;
          done++;
          if (performance.now() - toldAt >= tellEveryMs) tell('rows');
        }
      },
      complete: (rows) => {
        this.#tablesComplete++;
        this.#doneBefore += table.size;
        done = table.size;
        tell('complete', rows);
      },
    };
  }

  #overall(doneOfTable: number, now: number): OverallProgress {
    const done = this.#doneBefore + doneOfTable;
    const rate = rateOf(done, this.#startedAt, now);
    return {
      tablesComplete: this.#tablesComplete,
      tables: this.#tables,
      done,
      total: this.#total,
      rate,
      secondsLeft: secondsFor(this.#total - done, rate),
    };
  }
}

export interface TableClock {
  /** The table's rows, with a look now and then at whether to go on. */
  rows(): Generator<readonly (readonly CopyValue[])[]>;
  complete(rows: number): void;
}

function rateOf(done: number, startedAt: number, now: number): number {
  return Math.round((done * 1000) / Math.max(1, now - startedAt));
}

function secondsFor(left: number, rate: number): number {
  return Math.ceil(left / Math.max(1, rate));
}
