/**
 * Reading the usage log: newest first, page by page, each record with the fields and verdicts of its plan.
 *
 * Who may read which records is the caller's decision; what it comes to (a consumer's own, a department's data) is a filter here.
 */
import { type Expression, Kysely, PostgresDialect, type SqlBool, sql } from 'kysely';
import type { Pool } from 'pg';
import {
  type StoredOutcome,
  type UsagePlanDescription,
  type UsagePlanNode,
  type UsageRecord,
  readSubjects,
  timeOfRecordId,
} from './usage-record.js';

export interface UsageFilter {
  readonly ids?: readonly string[];
  readonly principalKind?: UsageRecord['principalKind'];
  readonly consumer?: string;
  readonly department?: string;
  readonly grant?: string;
  readonly purpose?: string;
  readonly operationName?: string;
  readonly errorCode?: string;
  readonly outcome?: StoredOutcome;
  /** Included. */
  readonly from?: Date;
  /** Not included. */
  readonly until?: Date;
  /** Any node of the answer released this subject. Reads every record of the time range. */
  readonly subjectId?: string;
}

export interface UsagePosition {
  readonly occurredAt: Date;
  readonly id: string;
}

export interface UsagePage {
  readonly first: number;
  readonly after?: UsagePosition | null;
}

export interface ReadNode extends UsagePlanNode {
  readonly rowCount: number;
  /** For each row, the subjects it is about. */
  readonly subjects: readonly (readonly string[])[];
}

export interface ReadUsageRecord extends Omit<UsageRecord, 'outcome' | 'subjects' | 'rowCounts'> {
  readonly outcome: StoredOutcome;
  readonly nodes: readonly ReadNode[];
  readonly usedInArguments: readonly string[];
}

export interface UsageRecordPage {
  readonly records: readonly ReadUsageRecord[];
  readonly hasMore: boolean;
}

/** @param pool of the auditor's role */
export async function readUsageRecords(pool: Pool, filter: UsageFilter, page: UsagePage): Promise<UsageRecordPage> {
  const found = await select(
    new Kysely<UsageDatabase>({ dialect: new PostgresDialect({ pool }) }),
    filter,
    page,
  ).execute();
  return { records: found.slice(0, page.first).map(readRow), hasMore: found.length > page.first };
}

function select(database: Kysely<UsageDatabase>, filter: UsageFilter, { first, after }: UsagePage) {
  return database
    .selectFrom('citygraph.usage_record as r')
    .leftJoin('citygraph.usage_plan as p', 'p.hash', 'r.plan_id')
    .select([
      'r.id',
      'r.node',
      'r.kind',
      'r.principal',
      'r.department',
      'r.grants',
      'r.purpose',
      'r.arguments',
      'r.subjects',
      'r.outcome',
    ])
    .select([
      'r.occurred_at as occurredAt',
      'r.principal_kind as principalKind',
      'r.user_name as user',
      'r.case_number as caseNumber',
    ])
    .select([
      'r.operation_name as operationName',
      'r.row_counts as rowCounts',
      'r.error_codes as errorCodes',
      'r.decided_until as decidedUntil',
    ])
    .select([
      'r.response_bytes as responseBytes',
      'r.latency_micros as latencyMicros',
      'r.client_address as clientAddress',
    ])
    .select(['p.description', 'r.policy_version as policyVersion'])
    .select((eb) => [
      eb.fn<string | null>('encode', ['r.document_hash', sql.lit('hex')]).as('documentHash'),
      eb.fn<string | null>('encode', ['r.plan_id', sql.lit('hex')]).as('planId'),
      eb.fn<string | null>('encode', ['r.response_digest', sql.lit('hex')]).as('responseDigest'),
    ])
    .where((eb) => {
      const conditions: Expression<SqlBool>[] = [];
      const equal = (
        column: 'r.principal' | 'r.department' | 'r.purpose' | 'r.operation_name' | 'r.outcome',
        value: string | undefined,
      ) => {
        if (value !== undefined) conditions.push(eb(column, '=', value));
      };
      equal('r.department', filter.department);
      equal('r.purpose', filter.purpose);
      equal('r.operation_name', filter.operationName);
      equal('r.outcome', filter.outcome);
      if (filter.principalKind !== undefined) conditions.push(eb('r.principal_kind', '=', filter.principalKind));
      if (filter.consumer !== undefined)
        conditions.push(eb('r.principal_kind', '=', 'consumer'), eb('r.principal', '=', filter.consumer));
      if (filter.grant !== undefined) conditions.push(eb(eb.val(filter.grant), '=', eb.fn.any('r.grants')));
      if (filter.errorCode !== undefined)
        conditions.push(eb(eb.val(filter.errorCode), '=', eb.fn.any('r.error_codes')));
      if (filter.from) conditions.push(eb('r.occurred_at', '>=', filter.from));
      if (filter.until) conditions.push(eb('r.occurred_at', '<', filter.until));
      if (filter.ids) {
        // An id holds its time, and the table is ordered by time first.
        const times = filter.ids.map((id) => new Date(timeOfRecordId(id)));
        conditions.push(
          eb('r.id', '=', eb.fn.any(eb.val(filter.ids))),
          eb('r.occurred_at', '=', eb.fn.any(eb.val(times))),
        );
      }
      if (filter.subjectId !== undefined) conditions.push(eb('r.subjects', '~', subjectPattern(filter.subjectId)));
      if (after) conditions.push(eb(eb.refTuple('r.occurred_at', 'r.id'), '<', eb.tuple(after.occurredAt, after.id)));
      return eb.and(conditions);
    })
    .orderBy('r.occurred_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(first + 1);
}

function subjectPattern(id: string): string {
  if (!/^\d+$/.test(id)) throw new RangeError('expected a subject id of digits');
  return `(^|[;,+])${id}([;,+]|$)`;
}

type FoundRow = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function readRow({ description, subjects: text, rowCounts, policyVersion, ...row }: FoundRow): ReadUsageRecord {
  const subjects = readSubjects(text);
  return {
    ...row,
    policyVersion: policyVersion === null ? null : Number(policyVersion),
    nodes: (description?.nodes ?? []).map((node, index) => ({
      ...node,
      rowCount: rowCounts[index] ?? 0,
      subjects: subjects[index] ?? [],
    })),
    usedInArguments: description?.usedInArguments ?? [],
  };
}

interface UsageDatabase {
  'citygraph.usage_record': {
    id: string;
    occurred_at: Date;
    node: string;
    kind: UsageRecord['kind'];
    principal_kind: UsageRecord['principalKind'];
    principal: string;
    department: string | null;
    grants: string[];
    purpose: string | null;
    user_name: string | null;
    case_number: string | null;
    operation_name: string | null;
    document_hash: Buffer | null;
    arguments: Record<string, unknown>;
    plan_id: Buffer | null;
    subjects: string;
    row_counts: number[];
    error_codes: string[];
    outcome: StoredOutcome;
    policy_version: string | null;
    decided_until: Date | null;
    response_bytes: number;
    response_digest: Buffer | null;
    latency_micros: number;
    client_address: string | null;
  };
  'citygraph.usage_plan': { hash: Buffer; description: UsagePlanDescription };
}
