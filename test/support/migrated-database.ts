import type { MikroORM } from '@mikro-orm/postgresql';
import { Pool } from 'pg';
import { policyEntities } from '../../src/database/entities.js';
import { migrate } from '../../src/database/migrate.js';
import { createOrm } from '../../src/database/orm.js';
import { createPools, type Pools } from '../../src/database/pools.js';
import { createTestDatabase } from './database.js';

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

/** A database of its own with every migration, roles included. */
export async function createMigratedDatabase(): Promise<MigratedDatabase> {
  const database = await createTestDatabase();
  await migrate(database.url);
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
