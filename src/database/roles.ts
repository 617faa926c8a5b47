/** Makes the database roles where they are missing, and sets what they may do in this database to just what the declarations say. */
import type { ClientBase } from 'pg';
import { CitygraphError } from '../errors.js';
import { datasets, entities, type EntityClass, policyEntities, subjectEntities, usageLogEntities } from './entities.js';
import { type GrantedTables, grantStatements, libraryGrantStatements } from './grant-statements.js';
import { createOfflineOrm } from './orm.js';
import { databaseRoles } from './role-names.js';

const roleNames: readonly string[] = Object.values(databaseRoles);

/**
 * Migrations may name the roles, so they come first. Safe against another database of the same server doing the same.
 *
 * @throws CitygraphError DATABASE_UNSUITABLE when a role is missing and may not be made, or may do more than it should
 */
export async function createRoles(client: ClientBase): Promise<void> {
  try {
    for (const role of roleNames) {
      await client.query(
        unless(`exists (select from pg_roles where rolname = '${role}')`, `create role ${role} nologin`),
      );
      await client.query(unless(isMember(role), `grant ${role} to current_user`));
    }
  } catch (cause) {
    if ((cause as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw cause;
    throw new CitygraphError(
      'DATABASE_UNSUITABLE',
      `Expected a database user that may create roles (CREATEROLE), or that is a member of ${roleNames.join(', ')}.`,
      { setting: 'roles' },
      { cause },
    );
  }
  await refusePowerfulRoles(client);
}

export async function grantRoles(client: ClientBase): Promise<void> {
  const statements = await currentGrantStatements();
  /* One simple query is one transaction. */
  await client.query(statements.join(';\n'));
}

/** In a database that holds these libraries and nothing else. */
export async function grantLibraryRoles(client: ClientBase, libraries: readonly string[]): Promise<void> {
  const statements = await withGrantedTables((tables) =>
    libraryGrantStatements(tables, ({ library }) => libraries.includes(library)),
  );
  await client.query(statements.join(';\n'));
}

export function currentGrantStatements(): Promise<string[]> {
  return withGrantedTables(grantStatements);
}

async function withGrantedTables<T>(work: (tables: GrantedTables) => T): Promise<T> {
  const orm = await createOfflineOrm(entities);
  try {
    const metadata = (list: readonly EntityClass[]) => list.map((entity) => orm.getMetadata().get(entity));
    return work({
      datasets,
      subjects: metadata(subjectEntities),
      policy: metadata(policyEntities),
      usageLog: metadata(usageLogEntities),
    });
  } finally {
    await orm.close();
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** Another database's migration may do the same between our look and our act. */
function unless(condition: string, statement: string): string {
  return `do $$ begin
    if not ${condition} then ${statement}; end if;
  exception when duplicate_object or unique_violation then null;
  end $$`;
}

/** A membership without SET (PostgreSQL 16 and later gives it to who creates a role) does not let a session take on the role. */
function isMember(role: string): string {
  return `exists (
      select from pg_auth_members m join pg_roles member on member.oid = m.member
       where m.roleid = '${role}'::regrole and member.rolname = current_user
         and coalesce(to_jsonb(m) ->> 'set_option', 'true') = 'true')`;
}

/** INVARIANT: the second wall stands on these roles having no rights but those granted here. */
async function refusePowerfulRoles(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles r
      where rolname = any($1)
        and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
             or exists (select from pg_auth_members m where m.member = r.oid))`,
    [roleNames],
  );
  if (rows.length === 0) return;
  const powerful = rows.map(({ rolname }) => rolname).join(', ');
  throw new CitygraphError(
    'DATABASE_UNSUITABLE',
    `Expected database roles without rights or memberships of their own, but ${powerful} have some.`,
    { setting: 'roles' },
  );
}
