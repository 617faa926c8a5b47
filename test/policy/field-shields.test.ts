/** The shield of each coordinate: only a readable verdict opens it, and what has none is denied. */
import { describe, expect, test } from '@jest/globals';
import type { Verdict, VerdictKind } from '../../src/model/verdict.js';
import type { AccessProfile } from '../../src/policy/access-profile.js';
import { createFieldShields, ShieldRefusal } from '../../src/policy/field-shields.js';
import { sampleCoordinates } from './sample-policy.js';

const shields = createFieldShields(sampleCoordinates);
const unclassified: Verdict = { kind: 'deny', reason: 'unclassified', level: null, grants: [] };
const verdictOf = (kind: VerdictKind, grant: string): Verdict => ({
  kind,
  reason: 'granted',
  level: 'L3',
  grants: [grant],
});

/** Reads as `reading`, matches as `matching`, whatever is asked about. */
function profileOf(reading: VerdictKind, matching: VerdictKind): AccessProfile & { readonly asked: string[] } {
  const asked: string[] = [];
  const told = (question: string, verdict: Verdict) => (coordinate: string) => {
    asked.push(`${question} ${coordinate}`);
    return verdict;
  };
  const [read, match] = [verdictOf(reading, 'R'), verdictOf(matching, 'M')];
  return { asked, verdictOf: told('read', read), matchOf: told('match', match) } as never;
}

describe('a shield', () => {
  test.each(['allow', 'mask', 'aggregate', 'deny'] as const)('tells the verdict %s as it is', async (kind) => {
    const other = kind === 'deny' ? 'allow' : 'deny';
    const field = await shields.ask('field', 'Resident.idNumber', profileOf(kind, other));
    expect(field).toEqual(verdictOf(kind, 'R'));
    const match = await shields.ask('match', 'Resident.idNumber', profileOf(other, kind));
    expect(match).toEqual(verdictOf(kind, 'M'));
  });

  test('asks about its own coordinate, and of reading or of matching alone', async () => {
    const profile = profileOf('allow', 'allow');
    await shields.ask('field', 'Resident.name', profile);
    expect(new Set(profile.asked)).toEqual(new Set(['read Resident.name']));
    const other = profileOf('allow', 'allow');
    await shields.ask('match', 'Resident.idNumber', other);
    expect(new Set(other.asked)).toEqual(new Set(['match Resident.idNumber']));
  });

  test('remembers nothing: another profile has another answer', async () => {
    for (const kind of ['allow', 'deny', 'allow'] as const)
      expect(await shields.ask('field', 'Resident.name', profileOf(kind, 'deny'))).toMatchObject({ kind });
  });

  test.each([
    ['field', 'Resident.shoeSize'],
    ['match', 'Resident.shoeSize'],
    ['match', 'Resident.name'],
  ] as const)('that is not there denies, whatever the profile says: %s %s', async (question, coordinate) => {
    const profile = profileOf('allow', 'allow');
    expect(await shields.ask(question, coordinate, profile)).toEqual(unclassified);
    expect(profile.asked).toEqual([]);
  });

  test('that refused stays shut, though the profile would now say yes', async () => {
    for (const question of ['field', 'match'] as const) {
      let asked = 0;
      const answer = () => verdictOf((asked += 1) === 1 ? 'deny' : 'allow', 'changed');
      const changing = { verdictOf: answer, matchOf: answer } as never;
      expect(await shields.ask(question, 'Resident.idNumber', changing)).toEqual(verdictOf('deny', 'changed'));
    }
  });

  test('has no answer where the decision fails', async () => {
    const failing = {
      verdictOf: () => {
        throw new Error('broken');
      },
    } as never;
    await expect(shields.ask('field', 'Resident.name', failing)).rejects.toThrow('broken');
  });

  test('refuses with the reason', () => {
    const refusal = new ShieldRefusal(unclassified);
    expect([refusal.message, refusal.verdict]).toEqual(['unclassified', unclassified]);
  });
});
