/** Where the planner finds each library: in the pool itself or in a database of its own; and the shapes that may not be torn apart. */
import type { DatabaseLayout } from '../database/library-databases.js';
import { libraryVariableOf } from '../database/library-databases.js';
import { CitygraphError } from '../errors.js';
import type { Dataset } from '../model/declaration.js';
import type { Registry } from '../model/registry.js';
import type { Placement } from '../planning/cut-plan.js';
import { poolItself } from '../settings/databases.js';

/** @returns null where one database holds everything, and is not distributed */
export function placementOf(
  registry: Registry,
  { apart, poolIsDistributed, distributions }: DatabaseLayout,
): Placement | null {
  if (apart.length === 0 && !poolIsDistributed) return null;
  const byLibrary = new Map(apart.flatMap(({ name, libraries }) => libraries.map((code) => [code, name] as const)));
  const databaseOf = (library: string): string => byLibrary.get(library) ?? poolItself;
  requireWhole(registry, databaseOf);
  const distributed = new Set(apart.flatMap((it) => (it.distributed ? [it.name] : [])));
  if (poolIsDistributed) distributed.add(poolItself);
  return {
    index: poolItself,
    databaseOf,
    isDistributed: (database) => distributed.has(database),
    spreadBy: ({ library, schema, table }) =>
      distributed.has(databaseOf(library)) ? (distributions.get(`${schema}.${table}`)?.column ?? null) : null,
  };
}

/**
 * Filters and orders stand on a dataset's own columns alone, so that every list can be read and paged where it is. What else is declared
 * over several datasets at once, and is not a relation that can be cut, must stand in one database.
 *
 * @throws CONFIG_INVALID naming the libraries
 */
function requireWhole(registry: Registry, databaseOf: (library: string) => string): void {
  for (const portrait of registry.portraits.values()) {
    for (const field of portrait.fields.values()) {
      if (field.kind !== 'graph' && field.kind !== 'owners') continue;
      requireTogether(
        `${portrait.name}.${field.name}`,
        field.links.map(({ dataset }) => dataset),
        databaseOf,
      );
    }
  }
}

function requireTogether(what: string, datasets: readonly Dataset[], databaseOf: (library: string) => string): void {
  const libraries = [...new Set(datasets.map(({ library }) => library))];
  if (new Set(libraries.map(databaseOf)).size <= 1) return;
  throw new CitygraphError(
    'CONFIG_INVALID',
    `${libraries.map(libraryVariableOf).join(', ')}: expected one address, for ${what} follows rows of these libraries step by step, got several. Give them the same.`,
  );
}
