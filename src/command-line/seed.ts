/**
 * `citygraph seed --scale demo|city`: fills an empty pool with the made-up city, and computes what is derived from it. Progress goes to
 * standard error, what was written to standard output. A signal ends it between two subjects; the next run goes on with the first table that
 * is not complete.
 */
import { userInfo } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runSeeds, seedScales, type SeedReport } from '../../seeds/run-seeds.js';
import type { SeedScale } from '../../seeds/seeding-state.js';
import { CitygraphError } from '../errors.js';
import { openKeyring } from '../keyring.js';
import { derivePool } from './derive-pool.js';
import { watchForInterruption } from './interruption.js';
import { runRecordedCommand } from './recorded-command.js';
import { refreshStatistics } from './refresh-statistics.js';
import { createProgressDisplay, timeLeft } from './seed-progress-display.js';

interface SeedCommandOptions extends Partial<SeedScale> {
  readonly scale: keyof typeof seedScales;
  readonly as: string;
}

interface SeedOutcome extends SeedReport {
  readonly rows: number;
}

export function seedCommand(): Command {
  return new Command('seed')
    .description('生成演示数据 fill an empty pool with made-up data')
    .addOption(new Option('--scale <scale>', '规模').choices(Object.keys(seedScales)).default('demo'))
    .option('--persons <number>', '人数 another number of persons than the scale has', readCount)
    .option('--legal-persons <number>', '法人数 another number of legal persons', readCount)
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username)
    .action(async (options: SeedCommandOptions) => {
      const size = { ...seedScales[options.scale], ...definedOf(options) };
      const outcome = await seed(options, size);
      console.log(renderOutcome(outcome));
    });
}

function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

function definedOf({ persons, legalPersons }: SeedCommandOptions): Partial<SeedScale> {
  return { ...(persons !== undefined && { persons }), ...(legalPersons !== undefined && { legalPersons }) };
}

async function seed({ scale, as }: SeedCommandOptions, size: SeedScale): Promise<SeedOutcome> {
  const display = createProgressDisplay(process.stderr);
  const stopped = new CitygraphError(
    'INTERRUPTED',
    '已停止，已完成的表均已保存；再次运行同一命令即可继续。 Stopped. Tables that were complete are kept; run the same command again to go on.',
  );
  const interruption = watchForInterruption('正在停止…… Stopping: the table in hand is given up.', stopped);
  try {
    return await runRecordedCommand(
      { operation: `seed ${scale}`, principal: as, documentHash: null, arguments: { scale, ...size } },
      async (url, config) => {
        const { signal } = interruption;
        const keyring = openKeyring(config.keyringFile);
        const result = await runSeeds({ url, keyring, scale: size, onProgress: (it) => display.show(it), signal });
        signal.throwIfAborted();
        await computeFrom(url);
        const rows = Object.values(result.written).reduce((sum, count) => sum + count, 0);
        return { result: { ...result, rows }, told: { rows } };
      },
    );
  } finally {
    interruption.stop();
    display.close();
  }
}

/** What is derived and what is counted, side by side: neither reads what the other writes. */
async function computeFrom(url: string): Promise<void> {
  const ends = await Promise.allSettled([derivePool({ url }), refreshStatistics({ url, again: true })]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Rows by table in columns, then time and memory. */
function renderOutcome({ written, rows, milliseconds }: SeedOutcome): string {
  const tables = Object.entries(written);
  const lines = [...tables, ['in all', rows] as const].map(
    ([name, count]) => [name, count.toLocaleString('en')] as const,
  );
  const width = Math.max(...lines.map(([name]) => name.length));
  const digits = Math.max(...lines.map(([, count]) => count.length));
  // Kilobytes, whatever the platform's own unit.
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return [
    ...lines.map(([name, count]) => `${name.padEnd(width)}  ${count.padStart(digits)}`),
    tables.length === 0
      ? '数据此前已全部生成。 Everything had been written before.'
      : `${timeLeft(Math.round(milliseconds / 1000))}, peak memory of node ${peak} MB`,
  ].join('\n');
}
