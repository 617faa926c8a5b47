import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { categories, levels, openTypes, sharingTypes } from '../../src/model/classification.js';
import type { CoordinateEntry } from '../../src/model/registry.js';
import type { Verdict } from '../../src/model/verdict.js';
import type { Access, ConsumerPrincipal, Grant, GrantMode, OfficialRole, Principal } from '../../src/policy/access.js';
import { grantModes, officialRoles } from '../../src/policy/access.js';
import { decideField, decideMatch } from '../../src/policy/decide.js';
import {
  type DecisionRule,
  decideByTable,
  fieldRules,
  findRule,
  matchByTable,
  matchRules,
} from '../support/decision-table.js';
import { sampleEntry, sampleGrant } from './sample-policy.js';

const provider = '150600-public-security';
const other = '150600-health';

function consumer(clearance: (typeof levels)[number], own: boolean): ConsumerPrincipal {
  return { kind: 'consumer', name: 'portrait-app', department: own ? provider : other, clearance };
}
function official(own: boolean, role: OfficialRole = 'auditor'): Principal {
  return { kind: 'official', name: `${role}-1`, role, department: own ? provider : other };
}
/** Of the highest clearance and the providing department, neither of which helps it. */
const legalPerson: Principal = { ...consumer('L4', true), legalPerson: '7' };
const everyone: Principal = { kind: 'public', name: 'public' };

interface Case {
  readonly rule: string;
  readonly principal?: Principal['kind'] | 'legal-person';
  readonly own?: boolean;
  readonly clearance?: (typeof levels)[number];
  readonly grants?: readonly { it?: GrantMode[]; other?: GrantMode[]; code?: string; approvedTwice?: boolean }[];
  readonly of?: Parameters<typeof sampleEntry>[0] | null;
  readonly read: string;
  readonly match?: string;
}
const cases = parse(readFileSync(new URL('decide.cases.yml', import.meta.url), 'utf8')) as Case[];

function grantOf({ it, other: elsewhere, ...rest }: NonNullable<Case['grants']>[number]): Grant {
  return sampleGrant({
    ...rest,
    items: { ...(it && { 'Resident.name': it }), ...(elsewhere && { 'Resident.other': elsewhere }) },
  });
}

function principalsOf({ principal, own = false, clearance = 'L2' }: Case): readonly Principal[] {
  switch (principal) {
    case 'public':
      return [everyone];
    case 'legal-person':
      return [legalPerson];
    case 'official':
      return officialRoles.map((role) => official(own, role));
    default:
      return [consumer(clearance, own)];
  }
}

/** `allow granted by G-1`; the grants are left out where the case does not name them. */
function tell({ kind, reason, grants }: Verdict, like: string): string {
  return / by( |$)/.test(like) ? `${kind} ${reason} by ${grants.join(' ')}`.trim() : `${kind} ${reason}`;
}

describe('each rule of the classification', () => {
  test.each(cases.map((it) => [it.rule, it] as const))('%s', (_rule, it) => {
    const principals = principalsOf(it);
    const entry = it.of === null ? undefined : sampleEntry(it.of);
    for (const principal of principals) {
      const access = { principal, grants: (it.grants ?? []).map(grantOf) };
      for (const decide of [decideField, decideByTable]) expect(tell(decide(entry, access), it.read)).toBe(it.read);
      if (it.match === undefined) continue;
      for (const decide of [decideMatch, matchByTable]) expect(tell(decide(entry, access), it.match)).toBe(it.match);
    }
  });

  test('a verdict carries the level', () => {
    expect(decideField(sampleEntry({ level: 'L3' }), { principal: everyone, grants: [] }).level).toBe('L3');
    expect(decideField(undefined, { principal: everyone, grants: [] }).level).toBeNull();
  });
});

const principals = [
  everyone,
  legalPerson,
  ...[true, false].flatMap((own) => [official(own), ...levels.map((clearance) => consumer(clearance, own))]),
];
const modeSets = Array.from({ length: 1 << grantModes.length }, (_, bits) =>
  grantModes.filter((_mode, n) => bits & (1 << n)),
);
const single = modeSets.flatMap((it) => [true, false].map((approvedTwice) => [grantOf({ it, approvedTwice })]));
const pairs = grantModes.flatMap((first) =>
  grantModes.map((second) => [
    grantOf({ it: [first], code: 'G-1' }),
    grantOf({ it: [second], code: 'G-2', approvedTwice: true }),
  ]),
);
const grantSets = [[], [grantOf({ other: [...grantModes], approvedTwice: true })], ...single, ...pairs];

function* everyEntry(): Generator<CoordinateEntry> {
  for (const level of levels)
    for (const sharing of sharingTypes)
      for (const open of openTypes)
        for (const category of categories)
          for (const maskable of [true, false])
            for (const matchable of [true, false])
              yield sampleEntry({ level, sharing, open, category, maskable, matchable, provider });
}
function* everyAccess(): Generator<Access> {
  for (const principal of principals) for (const grants of grantSets) yield { principal, grants };
}
function* everyQuestion(): Generator<[CoordinateEntry, Access]> {
  for (const entry of everyEntry()) for (const access of everyAccess()) yield [entry, access];
}

describe('the decision table', () => {
  test('and the decision agree on every principal, set of grants and classification', () => {
    let compared = 0;
    const differing: unknown[] = [];
    for (const [entry, access] of everyQuestion()) {
      compared += 1;
      const pairs = [
        ['field', decideField(entry, access), decideByTable(entry, access)],
        ['match', decideMatch(entry, access), matchByTable(entry, access)],
      ] as const;
      for (const [question, decided, expected] of pairs) {
        if (!same(decided, expected))
          differing.push({ question, classification: entry.classification, access, decided, expected });
      }
      // A few say what is wrong.
      if (differing.length >= 3) break;
    }
    expect(differing).toEqual([]);
    expect(compared).toBe(432 * principals.length * grantSets.length);
  });

  test('has no rule that never decides', () => {
    const used = new Set<DecisionRule>();
    for (const [entry, access] of everyQuestion()) {
      used.add(findRule(fieldRules, entry, access, ''));
      used.add(findRule(matchRules, entry, access, decideByTable(entry, access).kind));
    }
    expect([...fieldRules, ...matchRules].filter((rule) => !used.has(rule))).toEqual([]);
  });
});

function same(a: Verdict, b: Verdict): boolean {
  const [{ grants }, { grants: others }] = [a, b];
  const sameGrants = grants.length === others.length && grants.every((grant, n) => grant === others[n]);
  return a.kind === b.kind && a.reason === b.reason && a.level === b.level && sameGrants;
}
