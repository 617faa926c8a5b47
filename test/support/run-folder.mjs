/**
 * The folder of a run: its database, and what its tests write to the temporary directory. It goes at the run's end, or at the start of a
 * later run when it was killed.
 *
 * It lies in memory where there is plenty: tests make and drop databases of a thousand files each, which a disk takes seconds for.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasLivingServer } from '../../dist/src/database/abandoned-postmaster.js';
import { openDataDirectory } from '../../dist/src/database/data-directory.js';

const PREFIX = 'citygraph-test-';
const MEMORY = '/dev/shm';
const PLENTY = 8 * 2 ** 30;

/** @returns {{ path: string, temporary: string, inMemory: boolean }} */
export function makeRunFolder() {
  const inMemory = hasPlentyOfMemory();
  const path = mkdtempSync(join(inMemory ? MEMORY : tmpdir(), PREFIX));
  const temporary = join(path, 'tmp');
  mkdirSync(temporary);
  return { path, temporary, inMemory };
}

export function removeRunFolder({ path }) {
  rmSync(path, { recursive: true, force: true });
}

/** Whoever sets TMPDIR has chosen a place. */
function hasPlentyOfMemory() {
  if (process.env.TMPDIR || !existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= PLENTY && process.availableMemory() >= PLENTY;
}

/** Of runs that were killed. A folder is left alone as long as a run holds it or a server runs anywhere in it. */
export function removeStaleFolders(parents = [MEMORY, tmpdir()]) {
  for (const parent of new Set(parents.filter(existsSync))) {
    for (const name of readdirSync(parent)) {
      const folder = join(parent, name);
      /* Written once the lock is held, so the folder of a run that is just starting has none as yet. */
      if (!name.startsWith(PREFIX) || !existsSync(join(folder, 'service.pid'))) continue;
      if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    }
  }
}

function isAbandoned(folder) {
  try {
    const directory = openDataDirectory(folder);
    try {
      return !clustersIn(folder).some(hasLivingServer);
    } finally {
      directory.release();
    }
  } catch (error) {
    /* In use, another account's, or removed by its run at this moment. */
    if (['DATA_DIR_LOCKED', 'POSTGRES_FAILED', 'ENOENT'].includes(error.code)) return false;
    throw error;
  }
}

/** The run's own, and those that its tests started. */
function clustersIn(folder) {
  if (existsSync(join(folder, 'PG_VERSION'))) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => clustersIn(join(folder, name)));
}
