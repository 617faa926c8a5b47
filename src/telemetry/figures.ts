/**
 * What a service counts of itself: plain numbers, bumped on the way and read when somebody looks. One per service, for several run in one
 * process.
 *
 * It must not know who asked or for what: a label is an error's code, a kind of principal, a stage or a verdict, all of them few.
 */
import { errorCodes } from '../errors.js';
import { Durations } from './durations.js';

/** Of a request, in their order; `whole` is from its last byte in to its answer. */
export const stageNames = ['line', 'plan', 'run', 'log', 'whole'] as const;
export type StageName = (typeof stageNames)[number];

export const verdictKinds = ['allow', 'mask', 'aggregate', 'deny'] as const;
/** How often each verdict stands in a plan, in the order of `verdictKinds`. */
export type VerdictCounts = readonly [allow: number, mask: number, aggregate: number, deny: number];

/** A verdict answers with these; they refuse no operation. */
const denials = ['FIELD_DENIED', 'ARGUMENT_DENIED'];
const knownCodes: ReadonlySet<string> = new Set(['OK', ...denials, ...Object.keys(errorCodes)]);

export interface Figures {
  readonly stages: Readonly<Record<StageName, Durations>>;
  /** Count of answers by `kind of principal` and `outcome` and `code`, joined by a space. */
  readonly requests: ReadonlyMap<string, number>;
  /** Of what was refused before anyone was known, and of shed load, by code. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly verdicts: readonly number[];
  readonly slowStatements: number;
  readonly cancelledStatements: number;
  /** @param code the first that refused it or was denied; OK where none was */
  answered(kind: string, outcome: string, code: string): void;
  refused(code: string): void;
  planned(counts: VerdictCounts): void;
  ranSlowly(): void;
  cancelled(): void;
}

export function createFigures(): Figures {
  return new CountedFigures();
}

class CountedFigures implements Figures {
  readonly stages = Object.fromEntries(stageNames.map((name) => [name, new Durations()])) as Record<
    StageName,
    Durations
  >;
  readonly requests = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  readonly verdicts = [0, 0, 0, 0];
  slowStatements = 0;
  cancelledStatements = 0;

  answered(kind: string, outcome: string, code: string): void {
    bump(this.requests, `${kind} ${outcome} ${known(code)}`);
  }

  refused(code: string): void {
    bump(this.refusals, known(code));
  }

  planned([allow, mask, aggregate, deny]: VerdictCounts): void {
    const { verdicts } = this;
    verdicts[0]! += allow;
    verdicts[1]! += mask;
    verdicts[2]! += aggregate;
    verdicts[3]! += deny;
  }

  ranSlowly(): void {
    this.slowStatements += 1;
  }

  cancelled(): void {
    this.cancelledStatements += 1;
  }
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** INVARIANT: no word of a caller's becomes a label. */
function known(code: string): string {
  return knownCodes.has(code) ? code : 'OTHER';
}

/** @param nodes of a plan, with their verdicts */
export function countVerdicts(
  nodes: readonly { readonly fields: readonly { readonly verdict: string }[] }[],
): VerdictCounts {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const { fields } of nodes) {
    for (const { verdict } of fields) {
      const at = verdictKinds.findIndex((kind) => kind === verdict);
      if (at >= 0) counts[at]! += 1;
    }
  }
  return counts;
}
