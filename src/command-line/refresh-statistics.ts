/** Computes an edition of the statistics of a pool, in a session of its own. */
import { Client } from 'pg';
import { connectionSettings } from '../database/connection-settings.js';
import { databaseRoles } from '../database/role-names.js';
import { libraries } from '../libraries/index.js';
import { recomputeStatistics, type StatisticsReport } from '../statistics/refresh-statistics.js';

export interface RefreshOptions {
  /** Of a user that may write every table; the database is migrated. */
  readonly url: string;
  /** ISO 8601; today in the city where it is left out. */
  readonly asOf?: string;
  /** Within the month of the last edition too. */
  readonly again?: boolean;
}

/** @throws as `recomputeStatistics` */
export async function refreshStatistics({ url, asOf, again }: RefreshOptions): Promise<StatisticsReport> {
  const client = new Client(connectionSettings(url, { purpose: 'statistics', settings: { work_mem: '128MB' } }));
  await client.connect();
  try {
    const { rows } = await client.query<{ today: string }>('select current_date::text as today');
    return await recomputeStatistics(client, {
      referenceDate: asOf ?? rows[0]!.today,
      again,
      libraryOfType: new Map(libraries.flatMap(({ code, datasets }) => datasets.map(({ name }) => [name, code]))),
      roles: databaseRoles,
    });
  } finally {
    await client.end();
  }
}
