/** A relation between two datasets of a library: both ends are declared from the one that holds the other's key. */
import { CitygraphError } from '../errors.js';
import type { LinkOptions } from './dataset-options.js';
import type { ColumnField, Dataset, DatasetField, LinkField } from './declaration.js';
import { positive } from './declare-dataset.js';
import { mapRelation } from './map-type.js';

/** @throws DECLARATION_INVALID */
export function declareLink(own: Dataset, target: Dataset, name: string, options: LinkOptions): void {
  if (own.library !== target.library) {
    throw new CitygraphError(
      'DECLARATION_INVALID',
      `${own.name}.${name}: a link stays within a library; subjects join libraries`,
    );
  }
  if (target.key.length !== 1 || target.key[0] !== options.target) {
    throw new CitygraphError(
      'DECLARATION_INVALID',
      `${own.name}.${name}: ${target.name}.${options.target} is not its key`,
    );
  }
  const ownColumn = columnOf(own, options.own).column;
  const targetColumn = columnOf(target, options.target).column;
  const { zh, en, inverse } = options;
  add(own, {
    kind: 'link',
    name,
    zh,
    en,
    classification: target.existence,
    target,
    ownColumn,
    targetColumn,
    fanOut: null,
  });
  if (!inverse) return;
  add(target, {
    kind: 'links',
    ...inverse,
    classification: own.existence,
    target: own,
    ownColumn: targetColumn,
    targetColumn: ownColumn,
    fanOut: inverse.fanOut === undefined ? null : positive(inverse.fanOut, `${target.name}.${inverse.name}: fanOut`),
  });
}

function columnOf(dataset: Dataset, name: string): ColumnField {
  const field = dataset.fields.get(name);
  if (field?.kind === 'column') return field;
  throw new CitygraphError('DECLARATION_INVALID', `${dataset.name}: a link names ${name}, which is no column`);
}

function add(dataset: Dataset, field: LinkField): void {
  const fields = dataset.fields as Map<string, DatasetField>;
  if (fields.has(field.name))
    throw new CitygraphError('DECLARATION_INVALID', `${dataset.name}.${field.name} is declared twice`);
  fields.set(field.name, field);
  mapRelation(dataset.entity.prototype as object, field);
}
