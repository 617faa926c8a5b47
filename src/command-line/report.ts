/** `citygraph report …`: what there is to say of a month. On record; the same data gives the same bytes. */
import { Command } from 'commander';
import { type RiskReport, readRiskReport } from '../anomalies/read-risk.js';
import { writeRiskReport } from '../anomalies/write-risk-report.js';
import { createPools } from '../database/pools.js';
import { CitygraphError } from '../errors.js';
import { type Answerable, answerable } from './policy-command.js';
import { runRecordedCommand } from './recorded-command.js';

export function reportCommand(): Command {
  const report = new Command('report').description('报告 reports');
  answerable(report.command('risk'), '安全风险月报 the risk report of a month')
    .requiredOption('--month <month>', '月份，如 2026-10 such as 2026-10')
    .option('--format <format>', 'markdown, json', 'markdown')
    .action(async ({ as, month, format }: Answerable & { month: string; format: string }) => {
      if (format !== 'markdown' && format !== 'json')
        throw new CitygraphError('BAD_USER_INPUT', '--format: expected markdown or json, got another');
      const command = { operation: 'report risk', principal: as, documentHash: null, arguments: { month, format } };
      const found = await runRecordedCommand(command, async (url) => ({ result: await readOn(url, month), told: {} }));
      console.log(format === 'json' ? JSON.stringify(found, null, 2) : writeRiskReport(found).trimEnd());
    });
  return report;
}

async function readOn(url: string, month: string): Promise<RiskReport> {
  const pools = createPools({ url, sizes: { auditor: 1 } });
  try {
    return await readRiskReport(pools.auditor, month);
  } finally {
    await pools.close();
  }
}
