/**
 * Reading the usage log: newest first, page by page, each record with the fields and verdicts of its plan and the terms of its grants.
 *
 * Who may read which records is the caller's decision; what it comes to (a consumer's own, a department's data) is a filter here.
 */
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import { findByIndex, findDirectly, type FoundRecords, needsNoIndex, recordOf, type Search } from './find-usage.js';
import type { UsageFilter, UsagePosition } from './usage-filter.js';
import {
  type StoredOutcome,
  type UsagePlanDescription,
  type UsagePlanNode,
  type UsageRecord,
  readSubjects,
} from './usage-record.js';

export type { UsageFilter, UsagePosition } from './usage-filter.js';

export interface UsagePage {
  readonly first: number;
  readonly after?: UsagePosition | null;
}

export interface ReadNode extends UsagePlanNode {
  readonly rowCount: number;
  /** For each row, the subjects it is about. */
  readonly subjects: readonly (readonly string[])[];
}

/** A grant as the policy holds it: purpose and legal basis never change once it is issued. */
export interface GrantTerms {
  readonly code: string;
  readonly consumer: string;
  readonly department: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly withheldBasis: string | null;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly issuedBy: string;
  readonly approvedBy: string | null;
  readonly revokedAt: Date | null;
}

export interface ReadUsageRecord extends Omit<UsageRecord, 'outcome' | 'subjects' | 'rowCounts'> {
  readonly outcome: StoredOutcome;
  readonly nodes: readonly ReadNode[];
  readonly usedInArguments: readonly string[];
  /** By which the request was decided. */
  readonly grantTerms: readonly GrantTerms[];
}

export interface UsageRecordPage {
  readonly records: readonly ReadUsageRecord[];
  readonly hasMore: boolean;
}

/** @param pool of the auditor's role */
export function auditDatabase(pool: Pool): Kysely<unknown> {
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}

/** @param pool of the auditor's role */
export async function readUsageRecords(pool: Pool, filter: UsageFilter, page: UsagePage): Promise<UsageRecordPage> {
  const db = auditDatabase(pool);
  const search: Search = { filter, after: page.after ?? null, limit: page.first + 1 };
  const { rows } = await sql<FoundRow>`${selectRecords(await findRecords(db, search))}`.execute(db);
  return { records: rows.slice(0, page.first).map(readRow), hasMore: rows.length > page.first };
}

export async function findRecords(db: Kysely<unknown>, search: Search): Promise<FoundRecords> {
  return needsNoIndex(search.filter) ? findDirectly(search) : findByIndex(db, search);
}

/** Whole records of those that were found, in their order. */
export function selectRecords(found: FoundRecords) {
  return sql`
    select r.id, r.occurred_at as "occurredAt", r.node, r.kind, r.principal_kind as "principalKind", r.principal, r.department, r.grants,
           r.purpose, r.user_name as "user", r.case_number as "caseNumber", r.operation_name as "operationName",
           encode(r.document_hash, 'hex') as "documentHash", r.arguments, encode(r.plan_id, 'hex') as "planId", r.subjects,
           r.row_counts as "rowCounts", r.error_codes as "errorCodes", r.outcome, r.policy_version as "policyVersion",
           r.decided_until as "decidedUntil", r.response_bytes as "responseBytes", encode(r.response_digest, 'hex') as "responseDigest",
           r.latency_micros as "latencyMicros", r.client_address as "clientAddress", p.description, g.terms
      from (${found}) as f
     cross join lateral ${recordOf('f')} as r
      left join citygraph.usage_plan as p on p.hash = r.plan_id
      left join lateral (
        select json_agg(json_build_object('code', g.code, 'consumer', c.name, 'department', c.department, 'purpose', g.purpose,
                 'legalBasis', g.legal_basis, 'withheldBasis', g.withheld_basis, 'validFrom', g.valid_from, 'validUntil', g.valid_until,
                 'issuedBy', g.issued_by, 'approvedBy', g.approved_by, 'revokedAt', g.revoked_at) order by g.code) as terms
          from citygraph.access_grant as g join citygraph.consumer as c on c.id = g.consumer_id
         where g.code = any(r.grants)) as g on r.grants <> '{}'
     order by f.occurred_at desc, f.id desc`;
}

type Terms = { readonly [name in keyof GrantTerms]: GrantTerms[name] extends string ? string : string | null };

export interface FoundRow extends Omit<ReadUsageRecord, 'nodes' | 'usedInArguments' | 'grantTerms' | 'policyVersion'> {
  readonly subjects: string;
  readonly rowCounts: readonly number[];
  readonly policyVersion: string | null;
  readonly description: UsagePlanDescription | null;
  readonly terms: readonly Terms[] | null;
}

export function readRow({
  description,
  subjects: text,
  rowCounts,
  policyVersion,
  terms,
  ...row
}: FoundRow): ReadUsageRecord {
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
    grantTerms: (terms ?? []).map((it) => ({
      ...it,
      validFrom: new Date(it.validFrom!),
      validUntil: new Date(it.validUntil!),
      revokedAt: it.revokedAt === null ? null : new Date(it.revokedAt),
    })),
  };
}
