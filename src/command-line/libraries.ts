/**
 * `citygraph libraries`: libraries in databases of their own. `check` compares the copies of division and protection that stand there with
 * the subject index, `reconcile` repairs them, `home` brings a library back into the pool. On record.
 */
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { Client } from 'pg';
import { registry } from '../app.js';
import { connectionSettings } from '../database/connection-settings.js';
import { createOrm } from '../database/orm.js';
import { bringLibrariesHome } from '../database/place-libraries.js';
import { CitygraphError } from '../errors.js';
import { findScopeDrift, repairScopeDrift, type ScopeDrift } from '../subjects/settle-scopes.js';
import { type CommandWork, runRecordedCommand } from './recorded-command.js';

interface Answering {
  readonly as: string;
}

export function librariesCommand(): Command {
  const libraries = new Command('libraries').description('独立部署的库 libraries in databases of their own');
  const as = ['--as <name>', '操作人 who answers for it in the usage log', userInfo().username] as const;
  libraries
    .command('check')
    .description('核对主体范围副本 compare the copies of division and protection with the subject index')
    .option(...as)
    .action(async (options: Answering) => {
      const found = await onRecord('libraries check', options, {}, check);
      for (const line of found.map(describeDrift)) console.log(line);
      const wrong = found.filter(isDrift);
      if (wrong.length > 0)
        throw new CitygraphError(
          'DATABASE_UNSUITABLE',
          `expected copies of division and protection as the subject index has them, got others in ${wrong.map(({ table }) => table).join(', ')}; run citygraph libraries reconcile`,
        );
    });
  libraries
    .command('reconcile')
    .description('修复主体范围副本 write division and protection as they are to every copy that differs')
    .option(...as)
    .action(async (options: Answering) => {
      console.log(`${await onRecord('libraries reconcile', options, {}, reconcile)} subjects were written`);
    });
  libraries
    .command('home')
    .description('迁回本库 bring libraries back into the database of the pool; the service is stopped meanwhile')
    .argument('<library...>', '库代码 codes, such as healthcare')
    .option(...as)
    .action(async (codes: string[], options: Answering) => {
      const tables = await onRecord('libraries home', options, { libraries: codes }, (url) => bringHome(url, codes));
      console.log(tables.join('\n'));
    });
  return libraries;
}

function onRecord<T>(
  operation: string,
  { as }: Answering,
  given: Readonly<Record<string, unknown>>,
  work: (url: string) => Promise<CommandWork<T>>,
): Promise<T> {
  return runRecordedCommand({ operation, principal: as, documentHash: null, arguments: given }, work);
}

async function check(url: string): Promise<CommandWork<readonly ScopeDrift[]>> {
  const orm = await createOrm(url, { entities: [], purpose: 'libraries', poolSize: 1 });
  try {
    const result = await findScopeDrift(orm.em.getKysely(), registry.datasets.values());
    return { result, told: { arguments: { drifting: result.filter(isDrift).length } } };
  } finally {
    await orm.close();
  }
}

async function reconcile(url: string): Promise<CommandWork<number>> {
  const orm = await createOrm(url, { entities: [], purpose: 'libraries', poolSize: 1 });
  try {
    const result = await repairScopeDrift(orm.em.getKysely(), registry.datasets.values());
    return { result, told: { arguments: { subjects: result } } };
  } finally {
    await orm.close();
  }
}

async function bringHome(url: string, codes: readonly string[]): Promise<CommandWork<readonly string[]>> {
  const client = new Client(connectionSettings(url, { purpose: 'libraries' }));
  await client.connect();
  try {
    const result = await bringLibrariesHome(client, codes);
    if (result.length === 0)
      throw new CitygraphError('BAD_USER_INPUT', 'expected libraries that live elsewhere, got none of them');
    return { result, told: { arguments: { tables: result.length } } };
  } finally {
    await client.end();
  }
}

function isDrift({ narrower, wider, orphans }: ScopeDrift): boolean {
  return narrower + wider + orphans > 0;
}

function describeDrift({ table, subject, rows, narrower, wider, orphans }: ScopeDrift): string {
  return `${table} ${subject}  ${rows} rows, ${narrower} narrower, ${wider} wider, ${orphans} of no subject`;
}
