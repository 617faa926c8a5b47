/** Whether a database may hold the pool: new enough, in UTF-8, and keeping what it says it has kept. */
import type { ClientBase } from 'pg';
import { CitygraphError } from '../errors.js';

const OLDEST_VERSION = 15;
/** INVARIANT: an answer leaves once its record is durable. With one of these off, PostgreSQL only says so. */
const DURABILITY_SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

export interface ServerFacts {
  /** server_version_num, e.g. 180004. */
  readonly versionNumber: number;
  readonly encoding: string;
  readonly settings: Readonly<Record<(typeof DURABILITY_SETTINGS)[number], string>>;
}

/**
 * Asks in the session it is given, so that a setting of the database or the role is seen too. The session must not have set them itself.
 *
 * @throws CitygraphError DATABASE_UNSUITABLE, naming the setting
 */
export async function requireSuitableDatabase(client: ClientBase): Promise<void> {
  const columns = ['server_version_num', 'server_encoding', ...DURABILITY_SETTINGS];
  const { rows } = await client.query<Record<string, string>>(
    `select ${columns.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
  );
  const found = rows[0] as Record<string, string>;
  const fault = findUnsuitability({
    versionNumber: Number(found.server_version_num),
    encoding: found.server_encoding as string,
    settings: found as ServerFacts['settings'],
  });
  if (fault) throw new CitygraphError('DATABASE_UNSUITABLE', fault.message, { setting: fault.setting });
}

/** What keeps the server from holding the pool, or null. */
export function findUnsuitability(facts: ServerFacts): { setting: string; message: string } | null {
  const major = Math.floor(facts.versionNumber / 10_000);
  if (major < OLDEST_VERSION) {
    return {
      setting: 'server_version',
      message: `Expected PostgreSQL ${OLDEST_VERSION} or later, but this is ${major}.`,
    };
  }
  if (facts.encoding !== 'UTF8') {
    return {
      setting: 'server_encoding',
      message: `Expected a database with server_encoding UTF8, but it is ${facts.encoding}. Create it with encoding 'UTF8'.`,
    };
  }
  const off = DURABILITY_SETTINGS.find((name) => facts.settings[name] === 'off');
  if (off === undefined) return null;
  return {
    setting: off,
    message: `Expected ${off} to be on, but it is off for this server, database or role: the usage log would not be durable.`,
  };
}
