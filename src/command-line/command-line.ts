/** The root of the command line: one command a file. Errors that were written for the reader end as one line; others say where they came from. */
import { Command } from 'commander';
import { CitygraphError } from '../errors.js';
import { anomaliesCommand } from './anomalies.js';
import { canaryCommand } from './canary.js';
import { consumerCommand } from './consumer.js';
import { deriveCommand } from './derive.js';
import { gatewayCommand } from './gateway.js';
import { grantCommand } from './grant.js';
import { librariesCommand } from './libraries.js';
import { loadCommand } from './load.js';
import { logCommand } from './log.js';
import { migrateCommand } from './migrate.js';
import { officialCommand } from './official.js';
import { reportCommand } from './report.js';
import { schemaCommand } from './schema.js';
import { seedCommand } from './seed.js';
import { startCommand } from './start.js';
import { statisticsCommand } from './statistics.js';
import { subjectCommand } from './subject.js';
import { switchCommand } from './switch.js';

/** @returns the exit code */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const program = new Command('citygraph').description(
    '城市公共数据图谱服务 GraphQL data service over a city’s public-data resource pool',
  );
  const commands = [
    startCommand(),
    migrateCommand(),
    seedCommand(),
    deriveCommand(),
    statisticsCommand(),
    loadCommand(),
    consumerCommand(),
    gatewayCommand(),
    officialCommand(),
    grantCommand(),
    switchCommand(),
    anomaliesCommand(),
    canaryCommand(),
    reportCommand(),
    subjectCommand(),
    librariesCommand(),
    logCommand(),
    schemaCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  try {
    await program.parseAsync([...args]);
    return 0;
  } catch (error) {
    console.error(wordsOf(error));
    // As for other programs that were called wrongly: to try again would not help.
    return error instanceof CitygraphError && error.code === 'CONFIG_INVALID' ? 2 : 1;
  }
}

/** What PostgreSQL says of a fault may quote values of the pool; its code and the place are enough to find it. */
function wordsOf(error: unknown): string {
  if (error instanceof CitygraphError) return `${error.code}: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const place = error.stack?.split('\n').slice(1).join('\n') ?? '';
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
    ? `database error ${code}\n${place}`
    : `${error.message}\n${place}`;
}
