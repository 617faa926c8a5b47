/** The statements by which the rows of a derivation replace those of its former edition. Names come from the derivations alone. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import { type Derivation, stagingTableOf } from './derivation.js';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The city's data centre computes what is derived. */
export const derivedBy = '150600-data';

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The query's rows in a table of their own, which nobody else sees and which ends with the transaction. */
export function stageStatement(derivation: Derivation, query: string): Statement {
  return compile(sql`create temporary table ${sql.id(stagingTableOf(derivation))} on commit drop as ${sql.raw(query)}`);
}

/** Rows that the new edition has no more. */
export function deleteStatement(derivation: Derivation): Statement {
  const { table } = derivation;
  return compile(sql`
    delete from ${sql.id('portrait', table)} as kept
     where not exists (select from ${sql.id(stagingTableOf(derivation))} as next where ${sql.join(
       keyOf(derivation).map((name) => sql`${sql.ref(`next.${name}`)} = ${sql.ref(`kept.${name}`)}`),
       sql` and `,
     )})`);
}

/**
 * New rows, and those that are known by new values: a row keeps its id from edition to edition.
 *
 * INVARIANT: division and protection are those of the subject at this moment; the caller holds a lock under which they cannot change.
 */
export function upsertStatement(derivation: Derivation): Statement {
  const { table, subject, columns, resource } = derivation;
  const key = keyOf(derivation);
  const scope = [`${subject}_division`, `${subject}_protected_until`];
  const written = [...columns, ...scope, 'provider', 'resource', 'collected_at'];
  return compile(sql`
    insert into ${sql.id('portrait', table)} (${names([...key, ...written])})
    select ${sql.join([...key, ...columns].map((name) => sql.ref(`next.${name}`)))}, subject.division, subject.protected_until,
           ${derivedBy}, ${resource}, now()
      from ${sql.id(stagingTableOf(derivation))} as next
      join citygraph.subject as subject on subject.id = ${sql.ref(`next.${subject}_id`)}
     order by ${sql.join(key.map((name) => sql.ref(`next.${name}`)))}
        on conflict (${names(key)}) do update
       set ${sql.join(written.map((name) => sql`${sql.id(name)} = ${sql.ref(`excluded.${name}`)}`))}`);
}

/** The same where the table stands in another database, in which one statement can't do both. Nobody else writes it meanwhile. */
export function upsertForeignStatements(derivation: Derivation): Statement[] {
  const { table, subject, columns, resource } = derivation;
  const key = keyOf(derivation);
  const next = new Map<string, RawBuilder<unknown>>([
    ...[...key, ...columns].map((name) => [name, sql.ref(`next.${name}`)] as const),
    [`${subject}_division`, sql`subject.division`],
    [`${subject}_protected_until`, sql`subject.protected_until`],
    ['provider', sql`${derivedBy}::text`],
    ['resource', sql`${resource}::text`],
    ['collected_at', sql`now()`],
  ]);
  const from = sql`${sql.id(stagingTableOf(derivation))} as next
      join citygraph.subject as subject on subject.id = ${sql.ref(`next.${subject}_id`)}`;
  const same = sql.join(
    key.map((name) => sql`${sql.ref(`kept.${name}`)} = ${sql.ref(`next.${name}`)}`),
    sql` and `,
  );
  const target = sql.id('portrait', table);
  const written = [...next].filter(([name]) => !key.includes(name));
  return [
    compile(sql`
      update ${target} as kept set ${sql.join(written.map(([name, value]) => sql`${sql.id(name)} = ${value}`))}
        from ${from} where ${same}`),
    compile(sql`
      insert into ${target} (${names([...next.keys()])}) select ${sql.join([...next.values()])} from ${from}
       where not exists (select from ${target} as kept where ${same})
       order by ${sql.join(key.map((name) => sql.ref(`next.${name}`)))}`),
  ];
}

function keyOf({ subject, key }: Derivation): string[] {
  return [`${subject}_id`, ...key];
}

function names(list: readonly string[]): RawBuilder<unknown> {
  return sql.join(list.map((name) => sql.id(name)));
}

function compile(statement: RawBuilder<unknown>): Statement {
  const { sql: text, parameters } = statement.compile(compiler);
  return { text, values: parameters };
}
