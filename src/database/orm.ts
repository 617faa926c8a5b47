/**
 * MikroORM over the pool: the tables, their migrations and everything that is written. The hot read path does not come here.
 *
 * It must not know which entities there are: entities.ts has the list, and a test may bring its own.
 */
import 'reflect-metadata';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { connectionSettings } from './connection-settings.js';
import type { EntityClass } from './entities.js';
import { readMigrationFiles } from './migration-files.js';

export const MIGRATIONS_TABLE = 'citygraph.migrations';

export interface OrmOptions {
  readonly entities: readonly EntityClass[];
  /** Shown in pg_stat_activity, after `citygraph `. */
  readonly purpose?: string;
  readonly poolSize?: number;
  /** What an operator should hear of, such as a connection that the server dropped. */
  readonly onWarning?: (message: string) => void;
}

/** Connects with the first query. The caller closes it. */
export function createOrm(url: string, options: OrmOptions): Promise<MikroORM> {
  return MikroORM.init(configurationOf(url, options));
}

/** One that never connects, for what follows from the declarations alone. */
export function createOfflineOrm(entities: readonly EntityClass[]): Promise<MikroORM> {
  return MikroORM.init(configurationOf('postgres://offline.invalid/offline', { entities }));
}

function configurationOf(url: string, options: OrmOptions): Options {
  const warn = options.onWarning ?? ((message: string) => process.emitWarning(message));
  return {
    clientUrl: url,
    /* The driver is given the whole URL, for MikroORM would drop its parameters, sslmode among them. */
    driverOptions: connectionSettings(url, { purpose: options.purpose ?? 'writing' }),
    pool: { min: 0, max: options.poolSize ?? 4 },
    entities: [...options.entities],
    discovery: { warnWhenNoEntities: false },
    metadataProvider: ReflectMetadataProvider,
    extensions: [Migrator],
    logger: warn,
    colors: false,
    ensureDatabase: false,
    /* Switching foreign keys off takes a superuser. */
    schemaGenerator: { disableForeignKeys: false, skipTables: [MIGRATIONS_TABLE] },
    migrations: {
      tableName: MIGRATIONS_TABLE,
      migrationsList: readMigrationFiles(),
      transactional: true,
      allOrNothing: true,
      disableForeignKeys: false,
      snapshot: false,
      silent: true,
    },
  };
}
