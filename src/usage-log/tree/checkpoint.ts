/** C2SP tlog-checkpoint: origin, size and root of the tree, signed. */
import { hashBytes } from './hashing.js';
import { type NoteSigner, parseNote, type SignedNote, signNote } from './signed-note.js';

export interface TreeHead {
  readonly size: number;
  readonly root: Buffer;
}

export interface Checkpoint extends TreeHead {
  readonly origin: string;
  readonly note: SignedNote;
}

/** @throws RangeError for an empty tree: there is nothing to stand by, and who keeps such a checkpoint is told nothing by the next */
export function signCheckpoint(origin: string, { size, root }: TreeHead, signers: readonly NoteSigner[]): string {
  if (!(Number.isSafeInteger(size) && size > 0)) throw new RangeError(`expected a tree with leaves, got size ${size}`);
  return signNote(`${origin}\n${size}\n${root.toString('base64')}\n`, signers);
}

/** Does not look at the signatures. @throws SyntaxError */
export function parseCheckpoint(text: string): Checkpoint {
  const note = parseNote(text);
  const [origin, size, root] = note.text.split('\n');
  const hash = Buffer.from(root ?? '', 'base64');
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '') || hash.length !== hashBytes)
    throw new SyntaxError('expected a checkpoint of origin, size and root, got something else');
  return { origin, size: Number(size), root: hash, note };
}
