/** The digest of a month's leaves, taken one by one in their order. */
import { createHash, type Hash } from 'node:crypto';

export class LeavesDigest {
  private readonly hash: Hash = createHash('sha256');
  count = 0;
  first = -1;
  last = -1;

  /** @param commitment in hexadecimal */
  add(leafIndex: number, recordId: string, commitment: string): void {
    if (this.count === 0) this.first = leafIndex;
    this.last = leafIndex;
    this.count += 1;
    this.hash.update(`${leafIndex} ${recordId} ${commitment}\n`);
  }

  hex(): string {
    return this.hash.digest('hex');
  }
}
