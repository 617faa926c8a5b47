import { createHmac } from 'node:crypto';
import { Pool, type QueryResultRow } from 'pg';
import { createDatabaseWriter } from '../../src/collection/database-writer.js';
import { loadDataset, type LoadOptions } from '../../src/collection/load-dataset.js';
import type { LoadReport } from '../../src/collection/load-report.js';
import { isSensitiveIn } from '../../src/collection/mapping-target.js';
import type { Mapping } from '../../src/collection/mapping.js';
import { datasets } from '../../src/database/entities.js';
import { migrate } from '../../src/database/migrate.js';
import { createOrm } from '../../src/database/orm.js';
import { createTestDatabase } from './database.js';

export interface LoadingDatabase {
  load(mapping: Mapping, source: LoadOptions['source']): Promise<LoadReport>;
  /** As the owner. */
  rows(text: string, values?: unknown[]): Promise<QueryResultRow[]>;
  drop(): Promise<void>;
}

/** An empty pool, migrated, into which files are loaded as the command loads them. */
export async function createLoadingDatabase(): Promise<LoadingDatabase> {
  const database = await createTestDatabase();
  await migrate(database.url);
  const orm = await createOrm(database.url, { entities: [], poolSize: 1 });
  const owner = new Pool({ connectionString: database.url, max: 1 });
  return {
    load(mapping, source) {
      const dataset = datasets.find(({ name }) => name === mapping.dataset);
      if (!dataset) throw new Error(`expected a dataset of the registry, got ${mapping.dataset}`);
      const writer = createDatabaseWriter({ db: orm.em.getKysely(), dataset, datasets, mapping, digest });
      return loadDataset({ mapping, source, sourceName: mapping.file, writer, isSensitive: isSensitiveIn(dataset) });
    },
    rows: async (text, values) => (await owner.query(text, values)).rows,
    drop: async () => {
      await Promise.all([orm.close(), owner.end()]);
      await database.drop();
    },
  };
}

function digest(kind: string, value: string): Buffer {
  return createHmac('sha256', 'test').update(`${kind}:${value}`).digest();
}
