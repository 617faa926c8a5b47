/**
 * INVARIANT: what is signed extends everything that was signed before. Checked against the tiles as they are stored, not as they are
 * remembered, and against the last checkpoint of the database and the one that is kept apart from it.
 */
import { CitygraphError } from '../../errors.js';
import { type Checkpoint, parseCheckpoint, type TreeHead } from './checkpoint.js';
import type { GrowingTree } from './growing-tree.js';
import { consistencyProof, extendsTree, rootAt } from './proofs.js';
import { verifyNote } from './signed-note.js';
import type { SigningKeys } from './signing-keys.js';
import type { ReadTiles } from './tile.js';

/**
 * @param older texts of checkpoints
 * @throws LOG_INCONSISTENT where the tree must not be signed
 */
export async function checkpointToSign(
  tree: GrowingTree,
  older: readonly (string | null)[],
  keys: SigningKeys,
  readTiles: ReadTiles,
): Promise<TreeHead> {
  const { size } = tree;
  const root = await stored(() => rootAt(size, readTiles));
  if (!root.equals(tree.root())) throw inconsistent('its stored tiles are not those that were written');
  for (const text of older) {
    if (text === null) continue;
    const checkpoint = readOwnCheckpoint(text, keys);
    if (checkpoint.size > size)
      throw inconsistent(`a tree of ${checkpoint.size} was signed before; the database has been set back`);
    const proof = await stored(() => consistencyProof(checkpoint.size, size, readTiles));
    if (!extendsTree(checkpoint, { size, root }, proof))
      throw inconsistent(`it does not begin with the tree of ${checkpoint.size} that was signed before`);
  }
  return { size, root };
}

function readOwnCheckpoint(text: string, keys: SigningKeys): Checkpoint {
  try {
    const checkpoint = parseCheckpoint(text);
    if (checkpoint.origin !== keys.origin)
      throw inconsistent(`the last checkpoint is of another log, ${checkpoint.origin}`);
    if (verifyNote(checkpoint.note, keys.verifiers()).length > 0) return checkpoint;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw inconsistent('the last checkpoint is not signed by a key of this log; restore the file of its keys');
}

async function stored<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof RangeError) throw inconsistent(`a tile is missing (${cause.message})`);
    throw cause;
  }
}

function inconsistent(why: string): CitygraphError {
  return new CitygraphError('LOG_INCONSISTENT', `The usage log’s tree is not signed: ${why}`);
}
