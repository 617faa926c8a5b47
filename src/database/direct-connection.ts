/** One connection of a role, kept by its owner and not by a pool: for work that holds a lock of the session. Not through a pooler. */
import { Client } from 'pg';
import { connectionSettings } from './connection-settings.js';
import { requireRole } from './pools.js';
import type { DatabaseRole } from './role-names.js';

export interface DirectConnectionNeeds {
  /** Shown in pg_stat_activity, after `citygraph `. */
  readonly purpose: string;
  readonly role: DatabaseRole;
  readonly statementTimeoutMilliseconds: number;
}

const CONNECTION_TIMEOUT_MS = 5_000;

/** @throws what pg throws; POOL_UNAVAILABLE where the session has another role */
export async function openDirectConnection(
  url: string,
  { purpose, role, statementTimeoutMilliseconds }: DirectConnectionNeeds,
): Promise<Client> {
  const client = new Client({
    ...connectionSettings(url, {
      purpose,
      settings: {
        role,
        statement_timeout: String(statementTimeoutMilliseconds),
        /* The server finds out within ten seconds that a machine is gone, and frees what the session held. */
        tcp_keepalives_idle: '4',
        tcp_keepalives_interval: '2',
        tcp_keepalives_count: '3',
      },
    }),
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  /* The statement under way fails with it, or the next one. */
  client.on('error', () => undefined);
  try {
    await client.connect();
    await requireRole(client, role);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}
