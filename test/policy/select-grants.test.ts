import { describe, expect, test } from '@jest/globals';
import type { Grant } from '../../src/policy/access.js';
import { scopeOf, selectGrants } from '../../src/policy/select-grants.js';
import { sampleGrant } from './sample-policy.js';

const now = new Date('2026-06-01T00:00:00Z');
const held = [
  sampleGrant({ code: 'ok-1' }),
  sampleGrant({ code: 'ok-2' }),
  sampleGrant({ code: 'other-purpose', purpose: 'statistics' }),
  sampleGrant({ code: 'expired', validUntil: new Date('2026-05-01T00:00:00Z') }),
  sampleGrant({ code: 'ends-now', validUntil: now }),
  sampleGrant({ code: 'begins-now', validFrom: now }),
  sampleGrant({ code: 'not-yet', validFrom: new Date('2026-06-01T00:00:00.001Z') }),
  sampleGrant({ code: 'revoked', revokedAt: new Date('2026-02-01T00:00:00Z') }),
  sampleGrant({ code: 'revoked-by-a-clock-ahead', revokedAt: new Date('2026-06-01T00:00:05Z') }),
];
const codesOf = (grants: readonly Grant[]): string[] => grants.map(({ code }) => code);

describe('grants that are named', () => {
  test('are those, each once', () => {
    expect(codesOf(selectGrants(held, ['ok-2', 'ok-1', 'ok-2'], now))).toEqual(['ok-2', 'ok-1']);
    expect(codesOf(selectGrants(held, ['begins-now'], now))).toEqual(['begins-now']);
    expect(selectGrants(held, [], now)).toEqual([]);
  });

  test.each(['expired', 'ends-now', 'not-yet', 'revoked', 'revoked-by-a-clock-ahead', 'of-another-consumer'])(
    'must all hold: %s',
    (code) => {
      expect(() => selectGrants(held, ['ok-1', code], now)).toThrow(expect.objectContaining({ code: 'GRANT_INVALID' }));
    },
  );

  test('must be of one purpose', () => {
    expect(() => selectGrants(held, ['ok-1', 'other-purpose'], now)).toThrow(
      'expected grants of one purpose, got 2 purposes',
    );
  });

  test('are not repeated in the message', () => {
    expect(() => selectGrants(held, ['secret-guess'], now)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret-guess') }),
    );
  });
});

describe('without names', () => {
  test('the only one that holds is taken', () => {
    expect(codesOf(selectGrants([sampleGrant({ code: 'one' }), ...held.slice(3, 5)], null, now))).toEqual(['one']);
  });

  test('none is where several hold, or none does', () => {
    expect(selectGrants(held, null, now)).toEqual([]);
    expect(selectGrants([], null, now)).toEqual([]);
  });
});

describe('the row scope', () => {
  const within = (...divisions: string[]): Grant => sampleGrant({ divisions });

  test('is the intersection of the divisions; the city, named or not, limits nothing', () => {
    expect(scopeOf([]).divisions).toBeNull();
    expect(scopeOf([sampleGrant(), within('150600')]).divisions).toBeNull();
    expect(scopeOf([within('150627', '150602'), sampleGrant()]).divisions).toEqual(['150602', '150627']);
    expect(scopeOf([within('150602', '150603'), within('150603', '150621')]).divisions).toEqual(['150603']);
    expect(scopeOf([within('150602'), within('150621')]).divisions).toEqual([]);
  });

  test('includes the protected where every grant does', () => {
    const including = sampleGrant({ includesProtected: true });
    expect(scopeOf([]).includesProtected).toBe(false);
    expect(scopeOf([including, including]).includesProtected).toBe(true);
    expect(scopeOf([including, sampleGrant()]).includesProtected).toBe(false);
  });
});
