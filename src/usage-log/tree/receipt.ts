/**
 * What a caller gets in its hand with each response: the commitment to its record, signed. Should the record never come into the tree, or
 * another in its place, the receipt proves it to anybody.
 *
 * One signature for each batch, over the root of a tree of its commitments: under load a signature serves hundreds of responses, and each
 * adds a path of a few hashes. A keyed digest would be as cheap, but proves nothing to a third party.
 */
import { nodeHash } from './hashing.js';
import { leafHashOf } from './leaf.js';
import { type NoteSigner, signBytes } from './signed-note.js';

export const receiptFormat = 'citygraph-usage-receipt/v1';

export interface UsageReceipt {
  /** In hexadecimal; `usage-log/tree/leaf.ts` has the leaf that holds it. */
  readonly commitment: string;
  readonly origin: string;
  readonly keyId: string;
  /** When; ISO 8601. */
  readonly signedAt: string;
  /** Of the batch, and this record's place in it. */
  readonly size: number;
  readonly index: number;
  /** RFC 6962 inclusion proof within the batch, in base64. */
  readonly path: readonly string[];
  /** Ed25519 over `receiptText`, in base64. */
  readonly signature: string;
}

export type SignReceipts = (commitments: readonly Buffer[]) => UsageReceipt[];

export function createReceiptSigner(origin: string, signers: () => readonly NoteSigner[]): SignReceipts {
  return (commitments) => {
    const signer = signers()[0]!;
    const levels = levelsOf(commitments.map(leafHashOf));
    const signedAt = new Date().toISOString();
    const size = commitments.length;
    const signature = signBytes(signer, receiptText(origin, signedAt, size, levels.at(-1)![0]!)).toString('base64');
    return commitments.map((commitment, index) => ({
      commitment: commitment.toString('hex'),
      ...{ origin, keyId: signer.keyId, signedAt, size, index },
      path: pathOf(levels, index).map((hash) => hash.toString('base64')),
      signature,
    }));
  };
}

/** No checkpoint can be read from it, nor it from one: the first line of a checkpoint is an origin. */
export function receiptText(origin: string, signedAt: string, size: number, root: Buffer): string {
  return `${receiptFormat}\n${origin}\n${signedAt}\n${size}\n${root.toString('base64')}\n`;
}

/** From the leaves up; a hash without a sibling goes up as it is, which comes to the tree of RFC 6962. */
function levelsOf(leaves: Buffer[]): Buffer[][] {
  const levels = [leaves];
  for (let row = leaves; row.length > 1;) {
    const above: Buffer[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(row[at + 1] ? nodeHash(row[at]!, row[at + 1]!) : row[at]!);
    levels.push((row = above));
  }
  return levels;
}

function pathOf(levels: readonly (readonly Buffer[])[], index: number): Buffer[] {
  return levels.flatMap((row, height) => {
    const sibling = row[Math.floor(index / 2 ** height) ^ 1];
    return row.length > 1 && sibling ? [sibling] : [];
  });
}
