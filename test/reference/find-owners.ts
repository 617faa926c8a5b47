/**
 * Who owns a legal person in the end: every chain of holdings up to a person, one after the other, with exact fractions. A chain ends at a
 * subject that it has passed, after six steps, and before a part of less than a thousandth.
 */
import { graphLimits, type OwnershipLink, smallestOwnedPart } from '../../src/model/relation-graph.js';
import { compareIds } from './find-graph.js';
import type { RowSource } from './row-source.js';

export interface Owner {
  readonly subject: string;
  /** Per cent with four decimals. */
  readonly sharePercent: string;
  readonly directPercent: string;
  readonly chainCount: number;
  readonly steps: number;
}

interface Chain {
  readonly owner: string;
  readonly part: bigint;
  readonly steps: number;
}

/** Six decimals for each step: four of a share in per cent, two of the per cent. */
const digits = 6 * graphLimits.ownershipSteps;
const one = 10n ** BigInt(digits);

export async function findOwners(
  rows: RowSource,
  links: readonly OwnershipLink[],
  subject: string,
  threshold: string,
): Promise<Owner[]> {
  const byOwner = new Map<string, Chain[]>();
  for (const chain of await findChains(rows, links, [subject], one))
    byOwner.set(chain.owner, [...(byOwner.get(chain.owner) ?? []), chain]);
  return [...byOwner]
    .map(([owner, chains]) => ({ owner, chains, part: sum(chains) }))
    .filter(({ part }) => part * 100n >= scaled(threshold))
    .sort((a, b) => (a.part === b.part ? compareIds(a.owner, b.owner) : a.part > b.part ? -1 : 1))
    .slice(0, graphLimits.owners)
    .map(({ owner, chains, part }) => ({
      subject: owner,
      sharePercent: inPercent(part),
      directPercent: inPercent(sum(chains.filter(({ steps }) => steps === 1))),
      chainCount: chains.length,
      steps: Math.min(...chains.map(({ steps }) => steps)),
    }));
}

/** @param path from the subject upwards; its length is the number of the next step */
async function findChains(
  rows: RowSource,
  links: readonly OwnershipLink[],
  path: readonly string[],
  part: bigint,
): Promise<Chain[]> {
  if (path.length > graphLimits.ownershipSteps) return [];
  const chains: Chain[] = [];
  for (const { dataset, from, to, share } of links) {
    for (const row of await rows.findRows(dataset, { key: to.name, value: path.at(-1)! })) {
      const holder = rows.subjectOf(row, from);
      const percent = row[share.name] as string | null | undefined;
      if (holder === null || path.includes(holder) || percent === null || percent === undefined) continue;
      const held = (part * scaled(percent)) / (one * 100n);
      if (held < scaled(smallestOwnedPart)) continue;
      if (from.subject === 'person') chains.push({ owner: holder, part: held, steps: path.length });
      else chains.push(...(await findChains(rows, links, [...path, holder], held)));
    }
  }
  return chains;
}

function sum(chains: readonly Chain[]): bigint {
  return chains.reduce((total, { part }) => total + part, 0n);
}

function scaled(decimal: string): bigint {
  const [whole, fraction = ''] = decimal.split('.') as [string, string?];
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

/** Rounded to four decimals, a half upwards. */
function inPercent(part: bigint): string {
  const unit = one / 10n ** 4n;
  const text = String((part * 100n + unit / 2n) / unit).padStart(5, '0');
  return `${text.slice(0, -4)}.${text.slice(-4)}`;
}
