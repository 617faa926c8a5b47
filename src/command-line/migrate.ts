/** `citygraph migrate`: brings the database to this version, and says what was missing. `start` does it too. */
import { Command } from 'commander';
import { registry } from '../app.js';
import { readProcessConfig } from '../config.js';
import { layoutOf } from '../database/library-databases.js';
import { migrate } from '../database/migrate.js';
import { distributionsOf } from '../model/distribution.js';
import { createServiceLog } from '../server/service-log.js';
import { joinDatabase } from './open-database.js';

export function migrateCommand(): Command {
  return new Command('migrate').description('升级数据库 bring the database to this version').action(async () => {
    const config = readProcessConfig();
    const database = await joinDatabase(config, createServiceLog('error', config.node));
    try {
      const { applied } = await migrate(
        database.url,
        layoutOf(config.databases, distributionsOf(registry), database.url),
      );
      console.log(applied.length > 0 ? applied.join('\n') : 'nothing was missing');
    } finally {
      await database.stop();
    }
  });
}
