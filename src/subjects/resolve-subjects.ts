/**
 * From official identifiers to the subjects that they name; a subject that nobody has named yet is made, with the identifier as its
 * current one.
 *
 * It decides nothing about what an identifier is: the caller brings it checked, in normal form and with its digest.
 */
import { sql, type Transaction } from 'kysely';
import { CitygraphError } from '../errors.js';
import { type IdentifierKind, identifierKinds } from '../model/identifier-kind.js';
import type { SubjectScope } from './subject-scope.js';

export interface NamedSubject {
  readonly kind: IdentifierKind;
  /** In normal form. */
  readonly value: string;
  /** Keyed digest of kind and value, in hexadecimal: how the index finds it. */
  readonly digest: string;
  /** For a subject that has to be made. */
  readonly division: string | null;
  readonly protectedUntil: string;
}

/** `copy`: no one may change a scope while its copies are written; `change`: the caller may change it. */
export type SubjectLock = 'copy' | 'change';

interface Found extends SubjectScope {
  readonly digest: string;
  readonly merged: boolean;
}

/** As often as another loader may make the same subject and be rolled back. */
const mostAttempts = 5;

/**
 * The scope of each subject by the digest that named it, locked until the end of the transaction.
 *
 * @param db of isolation read committed
 */
export async function resolveSubjects(
  db: Transaction<unknown>,
  named: readonly NamedSubject[],
  lock: SubjectLock,
): Promise<ReadonlyMap<string, SubjectScope>> {
  const byDigest = new Map(named.map((it) => [it.digest, it]));
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const found = await findSubjects(db, [...byDigest.values()], lock);
    if (found.some(({ merged }) => merged))
      throw new CitygraphError('POOL_UNAVAILABLE', 'subjects were merged meanwhile; run it again');
    const scopes = new Map(
      found.map(({ digest, id, division, protectedUntil }) => [digest, { id, division, protectedUntil }]),
    );
    const missing = [...byDigest.values()].filter(({ digest }) => !scopes.has(digest));
    if (missing.length === 0) return scopes;
    await makeSubjects(db, missing);
  }
  throw new CitygraphError(
    'POOL_UNAVAILABLE',
    `subjects could not be made in ${mostAttempts} attempts, for others made and dropped them; run it again`,
  );
}

async function findSubjects(
  db: Transaction<unknown>,
  named: readonly NamedSubject[],
  lock: SubjectLock,
): Promise<readonly Found[]> {
  const wanted = JSON.stringify(named.map(({ kind, digest }) => ({ kind, digest })));
  // In order of the subjects, so that two loaders never wait for each other.
  const { rows } = await sql<Found>`
    select wanted.digest, subject.id::text as id, subject.division, subject.protected_until::text as "protectedUntil",
           subject.merged_into is not null as merged
      from json_to_recordset(${wanted}::json) as wanted (kind text, digest text)
      join citygraph.subject_identifier as identifier on identifier.kind = wanted.kind and identifier.digest = decode(wanted.digest, 'hex')
      join citygraph.subject as subject on subject.id = identifier.subject_id
     order by subject.id
       for ${lock === 'change' ? sql`no key update` : sql`share`} of subject`.execute(db);
  return rows;
}

/**
 * INVARIANT: one identifier never makes two subjects. The identifier goes in first, under its unique digest, and a subject is made only for
 * one that got in; whoever comes second waits there for the first to commit and then finds it.
 */
async function makeSubjects(db: Transaction<unknown>, named: readonly NamedSubject[]): Promise<void> {
  const given = JSON.stringify(named.map((it) => ({ ...it, subjectKind: identifierKinds[it.kind].subject })));
  await sql`
    with given as materialized (
      select nextval(pg_get_serial_sequence('citygraph.subject', 'id')) as subject_id, wanted.*
        from json_to_recordset(${given}::json)
             as wanted (kind text, value text, digest text, division text, "protectedUntil" date, "subjectKind" text)
       order by wanted.kind, wanted.digest
    ), identified as (
      insert into citygraph.subject_identifier (subject_id, subject_division, subject_protected_until, kind, digest, value, is_current)
      select subject_id, division, "protectedUntil", kind, decode(digest, 'hex'), value, true from given order by kind, digest
          on conflict (kind, digest) do nothing
      returning subject_id
    )
    insert into citygraph.subject (id, kind, division, protected_until)
    select subject_id, "subjectKind", division, "protectedUntil" from given join identified using (subject_id)`.execute(
    db,
  );
}
