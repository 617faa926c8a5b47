/**
 * The log's identity: its origin and the Ed25519 keys that sign checkpoints and receipts. One file of mode 0600, apart from the database:
 * who can rewrite the tables must not be able to sign what they then say.
 *
 * Rotation: a new key signs beside the old one until that is retired, so that whoever trusts either accepts what is signed meanwhile. A
 * retired key's secret is erased and its verifier key stays. Beside the file stands the last checkpoint that was signed: a database that was
 * set back, with its checkpoints, does not know it, and nothing that contradicts it is ever signed.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CitygraphError } from '../../errors.js';
import { createSigner, formatVerifier, type NoteSigner, type NoteVerifier, parseVerifier } from './signed-note.js';

interface StoredKey {
  readonly verifier: string;
  /** Base64url; null once the key is retired. */
  readonly seed: string | null;
  readonly since: string;
  readonly retired: string | null;
}

interface StoredKeys {
  readonly origin: string;
  /** The oldest first. */
  readonly keys: readonly StoredKey[];
}

export interface KeyDescription {
  readonly verifier: string;
  readonly keyId: string;
  readonly since: string;
  readonly retired: string | null;
}

export interface SigningKeys {
  readonly origin: string;
  /** Every key that is not retired, the newest first. */
  signers(): readonly NoteSigner[];
  /** Of all keys there have been. */
  verifiers(): readonly NoteVerifier[];
  describe(): readonly KeyDescription[];
  /** The text of the last checkpoint that was signed here; null where none was. */
  lastSigned(): string | null;
  /** Durable when it resolves. */
  rememberSigned(checkpoint: string): Promise<void>;
}

/**
 * Makes the file where it is missing.
 * @param origin null takes the one of the file
 * @throws CONFIG_INVALID where the file is something else, or belongs to a log of another origin
 */
export function openSigningKeys(file: string, origin: string | null = null): SigningKeys {
  if (!existsSync(file)) createKeyFile(file, origin);
  const keys = new KeyFile(file);
  if (origin !== null && origin !== keys.origin)
    throw invalid(`expected the origin of this log, ${keys.origin}, got ${origin}; a log cannot change its name`);
  return keys;
}

/** The new key signs from the next checkpoint on, beside those before it. */
export function addSigningKey(file: string): KeyDescription {
  const { origin, keys } = readKeyFile(file);
  const added = newKey(origin);
  replaceFile(file, { origin, keys: [...keys, added] });
  return describe(added);
}

/** @throws BAD_USER_INPUT where there is no such key, or no other that signs */
export function retireSigningKey(file: string, keyId: string): KeyDescription {
  const { origin, keys } = readKeyFile(file);
  const active = keys.filter(({ retired }) => retired === null);
  const found = active.find((key) => describe(key).keyId === keyId);
  if (!found) throw new CitygraphError('BAD_USER_INPUT', `expected the id of a key that signs, got ${keyId}`);
  if (active.length === 1)
    throw new CitygraphError(
      'BAD_USER_INPUT',
      'expected another key that signs before this one is retired; add it first',
    );
  const retired = { ...found, seed: null, retired: new Date().toISOString() };
  replaceFile(file, { origin, keys: keys.map((key) => (key === found ? retired : key)) });
  return describe(retired);
}

class KeyFile implements SigningKeys {
  readonly origin: string;
  private readAt = '';
  private known!: { signers: readonly NoteSigner[]; verifiers: readonly NoteVerifier[]; keys: readonly StoredKey[] };

  constructor(private readonly file: string) {
    this.origin = readKeyFile(file).origin;
    this.read();
  }

  signers(): readonly NoteSigner[] {
    return this.read().signers;
  }

  verifiers(): readonly NoteVerifier[] {
    return this.read().verifiers;
  }

  describe(): readonly KeyDescription[] {
    return this.read().keys.map(describe);
  }

  lastSigned(): string | null {
    return existsSync(this.lastFile) ? readFileSync(this.lastFile, 'utf8') : null;
  }

  /** Twice a second under load: requests must not wait for the disk meanwhile. */
  async rememberSigned(checkpoint: string): Promise<void> {
    const draft = `${this.lastFile}.${process.pid}.draft`;
    await writeFile(draft, checkpoint, { mode: 0o600, flush: true });
    await rename(draft, this.lastFile);
    const folder = await open(dirname(this.lastFile));
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  private get lastFile(): string {
    return `${this.file}.last-checkpoint`;
  }

  /** Again when the file has changed, so that a rotation needs no restart. */
  private read(): typeof this.known {
    const { mtimeMs, ino, size } = statSync(this.file);
    const state = `${mtimeMs}/${ino}/${size}`;
    if (state === this.readAt) return this.known;
    const { origin, keys } = readKeyFile(this.file);
    const signers = keys.flatMap(({ seed }) =>
      seed === null ? [] : [createSigner(origin, Buffer.from(seed, 'base64url'))],
    );
    this.known = { signers: signers.reverse(), verifiers: keys.map(({ verifier }) => parseVerifier(verifier)), keys };
    this.readAt = state;
    return this.known;
  }
}

function describe({ verifier, since, retired }: StoredKey): KeyDescription {
  return { verifier, keyId: parseVerifier(verifier).keyId, since, retired };
}

function newKey(origin: string): StoredKey {
  const seed = randomBytes(32);
  return {
    verifier: formatVerifier(createSigner(origin, seed)),
    seed: seed.toString('base64url'),
    since: new Date().toISOString(),
    retired: null,
  };
}

/** Two starts at once end with the same file: whoever links first wins. */
function createKeyFile(file: string, origin: string | null): void {
  mkdirSync(dirname(file), { recursive: true });
  const name = origin ?? `citygraph-${randomBytes(4).toString('hex')}.local/log`;
  const draft = writeDraft(file, JSON.stringify({ origin: name, keys: [newKey(name)] }, null, 2));
  try {
    linkSync(draft, file);
  } catch (cause) {
    if (!existsSync(file)) throw invalid('expected to be able to write the file of the log’s keys', cause);
  } finally {
    unlinkSync(draft);
  }
}

function readKeyFile(file: string): StoredKeys {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as StoredKeys;
    if (typeof stored.origin === 'string' && stored.keys.some(({ seed }) => seed !== null)) return stored;
  } catch (cause) {
    throw invalid('expected the file of the log’s keys to hold them as JSON, got something else; restore it', cause);
  }
  throw invalid('expected the file of the log’s keys to name an origin and a key that signs; restore it from a backup');
}

function replaceFile(file: string, keys: StoredKeys): void {
  writeDurably(file, JSON.stringify(keys, null, 2));
}

function writeDurably(file: string, content: string): void {
  renameSync(writeDraft(file, content), file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function writeDraft(file: string, content: string): string {
  const draft = `${file}.${process.pid}.draft`;
  const descriptor = openSync(draft, 'w', 0o600);
  writeSync(descriptor, content);
  fsyncSync(descriptor);
  closeSync(descriptor);
  return draft;
}

function invalid(message: string, cause?: unknown): CitygraphError {
  return new CitygraphError('CONFIG_INVALID', message, {}, { cause });
}
