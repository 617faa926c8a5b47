/**
 * The manifest of an archived month: what its file holds, signed by the log's keys, so that who can write the tables alone can't say of a
 * record that was removed that it was archived.
 *
 * A signed note (C2SP signed-note) of three lines: format, origin of the log, and JSON as RFC 8785 writes it.
 */
import { canonicalJson } from '../canonical-record.js';
import { type NoteSigner, type NoteVerifier, parseNote, signNote, verifyNote } from '../tree/signed-note.js';

export const archiveFormat = 'citygraph-usage-archive/v1';

export interface Manifest {
  /** `2026-10`, in UTC. */
  readonly month: string;
  /** Its name, without a folder. */
  readonly file: string;
  readonly bytes: number;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  readonly records: number;
  readonly firstLeaf: number;
  readonly lastLeaf: number;
  /** SHA-256 of a line for each leaf, in order: index, record id, commitment in hexadecimal, parted by spaces. */
  readonly leavesDigest: string;
  /** Of the checkpoint against which the file proves its leaves. */
  readonly checkpointSize: number;
  readonly checkpointRoot: string;
}

export function signManifest(origin: string, manifest: Manifest, signers: readonly NoteSigner[]): string {
  return signNote(`${archiveFormat}\n${origin}\n${canonicalJson(manifest)}\n`, signers);
}

/** @throws SyntaxError where it is none, or not signed by one of the keys */
export function readManifest(note: string, origin: string, verifiers: readonly NoteVerifier[]): Manifest {
  const parsed = parseNote(note);
  const [format, itsOrigin, json] = parsed.text.split('\n');
  if (format !== archiveFormat || itsOrigin !== origin)
    throw new SyntaxError('expected the manifest of an archive of this log, got something else');
  if (verifyNote(parsed, verifiers).length === 0)
    throw new SyntaxError('expected a manifest that is signed by a key of this log, got one that is not');
  return JSON.parse(json!) as Manifest;
}

/** The first and, not included, the last moment of a month in UTC. */
export function boundsOf(month: string): { readonly from: Date; readonly until: Date } {
  const from = new Date(`${month}-01T00:00:00.000Z`);
  const until = new Date(from);
  until.setUTCMonth(until.getUTCMonth() + 1);
  return { from, until };
}

export function archiveFileOf(month: string): string {
  return `usage-${month}.jsonl.gz`;
}

export function manifestFileOf(file: string): string {
  return file.replace(/\.jsonl\.gz$/, '.manifest');
}
