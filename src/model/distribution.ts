/**
 * How tables lie on a distributed database: spread over the machines by a column's value, or whole on each of them. Follows from the
 * declarations alone, so that the planner, the migration and the check of statements agree.
 *
 * Rows about subjects lie by their primary subject, all in one group, so that all that is known of a subject is in one shard. A relation
 * between two subjects lies by its first; from the other's side it is a cut of the plan. What is linked to from other tables, code lists and
 * stations, stands whole everywhere, and so does what the relation graph walks along, for a walk crosses all shards.
 */
import { CitygraphError } from '../errors.js';
import type { ColumnField, Dataset, SubjectField } from './declaration.js';
import type { Registry } from './registry.js';

export interface Distribution {
  /** Null for a table that stands whole on every machine. */
  readonly column: string | null;
  readonly of: 'subject' | 'key' | 'everywhere';
}

/** By `schema.table`. */
export type Distributions = ReadonlyMap<string, Distribution>;

export function distributionsOf(registry: Registry): Distributions {
  const whole = new Set<Dataset>([...walkedDatasets(registry), ...linkedDatasets(registry)]);
  return new Map(
    [...registry.datasets.values()].map((dataset) => [
      `${dataset.schema}.${dataset.table}`,
      whole.has(dataset) ? ({ column: null, of: 'everywhere' } as const) : distributionOf(dataset),
    ]),
  );
}

function distributionOf(dataset: Dataset): Distribution {
  const fields = [...dataset.fields.values()];
  const primary = fields.find((field): field is SubjectField => field.kind === 'subject' && field.primary);
  if (primary?.required) return { column: primary.idColumn, of: 'subject' };
  // A row that may be about nobody has no place by its subject.
  if (primary) return { column: null, of: 'everywhere' };
  const key = dataset.key
    .map((name) => dataset.fields.get(name))
    .find((field): field is ColumnField => field?.kind === 'column' && field.required);
  if (!key)
    throw new CitygraphError(
      'DECLARATION_INVALID',
      `${dataset.name}: no part of its key is required, so it has no place`,
    );
  return { column: key.column, of: 'key' };
}

function* walkedDatasets(registry: Registry): Generator<Dataset> {
  for (const portrait of registry.portraits.values())
    for (const field of portrait.fields.values())
      if (field.kind === 'graph' || field.kind === 'owners') for (const { dataset } of field.links) yield dataset;
}

function* linkedDatasets(registry: Registry): Generator<Dataset> {
  for (const dataset of registry.datasets.values())
    for (const field of dataset.fields.values())
      if (field.kind === 'link' && field.latestBy === null) yield field.target;
  for (const { dataset } of registry.placePortraits) yield dataset;
}
