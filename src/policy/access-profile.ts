/**
 * An access with its decisions remembered: one for each principal and set of grants, made anew with each policy version.
 * The plan cache compares verdicts, so two profiles with the same verdicts share plans.
 */
import type { CoordinateEntry } from '../model/registry.js';
import type { Verdict } from '../model/verdict.js';
import type { Access, RowScope } from './access.js';
import { decideDerived, decideField, decideMatch } from './decide.js';
import { scopeOf } from './select-grants.js';

export interface AccessProfile extends Access {
  readonly policyVersion: number;
  readonly scope: RowScope;
  readonly purpose: string | null;
  /** The earliest end of what it rests on, grants and credential; null where none of it ends. */
  readonly validUntil: Date | null;
  /** The coordinate with the classification that holds in this policy version. */
  entryOf(coordinate: string): CoordinateEntry | undefined;
  verdictOf(coordinate: string): Verdict;
  matchOf(coordinate: string): Verdict;
}

/**
 * @param coordinates as the policy version has classified them (`effective-classification.ts`)
 * @param credentialEnds null where the credential has no end
 * @param isSwitchedOff whether an emergency switch closes what the coordinate is of
 */
export function createAccessProfile(
  access: Access,
  policyVersion: number,
  coordinates: ReadonlyMap<string, CoordinateEntry>,
  credentialEnds: Date | null = null,
  isSwitchedOff: (entry: CoordinateEntry) => boolean = () => false,
): AccessProfile {
  const verdicts = new Map<string, Verdict>();
  const matches = new Map<string, Verdict>();
  const remember =
    (memory: Map<string, Verdict>, decide: (entry: CoordinateEntry | undefined) => Verdict) => (coordinate: string) => {
      let verdict = memory.get(coordinate);
      if (!verdict) {
        const entry = coordinates.get(coordinate);
        // INVARIANT: before anything else is asked, so that nothing opens what an emergency has closed.
        verdict = entry && isSwitchedOff(entry) ? switchedOff(entry) : decide(entry);
        memory.set(coordinate, verdict);
      }
      return verdict;
    };
  const verdictOf = remember(verdicts, (entry) =>
    decideDerived(
      decideField(entry, access),
      (entry?.derivedFrom ?? []).map((source) => verdictOf(source)),
    ),
  );
  const ends = [...access.grants.map((grant) => grant.validUntil), ...(credentialEnds ? [credentialEnds] : [])];
  return {
    ...access,
    policyVersion,
    scope: scopeOf(access.grants),
    purpose: access.grants[0]?.purpose ?? null,
    validUntil: ends.length > 0 ? new Date(Math.min(...ends.map((end) => end.getTime()))) : null,
    entryOf: (coordinate) => coordinates.get(coordinate),
    verdictOf,
    matchOf: remember(matches, (entry) => decideMatch(entry, access)),
  };
}

function switchedOff({ classification: { level } }: CoordinateEntry): Verdict {
  return { kind: 'deny', reason: 'switched-off', level, grants: [] };
}
