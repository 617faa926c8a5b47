/** The subject that an official identifier names, now or once. Unlike `resolveSubjects` it makes none. */
import { type Kysely, sql } from 'kysely';
import type { IdentifierKind } from '../model/identifier-kind.js';

export interface GivenIdentifier {
  readonly kind: IdentifierKind;
  /** Keyed digest of kind and normal form. */
  readonly digest: Buffer;
}

/** @returns its surrogate id, or null */
export async function findSubject(db: Kysely<unknown>, { kind, digest }: GivenIdentifier): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select subject_id::text as id from citygraph.subject_identifier where kind = ${kind} and digest = ${digest}`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}
