/** A copy of the sample city, which a run builds once, with the callers that its policy knows by their tokens. */
import { Pool } from 'pg';
import { createOrm } from '../../src/database/orm.js';
import { entities } from '../../src/database/entities.js';
import type { Keyring } from '../../src/keyring.js';
import type { Registry } from '../../src/model/registry.js';
import type { TestDatabase } from '../support/database.js';
import { migrated } from '../support/migrated-database.js';
import { copyTemplate, type Recipe } from '../support/template-database.js';
import { buildSampleCity, type Caller } from './sample-city.js';

export interface SampleCity extends TestDatabase {
  readonly callers: readonly Caller[];
}

/** @param keyring the same for all of a run, for it is in the city's digests */
export async function openSampleCity(keyring: Keyring, registry: Registry): Promise<SampleCity> {
  const { database, made } = await copyTemplate(sampleCity(keyring, registry));
  return { ...database, callers: made };
}

function sampleCity(keyring: Keyring, registry: Registry): Recipe<readonly Caller[]> {
  return {
    base: migrated,
    ingredients: 'sample city',
    async make(url) {
      const owner = new Pool({ connectionString: url, max: 2 });
      const orm = await createOrm(url, { entities });
      try {
        return await buildSampleCity({ url, owner, orm, keyring, registry });
      } finally {
        await Promise.all([orm.close(), owner.end()]);
      }
    },
  };
}
