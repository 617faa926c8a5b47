/**
 * Checkpoints on their way out. What was once kept where we cannot reach it, we cannot take back: from then on every change of the log before
 * it is found by whoever holds it.
 *
 * Each witness gets the newest checkpoint, at most once an interval; one that is away holds up neither the log nor the others. A witness
 * that says no has seen another log under our name: that is reported as loudly as can be.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { CitygraphError } from '../../errors.js';
import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { appendCheckpoint, readLastCheckpointOf } from './checkpoint-file.js';
import { consistencyProof, extendsTree } from './proofs.js';
import type { Cosignature } from './sequencer.js';
import { parseSignatureLines, parseVerifier, verifyNote } from './signed-note.js';
import { tileReader } from './tree-store.js';

export type WitnessAddress =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'tlog-witness'; readonly url: string; readonly verifierKey: string };

export interface WitnessingOptions {
  readonly addresses: readonly WitnessAddress[];
  /** Milliseconds. */
  readonly interval: number;
  /** Of the publisher's role: proofs are made from its tiles. */
  readonly pool: Pool;
  readonly onCosignature: (cosignature: Cosignature) => void;
  readonly onReport: (report: WitnessReport) => void;
}

export interface WitnessReport {
  readonly event: 'failed' | 'refused';
  readonly witness: string;
  readonly error: unknown;
}

export interface Witnessing {
  /** The newest checkpoint. */
  offer(note: string): void;
  /** Of each witness, in the order of their addresses. */
  figures(): readonly WitnessFigures[];
  /** Once more to each, and no more. */
  stop(): Promise<void>;
}

export interface WitnessFigures {
  /** Records of the newest checkpoint that are not in the last that it took; null: nothing was there to take yet. */
  readonly lag: number | null;
  /** When it last took one, by `performance.now()`. */
  readonly deliveredAt: number | null;
  readonly failures: number;
  readonly refusals: number;
}

/** Milliseconds for an answer. */
const patience = 5_000;

export function startWitnessing(options: WitnessingOptions): Witnessing {
  const stopping = new AbortController();
  const couriers = options.addresses.map((address) => new Courier(address, options));
  const running = couriers.map((courier) => courier.run(stopping.signal));
  return {
    offer(note) {
      for (const courier of couriers) courier.newest = note;
    },
    figures: () => couriers.map((courier) => courier.figures()),
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

class Courier {
  newest: string | null = null;
  private delivered: string | null = null;
  /** The last that the file has. */
  private lastKept: string | null = null;
  /** Of the last checkpoint that the witness has, as far as we know. */
  private knownSize = 0;
  private readonly name: string;
  private deliveredAt: number | null = null;
  private failures = 0;
  private refusals = 0;

  constructor(
    private readonly address: WitnessAddress,
    private readonly options: WitnessingOptions,
  ) {
    this.name = address.kind === 'file' ? address.path : new URL(address.url).origin;
  }

  async run(stopping: AbortSignal): Promise<void> {
    for (;;) {
      const last = stopping.aborted;
      const waited = this.newest === null ? look : this.options.interval;
      await this.deliver();
      if (last) return;
      try {
        await delay(waited, undefined, { signal: stopping });
      } catch (error) {
        if (!stopping.aborted) throw error;
      }
    }
  }

  figures(): WitnessFigures {
    const { newest, delivered, deliveredAt, failures, refusals } = this;
    const size = (note: string | null): number => (note === null ? 0 : parseCheckpoint(note).size);
    return { lag: newest === null ? null : size(newest) - size(delivered), deliveredAt, failures, refusals };
  }

  private async deliver(): Promise<void> {
    const note = this.newest;
    if (note === null || note === this.delivered) return;
    try {
      await this.submit(note, parseCheckpoint(note));
      this.delivered = note;
      this.deliveredAt = performance.now();
    } catch (error) {
      const refused = error instanceof CitygraphError && error.code === 'LOG_INCONSISTENT';
      if (refused) this.refusals += 1;
      else this.failures += 1;
      this.options.onReport({ event: refused ? 'refused' : 'failed', witness: this.name, error });
    }
  }

  private async submit(note: string, checkpoint: Checkpoint): Promise<void> {
    switch (this.address.kind) {
      case 'file':
        return this.keepInFile(this.address.path, note, checkpoint);
      case 'http':
        return expectSuccess(await post(this.address.url, note));
      case 'tlog-witness':
        return this.addCheckpoint(this.address.url, this.address.verifierKey, note, checkpoint);
    }
  }

  /** A file that already holds what this tree does not begin with is not added to. */
  private async keepInFile(path: string, note: string, checkpoint: Checkpoint): Promise<void> {
    this.lastKept ??= readLastCheckpointOf(path);
    if (this.lastKept !== null) {
      const older = parseCheckpoint(this.lastKept);
      if (older.size > checkpoint.size) throw refusal(`it has a checkpoint of ${older.size} already`);
      const proof = await this.proofFrom(older.size, checkpoint.size);
      if (!extendsTree(older, checkpoint, proof)) throw refusal(`the tree does not begin with that of ${older.size}`);
      if (older.size === checkpoint.size) return;
    }
    await appendCheckpoint(path, note);
    this.lastKept = note;
  }

  /** c2sp.org/tlog-witness, add-checkpoint. What size the witness has, it says itself when we have it wrong. */
  private async addCheckpoint(url: string, verifierKey: string, note: string, checkpoint: Checkpoint): Promise<void> {
    let response = await this.postCheckpoint(url, note, checkpoint);
    if (response.status === 409) {
      this.knownSize = Number(await response.text());
      if (!(this.knownSize <= checkpoint.size))
        throw refusal(`it has cosigned a checkpoint of ${this.knownSize} already`);
      response = await this.postCheckpoint(url, note, checkpoint);
    }
    if (response.status === 422) throw refusal('it does not find the checkpoint consistent with what it has cosigned');
    expectSuccess(response);
    const verifier = parseVerifier(verifierKey);
    const lines = parseSignatureLines(await response.text());
    if (verifyNote({ text: checkpoint.note.text, lines }, [verifier]).length === 0)
      throw new Error('expected a cosignature of the witness, got none by its key');
    this.knownSize = checkpoint.size;
    const own = lines.find(({ name, keyId }) => name === verifier.name && keyId === verifier.keyId)!;
    this.options.onCosignature({ size: checkpoint.size, witness: verifierKey, line: own.line });
  }

  private async postCheckpoint(url: string, note: string, { size }: Checkpoint): Promise<Response> {
    const proof = await this.proofFrom(this.knownSize, size);
    const lines = [`old ${this.knownSize}`, ...proof.map((hash) => hash.toString('base64'))];
    return post(`${url}/add-checkpoint`, `${lines.join('\n')}\n\n${note}`);
  }

  private proofFrom(oldSize: number, size: number): Promise<Buffer[]> {
    return consistencyProof(oldSize, size, tileReader(this.options.pool));
  }
}

/** Milliseconds between looks for the first checkpoint. */
const look = 200;

function post(url: string, body: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
}

function expectSuccess({ ok, status }: Response): void {
  if (!ok) throw new Error(`expected the witness to take the checkpoint, got HTTP ${status}`);
}

function refusal(why: string): CitygraphError {
  return new CitygraphError('LOG_INCONSISTENT', `A witness refuses the checkpoint of the usage log: ${why}`);
}
