/**
 * What an operation costs, by a static rule: one unit for each object that may be read, a page counting as many as were asked for.
 *
 * Page sizes come from the request and the rest from declarations (`rowCost`, `fanOut`), never from what the database holds: a cost says
 * nothing about the pool, and is the same for every caller with the same verdicts. What is denied is not read and costs nothing.
 * The number of nodes is a limit of its own (`openNode`): it is what PostgreSQL's planning time grows with, whatever the pages hold.
 */
import type { CostPage, CostPlan, ParameterSource } from './plan.js';

export interface CountedPart {
  readonly path: string;
  readonly type: string;
  readonly count: number;
  readonly cost: number;
}

/** A search within a text may have to look at many rows for each that it finds. */
export const searchCost = 20;

const resolverCosts: ReadonlyMap<string, number> = new Map([
  ['__schema', 5_000],
  ['_service', 5_000],
  ['__type', 100],
  ['explainOperation', 100],
  ['usageRecords', 100],
  ['riskReport', 1_000],
]);
const defaultResolverCost = 10;

/** Of a root field that is not the libraries'. */
export function resolverCostOf(field: string): number {
  return resolverCosts.get(field) ?? defaultResolverCost;
}

/** @param read a page size as the request gives it; one that is out of bounds counts as the maximum, and is refused when it is bound */
export function countCost(
  { pages, parts }: CostPlan,
  read: (source: ParameterSource) => unknown,
  maximumPageSize: number,
): number {
  const rows = countRows(pages, read, maximumPageSize);
  let total = 0;
  for (const { within, each } of parts) total += each * (within < 0 ? 1 : rows[within]!);
  return total;
}

export function countParts(
  { pages, parts }: CostPlan,
  read: (source: ParameterSource) => unknown,
  maximumPageSize: number,
): CountedPart[] {
  const rows = countRows(pages, read, maximumPageSize);
  return parts.map(({ path, type, within, each }) => {
    const count = within < 0 ? 1 : rows[within]!;
    return { path, type, count, cost: count * each };
  });
}

function countRows(
  pages: readonly CostPage[],
  read: (source: ParameterSource) => unknown,
  maximumPageSize: number,
): number[] {
  const rows: number[] = [];
  // A page stands behind the one that it is within.
  for (const { within, size, fanOut, counted } of pages) {
    const asked = read(size);
    const inBounds = counted || (typeof asked === 'number' && asked >= 1 && asked <= maximumPageSize);
    const own = Math.min(inBounds ? (asked as number) : maximumPageSize, fanOut ?? Infinity);
    rows.push(own * (within < 0 ? 1 : rows[within]!));
  }
  return rows;
}
