/**
 * What a caller gets in its hand with each response: the commitment to its record, signed. Should the record never come into the tree, or
 * another in its place, the receipt proves it to anybody.
 *
 * One signature for each batch, over the root of a tree of its commitments: under load a signature serves hundreds of responses, and each
 * adds a path of a few hashes. A keyed digest would be as cheap, but proves nothing to a third party.
 */
import { hash } from 'node:crypto';
import { hashBytes } from './hashing.js';
import { leafHashOfHex } from './leaf.js';
import { type NoteSigner, signBytes } from './signed-note.js';

export const receiptFormat = 'citygraph-usage-receipt/v1';

export interface UsageReceipt {
  /** In hexadecimal; `usage-log/tree/leaf.ts` has the leaf that holds it. */
  readonly commitment: string;
  /** JSON of a `SignedReceipt`. */
  readonly text: string;
}

export interface SignedReceipt {
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

/** @param commitments in hexadecimal */
export type SignReceipts = (commitments: readonly string[]) => UsageReceipt[];

export function createReceiptSigner(origin: string, signers: () => readonly NoteSigner[]): SignReceipts {
  const tree = new BatchTree();
  return (commitments) => {
    const signer = signers()[0]!;
    tree.grow(commitments);
    const signedAt = new Date().toISOString();
    const size = commitments.length;
    const signature = signBytes(signer, receiptText(origin, signedAt, size, tree.root)).toString('base64');
    // What is alike in all receipts of the batch is written once; an origin is the only text in them that may have to be escaped.
    const head = `{"origin":${JSON.stringify(origin)},"keyId":"${signer.keyId}","signedAt":"${signedAt}","size":${size},"index":`;
    const tail = `],"signature":"${signature}"}`;
    const receipts: UsageReceipt[] = [];
    for (let index = 0; index < size; index += 1)
      receipts.push({ commitment: commitments[index]!, text: `${head}${index},"path":[${tree.path(index)}${tail}` });
    return receipts;
  };
}

/** No checkpoint can be read from it, nor it from one: the first line of a checkpoint is an origin. */
export function receiptText(origin: string, signedAt: string, size: number, root: Buffer): string {
  return `${receiptFormat}\n${origin}\n${signedAt}\n${size}\n${root.toString('base64')}\n`;
}

/** RFC 6962, section 2.1, over the leaves of one batch after another, in the same bytes. */
class BatchTree {
  private nodes = Buffer.allocUnsafeSlow(64 * hashBytes);
  /** Of each row of nodes, from the leaves up, where it begins: the number of its first node. The last is the root's. */
  private readonly rows: number[] = [];
  private size = 0;
  /** Of every node in base64, in quotation marks; empty until somebody asks for it. */
  private readonly texts: string[] = [];

  /** @param commitments at least one, in hexadecimal */
  grow(commitments: readonly string[]): void {
    this.size = commitments.length;
    this.rows.length = this.texts.length = 0;
    // Rows of halves, each rounded up: less than twice the leaves and one for each row.
    const most = (2 * this.size + 32) * hashBytes;
    if (this.nodes.length < most) this.nodes = Buffer.allocUnsafeSlow(most);
    let end = 0;
    for (const commitment of commitments) this.put(leafHashOfHex(commitment), end++);
    let start = 0;
    for (this.rows.push(start); end - start > 1; this.rows.push(start)) {
      const above = end;
      for (let at = start; at < above; at += 2) this.put(at + 1 < above ? this.parentOf(at) : this.nodeAt(at), end++);
      start = above;
    }
  }

  /** Good until the next batch. */
  get root(): Buffer {
    const at = this.rows.at(-1)! * hashBytes;
    return this.nodes.subarray(at, at + hashBytes);
  }

  /** The inclusion proof of a leaf: hashes in base64, in quotation marks and parted by commas. */
  path(leaf: number): string {
    let path = '';
    for (let height = 0; height < this.rows.length - 1; height += 1) {
      const sibling = this.rows[height]! + ((leaf >> height) ^ 1);
      // One without a sibling goes up as it is, which comes to the tree of RFC 6962.
      if (sibling < this.rows[height + 1]!) path += path === '' ? this.textOf(sibling) : `,${this.textOf(sibling)}`;
    }
    return path;
  }

  private textOf(node: number): string {
    return (this.texts[node] ||= `"${this.nodes.toString('base64', node * hashBytes, (node + 1) * hashBytes)}"`);
  }

  /** @param left the node to its right is its sibling */
  private parentOf(left: number): string {
    this.nodes.copy(nodeInput, 1, left * hashBytes, (left + 2) * hashBytes);
    return hash('sha256', nodeInput, 'binary');
  }

  private nodeAt(node: number): string {
    return this.nodes.toString('latin1', node * hashBytes, (node + 1) * hashBytes);
  }

  private put(bytes: string, node: number): void {
    this.nodes.write(bytes, node * hashBytes, 'latin1');
    this.texts.push('');
  }
}

/** What a node is hashed of: the byte that no leaf begins with, and both its children. */
const nodeInput = Buffer.alloc(1 + 2 * hashBytes, 1);
