/** The tables of rows, grants and re-gradings, each line with its reason: rules 6 and 7, validity and purpose, and what holds of a re-graded coordinate. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Classification } from '../../src/model/classification.js';
import type { CoordinateEntry } from '../../src/model/registry.js';
import type { Grant, Principal } from '../../src/policy/access.js';
import { createAccessProfile } from '../../src/policy/access-profile.js';
import { applyRegradings, type RegradingInForce } from '../../src/policy/effective-classification.js';
import { scopeOf, selectGrants } from '../../src/policy/select-grants.js';
import { sampleEntry, sampleGrant } from './sample-policy.js';

function casesOf<Case extends { readonly rule: string }>(name: string): (readonly [string, Case])[] {
  const cases = parse(readFileSync(new URL(`${name}.cases.yml`, import.meta.url), 'utf8')) as Case[];
  return cases.map((it) => [it.rule, it] as const);
}

interface RowsCase {
  readonly rule: string;
  readonly grants: readonly { divisions?: string[]; includesProtected?: boolean }[];
  readonly divisions: 'city' | readonly string[];
  readonly protected: 'yes' | 'no' | boolean;
}

describe('the rows of a request', () => {
  test.each(casesOf<RowsCase>('rows'))('%s', (_rule, it) => {
    const scope = scopeOf(it.grants.map((grant, n) => sampleGrant({ code: `G-${n}`, ...grant })));
    expect(scope).toEqual({
      divisions: it.divisions === 'city' ? null : it.divisions,
      includesProtected: it.protected === 'yes' || it.protected === true,
    });
  });
});

interface GrantsCase {
  readonly rule: string;
  readonly held: readonly { code: string; purpose?: string; from?: string; until?: string; revoked?: string }[];
  readonly named?: readonly string[];
  readonly gives?: string;
  readonly refused?: string;
}

describe('the grants of a request', () => {
  const now = new Date('2026-06-01T00:00:00Z');
  const grantOf = ({ code, purpose, from, until, revoked }: GrantsCase['held'][number]): Grant =>
    sampleGrant({
      code,
      ...(purpose && { purpose }),
      ...(from && { validFrom: new Date(from) }),
      ...(until && { validUntil: new Date(until) }),
      ...(revoked && { revokedAt: new Date(revoked) }),
    });

  test.each(casesOf<GrantsCase>('grants'))('%s', (_rule, it) => {
    const select = (): readonly Grant[] => selectGrants(it.held.map(grantOf), it.named ?? null, now);
    if (it.refused === undefined) {
      const codes = select().map(({ code }) => code);
      expect(codes.sort().join(' ')).toBe(it.gives);
    } else {
      expect(select).toThrow(
        expect.objectContaining({ code: 'GRANT_INVALID', message: expect.stringContaining(it.refused) }),
      );
    }
  });
});

interface RegradedCase {
  readonly rule: string;
  readonly of: Partial<Classification>;
  readonly then?: Partial<Classification>;
  readonly to?: Partial<Classification>;
  readonly source?: { readonly of?: Partial<Classification>; readonly to?: Partial<Classification> };
  readonly becomes: Partial<Classification>;
  readonly public: string;
  readonly consumer: string;
  readonly granted: string;
}

const consumer: Principal = { kind: 'consumer', name: 'app', department: '150600-health', clearance: 'L2' };
const everyone: Principal = { kind: 'public', name: 'public' };

describe('what was re-graded', () => {
  test.each(casesOf<RegradedCase>('regraded'))('%s', (_rule, it) => {
    const declared = declarationsOf(it);
    const coordinates = applyRegradings(declared, regradingsOf(it, declared));
    expect(coordinates.get('Derived')!.classification).toMatchObject(it.becomes);
    // A field of a derived type follows the type's sources, and what another coordinate decides follows that one.
    expect(coordinates.get('Derived.id')!.classification).toEqual(coordinates.get('Derived')!.classification);
    const grant = sampleGrant({ items: { Derived: ['plain'] } });
    for (const [principal, grants, expected] of [
      [everyone, [], it.public],
      [consumer, [], it.consumer],
      [consumer, [grant], it.granted],
    ] as const) {
      const { kind, reason, level } = createAccessProfile({ principal, grants }, 1, coordinates).verdictOf('Derived');
      expect(`${kind} ${reason}`).toBe(expected);
      expect(level).toBe(coordinates.get('Derived')!.classification.level);
    }
  });

  function declarationsOf({ of, source }: RegradedCase): ReadonlyMap<string, CoordinateEntry> {
    const type = sampleEntry({ ...of, coordinate: 'Derived', maskable: false, derivedFrom: source ? ['Source'] : [] });
    return new Map([
      ['Derived', type],
      ['Derived.id', type],
      ['Source', sampleEntry({ ...of, ...source?.of, coordinate: 'Source', maskable: false })],
    ]);
  }

  function regradingsOf(
    { of, then, to, source }: RegradedCase,
    declared: ReadonlyMap<string, CoordinateEntry>,
  ): ReadonlyMap<string, RegradingInForce> {
    const make = (coordinate: string, wanted: Partial<Classification>, before: Partial<Classification> = {}) => {
      const declaredThen = { ...declared.get(coordinate)!.classification, ...before };
      const regrading = { coordinate, declared: declaredThen, classification: { ...declaredThen, ...wanted } };
      return [coordinate, regrading] as const;
    };
    return new Map([
      ...(to ? [make('Derived', to, { ...of, ...then })] : []),
      ...(source?.to ? [make('Source', source.to)] : []),
    ]);
  }
});
