/** `citygraph seed --scale demo|city`: fills an empty pool with the made-up city. Safe to interrupt; the next run goes on. */
import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import { runSeeds, seedScales } from '../../seeds/run-seeds.js';
import { derivePool } from './derive-pool.js';
import { refreshStatistics } from './refresh-statistics.js';
import { openKeyring } from '../keyring.js';
import { runRecordedCommand } from './recorded-command.js';

export function seedCommand(): Command {
  return new Command('seed')
    .description('生成演示数据 fill an empty pool with made-up data')
    .addOption(new Option('--scale <scale>', '规模').choices(Object.keys(seedScales)).default('demo'))
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username)
    .action(async ({ scale, as }: { scale: keyof typeof seedScales; as: string }) => {
      const written = await runRecordedCommand(
        { operation: `seed ${scale}`, principal: as, documentHash: null, arguments: { scale } },
        async (url, config) => {
          const result = await runSeeds({
            url,
            keyring: openKeyring(config.keyringFile),
            scale: seedScales[scale],
            onProgress: ({ table, done, total, rate }) =>
              process.stderr.write(`\r${table}  ${done} / ${total}  ${Math.round(rate)} /s   `),
          });
          await derivePool({ url });
          await refreshStatistics({ url, again: true });
          const rows = Object.values(result.written).reduce((sum, count) => sum + count, 0);
          return { result: { ...result, rows }, told: { rows } };
        },
      );
      process.stderr.write('\n');
      for (const [table, rows] of Object.entries(written.written)) console.log(`${table}  ${rows}`);
      console.log(`${written.rows} rows in ${(written.milliseconds / 1000).toFixed(1)} s`);
    });
}
