/**
 * The demo on first start: seeds, consumers, credentials; each is made only where it is missing, so that an interrupted first start is
 * finished by the next. For the embedded database alone. A pool with data of its own is left alone.
 */
import { Client } from 'pg';
import { connectionSettings } from '../src/database/connection-settings.js';
import { policyEntities } from '../src/database/entities.js';
import { createOrm } from '../src/database/orm.js';
import type { Keyring } from '../src/keyring.js';
import type { CoordinateEntry } from '../src/model/registry.js';
import { derivePool } from '../src/command-line/derive-pool.js';
import { refreshStatistics } from '../src/command-line/refresh-statistics.js';
import { createPolicyManager } from '../src/policy/manage-grants.js';
import { createCast } from './cast/cast.js';
import { createDemoConsumers, hasDemoConsumers } from './demo-consumers.js';
import { credentialsFile, hasCredentials, setCredentialsAside, writeCredentials } from './demo-credentials.js';
import { clinicDivision } from './demo-policy.js';
import { chooseSamples } from './demo-samples.js';
import { runSeeds, seedScales } from './run-seeds.js';
import { type SeedOptions, type SeedScale, hasSubjects, readSeedingState } from './seeding-state.js';

export interface DemoOptions {
  /** Of the embedded database, migrated; its user owns the tables. */
  readonly url: string;
  readonly dataDir: string;
  readonly keyring: Pick<Keyring, 'identifiers'>;
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
  /** For an empty pool; one that has been seeded keeps its own. */
  readonly scale?: SeedScale;
  /** A line for people to read. */
  readonly onProgress?: (message: string) => void;
}

/** @returns the file of the credentials, or null when the pool is not a demo's */
export async function prepareDemo(options: DemoOptions): Promise<string | null> {
  const { url, dataDir, keyring, scale = seedScales.demo, onProgress } = options;
  const city = await findCity(url, { ...scale, seed: 1 });
  if (city === null) return null;
  const { written, milliseconds } = await runSeeds({ url, keyring, scale: city, seed: city.seed });
  const rows = Object.values(written).reduce((sum, count) => sum + count, 0);
  if (rows > 0) {
    await derivePool({ url });
    await refreshStatistics({ url, again: true });
    onProgress?.(
      `Demo data: ${city.persons} persons and ${city.legalPersons} legal persons, ${rows} rows in ${(milliseconds / 1000).toFixed(1)} s.`,
    );
  }
  const file = credentialsFile(dataDir);
  await prepareCredentials(file, city, options);
  return file;
}

/** What the pool is seeded from, or is to be; null when it holds something else. */
async function findCity(url: string, demo: SeedOptions): Promise<SeedOptions | null> {
  const client = new Client(connectionSettings(url, { purpose: 'seeding' }));
  await client.connect();
  try {
    const state = await readSeedingState(client);
    if (state !== null) return { persons: state.persons, legalPersons: state.legalPersons, seed: state.seed };
    return (await hasSubjects(client)) ? null : demo;
  } finally {
    await client.end();
  }
}

async function prepareCredentials(file: string, city: SeedOptions, { url, coordinates }: DemoOptions): Promise<void> {
  const orm = await createOrm(url, { entities: policyEntities, purpose: 'demo', poolSize: 1 });
  try {
    if (hasCredentials(file)) {
      if (await hasDemoConsumers(orm.em, coordinates)) return;
      setCredentialsAside(file);
    }
    const tokens = await createDemoConsumers({
      policy: createPolicyManager({ em: orm.em, coordinates }),
      em: orm.em,
      coordinates,
    });
    writeCredentials(file, { ...tokens, samples: chooseSamples(createCast(city), clinicDivision) });
  } finally {
    await orm.close();
  }
}
