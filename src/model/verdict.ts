import type { Level } from './classification.js';

/**
 * The answer to 'may this principal, in this request, see this coordinate?'.
 *
 * - allow: in plain
 * - mask: it leaves the database masked
 * - aggregate: inside declared statistics alone; everywhere else as good as deny
 * - deny
 */
export type VerdictKind = 'allow' | 'mask' | 'aggregate' | 'deny';

/** Why. Each is a line of the decision tables in `test/policy/`. */
export const reasons = [
  'open', // rule 1: an open field of level L1
  'not-open', // rule 1: the public sees open fields alone
  'unconditional', // rule 2: shared unconditionally, within the clearance
  'granted', // rule 3: a grant of the request names it in plain
  'granted-masked', // rule 5
  'granted-aggregate', // rule 5
  'own-provider', // rule 4: a standing grant to the department that provides it
  'grant-needed', // rule 3: conditional, or above the clearance, and no grant names it
  'match-only', // rule 5: the grant lets it be matched, not read
  'not-shared', // rule 4
  'second-approval-needed', // rule 4: important data
  'core-data', // rule 4
  'role-sees-no-data', // officials see no library fields by role
  'unclassified', // rule 8: nothing decides
  'switched-off', // an emergency switch closes its library, whatever else would open it
] as const;
export type Reason = (typeof reasons)[number];

export interface Verdict {
  readonly kind: VerdictKind;
  readonly reason: Reason;
  readonly level: Level | null;
  /** The grants it rests on; empty where none was needed. */
  readonly grants: readonly string[];
}

/** A verdict under which a value, plain or masked, may be selected. */
export function isReadable(verdict: Verdict): boolean {
  return verdict.kind === 'allow' || verdict.kind === 'mask';
}
