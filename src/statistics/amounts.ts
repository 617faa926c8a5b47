/** What is known of a group of units: how many, how many stand behind them, how much they add up to, and the two largest of these. */
import type { Dominance } from './cube.js';

export interface Amount {
  readonly units: number;
  /** At least so many different ones. */
  readonly contributors: number;
  /** In hundredths. */
  readonly sum: bigint;
  /** The sum of the sizes, sign aside. */
  readonly mass: bigint;
  readonly payers: number;
  /** The largest contribution by one, and the second: at least as large as they are. */
  readonly first: bigint;
  readonly second: bigint;
}

export const nothing: Amount = { units: 0, contributors: 0, sum: 0n, mass: 0n, payers: 0, first: 0n, second: 0n };

/** Of groups that have no contributor in common. */
export function joinApart(a: Amount, b: Amount): Amount {
  const [high, low] = a.first >= b.first ? [a, b] : [b, a];
  return {
    ...addUp(a, b),
    contributors: a.contributors + b.contributors,
    payers: a.payers + b.payers,
    first: high.first,
    second: high.second >= low.first ? high.second : low.first,
  };
}

/** Of groups whose contributors may be the same: as few, and each as large, as they may be. */
export function joinTogether(a: Amount, b: Amount): Amount {
  return {
    ...addUp(a, b),
    contributors: Math.max(a.contributors, b.contributors),
    payers: Math.max(a.payers, b.payers),
    first: a.first + b.first,
    second: a.second + b.second,
  };
}

function addUp(a: Amount, b: Amount): Pick<Amount, 'units' | 'sum' | 'mass'> {
  return { units: a.units + b.units, sum: a.sum + b.sum, mass: a.mass + b.mass };
}

/** Whether a group may be published, where it is not empty. */
export interface Rule {
  readonly isEmpty: (amount: Amount) => boolean;
  readonly isSafe: (amount: Amount) => boolean;
}

export function countRule(k: number): Rule {
  return { isEmpty: ({ units }) => units === 0, isSafe: ({ contributors }) => contributors >= k };
}

/** INVARIANT: what the second largest contributor can conclude of the largest stays p per cent of it away. */
export function sumRule({ percent, minimumContributors }: Dominance): Rule {
  return {
    isEmpty: ({ payers }) => payers === 0,
    isSafe: ({ payers, mass, first, second }) =>
      payers >= minimumContributors && (mass - first - second) * 100n >= first * BigInt(percent),
  };
}

export function bothRules(a: Rule, b: Rule): Rule {
  return {
    isEmpty: (amount) => a.isEmpty(amount) && b.isEmpty(amount),
    isSafe: (amount) => a.isSafe(amount) && b.isSafe(amount),
  };
}
