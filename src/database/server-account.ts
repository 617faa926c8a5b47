/**
 * Under which account PostgreSQL runs, and how that account reaches its files.
 *
 * PostgreSQL refuses to run as root, because whoever breaks into it would then own the machine. Started as root, as containers do, the
 * service runs it as `nobody`, who in turn may not enter root's home, where clone and data directory may well lie. Such a directory is
 * opened here, by root, and handed over as an open file: `/proc/self/fd/N` leads into it without passing through its parents.
 */
import { chownSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs';

export interface ServerAccount {
  /** Absent when the server runs as we do. */
  readonly ids?: { readonly uid: number; readonly gid: number };
}

/** A directory as the account sees it: `path` is valid in a child spawned with `descriptor` as its file number 3. */
export interface HandedDirectory {
  readonly path: string;
  readonly descriptor?: number;
  close(): void;
}

const NOBODY = 65_534;

/** A cluster made by a normal user keeps its owner when root starts it later. */
export function serverAccount(cluster: string): ServerAccount {
  if (process.getuid?.() !== 0) return {};
  if (!existsSync(cluster)) return { ids: { uid: NOBODY, gid: NOBODY } };
  const { uid, gid } = statSync(cluster);
  return { ids: { uid, gid } };
}

export function giveTo(account: ServerAccount, path: string): void {
  if (account.ids) chownSync(path, account.ids.uid, account.ids.gid);
}

export function handOver(account: ServerAccount, directory: string): HandedDirectory {
  if (!account.ids || process.platform !== 'linux') return { path: directory, close: () => undefined };
  const descriptor = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: '/proc/self/fd/3', descriptor, close: () => closeSync(descriptor) };
}
