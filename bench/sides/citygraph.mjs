/** Citygraph itself: a process of `citygraph start` in production, with everything on, its limits raised so far that none is met. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDemo } from '../../dist/seeds/demo-start.js';
import { registry } from '../../dist/src/app.js';
import { layoutOf } from '../../dist/src/database/library-databases.js';
import { migrate } from '../../dist/src/database/migrate.js';
import { openKeyring } from '../../dist/src/keyring.js';
import { distributionsOf } from '../../dist/src/model/distribution.js';
import { readDatabases } from '../../dist/src/settings/databases.js';
import { startSide } from '../processes.mjs';

/** Nothing is switched off: the same checks and counts are made, they only refuse nothing here. */
const raisedLimits = {
  RATE_CONSUMER: '1000000000',
  BURST_CONSUMER: '1000000000',
  CONCURRENCY_CONSUMER: '1000',
  LOOKUPS_CONSUMER: '1000000',
  MISSES_CONSUMER: '1000000',
};

/** @returns {Promise<string>} the token of a consumer that holds a grant for every field of the workloads */
export async function registerConsumer({ url, dataDir, runDir, environment = {} }) {
  const { libraries, distributed } = readDatabases(environment);
  await migrate(url, layoutOf({ libraries, distributed }, distributionsOf(registry), url));
  const keyring = openKeyring(join(dataDir, 'keyring'));
  const file = await prepareDemo({ url, dataDir: runDir, keyring, coordinates: registry.coordinates });
  return JSON.parse(readFileSync(file, 'utf8')).consumers['portrait-app'].token;
}

/** @param build the folder of a build, by which two of them can be compared */
export function startCitygraph({ url, dataDir, runDir, build, nodeOptions = [], environment = {} }) {
  return startSide(
    [...nodeOptions, '--enable-source-maps', join(build, 'src', 'main.js'), 'start'],
    {
      ...{ NODE_ENV: 'production', DATABASE_URL: url, DATA_DIR: runDir, KEYRING_FILE: join(dataDir, 'keyring') },
      ...{ LOG_KEYS_FILE: join(runDir, 'log-keys.json'), LOG_LEVEL: 'warn', PORT: '0' },
      ...raisedLimits,
      ...environment,
    },
    /listens on (http:\S+)\/graphql/,
  );
}
