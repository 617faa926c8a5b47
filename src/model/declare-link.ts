/** A relation between two datasets of a library: both ends are declared from the one that holds the other's key. */
import { CitygraphError } from '../errors.js';
import type { LinkOptions } from './dataset-options.js';
import type { ColumnField, Dataset, DatasetField, LinkField } from './declaration.js';
import { positive } from './declare-dataset.js';
import { mapLinkTarget } from './map-table.js';
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
  const ownField = columnOf(own, options.own);
  const targetField = columnOf(target, options.target);
  const [ownColumn, targetColumn] = [ownField.column, targetField.column];
  const { zh, en, inverse, latest } = options;
  if ((inverse || latest) && !ownField.find) {
    throw new CitygraphError(
      'DECLARATION_INVALID',
      `${own.name}.${options.own}: rows that a link leads back to are found by it, so it must be one to find by`,
    );
  }
  mapLinkTarget(target, ownField, targetField);
  const direct = { within: false, latestBy: null, fanOut: null };
  addLink(own, {
    kind: 'link',
    name,
    zh,
    en,
    ...direct,
    classification: target.existence,
    target,
    ownColumn,
    targetColumn,
  });
  const back = { classification: own.existence, target: own, ownColumn: targetColumn, targetColumn: ownColumn };
  if (inverse) {
    const { fanOut, ...described } = inverse;
    addLink(target, {
      kind: 'links',
      ...described,
      ...direct,
      ...back,
      fanOut: fanOut === undefined ? null : positive(fanOut, `${target.name}.${inverse.name}: fanOut`),
    });
  }
  if (latest) {
    const { by, ...described } = latest;
    addLink(target, { kind: 'link', ...described, ...direct, latestBy: columnOf(own, by).column, ...back });
  }
}

function columnOf(dataset: Dataset, name: string): ColumnField {
  const field = dataset.fields.get(name);
  if (field?.kind === 'column') return field;
  throw new CitygraphError('DECLARATION_INVALID', `${dataset.name}: a link names ${name}, which is no column`);
}

/** Puts a relation on a dataset that is declared already. */
export function addLink(dataset: Dataset, field: LinkField): void {
  const fields = dataset.fields as Map<string, DatasetField>;
  if (fields.has(field.name))
    throw new CitygraphError('DECLARATION_INVALID', `${dataset.name}.${field.name} is declared twice`);
  fields.set(field.name, field);
  mapRelation(dataset.entity.prototype as object, field);
}
