/** What is wrong with a log, the first bad record first. */
export interface Finding {
  readonly kind:
    | 'record-altered'
    | 'record-removed'
    | 'record-inserted'
    | 'leaf-altered'
    | 'leaf-removed'
    | 'tile-altered'
    | 'plan-altered'
    | 'fork'
    | 'rolled-back'
    | 'checkpoint-invalid'
    | 'archive-invalid'
    | 'archive-altered';
  /** Null for what has no place in the tree. */
  readonly leafIndex: number | null;
  readonly recordId: string | null;
  /** Where what is wrong lies between `leafIndex` and this one: then record and leaf are the first that it may be. */
  readonly lastLeaf?: number;
  readonly what: string;
}

const kept = 1_000;

/** Counts all and keeps those that come first in the tree: a log that is wrong throughout does not fill the memory. */
export class Findings {
  private list: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count += 1;
    this.list.push(finding);
    if (this.list.length >= kept * 2) this.list = this.sorted();
  }

  sorted(): Finding[] {
    // What names one leaf says more than what names a range that it is in.
    const place = ({ leafIndex, lastLeaf }: Finding): number => lastLeaf ?? leafIndex ?? Infinity;
    return this.list.toSorted((a, b) => compare(place(a), place(b))).slice(0, kept);
  }
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
