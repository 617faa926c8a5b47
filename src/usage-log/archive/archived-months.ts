/**
 * The months that the log says are archived, as the verification takes them: a leaf of such a month needs no record, if the manifest is
 * signed and its leaves are just those of the tree. What a manifest does not cover is missing.
 */
import type { ClientBase } from 'pg';
import type { Findings } from '../tree/finding.js';
import type { NoteVerifier } from '../tree/signed-note.js';
import { LeavesDigest } from './leaves-digest.js';
import { type Manifest, readManifest } from './manifest.js';

export interface ArchivedMonth {
  readonly month: string;
  readonly records: number;
  readonly file: string;
}

interface OpenMonth {
  readonly manifest: Manifest;
  readonly file: string;
  readonly leaves: LeavesDigest;
}

export class ArchivedMonths {
  private constructor(
    private readonly months: ReadonlyMap<string, OpenMonth>,
    private readonly findings: Findings,
  ) {}

  /** INVARIANT: a manifest that is not signed by a trusted key excuses nothing. */
  static async read(
    client: ClientBase,
    origin: string,
    verifiers: readonly NoteVerifier[],
    findings: Findings,
  ): Promise<ArchivedMonths> {
    const { rows } = await client.query<{ month: string; file: string; note: string }>(
      'select month, file, note from citygraph.usage_archive order by month',
    );
    const months = new Map<string, OpenMonth>();
    for (const { month, file, note } of rows) {
      const fault = (what: string): void =>
        findings.add({
          kind: 'archive-invalid',
          leafIndex: null,
          recordId: null,
          what: `the manifest of ${month}: ${what}`,
        });
      try {
        const manifest = readManifest(note, origin, verifiers);
        if (manifest.month === month) months.set(month, { manifest, file, leaves: new LeavesDigest() });
        else fault(`it is one of ${manifest.month}`);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        fault(error.message);
      }
    }
    return new ArchivedMonths(months, findings);
  }

  get size(): number {
    return this.months.size;
  }

  /** Whether the leaf's record is in an archive. In the order of leaves. */
  takes(month: string, leafIndex: number, recordId: string, commitment: string): boolean {
    const archive = this.months.get(month);
    if (!archive || leafIndex > archive.manifest.lastLeaf) return false;
    archive.leaves.add(leafIndex, recordId, commitment);
    return true;
  }

  finish(): void {
    for (const { manifest, leaves } of this.months.values()) {
      if (leaves.count === manifest.records && leaves.hex() === manifest.leavesDigest) continue;
      this.findings.add({
        ...{ kind: 'archive-altered', leafIndex: manifest.firstLeaf, lastLeaf: manifest.lastLeaf, recordId: null },
        what: `the leaves of ${manifest.month} are not those that were archived`,
      });
    }
  }

  list(): ArchivedMonth[] {
    return [...this.months.values()].map(({ manifest: { month, records }, file }) => ({ month, records, file }));
  }
}
