/** Who is served a plan that is there already: whoever would be given the same verdicts, and nobody else. */
import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../src/model/verdict.js';
import { createPlanCache } from '../../src/planning/plan-cache.js';
import type { Decider } from '../../src/planning/plan-draft.js';

type Answers = Readonly<Record<string, Partial<Verdict>>>;
const open: Verdict = { kind: 'allow', reason: 'open', level: 'L1', grants: [] };

/** Answers as it is told, `field name` or `match name`; everything else is open. */
function deciderOf(answers: Answers = {}): Decider & { readonly asked: string[] } {
  const asked: string[] = [];
  const ask = (kind: string) => (coordinate: string) => {
    asked.push(`${kind} ${coordinate}`);
    return Promise.resolve({ ...open, ...answers[`${kind} ${coordinate}`] });
  };
  return { asked, field: ask('field'), match: ask('match') };
}

function setUp(maximum = 100) {
  const evicted: string[] = [];
  let made = 0;
  const cache = createPlanCache<{ name: string }>({ maximum, onEvict: ({ name }) => evicted.push(name) });
  const find = async (key: string, decider: Decider = deciderOf(), owner: object = {}) => {
    const plan = await cache.find(key, decider, owner, async (listened) => {
      await listened.field('a');
      await listened.match('a');
      await listened.field('b');
      await listened.field('a');
      made += 1;
      return { name: `${key} ${made}` };
    });
    return plan.name;
  };
  return { cache, evicted, find };
}

describe('a plan', () => {
  test('is made once for all who are given the same verdicts', async () => {
    const { cache, find } = setUp();
    expect([await find('q'), await find('q'), await find('q', deciderOf({ 'field c': { kind: 'deny' } }))]).toEqual([
      ...['q 1', 'q 1', 'q 1'],
    ]);
    expect(cache.size).toBe(1);
  });

  test('is one of its own for each key', async () => {
    const { cache, find } = setUp();
    expect([await find('q'), await find('r'), await find('q')]).toEqual(['q 1', 'r 2', 'q 1']);
    expect(cache.size).toBe(2);
  });

  test.each<[string, Answers]>([
    ['kind', { 'field a': { kind: 'deny' } }],
    ['reason', { 'field b': { reason: 'granted' } }],
    ['level', { 'field b': { level: 'L4' } }],
    ['right to match', { 'match a': { kind: 'deny' } }],
  ])('is another where one verdict differs in its %s', async (_what, answers) => {
    const { find } = setUp();
    expect([await find('q'), await find('q', deciderOf(answers))]).toEqual(['q 1', 'q 2']);
    // Both are kept.
    expect([await find('q'), await find('q', deciderOf(answers))]).toEqual(['q 1', 'q 2']);
  });

  test('does not tell apart by which grants a verdict stands', async () => {
    const { find } = setUp();
    expect([await find('q'), await find('q', deciderOf({ 'field a': { grants: ['G-1'] } }))]).toEqual(['q 1', 'q 1']);
  });

  test('is compared by each of its questions, asked once', async () => {
    const { find } = setUp();
    await find('q');
    const decider = deciderOf();
    await find('q', decider);
    expect(decider.asked).toEqual(['field a', 'match a', 'field b']);
  });

  test('is not compared again for an owner who was given it before', async () => {
    const { find } = setUp();
    const [owner, decider] = [{}, deciderOf()];
    await find('q', decider, owner);
    decider.asked.length = 0;
    expect(await find('q', decider, owner)).toBe('q 1');
    expect(decider.asked).toEqual([]);
    expect(await find('r', decider, owner)).toBe('r 2');
    expect(await find('q', decider, owner)).toBe('q 1');
  });

  test('that could not be made is not kept', async () => {
    const { cache, find } = setUp();
    const failing = { ...deciderOf(), field: () => Promise.reject(new Error('broken')) };
    await expect(find('q', failing)).rejects.toThrow('broken');
    expect(cache.size).toBe(0);
    expect(await find('q')).toBe('q 1');
  });
});

describe('plans that are dropped', () => {
  test('are those used longest ago, and each is told', async () => {
    const { cache, evicted, find } = setUp(2);
    const owner = {};
    await find('q', deciderOf(), owner);
    await find('r');
    await find('q', deciderOf(), owner);
    await find('s');
    expect([evicted, cache.size]).toEqual([['r 2'], 2]);
    expect(await find('r')).toBe('r 4');
    expect(evicted).toEqual(['r 2', 'q 1']);
    // Not even the owner is given what is no longer there.
    expect(await find('q', deciderOf(), owner)).toBe('q 5');
  });

  test('are the oldest of more than sixteen under one key', async () => {
    const { evicted, find } = setUp();
    const decider = (n: number) => deciderOf({ 'field a': { reason: `reason ${n}` as never } });
    for (let n = 1; n <= 16; n += 1) await find('q', decider(n));
    expect(evicted).toEqual([]);
    await find('q', decider(17));
    expect(evicted).toEqual(['q 1']);
    expect(await find('q', decider(2))).toBe('q 2');
    expect(await find('q', decider(1))).toBe('q 18');
    expect(evicted).toEqual(['q 1', 'q 2']);
  });

  test('may be dropped without a word', async () => {
    const cache = createPlanCache<{ n: number }>({ maximum: 1 });
    for (let n = 0; n < 20; n += 1) {
      const decider = deciderOf({ 'field a': { reason: `reason ${n}` as never } });
      const make = async (listened: Decider) => listened.field('a').then(() => ({ n }));
      expect(await cache.find('q', decider, {}, make)).toEqual({ n });
    }
    await cache.find('r', deciderOf(), {}, () => Promise.resolve({ n: 0 }));
    expect(cache.size).toBe(1);
  });
});
