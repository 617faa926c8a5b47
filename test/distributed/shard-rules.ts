/**
 * The rules that a statement has to keep to run on a distributed engine, read off its text and its parameters. Pure: it knows nothing of how
 * the statement came about. What was measured (Citus): with the key repeated in every relation a statement goes to one shard; a join that is
 * not by the column that both tables are spread by is refused inside LATERAL.
 */
import type { Distributions } from '../../src/model/distribution.js';
import type { Parameter } from '../../src/planning/plan.js';

export interface CheckedStatement {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** Whether all of it must be found in one shard, by the key that it asks by. */
  readonly oneShard: boolean;
}

/** Faults, in words; none where the statement keeps the rules. */
export function findShardFaults(
  { text, parameters, oneShard }: CheckedStatement,
  distributions: Distributions,
): string[] {
  const tables = tablesOf(text);
  const spread = tables.flatMap(({ name, alias }) => {
    const column = distributions.get(name)?.column ?? null;
    return column === null ? [] : [{ name, alias, column }];
  });
  const faults: string[] = [];
  const ofPool = tables.filter(({ name }) => !distributions.has(name));
  if (spread.length > 0 && ofPool.length > 0)
    faults.push(`${ofPool.map(({ name }) => name).join(', ')} of the coordinator stand beside tables that are spread`);
  const keys = new Set(parameters.flatMap(({ source }, at) => (source.from === 'keys' ? [at + 1] : [])));
  if (oneShard) {
    if (keys.size === 0) faults.push('nothing is asked by');
    for (const table of spread) if (!namesKey(text, table, keys)) faults.push(`${table.name} is not asked by the key`);
    return faults;
  }
  // What is not of one shard may begin anywhere, once; all else is joined to it, or to what is, by what both are spread by.
  const begun = new Set(spread.slice(0, 1));
  for (const [at, table] of spread.entries()) if (at > 0 && namesKey(text, table, keys)) begun.add(table);
  for (const table of begun)
    for (const other of spread) if (areJoined(text, table, other) || areJoined(text, other, table)) begun.add(other);
  for (const table of spread)
    if (!begun.has(table)) faults.push(`${table.name} is joined by something else than what it is spread by`);
  return faults;
}

interface Table {
  readonly name: string;
  readonly alias: string;
}
type SpreadTable = Table & { readonly column: string };

function tablesOf(text: string): Table[] {
  const found = text.matchAll(/(?:from|join)\s+(?:"(\w+)"|(citygraph))\."?(\w+)"?\s+as\s+"(\w+)"/g);
  return [...found].map(([, quoted, bare, table, alias]) => ({ name: `${quoted ?? bare}.${table}`, alias: alias! }));
}

function namesKey(text: string, { alias, column }: SpreadTable, keys: ReadonlySet<number>): boolean {
  const equals = text.matchAll(new RegExp(`"${alias}"\\."${column}" = \\$(\\d+)`, 'g'));
  return [...equals].some(([, number]) => keys.has(Number(number)));
}

/** By equality of the columns that both are spread by. */
function areJoined(text: string, table: SpreadTable, other: SpreadTable): boolean {
  return text.includes(`"${table.alias}"."${table.column}" = "${other.alias}"."${other.column}"`);
}
