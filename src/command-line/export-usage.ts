/** `citygraph log export FILE --format csv|jsonl`: records that a filter finds, for reading. On record before the first of them is read. */
import { createHmac } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { userInfo } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { registry } from '../app.js';
import { readProcessConfig } from '../config.js';
import { createPools } from '../database/pools.js';
import { CitygraphError } from '../errors.js';
import { type Keyring, openKeyring } from '../keyring.js';
import type { IdentifierKind } from '../model/identifier-kind.js';
import { parseResidentIdNumber, parseUnifiedSocialCreditCode } from '../model/identifiers.js';
import { holdsIdentifier, holdsPersonNumber } from '../model/redact-identifiers.js';
import { createAuditServices } from '../server/audit-services.js';
import { type ExportFormat, exportFormats, exportUsage } from '../usage-log/export-usage.js';
import type { UsageFilter } from '../usage-log/usage-filter.js';
import type { StoredOutcome } from '../usage-log/usage-record.js';
import { showProgressBar } from './progress-bar.js';
import { runRecordedCommand } from './recorded-command.js';

export interface UsageExportOptions {
  readonly format?: ExportFormat;
  readonly as: string;
  readonly consumer?: string;
  readonly department?: string;
  readonly grant?: string;
  readonly purpose?: string;
  readonly coordinate?: string;
  readonly level?: string;
  readonly verdict?: string;
  readonly subject?: string;
  readonly user?: string;
  readonly case?: string;
  readonly operation?: string;
  readonly errorCode?: string;
  readonly outcome?: string;
  readonly from?: string;
  readonly until?: string;
}

export function addUsageExportOptions(command: Command): Command {
  return command
    .option('--as <name>', '以谁的名义 who answers for it', userInfo().username)
    .addOption(
      new Option(
        '--format <format>',
        '供阅读的记录，可加以下条件 records for reading, by the filters that follow',
      ).choices([...exportFormats]),
    )
    .option('--consumer <name>', '应用 consumer')
    .option('--department <code>', '部门 department')
    .option('--grant <code>', '授权 grant')
    .option('--purpose <text>', '用途 purpose')
    .option('--coordinate <coordinate>', '坐标 Type.field')
    .option('--level <level>', '分级 level of a field')
    .option('--verdict <verdict>', '判定 verdict on a field')
    .option(
      '--subject <identifier>',
      '主体的证件号码或统一社会信用代码，以摘要留痕 official identifier; on record as a digest',
    )
    .option('--user <name>', '操作人 human behind the application')
    .option('--case <number>', '案件号 case')
    .option('--operation <name>', '操作名 operation name')
    .option('--error-code <code>', '错误代码 error code')
    .option('--outcome <outcome>', '结果 outcome')
    .option('--from <time>', '起（含） from, included, ISO 8601')
    .option('--until <time>', '止（不含） until, not included, ISO 8601');
}

export async function exportUsageTo(file: string, options: UsageExportOptions): Promise<void> {
  const { format, as, ...asked } = options;
  const keyring = openKeyring(readProcessConfig().keyringFile);
  const subject = asked.subject === undefined ? null : readIdentifier(asked.subject);
  const times = { from: readTime('--from', asked.from), until: readTime('--until', asked.until) };
  const command = {
    operation: 'log export',
    principal: as,
    documentHash: null,
    arguments: { format, ...inLog({ ...asked, ...(subject && { subject: subject.value }) }, keyring) },
  };
  const count = await runRecordedCommand(command, async (url) => {
    const pools = createPools({
      url,
      sizes: { auditor: 2, reader: 1 },
      statementTimeoutMilliseconds: longestStatement,
    });
    const bar = showProgressBar('records');
    let records = 0;
    try {
      const { subjectFinder, behindInLog } = createAuditServices(registry, keyring, pools.reader);
      const filter = given({
        ...{ consumer: asked.consumer, department: asked.department, grant: asked.grant, purpose: asked.purpose },
        ...{ coordinate: asked.coordinate, level: asked.level, verdict: asked.verdict },
        ...{ operationName: asked.operation, errorCode: asked.errorCode, outcome: asked.outcome as StoredOutcome },
        ...times,
        user: asked.user === undefined ? undefined : behindInLog.user(asked.user),
        caseNumber: asked.case === undefined ? undefined : behindInLog.caseNumber(asked.case),
        subjects: subject ? await subjectFinder.byIdentifier(subject.kind, subject.value) : undefined,
      });
      const lines = exportUsage(pools.auditor, filter, format!, {
        onProgress: (done) => {
          records = done;
          if (done % progressStep === 0) bar.update(done, done);
        },
      });
      await pipeline(lines, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      return { result: records, told: { rows: records } };
    } finally {
      bar.stop();
      await pools.close();
    }
  });
  console.log(`${count} records`);
}

const longestStatement = 600_000;
const progressStep = 10_000;

function given(filter: UsageFilter): UsageFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** INVARIANT: what looks like an identifier is on record as the digest that a query's argument would be. */
function inLog(asked: Omit<UsageExportOptions, 'format' | 'as'>, { usageLog }: Keyring): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asked).map(([name, value]: [string, string]) => [
      name,
      name === 'subject' || holdsIdentifier(value) || holdsPersonNumber(value)
        ? `digest:${createHmac('sha256', usageLog).update(JSON.stringify(value)).digest('base64url')}`
        : value,
    ]),
  );
}

function readIdentifier(text: string): { readonly kind: IdentifierKind; readonly value: string } {
  const person = parseResidentIdNumber(text);
  if (person.ok) return { kind: 'resident-id-number', value: person.value.number };
  const legalPerson = parseUnifiedSocialCreditCode(text);
  if (legalPerson.ok) return { kind: 'unified-social-credit-code', value: legalPerson.value.code };
  throw new CitygraphError(
    'INVALID_IDENTIFIER',
    '--subject: expected a resident ID number or a unified social credit code, got something else',
  );
}

function readTime(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new CitygraphError('BAD_USER_INPUT', `${option}: expected a time in ISO 8601, got something else`);
  return time;
}
