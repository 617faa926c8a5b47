/**
 * The decision: may this access see this coordinate, and how? Rules 1 to 8 of the classification rules, and nothing else.
 *
 * Pure: no clock, no database, no request. Which grants are valid was settled before (`select-grants.ts`); what is done with a
 * verdict is settled after (`planning/`). Each reason is a line of the decision tables in `test/policy/`.
 */
import { compareLevels } from '../model/classification.js';
import type { CoordinateEntry } from '../model/registry.js';
import type { Reason, Verdict } from '../model/verdict.js';
import type { Access, ConsumerPrincipal, Grant, GrantMode } from './access.js';

/** Whether a value of this coordinate may be selected, and in which form. */
export function decideField(entry: CoordinateEntry | undefined, access: Access): Verdict {
  if (!entry) return { kind: 'deny', reason: 'unclassified', level: null, grants: [] };
  const { classification } = entry;
  const verdict = (kind: Verdict['kind'], reason: Reason, grants: readonly Grant[] = []): Verdict => ({
    kind,
    reason,
    level: classification.level,
    grants: grants.map((grant) => grant.code),
  });

  // INVARIANT: core data is never served, whoever asks and whatever was granted.
  if (classification.category === 'core') return verdict('deny', 'core-data');
  const { principal } = access;
  if (principal.kind === 'official') return verdict('deny', 'role-sees-no-data');
  if (isOpen(entry)) return verdict('allow', 'open');
  // The credential of a legal person is there to ask who used what; it has no purpose of its own for which data is shared.
  if (principal.kind === 'public' || principal.legalPerson !== undefined) return verdict('deny', 'not-open');
  if (isUnconditional(entry, principal)) return verdict('allow', 'unconditional');

  const eligible = findEligibleGrants(entry, access.grants, principal);
  if ('refusal' in eligible) return verdict('deny', eligible.refusal);
  const by = (mode: GrantMode): Grant[] =>
    eligible.grants.filter((grant) => grant.items.get(entry.coordinate)?.has(mode));
  const granted: Reason = classification.sharing === 'not-shared' ? 'own-provider' : 'granted';
  if (by('plain').length > 0) return verdict('allow', granted, by('plain'));
  if (by('masked').length > 0 && entry.maskable) return verdict('mask', 'granted-masked', by('masked'));
  if (by('aggregate').length > 0) return verdict('aggregate', 'granted-aggregate', by('aggregate'));
  if (by('match').length > 0) return verdict('deny', 'match-only', by('match'));
  return verdict('deny', 'grant-needed');
}

/** Whether a subject may be looked up by a value of this identifier that the caller already holds. A mask does not give it. */
export function decideMatch(entry: CoordinateEntry | undefined, access: Access): Verdict {
  const reading = decideField(entry, access);
  if (reading.kind === 'allow' || !entry?.matchable) return reading;
  const { principal } = access;
  if (principal.kind !== 'consumer' || principal.legalPerson !== undefined || entry.classification.category === 'core')
    return reading;
  const eligible = findEligibleGrants(entry, access.grants, principal);
  if ('refusal' in eligible) return { ...reading, kind: 'deny', reason: eligible.refusal };
  const matching = eligible.grants.filter((grant) => grant.items.get(entry.coordinate)?.has('match'));
  if (matching.length === 0) return { ...reading, kind: 'deny', reason: 'grant-needed', grants: [] };
  return { ...reading, kind: 'allow', reason: 'granted', grants: matching.map((grant) => grant.code) };
}

/**
 * What is derived is denied for the first of its sources that is not readable in plain: a mask, or a right to statistics, is not enough to
 * read what was computed from the value.
 */
export function decideDerived(own: Verdict, sources: readonly Verdict[]): Verdict {
  if (own.kind !== 'allow') return own;
  const closed = sources.find((source) => source.kind !== 'allow');
  if (!closed) return { ...own, grants: [...new Set([...own.grants, ...sources.flatMap((source) => source.grants)])] };
  return { kind: 'deny', reason: closed.reason, level: own.level, grants: [] };
}

/** Rule 1. */
function isOpen({ classification }: CoordinateEntry): boolean {
  return classification.open === 'open' && classification.level === 'L1' && classification.category === 'general';
}

/** Rule 2: without a grant, never above L2, whatever the clearance says. */
function isUnconditional({ classification }: CoordinateEntry, consumer: ConsumerPrincipal): boolean {
  return (
    classification.sharing === 'unconditional' &&
    classification.category === 'general' &&
    compareLevels(classification.level, 'L2') <= 0 &&
    compareLevels(classification.level, consumer.clearance) <= 0
  );
}

/** The grants that name the coordinate and may give it: rules 3 and 4. */
function findEligibleGrants(
  entry: CoordinateEntry,
  grants: readonly Grant[],
  consumer: ConsumerPrincipal,
): { grants: readonly Grant[] } | { refusal: Reason } {
  const { classification, coordinate } = entry;
  if (classification.sharing === 'not-shared' && entry.provider !== consumer.department)
    return { refusal: 'not-shared' };
  const naming = grants.filter((grant) => grant.items.has(coordinate));
  if (naming.length === 0) return { refusal: classification.sharing === 'not-shared' ? 'not-shared' : 'grant-needed' };
  if (classification.category !== 'important') return { grants: naming };
  const approved = naming.filter((grant) => grant.approvedTwice);
  return approved.length > 0 ? { grants: approved } : { refusal: 'second-approval-needed' };
}
