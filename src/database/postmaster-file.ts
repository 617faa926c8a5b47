import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from './system-error.js';

/** What a server writes into `postmaster.pid` of its cluster, for pg_ctl and for us. */
export interface PostmasterFile {
  readonly pid: number;
  readonly directory: string;
  /** NaN while the file is being written. */
  readonly port: number;
  /** 'starting', 'ready', 'stopping' …; missing while the file is being written. */
  readonly status: string | undefined;
}

export function postmasterFilePath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  const lines = readIfThere(postmasterFilePath(cluster)).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid < 1) return undefined;
  return { pid, directory: lines[1] ?? '', port: Number.parseInt(lines[3] ?? '', 10), status: lines[7]?.trim() };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
