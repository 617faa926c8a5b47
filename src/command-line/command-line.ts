/** The root of the command line: one command a file. Errors that were written for the reader end as one line; others show where they came from. */
import { Command } from 'commander';
import { CitygraphError } from '../errors.js';
import { loadCommand } from './load.js';
import { migrateCommand } from './migrate.js';
import { consumerCommand, grantCommand } from './policy.js';
import { schemaCommand } from './schema.js';
import { seedCommand } from './seed.js';
import { startCommand } from './start.js';

/** @returns the exit code */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const program = new Command('citygraph').description('城市公共数据图谱服务 GraphQL data service over a city’s public-data resource pool');
  const commands = [startCommand(), migrateCommand(), seedCommand(), loadCommand(), consumerCommand(), grantCommand(), schemaCommand()];
  for (const command of commands) program.addCommand(command);
  try {
    await program.parseAsync([...args]);
    return 0;
  } catch (error) {
    console.error(error instanceof CitygraphError ? `${error.code}: ${error.message}` : error);
    return 1;
  }
}
