/** Computes the derived data of a pool anew, in a session of its own. */
import { Client } from 'pg';
import { connectionSettings } from '../database/connection-settings.js';
import { type DerivationReport, nextEdition, recomputeDerived } from '../derivation/recompute-derived.js';

export interface DeriveOptions {
  /** Of a user that may write every table; the database is migrated. */
  readonly url: string;
  /** ISO 8601; today in the city where it is left out. */
  readonly asOf?: string;
}

/** @throws as `recomputeDerived` */
export async function derivePool({ url, asOf }: DeriveOptions): Promise<DerivationReport> {
  // Sums over whole libraries sort more than the server's default keeps in memory.
  const client = new Client(connectionSettings(url, { purpose: 'derivation', settings: { work_mem: '128MB' } }));
  await client.connect();
  try {
    return await recomputeDerived(client, { asOf: asOf ?? (await today(client)), edition: await nextEdition(client) });
  } finally {
    await client.end();
  }
}

async function today(client: Client): Promise<string> {
  const { rows } = await client.query<{ today: string }>('select current_date::text as today');
  return rows[0]!.today;
}
