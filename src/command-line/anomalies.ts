/** `citygraph anomalies run`: the detectors by hand, from where the service left off to the end of the log. On record. */
import { Command } from 'commander';
import { type DetectorRun, runDetectors } from '../anomalies/run-detectors.js';
import { createPools } from '../database/pools.js';
import { type Answerable, answerable } from './policy-command.js';
import { runRecordedCommand } from './recorded-command.js';

export function anomaliesCommand(): Command {
  const anomalies = new Command('anomalies').description('异常检测 anomalies in the use of the service');
  answerable(
    anomalies.command('run'),
    '立即检测：接续上次，直至日志末尾 look for anomalies now, from where the last look ended to the end of the log',
  ).action(async ({ as }: Answerable) => {
    const command = { operation: 'anomalies run', principal: as, documentHash: null, arguments: {} };
    const { records, raised } = await runRecordedCommand(command, async (url, config) => {
      const run = await runOn(url, config.anomalies);
      return { result: run, told: { arguments: { raised: run.raised }, rows: run.records } };
    });
    console.log(`${records} records, ${raised} new alerts`);
  });
  return anomalies;
}

async function runOn(url: string, settings: Parameters<typeof runDetectors>[0]['settings']): Promise<DetectorRun> {
  const pools = createPools({ url, sizes: { watcher: 1 }, statementTimeoutMilliseconds: 600_000 });
  try {
    return await runDetectors({ pool: pools.watcher, settings, byHand: true });
  } finally {
    await pools.close();
  }
}
