/** Another node of a service on the same database, that hears of no change by notification: what it knows it finds out when it logs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { createService, type Service } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createServiceLog } from '../../src/server/service-log.js';
import type { Headings, Json } from './demo-service.js';

export interface SecondNode {
  readonly service: Service;
  ask(token: string | null, query: string, variables?: object, headers?: Headings): Promise<NodeAnswer>;
  stop(): Promise<void>;
}

export interface NodeAnswer {
  readonly status: number;
  readonly text: string;
  readonly data: Json;
  readonly errors: readonly Json[];
  readonly codes: readonly string[];
  readonly recordId: string | undefined;
}

export async function startSecondNode(
  url: string,
  keyringFile: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<SecondNode> {
  const dataDir = mkdtempSync(join(tmpdir(), 'citygraph-node-'));
  const config = readConfig(
    {
      DATA_DIR: dataDir,
      KEYRING_FILE: keyringFile,
      PORT: '0',
      LOG_LEVEL: 'silent',
      LIMIT_WAIT_MS: '60000',
      ...environment,
    },
    'second-node',
  );
  const service = await createService(config, url, createServiceLog(config.logLevel, config.node));
  const { address } = await service.listen();
  return {
    service,
    ask: (token, query, variables, headers) => askAt(address, token, query, variables, headers),
    stop: async () => {
      await service.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export async function askAt(
  address: string,
  token: string | null,
  query: string,
  variables: object = {},
  headers: Headings = {},
): Promise<NodeAnswer> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const body = JSON.parse(text);
  const errors = (body.errors ?? []) as Json[];
  return {
    status: response.status,
    text,
    data: body.data ?? null,
    errors,
    codes: errors.map(({ extensions }) => extensions.code as string),
    recordId: body.extensions?.usage?.recordId,
  };
}

/** The database announces no change of policy any more, to whichever node. */
export async function cutNotifications(owner: Pool): Promise<void> {
  const { rows } = await owner.query<{ definition: string }>(
    `select pg_get_functiondef('citygraph.advance_policy_version'::regproc) as definition`,
  );
  const silent = rows[0]!.definition.replace(/perform pg_notify\([^;]*;/, '');
  if (silent === rows[0]!.definition)
    throw new Error('expected the trigger to announce changes, found that it does not');
  await owner.query(silent);
}
