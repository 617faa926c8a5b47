/** `citygraph derive`: computes risk scores, standings, tags and time lines anew. Safe to interrupt and to run again. */
import { userInfo } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { derivePool } from './derive-pool.js';
import { runRecordedCommand } from './recorded-command.js';

export function deriveCommand(): Command {
  return new Command('derive')
    .description('重新计算画像派生数据 compute the derived data of the portraits anew')
    .option('--as-of <day>', '数据截至日期 the day as of which facts are taken, YYYY-MM-DD; today by default', parseDay)
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username)
    .action(async ({ asOf, as }: { asOf?: string; as: string }) => {
      const command = {
        operation: 'derive',
        principal: as,
        documentHash: null,
        arguments: asOf === undefined ? {} : { asOf },
      };
      const report = await runRecordedCommand(command, async (url) => {
        const result = await derivePool({ url, asOf });
        const rows = result.datasets.reduce((sum, dataset) => sum + dataset.rows, 0);
        return { result, told: { arguments: { asOf: result.asOf, edition: result.edition }, rows } };
      });
      for (const { dataset, rows, removed, milliseconds } of report.datasets) {
        console.log(`${dataset}  ${rows} rows, ${removed} removed, ${(milliseconds / 1000).toFixed(1)} s`);
      }
      console.log(`edition ${report.edition} as of ${report.asOf} in ${(report.milliseconds / 1000).toFixed(1)} s`);
    });
}

export function parseDay(text: string): string {
  const isDay =
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text);
  if (!isDay) throw new InvalidArgumentError('expected a day as YYYY-MM-DD');
  return text;
}
