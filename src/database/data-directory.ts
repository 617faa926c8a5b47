/**
 * The data directory: what lies in it, and that one service holds it at a time.
 *
 * The lock is SQLite's file lock, the only one that Node's standard library reaches. The kernel drops it with the process that held it,
 * however that process ended, so there is no stale lock to judge, and it holds between containers that share a volume as well.
 */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemErrorCode } from './system-error.js';
import { CitygraphError } from '../errors.js';

export interface DataDirectory {
  readonly path: string;
  /** PostgreSQL's own directory. */
  readonly cluster: string;
  /** The superuser's; random, made on first start. */
  readonly password: string;
  release(): void;
}

const SQLITE_BUSY = 5;
/** A service that has just been killed, and is started again at once, is still being cleared away. */
const TAKEOVER_MS = 1_000;

/** @throws CitygraphError DATA_DIR_LOCKED when another service, or another part of this one, holds it. */
export function openDataDirectory(dataDir: string): DataDirectory {
  const path = resolve(dataDir);
  makeWritable(path);
  const release = takeLock(path);
  try {
    const cluster = clusterIn(path);
    return { path, cluster, password: readOrMakePassword(path, cluster), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** PostgreSQL's own directory in a data directory. */
export function clusterIn(path: string): string {
  return join(path, 'postgres');
}

/** The superuser's password; empty where none has been made. */
export function readPassword(path: string): string {
  const file = passwordFile(path);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

function passwordFile(path: string): string {
  return join(path, 'postgres.password');
}

function makeWritable(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new CitygraphError(
      'POSTGRES_FAILED',
      `Expected a data directory that can be written, but ${path} cannot (${code}).`,
      {},
      { cause },
    );
  }
}

function takeLock(path: string): () => void {
  const holderFile = join(path, 'service.pid');
  const lock = new DatabaseSync(join(path, 'service.lock'), { timeout: TAKEOVER_MS });
  try {
    lock.exec('PRAGMA journal_mode = memory; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const holder = existsSync(holderFile) ? readFileSync(holderFile, 'utf8').trim() : 'unknown';
    throw new CitygraphError(
      'DATA_DIR_LOCKED',
      `The data directory ${path} is in use by another service (process ${holder}). Stop that one, or set DATA_DIR to another directory.`,
      { path, holder },
      { cause: error },
    );
  }
  writeFileSync(holderFile, `${process.pid}\n`);
  return () => {
    if (lock.isOpen) lock.close();
  };
}

function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function readOrMakePassword(path: string, cluster: string): string {
  const file = passwordFile(path);
  const kept = readPassword(path);
  if (kept !== '') return kept;
  if (existsSync(cluster)) {
    throw new CitygraphError(
      'POSTGRES_FAILED',
      `Expected the database's password in ${file}, but found none. Restore the file.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600, flush: true });
  return password;
}
