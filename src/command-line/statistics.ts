/** `citygraph statistics refresh`: computes the next edition of the statistics. Safe to interrupt and to run again. */
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { parseDay } from './derive.js';
import { runRecordedCommand } from './recorded-command.js';
import { refreshStatistics } from './refresh-statistics.js';

interface RefreshArguments {
  readonly asOf?: string;
  readonly again?: string;
  readonly as: string;
}

export function statisticsCommand(): Command {
  const refresh = new Command('refresh')
    .description('计算新一版统计 compute the next edition of the statistics, once a month')
    .option('--as-of <day>', '数据截至日期 the day as of which it counts, YYYY-MM-DD; today by default', parseDay)
    .option('--again <reason>', '同月重算及其理由 compute it again within the month, and why; on record')
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username)
    .action(runRefresh);
  return new Command('statistics').description('统计 statistics').addCommand(refresh);
}

async function runRefresh({ asOf, again, as }: RefreshArguments): Promise<void> {
  const command = {
    operation: 'statistics refresh',
    principal: as,
    documentHash: null,
    arguments: { ...(asOf !== undefined && { asOf }), ...(again !== undefined && { again }) },
  };
  const report = await runRecordedCommand(command, async (url) => {
    const result = await refreshStatistics({ url, asOf, again: again !== undefined });
    const rows = result.datasets.reduce((sum, { cells, suppressed }) => sum + cells + suppressed, 0);
    return { result, told: { arguments: { asOf: result.referenceDate, edition: result.edition }, rows } };
  });
  for (const { dataset, cells, suppressed, milliseconds } of report.datasets)
    console.log(`${dataset}  ${cells} cells, ${suppressed} withheld, ${(milliseconds / 1000).toFixed(1)} s`);
  console.log(
    `edition ${report.edition} as of ${report.referenceDate} in ${(report.milliseconds / 1000).toFixed(1)} s`,
  );
}
