/**
 * Libraries that live elsewhere, as the pool's own database sees them: foreign tables under the same names, so that everything that is
 * written or computed (loading, merging, derived rows, statistics) works on one database and commits as one. Requests are not answered
 * through them: these go to the library's own database.
 *
 * Where a library moves, its rows move with it, in one transaction. The tables that were its own stay aside, empty, for the migrations to
 * come. PostgreSQL commits at the foreign servers first and here last.
 */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { CitygraphError } from '../errors.js';
import type { Dataset } from '../model/declaration.js';
import { datasets } from './entities.js';
import { addressOf, type LibraryDatabase, libraryVariableOf } from './library-databases.js';
import { databaseRoles } from './role-names.js';

/** Where the tables of a schema are kept while foreign ones stand in their place. */
const aside = (schema: string): string => `${schema}_aside`;

/**
 * A library is never lost by a setting that was forgotten.
 * @throws CONFIG_INVALID naming the variable
 */
export async function requireAddresses(client: ClientBase, apart: readonly LibraryDatabase[]): Promise<void> {
  const named = new Set(apart.flatMap(({ libraries }) => libraries));
  const foreign = await foreignTables(client);
  const lost = [
    ...new Set(datasets.filter((it) => foreign.has(nameOf(it)) && !named.has(it.library)).map((it) => it.library)),
  ];
  if (lost.length === 0) return;
  throw new CitygraphError(
    'CONFIG_INVALID',
    `${lost.map(libraryVariableOf).join(', ')}: expected the address of the database in which this library lives, got none. Set it. To bring a library back into the pool, run citygraph libraries home ${lost.join(' ')} while it is set, and take it away then.`,
  );
}

/**
 * Puts foreign tables in the place of the libraries' own, where they are not there yet.
 *
 * @param prepare brings the library's database to this version
 */
export async function placeLibraries(
  client: ClientBase,
  database: LibraryDatabase,
  prepare: () => Promise<void>,
): Promise<void> {
  const own = datasets.filter(({ library }) => database.libraries.includes(library));
  const servers = await foreignTables(client);
  const server = serverNameOf(database.url);
  const missing = own.filter((dataset) => servers.get(nameOf(dataset)) !== server);
  try {
    await prepare();
  } catch (cause) {
    // A library that is down for now was placed before; whoever asks it will hear so.
    if (missing.length === 0 && !(cause instanceof CitygraphError)) return;
    if (cause instanceof CitygraphError) throw cause;
    const variables = database.libraries.map(libraryVariableOf).join(', ');
    throw new CitygraphError(
      'CONFIG_INVALID',
      `${variables}: expected a database that can be reached, for the library has still to move there, got none. Start it, or correct the address.`,
      {},
      { cause },
    );
  }
  await inTransaction(client, async () => {
    await createServer(client, server, database.url);
    for (const dataset of missing) await placeTable(client, dataset, server, database.distributed);
  });
}

/** Takes the foreign tables away again, so that migrations find tables. No rows move. */
export async function bringTablesHome(client: ClientBase): Promise<void> {
  const foreign = await foreignTables(client);
  await inTransaction(client, async () => {
    for (const dataset of datasets.filter((it) => foreign.has(nameOf(it)))) await unplaceTable(client, dataset);
  });
}

/** Libraries come back with their rows, which are left where they were as well. */
export async function bringLibrariesHome(client: ClientBase, libraries: readonly string[]): Promise<readonly string[]> {
  const foreign = await foreignTables(client);
  const own = datasets.filter((it) => foreign.has(nameOf(it)) && libraries.includes(it.library));
  await inTransaction(client, async () => {
    for (const dataset of own) {
      const columns = await plainColumnsOf(client, `${quote(aside(dataset.schema))}.${quote(dataset.table)}`);
      const kept = `${quote(aside(dataset.schema))}.${quote(dataset.table)}`;
      await client.query(`insert into ${kept} (${columns}) select ${columns} from ${tableOf(dataset)}`);
      await unplaceTable(client, dataset);
      await setSequence(client, tableOf(dataset));
    }
  });
  return own.map(nameOf);
}

/** Names of the datasets' tables that are foreign, with the server each is on. */
export async function foreignTables(client: Pick<ClientBase, 'query'>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; server: string }>(
    `select n.nspname || '.' || c.relname as name, s.srvname as server
       from pg_foreign_table f join pg_class c on c.oid = f.ftrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_foreign_server s on s.oid = f.ftserver where s.srvname like 'citygraph\\_%'`,
  );
  return new Map(rows.map(({ name, server }) => [name, server]));
}

function serverNameOf(url: string): string {
  return `citygraph_${createHash('sha256').update(addressOf(url)).digest('hex').slice(0, 12)}`;
}

async function createServer(client: ClientBase, server: string, url: string): Promise<void> {
  try {
    await client.query('create extension if not exists postgres_fdw');
  } catch (cause) {
    throw new CitygraphError(
      'DATABASE_UNSUITABLE',
      'Expected the extension postgres_fdw, by which the pool writes to libraries that live elsewhere, but it is neither there nor may be made. Have it made by a superuser.',
      { setting: 'postgres_fdw' },
      { cause },
    );
  }
  const { hostname, port, pathname, searchParams, username, password } = new URL(url);
  const options: [string, string][] = [
    ['host', searchParams.get('host') ?? decodeURIComponent(hostname)],
    ['port', port || '5432'],
    ['dbname', decodeURIComponent(pathname.slice(1))],
    ...['sslmode', 'sslrootcert'].flatMap((name): [string, string][] =>
      searchParams.has(name) ? [[name, searchParams.get(name)!]] : [],
    ),
    ['fetch_size', '5000'],
    ['batch_size', '500'],
    // What an edition is computed from is read at once from several servers.
    ['async_capable', 'true'],
  ];
  const { rows } = await client.query<{ there: boolean }>(
    'select exists (select from pg_foreign_server where srvname = $1) as there',
    [server],
  );
  const list = options.map(([name, value]) => `${name} ${client.escapeLiteral(value)}`).join(', ');
  if (!rows[0]!.there)
    await client.query(`create server ${quote(server)} foreign data wrapper postgres_fdw options (${list})`);
  const account = [
    `user ${client.escapeLiteral(decodeURIComponent(username))}`,
    ...(password === '' ? [] : [`password ${client.escapeLiteral(decodeURIComponent(password))}`]),
  ];
  // The reader counts for the statistics; which columns it may see is decided here as for any table, by the rights on the foreign ones.
  for (const user of ['current_user', databaseRoles.reader]) {
    await client.query(`drop user mapping if exists for ${user} server ${quote(server)}`);
    await client.query(`create user mapping for ${user} server ${quote(server)} options (${account.join(', ')})`);
  }
}

async function placeTable(client: ClientBase, dataset: Dataset, server: string, distributed: boolean): Promise<void> {
  const { schema, table } = dataset;
  const kept = `${quote(aside(schema))}.${quote(table)}`;
  const former = (await foreignTables(client)).has(nameOf(dataset))
    ? `${quote(schema)}.${quote(`${table}_former`)}`
    : null;
  if (former !== null) {
    await client.query(`alter foreign table ${tableOf(dataset)} rename to ${quote(`${table}_former`)}`);
    await client.query(`alter table ${former} alter column id drop default`);
    await client.query(`drop sequence if exists ${quote(schema)}.${quote(`${table}_id_seq`)}`);
  } else {
    await client.query(`create schema if not exists ${quote(aside(schema))}`);
    await client.query(`alter table ${tableOf(dataset)} set schema ${quote(aside(schema))}`);
  }
  const sequence = `${quote(schema)}.${quote(`${table}_id_seq`)}`;
  await client.query(`create sequence if not exists ${sequence}`);
  const columns = await describeColumns(client, kept, sequence);
  await client.query(
    `create foreign table ${tableOf(dataset)} (${columns.join(', ')}) server ${quote(server)}
     options (schema_name ${client.escapeLiteral(schema)}, table_name ${client.escapeLiteral(table)})`,
  );
  await client.query(`alter sequence ${sequence} owned by ${tableOf(dataset)}.id`);
  if (former === null) await moveRows(client, dataset, kept);
  else await takeOver(client, dataset, former);
  await setSequence(client, tableOf(dataset));
  // INVARIANT: rows are changed through a foreign table by their place in a file, which on a cluster is no row's own.
  if (distributed) await client.query(`alter foreign table ${tableOf(dataset)} options (add updatable 'false')`);
}

async function moveRows(client: ClientBase, dataset: Dataset, kept: string): Promise<void> {
  if (!(await hasRows(client, kept))) return;
  if (await hasRows(client, tableOf(dataset)))
    throw new CitygraphError(
      'DATABASE_UNSUITABLE',
      `${libraryVariableOf(dataset.library)}: expected a database in which ${nameOf(dataset)} is empty, for the library has still to move there, got one with rows. Empty it, or name another.`,
    );
  const columns = await plainColumnsOf(client, kept);
  await client.query(`insert into ${tableOf(dataset)} (${columns}) select ${columns} from ${kept}`);
  await client.query(`truncate ${kept}`);
}

/** A library whose address has changed: what was at the former one is at the new one already, or goes there now. */
async function takeOver(client: ClientBase, dataset: Dataset, former: string): Promise<void> {
  if (!(await hasRows(client, tableOf(dataset)))) {
    const columns = await plainColumnsOf(client, former);
    await client.query(`insert into ${tableOf(dataset)} (${columns}) select ${columns} from ${former}`);
  }
  await client.query(`drop foreign table ${former}`);
}

async function hasRows(client: ClientBase, table: string): Promise<boolean> {
  return (await client.query<{ any: boolean }>(`select exists (select from ${table}) as any`)).rows[0]!.any;
}

async function unplaceTable(client: ClientBase, { schema, table }: Dataset): Promise<void> {
  await client.query(`drop foreign table ${quote(schema)}.${quote(table)}`);
  await client.query(`alter table ${quote(aside(schema))}.${quote(table)} set schema ${quote(schema)}`);
}

interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
  readonly required: boolean;
  readonly generated: boolean;
  readonly expression: string | null;
}

async function columnsOf(client: ClientBase, table: string): Promise<DescribedColumn[]> {
  const { rows } = await client.query<DescribedColumn>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
            case when c.collname is not null and a.attcollation <> t.typcollation then quote_ident(c.collname) end as collation,
            a.attgenerated <> '' as generated, pg_get_expr(d.adbin, d.adrelid) as expression
       from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_collation c on c.oid = a.attcollation
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  );
  return rows;
}

/** Ids are given here, so that an inserted row has its own whoever inserts it. */
async function describeColumns(client: ClientBase, table: string, sequence: string): Promise<string[]> {
  return (await columnsOf(client, table)).map(({ name, type, collation, required, generated, expression }) =>
    [
      quote(name),
      type,
      collation === null ? '' : `collate ${collation}`,
      generated ? `generated always as (${expression}) stored` : '',
      name === 'id'
        ? `default nextval(${client.escapeLiteral(sequence)})`
        : !generated && expression !== null
          ? `default ${expression}`
          : '',
      required ? 'not null' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

async function plainColumnsOf(client: ClientBase, table: string): Promise<string> {
  const columns = await columnsOf(client, table);
  return columns
    .filter(({ generated }) => !generated)
    .map(({ name }) => quote(name))
    .join(', ');
}

async function setSequence(client: ClientBase, table: string): Promise<void> {
  await client.query(`select setval(pg_get_serial_sequence($1, 'id'), greatest((select max(id) from ${table}), 1))`, [
    table,
  ]);
}

async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function nameOf({ schema, table }: Dataset): string {
  return `${schema}.${table}`;
}

function tableOf({ schema, table }: Dataset): string {
  return `${quote(schema)}.${quote(table)}`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
