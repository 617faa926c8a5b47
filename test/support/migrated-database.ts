import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Pool } from 'pg';
import { policyEntities } from '../../src/database/entities.js';
import { migrate } from '../../src/database/migrate.js';
import { createOrm } from '../../src/database/orm.js';
import { createPools, type Pools } from '../../src/database/pools.js';
import type { TestDatabase } from './database.js';
import { copyTemplate, type Recipe } from './template-database.js';

export interface MigratedDatabase {
  readonly url: string;
  /** As the service uses it: a pool for each database role. */
  readonly pools: Pools;
  /** As the owner, who may do everything: a hand in psql. */
  readonly owner: Pool;
  /** The policy's entities. */
  readonly orm: MikroORM;
  drop(): Promise<void>;
}

/** Every migration, and what each role may touch. */
export const migrated: Recipe<null> = {
  ingredients: digestOfMigrations(),
  async make(url) {
    await migrate(url);
    return null;
  },
};

/** A database of its own with every migration, roles included; what tests migrating itself starts from an empty one. */
export async function copyMigrated(): Promise<TestDatabase> {
  return (await copyTemplate(migrated)).database;
}

export async function createMigratedDatabase(): Promise<MigratedDatabase> {
  const database = await copyMigrated();
  const pools = createPools({ url: database.url });
  const owner = new Pool({ connectionString: database.url, max: 5 });
  // Tests end sessions from outside; the next query opens another.
  owner.on('error', () => undefined);
  const orm = await createOrm(database.url, { entities: policyEntities });
  return {
    url: database.url,
    pools,
    owner,
    orm,
    drop: async () => {
      await Promise.all([pools.close(), owner.end(), orm.close()]);
      await database.drop();
    },
  };
}

function digestOfMigrations(): string {
  const folder = new URL('../../src/database/migrations/', import.meta.url);
  const digest = createHash('sha256');
  for (const file of readdirSync(folder).sort()) digest.update(`${file}\n`).update(readFileSync(new URL(file, folder)));
  return digest.digest('hex');
}
