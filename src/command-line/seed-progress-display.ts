/**
 * The progress of a seeding for who watches it: on a terminal bars for the table in hand and for all tables, each with its rate and the time
 * that is left, and one for the indexes that are made beside; elsewhere one line for each table whose rows are complete.
 */
import { MultiBar, type SingleBar } from 'cli-progress';
import type { SeedProgress } from '../../seeds/seed-progress.js';

export interface ProgressDisplay {
  show(progress: SeedProgress): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

export function createProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? barsOn(stream) : linesOn(stream);
}

const format = '{name} {bar} {percentage}%  {value}/{total}  {rate}/s  {left}';

function barsOn(stream: NodeJS.WriteStream): ProgressDisplay {
  const bars = new MultiBar({ stream, format, barsize: 24, hideCursor: true, clearOnComplete: true });
  const started: { table?: SingleBar; all?: SingleBar; indexes?: SingleBar } = {};
  return {
    show(progress) {
      const { table, done, total } = progress;
      if (progress.phase === 'indexes') {
        const name = label(`indexes, now of ${table}`);
        update((started.indexes ??= bars.create(total, 0)), total, done, { name, rate: '-', left: '' });
        bars.update();
        return;
      }
      const { rate, overall } = progress;
      const left = timeLeft(progress.secondsLeft);
      update((started.table ??= bars.create(total, 0)), total, done, { name: label(table), rate, left });
      update((started.all ??= bars.create(overall.total, 0)), overall.total, overall.done, {
        name: label(`${overall.tablesComplete} of ${overall.tables} tables`),
        rate: overall.rate,
        left: timeLeft(overall.secondsLeft),
      });
      bars.update();
    },
    close: () => bars.stop(),
  };
}

function update(bar: SingleBar, total: number, done: number, payload: object): void {
  bar.setTotal(total);
  bar.update(done, payload);
}

const labelWidth = 44;

function label(name: string): string {
  return name.padEnd(labelWidth);
}

function linesOn(stream: NodeJS.WriteStream): ProgressDisplay {
  return {
    show(progress) {
      if (progress.phase !== 'complete') return;
      const { table, rate, rows, overall } = progress;
      const place = `${overall.tablesComplete} of ${overall.tables} tables`;
      const left = overall.tablesComplete < overall.tables ? `, ${timeLeft(overall.secondsLeft)} left in all` : '';
      stream.write(`${table}: ${rows} rows, ${rate} subjects/s (${place}${left})\n`);
    },
    close: () => undefined,
  };
}

/** `48 s`, `12 min`, `1 h 5 min`. */
export function timeLeft(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
