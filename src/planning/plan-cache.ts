/**
 * Plans by what they depend on: normal document, operation, shape of the variables, scope flags, and the verdicts of all they touched.
 *
 * A plan keeps the list of its questions and the answers it was given; it serves whoever would be given the same answers. So consumers with the
 * same verdicts share plans, and no verdict can be forgotten in a key. What varies by request (values, divisions) is a parameter.
 * Bounded, least recently used first.
 */
import { LRUCache } from 'lru-cache';
import type { Verdict } from '../model/verdict.js';
import type { Decider } from './plan-draft.js';

type Question = readonly [kind: 'field' | 'match', coordinate: string];
interface Entry<Compiled> {
  readonly questions: readonly Question[];
  readonly answers: string;
  readonly compiled: Compiled;
}

export interface PlanCache<Compiled> {
  /**
   * At once where the owner had it before.
   *
   * @param make plans with the decider it is given, whose questions are remembered
   */
  find(
    key: string,
    decider: Decider,
    owner: object,
    make: (decider: Decider) => Promise<Compiled>,
  ): Compiled | Promise<Compiled>;
  readonly size: number;
  /** How often a plan was there, and how often it had to be made. */
  readonly hits: number;
  readonly misses: number;
}

export function createPlanCache<Compiled extends object>(options: {
  maximum: number;
  onEvict?: (compiled: Compiled) => void;
}): PlanCache<Compiled> {
  const maximumPerKey = 16;
  const entries = new LRUCache<string, readonly Entry<Compiled>[]>({
    max: options.maximum,
    dispose: (list) => list.forEach((entry) => options.onEvict?.(entry.compiled)),
    noDisposeOnSet: true,
  });
  // The answers of one owner (an access profile) never change, so what it was given once needs no second comparison.
  const owned = new WeakMap<object, LRUCache<string, Compiled>>();
  const remember = (owner: object, key: string, compiled: Compiled): Compiled => {
    let known = owned.get(owner);
    if (!known) owned.set(owner, (known = new LRUCache({ max: options.maximum })));
    known.set(key, compiled);
    return compiled;
  };

  let hits = 0;
  let misses = 0;
  const findShared = async (
    key: string,
    decider: Decider,
    owner: object,
    make: (decider: Decider) => Promise<Compiled>,
  ): Promise<Compiled> => {
    for (const entry of entries.get(key) ?? []) {
      if ((await answersOf(decider, entry.questions)) !== entry.answers) continue;
      hits += 1;
      return remember(owner, key, entry.compiled);
    }
    misses += 1;
    const questions: Question[] = [];
    const compiled = await make(listen(decider, questions));
    const entry = { questions, answers: await answersOf(decider, questions), compiled };
    const list = [entry, ...(entries.get(key) ?? [])];
    for (const dropped of list.splice(maximumPerKey)) options.onEvict?.(dropped.compiled);
    entries.set(key, list);
    return remember(owner, key, compiled);
  };

  return {
    get size() {
      return entries.size;
    },
    get hits() {
      return hits;
    },
    get misses() {
      return misses;
    },
    find(key, decider, owner, make) {
      const own = owned.get(owner)?.get(key);
      // Also refreshes the shared entry, so that a busy plan is not dropped.
      if (!own || !entries.get(key)) return findShared(key, decider, owner, make);
      hits += 1;
      return own;
    },
  };
}

function listen(decider: Decider, questions: Question[]): Decider {
  const ask = (kind: Question[0]) => (coordinate: string) => {
    if (!questions.some(([otherKind, other]) => otherKind === kind && other === coordinate))
      questions.push([kind, coordinate]);
    return decider[kind](coordinate);
  };
  return { field: ask('field'), match: ask('match') };
}

async function answersOf(decider: Decider, questions: readonly Question[]): Promise<string> {
  const answers: Verdict[] = [];
  for (const [kind, coordinate] of questions) answers.push(await decider[kind](coordinate));
  return answers.map((verdict) => `${verdict.kind}/${verdict.reason}/${verdict.level}`).join();
}
