/**
 * `citygraph subject merge`: two subjects that were found to be one. On record before and after: with digests of the identifiers it was
 * given, and then with the ids of the subjects that they name.
 */
import { createHmac } from 'node:crypto';
import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { Kysely } from 'kysely';
import { registry } from '../app.js';
import { readProcessConfig } from '../config.js';
import { createOrm } from '../database/orm.js';
import { CitygraphError } from '../errors.js';
import { digestIdentifier } from '../execution/bind-parameters.js';
import { type Keyring, openKeyring } from '../keyring.js';
import type { IdentifierKind } from '../model/identifier-kind.js';
import { parseResidentIdNumber, parseUnifiedSocialCreditCode } from '../model/identifiers.js';
import { holdsIdentifier } from '../model/redact-identifiers.js';
import { findSubject } from '../subjects/find-subject.js';
import { mergeSubjects, type MergeReport } from '../subjects/merge-subjects.js';
import { type CommandWork, runRecordedCommand } from './recorded-command.js';

interface MergeOptions {
  readonly from: string;
  readonly into: string;
  readonly reason: string;
  readonly as: string;
}

export interface Identifier {
  readonly kind: IdentifierKind;
  /** In normal form. */
  readonly value: string;
}

export function subjectCommand(): Command {
  const subject = new Command('subject').description('主体主索引 subjects of the master index');
  subject
    .command('merge')
    .description('将重复的主体并入另一主体 merge a subject into another that was found to be the same')
    .requiredOption(
      '--from <identifier>',
      '被并入主体的公民身份号码或统一社会信用代码 official identifier of the one that is merged',
    )
    .requiredOption(
      '--into <identifier>',
      '保留主体的公民身份号码或统一社会信用代码 official identifier of the one that stays',
    )
    .requiredOption('--reason <text>', '理由 why they are one')
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username)
    .action(async (options: MergeOptions) => {
      const { identifiers, datasets } = await merge(options);
      console.log(`identifiers  ${identifiers}`);
      for (const { dataset, moved, dropped } of datasets)
        console.log(`${dataset}  ${moved} moved, ${dropped} dropped as doubles`);
    });
  return subject;
}

async function merge(options: MergeOptions): Promise<MergeReport> {
  const [from, into] = [readIdentifier('--from', options.from), readIdentifier('--into', options.into)];
  if (holdsIdentifier(options.reason))
    throw new CitygraphError(
      'BAD_USER_INPUT',
      '--reason: expected words without an identifier, got some with one; it stays on record',
    );
  const keyring = openKeyring(readProcessConfig().keyringFile);
  // INVARIANT: an official identifier never gets into the log. It is there as the digest that a query's argument would be.
  const digest = (it: Identifier): string =>
    `digest:${createHmac('sha256', keyring.usageLog).update(JSON.stringify(it.value)).digest('base64url')}`;
  const command = {
    operation: 'subject merge',
    principal: options.as,
    documentHash: null,
    arguments: { from: digest(from), into: digest(into), reason: options.reason },
  };
  return runRecordedCommand(command, async (url) => {
    const orm = await createOrm(url, { entities: [], purpose: 'merge', poolSize: 1 });
    try {
      return await mergeNamed(orm.em.getKysely(), keyring, { from, into });
    } finally {
      await orm.close();
    }
  });
}

async function mergeNamed(
  db: Kysely<unknown>,
  keyring: Keyring,
  named: { from: Identifier; into: Identifier },
): Promise<CommandWork<MergeReport>> {
  const find = async (option: string, { kind, value }: Identifier): Promise<string> => {
    const found = await findSubject(db, { kind, digest: digestIdentifier(keyring.identifiers, kind, value) });
    if (found === null)
      throw new CitygraphError(
        'BAD_USER_INPUT',
        `${option}: expected an identifier that the pool knows, got one that it does not`,
      );
    return found;
  };
  const subjects = { from: await find('--from', named.from), into: await find('--into', named.into) };
  const report = await mergeSubjects(db, registry.datasets.values(), subjects);
  const rows = report.datasets.reduce((sum, { moved, dropped }) => sum + moved + dropped, 0);
  return {
    result: report,
    told: {
      arguments: { fromSubject: subjects.from, intoSubject: subjects.into, identifiers: report.identifiers },
      rows,
    },
  };
}

/** The check characters tell the two kinds apart. */
export function readIdentifier(option: string, text: string): Identifier {
  const creditCode = parseUnifiedSocialCreditCode(text);
  const idNumber = parseResidentIdNumber(text);
  if (idNumber.ok && !creditCode.ok) return { kind: 'resident-id-number', value: idNumber.value.number };
  if (creditCode.ok && !idNumber.ok) return { kind: 'unified-social-credit-code', value: creditCode.value.code };
  throw new CitygraphError(
    'INVALID_IDENTIFIER',
    `${option}: expected a resident ID number (GB 11643) or a unified social credit code (GB 32100), got neither`,
  );
}
