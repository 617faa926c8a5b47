/** Databases beside the pool's own: libraries that live elsewhere, replicas that are read from, and which are distributed. */
import { CitygraphError } from '../errors.js';
import { type Environment, readInteger, readList } from './read-setting.js';

export interface DatabaseSettings {
  /** Address by the code of the library; one address for several is one database. */
  readonly libraries: Readonly<Record<string, string>>;
  /** Of the pool itself: `pool` or codes of libraries. */
  readonly distributed: readonly string[];
  /** Copies of the pool's own database that follow it. */
  readonly replicas: readonly string[];
  /** How far behind a replica may be and still be read from. */
  readonly replicaLagMs: number;
}

/** All in the pool's own. */
export const noDatabases: DatabaseSettings = Object.freeze({
  libraries: Object.freeze({}),
  distributed: Object.freeze([]),
  replicas: Object.freeze([]),
  replicaLagMs: 2_000,
});

const libraryVariable = /^LIBRARY_([A-Z0-9_]+)_URL$/;
/** Of the pool's own database, in DATABASES_DISTRIBUTED. */
export const poolItself = 'pool';

/** @throws CONFIG_INVALID; whether a library of that name exists is for who knows them to say (`database/library-databases.ts`) */
export function readDatabases(env: Environment): DatabaseSettings {
  const libraries: Record<string, string> = {};
  // By their names: what is looked at counts as a setting that is read.
  for (const name of Object.keys(env)) {
    const [, library] = libraryVariable.exec(name) ?? [];
    if (library === undefined) continue;
    const given = env[name];
    if (!given) continue;
    libraries[library.toLowerCase().replaceAll('_', '-')] = readPostgresUrl(name, given);
  }
  const replicas = (readList(env, 'DATABASE_REPLICA_URLS') ?? []).map((url) =>
    readPostgresUrl('DATABASE_REPLICA_URLS', url),
  );
  return Object.freeze({
    libraries: Object.freeze(libraries),
    distributed: Object.freeze([...(readList(env, 'DATABASES_DISTRIBUTED') ?? [])]),
    replicas: Object.freeze(replicas),
    replicaLagMs: readInteger(env, 'DATABASE_REPLICA_LAG_MS', 2_000, 200, 600_000),
  });
}

/** The value may hold a password, so it is not repeated. */
export function readPostgresUrl(name: string, given: string): string {
  if (/^postgres(ql)?:\/\//.test(given) && URL.canParse(given)) return given;
  throw new CitygraphError(
    'CONFIG_INVALID',
    `${name}: expected postgres://user:password@host:port/database, got something else; leave it out for ${name === 'DATABASE_URL' ? 'the embedded database' : 'none'}`,
  );
}
