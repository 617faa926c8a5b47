/** Derived data through the registry and the decision: as closed as the strictest of what it is computed from. */
import { describe, expect, test } from '@jest/globals';
import { compareLevels, levels } from '../../src/model/classification.js';
import { createRegistry } from '../../src/model/registry.js';
import { portrait } from '../../src/libraries/portrait/library.js';
import type { Access, Grant, GrantMode } from '../../src/policy/access.js';
import { createAccessProfile } from '../../src/policy/access-profile.js';
import { libraries } from './derived-city.js';

const { coordinates } = createRegistry(libraries, []);
const sourcesOf = (name: string) => coordinates.get(name)!.derivedFrom;

function grantOf(items: ReadonlyMap<string, ReadonlySet<GrantMode>>): Grant {
  const validity = { validFrom: new Date(0), validUntil: new Date(8e15), revokedAt: null };
  const demands = {
    divisions: null,
    includesProtected: false,
    approvedTwice: false,
    requiresUser: false,
    requiresCase: false,
  };
  return { code: 'G-1', consumer: 'app', purpose: 'test', legalBasis: 'test', ...validity, ...demands, items };
}

/** What a consumer sees of a dataset that holds a grant on these coordinates. */
function verdictOn(dataset: string, items: Readonly<Record<string, GrantMode>>) {
  const principal = { kind: 'consumer', name: 'app', department: '150600-finance', clearance: 'L2' } as const;
  const access: Access = {
    principal,
    grants: [grantOf(new Map(Object.entries(items).map(([name, mode]) => [name, new Set([mode])])))],
  };
  return createAccessProfile(access, 1, coordinates).verdictOf(dataset);
}

const plain = (names: readonly string[]): Record<string, GrantMode> =>
  Object.fromEntries(names.map((name) => [name, 'plain' as const]));

describe.each(portrait.datasets.map(({ name }) => [name]))('%s', (name) => {
  const entry = coordinates.get(name)!;
  const strictness = {
    sharing: ['unconditional', 'conditional', 'not-shared'],
    open: ['open', 'conditionally-open', 'not-open'],
    category: ['general', 'important', 'core'],
  } as const;

  test('names its sources, and in nothing is it or a field of it below any of them', () => {
    expect(entry.derivedFrom.length).toBeGreaterThan(0);
    expect(new Set(entry.derivedFrom).size).toBe(entry.derivedFrom.length);
    const fields = [...coordinates.values()].filter(
      ({ coordinate }) => coordinate === name || coordinate.startsWith(`${name}.`),
    );
    for (const { classification: own } of fields) {
      for (const source of entry.derivedFrom) {
        const its = coordinates.get(source)!.classification;
        expect(compareLevels(own.level, its.level)).toBeGreaterThanOrEqual(0);
        for (const key of ['sharing', 'open', 'category'] as const) {
          const order: readonly string[] = strictness[key];
          expect(order.indexOf(own[key])).toBeGreaterThanOrEqual(order.indexOf(its[key]));
        }
      }
    }
  });

  test('is at the level of the strictest source', () => {
    const strictest = Math.max(
      ...entry.derivedFrom.map((source) => levels.indexOf(coordinates.get(source)!.classification.level)),
    );
    expect(levels.indexOf(entry.classification.level)).toBe(strictest);
  });

  test('names the dataset of each column that it names', () => {
    for (const source of entry.derivedFrom) expect(entry.derivedFrom).toContain(source.split('.')[0]);
  });

  test('is there for who holds it and all its sources, and for nobody who lacks one of those that need a grant', () => {
    expect(verdictOn(name, plain([name, ...entry.derivedFrom])).kind).toBe('allow');
    for (const missing of entry.derivedFrom.filter(
      (source) => coordinates.get(source)!.classification.sharing !== 'unconditional',
    )) {
      expect([
        missing,
        verdictOn(name, plain([name, ...entry.derivedFrom.filter((source) => source !== missing)])).kind,
      ]).toEqual([missing, 'deny']);
    }
  });
});

test('a risk score is not there for who sees arrears of tax masked', () => {
  const items = { ...plain(['RiskScore', ...sourcesOf('RiskScore')]), 'TaxRegistration.arrears': 'masked' as const };
  expect(verdictOn('RiskScore', items)).toMatchObject({ kind: 'deny', reason: 'granted-masked' });
});

test('a grant on tags of the person gives none of health', () => {
  expect(verdictOn('HealthTag', plain(['PersonTag', ...sourcesOf('PersonTag'), 'HealthTag'])).kind).toBe('deny');
});

test('the time line is open to the public', () => {
  const profile = createAccessProfile({ principal: { kind: 'public', name: 'public' }, grants: [] }, 1, coordinates);
  expect(profile.verdictOf('EnterpriseTimelineEntry').kind).toBe('allow');
  for (const name of ['RiskScore', 'Standing', 'PersonTag', 'HealthTag'])
    expect(profile.verdictOf(name).kind).toBe('deny');
});
