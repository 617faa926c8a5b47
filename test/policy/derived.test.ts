/** What is derived is as closed as the strictest of its sources. */
import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import type { Access } from '../../src/policy/access.js';
import { createAccessProfile } from '../../src/policy/access-profile.js';
import { createRegistry } from '../../src/model/registry.js';
import type { CoordinateEntry } from '../../src/model/registry.js';
import { libraries } from '../../src/libraries/index.js';
import { portraits } from '../../src/portraits/index.js';
import { sampleEntry } from './sample-policy.js';

const source = sampleEntry({
  coordinate: 'Penalty',
  level: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  maskable: true,
});
const derived = sampleEntry({
  coordinate: 'RiskScore',
  level: 'L2',
  sharing: 'unconditional',
  open: 'not-open',
  derivedFrom: ['Penalty'],
});
const coordinates = new Map<string, CoordinateEntry>([source, derived].map((entry) => [entry.coordinate, entry]));

function verdictWith(modes: readonly ('plain' | 'masked' | 'aggregate')[]): {
  kind: string;
  reason: string;
  grants: readonly string[];
} {
  const grant = {
    code: 'G-1',
    consumer: 'app',
    purpose: 'test',
    legalBasis: 'test',
    validFrom: new Date(0),
    validUntil: new Date(8e15),
    divisions: null,
    includesProtected: false,
    approvedTwice: false,
    requiresUser: false,
    requiresCase: false,
    revokedAt: null,
    items: new Map([['Penalty', new Set(modes)]]),
  };
  const access: Access = {
    principal: { kind: 'consumer', name: 'app', department: 'd', clearance: 'L2' },
    grants: modes.length > 0 ? [grant] : [],
  };
  return createAccessProfile(access, 1, coordinates).verdictOf('RiskScore');
}

describe('a derived dataset', () => {
  test('is denied where its source is, though it is shared unconditionally itself', () => {
    expect(verdictWith([])).toMatchObject({ kind: 'deny', reason: 'grant-needed' });
  });
  test('is denied where its source is masked or for statistics alone', () => {
    expect(verdictWith(['masked'])).toMatchObject({ kind: 'deny', reason: 'granted-masked' });
    expect(verdictWith(['aggregate'])).toMatchObject({ kind: 'deny', reason: 'granted-aggregate' });
  });
  test('is there where its source is read in plain, and rests on the same grant', () => {
    expect(verdictWith(['plain'])).toMatchObject({ kind: 'allow', grants: ['G-1'] });
  });
  test('every derivation of the registry names what exists', () => {
    expect(() => createRegistry(libraries, portraits)).not.toThrow();
  });
});
