/** What a switch closes, by one snapshot. That it does so on every node, and on record, emergency-switch.test.ts shows. */
import { describe, expect, test } from '@jest/globals';
import type { CoordinateEntry } from '../../src/model/registry.js';
import type { Principal } from '../../src/policy/access.js';
import { closesLibrary, readSwitches, requireNotSwitchedOff } from '../../src/policy/emergency-switches.js';
import { sampleEntry, sampleGrant } from './sample-policy.js';

const everyone: Principal = { kind: 'public', name: 'public' };
const consumer: Principal = { kind: 'consumer', name: 'app', department: '150600-health', clearance: 'L2' };
const official: Principal = { kind: 'official', name: 'app', role: 'security-officer', department: '150600-data' };

describe('a request', () => {
  const grants = [sampleGrant({ code: 'G-1' }), sampleGrant({ code: 'G-2' })];
  const refusesWith = (
    scope: 'everything' | 'consumer' | 'grant' | 'library',
    target: string,
    principal: Principal,
  ) => {
    try {
      requireNotSwitchedOff(readSwitches([{ scope, target }]), principal, principal === consumer ? grants : []);
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test.each([
    ['everything', '*', [everyone, consumer]],
    ['consumer', 'app', [consumer]],
    ['consumer', 'another', []],
    ['consumer', 'public', []],
    ['grant', 'G-1', [consumer]],
    ['grant', 'G-2', [consumer]],
    ['grant', 'app', []],
    ['grant', 'G-3', []],
    ['library', 'app', []],
    ['library', 'G-1', []],
  ] as const)('with %s %s off', (scope, target, refused) => {
    for (const principal of [everyone, consumer, official])
      expect([principal.kind, refusesWith(scope, target, principal)]).toEqual([
        principal.kind,
        (refused as readonly Principal[]).includes(principal) ? 'SWITCHED_OFF' : null,
      ]);
  });

  test('is not refused where nothing is off', () => {
    for (const principal of [everyone, consumer, official])
      expect(() => requireNotSwitchedOff(readSwitches([]), principal, grants)).not.toThrow();
  });

  test('is told neither what is off nor why', () => {
    expect(() => requireNotSwitchedOff(readSwitches([{ scope: 'grant', target: 'G-1' }]), consumer, grants)).toThrow(
      'expected access that is open, but it has been switched off for now; ask the data centre',
    );
  });
});

describe('a library that is off', () => {
  const coordinates: ReadonlyMap<string, CoordinateEntry> = new Map(
    [
      sampleEntry({ coordinate: 'Penalty', library: 'legal-person' }),
      sampleEntry({ coordinate: 'Visit', library: 'healthcare' }),
      sampleEntry({ coordinate: 'Person' }),
      sampleEntry({ coordinate: 'RiskScore', derivedFrom: ['Penalty'] }),
      sampleEntry({ coordinate: 'Cube', madeFrom: ['Visit', 'Penalty'] }),
      sampleEntry({ coordinate: 'Standing', madeFrom: ['RiskScore'] }),
      sampleEntry({ coordinate: 'Loop', library: 'credit', madeFrom: ['Loop', 'Nowhere'] }),
    ].map((entry) => [entry.coordinate, entry]),
  );
  const closedBy = (...libraries: string[]): string[] => {
    const closes = closesLibrary(readSwitches(libraries.map((target) => ({ scope: 'library', target }))), coordinates);
    return [...coordinates.values()].filter(closes).map(({ coordinate }) => coordinate);
  };

  test.each([
    ['legal-person', ['Penalty', 'RiskScore', 'Cube', 'Standing']],
    ['healthcare', ['Visit', 'Cube']],
    ['credit', ['Loop']],
    ['ecology', []],
  ])('%s closes what is of it and what is made from it, over any number of steps', (library, closed) =>
    expect(closedBy(library)).toEqual(closed),
  );

  test('closes beside another; where none is off nothing is closed', () => {
    expect(closedBy('healthcare', 'credit')).toEqual(['Visit', 'Cube', 'Loop']);
    expect(closedBy()).toEqual([]);
  });
});
