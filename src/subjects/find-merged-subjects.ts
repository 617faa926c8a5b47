/** All ids that one subject has had: its own, and those of the subjects that were merged into it, whose use is its use. */
import { type Kysely, sql } from 'kysely';
import { findSubject, type GivenIdentifier } from './find-subject.js';

/** @returns the survivor's id first; the id itself where nobody has it */
export async function findMergedSubjects(db: Kysely<unknown>, id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with survivor as (select coalesce(merged_into, id) as id from citygraph.subject where id = ${id}::bigint)
    select id::text from survivor
     union all
    select s.id::text from citygraph.subject as s join survivor on s.merged_into = survivor.id`.execute(db);
  return rows.length === 0 ? [id] : rows.map((row) => row.id);
}

/** @returns none where no subject has the identifier */
export async function findSubjectsNamed(db: Kysely<unknown>, named: GivenIdentifier): Promise<readonly string[]> {
  const id = await findSubject(db, named);
  return id === null ? [] : findMergedSubjects(db, id);
}
