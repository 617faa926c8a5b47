/** What a profile makes of an access: its verdicts, remembered; its rows, its purpose and its end. */
import { describe, expect, test } from '@jest/globals';
import type { CoordinateEntry } from '../../src/model/registry.js';
import type { Access, Grant } from '../../src/policy/access.js';
import { createAccessProfile } from '../../src/policy/access-profile.js';
import { sampleCoordinates, sampleEntry, sampleGrant } from './sample-policy.js';

const accessWith = (...grants: Grant[]): Access => ({
  principal: { kind: 'consumer', name: 'app', department: '150600-health', clearance: 'L2' },
  grants,
});
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

describe('a profile', () => {
  test('has the access, the version and the rows of its grants', () => {
    const grants = [sampleGrant({ divisions: ['150602'], includesProtected: true, purpose: 'a purpose' })];
    const access = accessWith(...grants);
    expect(createAccessProfile(access, 7, sampleCoordinates)).toMatchObject({
      principal: access.principal,
      grants,
      policyVersion: 7,
      scope: { divisions: ['150602'], includesProtected: true },
      purpose: 'a purpose',
    });
    expect(createAccessProfile(accessWith(), 7, sampleCoordinates)).toMatchObject({
      purpose: null,
      scope: { divisions: null, includesProtected: false },
    });
  });

  test('ends with the first of its grants and its credential to end', () => {
    const endOf = (grants: readonly number[], credential: number | null) =>
      createAccessProfile(
        accessWith(...grants.map((n) => sampleGrant({ code: `G-${n}`, validUntil: day(n) }))),
        1,
        sampleCoordinates,
        credential === null ? null : day(credential),
      ).validUntil;
    expect(endOf([], null)).toBeNull();
    expect(endOf([], 3)).toEqual(day(3));
    expect(endOf([5, 4], null)).toEqual(day(4));
    expect(endOf([5, 4], 3)).toEqual(day(3));
    expect(endOf([5, 4], 6)).toEqual(day(4));
    expect(createAccessProfile(accessWith(), 1, sampleCoordinates).validUntil).toBeNull();
  });

  test('knows the entries that it was given', () => {
    const profile = createAccessProfile(accessWith(), 1, sampleCoordinates);
    expect(profile.entryOf('Resident.name')).toBe(sampleCoordinates.get('Resident.name'));
    expect(profile.entryOf('Nothing')).toBeUndefined();
  });

  test('denies what has no entry, to read and to match', () => {
    const profile = createAccessProfile(accessWith(), 1, sampleCoordinates);
    const unclassified = { kind: 'deny', reason: 'unclassified', level: null, grants: [] };
    expect([profile.verdictOf('Nothing'), profile.matchOf('Nothing')]).toEqual([unclassified, unclassified]);
  });

  test('keeps reading and matching apart, and decides each once', () => {
    const grant = sampleGrant({ items: { 'Resident.idNumber': ['match'] } });
    const profile = createAccessProfile(accessWith(grant), 1, sampleCoordinates);
    expect(profile.verdictOf('Resident.idNumber')).toMatchObject({ kind: 'deny', reason: 'match-only' });
    expect(profile.matchOf('Resident.idNumber')).toMatchObject({ kind: 'allow', reason: 'granted' });
    expect(profile.verdictOf('Resident.idNumber')).toBe(profile.verdictOf('Resident.idNumber'));
    expect(profile.matchOf('Resident.idNumber')).toBe(profile.matchOf('Resident.idNumber'));
  });

  test('is closed where an emergency switch says so, whatever was granted, and nowhere else', () => {
    const grant = sampleGrant({ items: { 'Resident.name': ['plain'], 'Resident.idNumber': ['plain', 'match'] } });
    const isOff = ({ coordinate }: CoordinateEntry): boolean => coordinate === 'Resident.idNumber';
    const profile = createAccessProfile(accessWith(grant), 1, sampleCoordinates, null, isOff);
    const off = { kind: 'deny', reason: 'switched-off', level: 'L4', grants: [] };
    expect([profile.verdictOf('Resident.idNumber'), profile.matchOf('Resident.idNumber')]).toEqual([off, off]);
    expect(profile.verdictOf('Resident.name')).toMatchObject({ kind: 'allow' });
    expect(profile.verdictOf('Nothing')).toMatchObject({ reason: 'unclassified' });
  });
});

describe('what is derived from several', () => {
  const coordinates = new Map(
    [
      sampleEntry({ coordinate: 'One' }),
      sampleEntry({ coordinate: 'Two' }),
      sampleEntry({ coordinate: 'Both', sharing: 'unconditional', level: 'L1', derivedFrom: ['One', 'Two'] }),
      sampleEntry({ coordinate: 'Closed', sharing: 'conditional', derivedFrom: ['One'] }),
    ].map((entry) => [entry.coordinate, entry] as const),
  );
  const verdict = (coordinate: string, ...granted: Record<string, readonly ['plain' | 'masked']>[]) =>
    createAccessProfile(
      accessWith(...granted.map((items, n) => sampleGrant({ code: `G-${n}`, items }))),
      1,
      coordinates,
    ).verdictOf(coordinate);

  test('rests on the grants of them all, each named once', () => {
    expect(verdict('Both', { One: ['plain'] }, { Two: ['plain'] })).toMatchObject({
      kind: 'allow',
      grants: ['G-0', 'G-1'],
    });
    expect(verdict('Both', { One: ['plain'], Two: ['plain'] }).grants).toEqual(['G-0']);
    expect(verdict('Closed', { One: ['plain'], Closed: ['plain'] }).grants).toEqual(['G-0']);
  });

  test('is denied for the first that is closed, with its own level', () => {
    expect(verdict('Both', { One: ['plain'] })).toEqual({
      kind: 'deny',
      reason: 'grant-needed',
      level: 'L1',
      grants: [],
    });
    expect(verdict('Both', { One: ['masked'], Two: ['plain'] })).toMatchObject({ reason: 'granted-masked' });
  });

  test('is no more than it is itself, where its sources are open to the caller', () => {
    expect(verdict('Closed', { One: ['plain'] })).toMatchObject({ kind: 'deny', reason: 'grant-needed', grants: [] });
    expect(verdict('Closed', { One: ['masked'] })).toMatchObject({ kind: 'deny', reason: 'grant-needed' });
    expect(verdict('Closed', { One: ['plain'], Closed: ['masked'] })).toMatchObject({ kind: 'mask' });
  });
});
