/**
 * The service's own secrets, kept in one file of mode 0600 apart from the database: made on first start, shared by all nodes.
 *
 * From one master secret a key for each use is derived, so that no key serves two.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CitygraphError } from './errors.js';

export interface Keyring {
  /** Digest of official identifiers in the subject index. */
  readonly identifiers: Buffer;
  /** Sealing of ids and cursors. */
  readonly sealing: Buffer;
  /** Digests of responses and sensitive arguments in the usage log. */
  readonly usageLog: Buffer;
}

/** @throws CONFIG_INVALID when the file is there and is no keyring: a new one would make every stored digest unreadable */
export function openKeyring(file: string): Keyring {
  if (!existsSync(file)) createKeyringFile(file);
  const master = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (master.length !== 32) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      'expected the keyring file to hold 32 bytes in base64url, got something else; restore it from a backup',
    );
  }
  return deriveKeyring(master);
}

export function deriveKeyring(master: Buffer): Keyring {
  const derive = (use: string): Buffer => createHmac('sha256', master).update(`citygraph/${use}`).digest();
  return { identifiers: derive('identifiers'), sealing: derive('sealing'), usageLog: derive('usage-log') };
}

/** Two starts at once end with the same file: whoever links first wins. */
function createKeyringFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
  } catch (cause) {
    if (!existsSync(file))
      throw new CitygraphError('CONFIG_INVALID', 'expected to be able to write the keyring file', {}, { cause });
  } finally {
    unlinkSync(draft);
  }
}
