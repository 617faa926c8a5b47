/**
 * Makes the database cluster (initdb) once. It is made aside and renamed into place when complete, so that a start that was killed in the
 * middle leaves nothing that could be taken for a cluster.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataDirectory } from './data-directory.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { type ServerAccount, giveTo, handOver } from './server-account.js';
import { CitygraphError } from '../errors.js';

interface NewCluster {
  directory: DataDirectory;
  binaries: PostgresBinaries;
  account: ServerAccount;
}

export async function createClusterIfMissing({ directory, binaries, account }: NewCluster): Promise<void> {
  if (existsSync(directory.cluster)) return;
  const workshop = join(directory.path, 'postgres.new');
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(workshop, { mode: 0o700 });
  const passwordFile = join(workshop, 'password');
  writeFileSync(passwordFile, directory.password, { mode: 0o600 });
  giveTo(account, passwordFile);
  giveTo(account, workshop);

  await runInitdb(binaries, account, workshop);
  renameSync(join(workshop, 'cluster'), directory.cluster);
  flushDirectory(directory.path);
  rmSync(workshop, { recursive: true });
}

/** The new name must be on disk before anything in the cluster counts as committed. */
function flushDirectory(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function runInitdb(binaries: PostgresBinaries, account: ServerAccount, workshop: string): Promise<void> {
  const handed = handOver(account, workshop);
  const initdb = spawn(
    binaries.initdb,
    [
      `--pgdata=${handed.path}/cluster`,
      `--pwfile=${handed.path}/password`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      /* With plain C, pg_trgm finds no trigram in Chinese text. */
      '--locale=C.UTF-8',
      '--lc-messages=C',
    ],
    { ...account.ids, cwd: '/', env: { TZ: 'UTC' }, stdio: ['ignore', 'pipe', 'pipe', handed.descriptor ?? 'ignore'] },
  );
  let output = '';
  initdb.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  initdb.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise<void>((resolve, reject) => {
    initdb.once('error', (cause) => reject(initdbFailure('it could not be run', cause)));
    initdb.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(initdbFailure(`exit ${code ?? signal}: ${output.trim()}`));
    });
  }).finally(() => handed.close());
}

function initdbFailure(what: string, cause?: Error): CitygraphError {
  return new CitygraphError(
    'POSTGRES_FAILED',
    `The database cluster could not be made by initdb: ${what}`,
    {},
    { cause },
  );
}
