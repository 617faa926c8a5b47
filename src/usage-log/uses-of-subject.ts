/**
 * Who looked at one subject, in words for that subject: when, which department, which sections, to what end and by which law.
 *
 * Shown are answers that released the subject. A use under a grant that a law withholds is counted and not shown, whatever else the
 * request rested on. Who may ask is the caller's decision.
 */
import { sql } from 'kysely';
import type { Pool } from 'pg';
import { departments } from '../model/code-lists/departments.js';
import { countUsageRecords, type UsageCount } from './count-usage.js';
import { auditDatabase, type ReadUsageRecord, readUsageRecords } from './read-usage.js';
import type { UsageFilter, UsagePosition } from './usage-filter.js';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface SectionWords {
  /** Null where the type is no section; `whole` for a portrait, which has sections. */
  ofType(type: string): (Words & { readonly whole: boolean }) | null;
  isIdentifier(coordinate: string): boolean;
}

export interface UseOfSubject extends UsagePosition {
  readonly department: string | null;
  readonly departmentName: Words | null;
  readonly consumer: string;
  /** What the consumer was registered as. */
  readonly consumerDescription: string | null;
  readonly action: Words;
  readonly sections: readonly (Words & { readonly code: string; readonly masked: boolean })[];
  readonly purpose: string | null;
  readonly legalBases: readonly string[];
}

export interface UsesAsked {
  /** Ids of the one subject. */
  readonly subjects: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
  readonly first: number;
  readonly after?: UsagePosition | null;
}

export interface UsesOfSubject {
  /** Newest first. */
  readonly uses: readonly UseOfSubject[];
  readonly hasMore: boolean;
  /** In the time asked for. */
  readonly withheld: UsageCount;
}

const lookedUp: Words = { zh: '按证件号码查询', en: 'looked up by official identifier' };
const listed: Words = { zh: '在查询结果中列出', en: 'listed in the answer to a query' };

/** @param pool of the auditor's role */
export async function readUsesOfSubject(pool: Pool, words: SectionWords, asked: UsesAsked): Promise<UsesOfSubject> {
  const { subjects, from, until, first, after = null } = asked;
  if (subjects.length === 0) return { uses: [], hasMore: false, withheld: { records: 0, exact: true } };
  const withheldGrants = await readWithheldGrants(pool);
  const filter: UsageFilter = { subjects, outcome: 'answered', ...(from && { from }), ...(until && { until }) };
  // INVARIANT: the law that withholds a use withholds all of it.
  const shown = { ...filter, withoutGrants: withheldGrants };
  const { records, hasMore } = await readUsageRecords(pool, shown, { first, after });
  const withheld =
    withheldGrants.length === 0
      ? { records: 0, exact: true }
      : await countUsageRecords(pool, { ...filter, anyOfGrants: withheldGrants });
  const descriptions = await readDescriptions(pool, records);
  const ids = new Set(subjects);
  return { uses: records.map((record) => describeUse(record, ids, words, descriptions)), hasMore, withheld };
}

async function readWithheldGrants(pool: Pool): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from citygraph.access_grant where withheld_basis is not null order by code`.execute(
    auditDatabase(pool),
  );
  return rows.map(({ code }) => code);
}

async function readDescriptions(pool: Pool, records: readonly ReadUsageRecord[]): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(records.map(({ principal }) => principal))];
  const { rows } = await sql<{ name: string; description: string }>`
    select name, description from citygraph.consumer where name = any(${names}::text[])`.execute(auditDatabase(pool));
  return new Map(rows.map(({ name, description }) => [name, description]));
}

function describeUse(
  record: ReadUsageRecord,
  ids: ReadonlySet<string>,
  words: SectionWords,
  descriptions: ReadonlyMap<string, string>,
): UseOfSubject {
  const { id, occurredAt, department, principal, principalKind, purpose, grantTerms, usedInArguments } = record;
  const known = department === null ? undefined : departments.find(department);
  return {
    ...{ id, occurredAt, department, purpose },
    departmentName: known ? { zh: known.zh, en: known.en } : null,
    consumer: principal,
    consumerDescription: principalKind === 'consumer' ? (descriptions.get(principal) ?? null) : null,
    action: usedInArguments.some((coordinate) => words.isIdentifier(coordinate)) ? lookedUp : listed,
    sections: sectionsOf(record, ids, words),
    legalBases: [...new Set(grantTerms.map(({ legalBasis }) => legalBasis))],
  };
}

/** Datasets that released something about the subject; the portrait itself where it was all there was. */
function sectionsOf(
  { nodes }: ReadUsageRecord,
  ids: ReadonlySet<string>,
  words: SectionWords,
): UseOfSubject['sections'] {
  const found = new Map<string, Words & { code: string; masked: boolean; whole: boolean }>();
  for (const { type, fields, subjects } of nodes) {
    const section = words.ofType(type);
    if (!section || !subjects.some((row) => row.some((id) => ids.has(id)))) continue;
    const released = fields.filter(({ verdict }) => verdict !== 'deny');
    if (released.length === 0 && !section.whole) continue;
    const masked = released.length > 0 && released.every(({ verdict }) => verdict === 'mask');
    const { zh, en, whole } = section;
    found.set(type, { code: type, zh, en, whole, masked: masked && (found.get(type)?.masked ?? true) });
  }
  const parts = [...found.values()].filter(({ whole }) => !whole);
  return (parts.length > 0 ? parts : [...found.values()]).map(({ code, zh, en, masked }) => ({ code, zh, en, masked }));
}
