/**
 * The portrait of a place: a dataset whose rows are places, found by their code, and on each of them the rows of other libraries that lie
 * there. Its lines name a dataset each; the division of a row is what joins it.
 *
 * Declared in `portraits/`, onto a dataset that a library declares: libraries never know of each other.
 */
import type { GraphQLScalarType } from 'graphql';
import { CitygraphError } from '../errors.js';
import type { ColumnField, Dataset, LibraryRow } from './declaration.js';
import { datasetOf } from './dataset.js';
import { addLink } from './declare-link.js';

type RowClass = new () => LibraryRow;

export interface PlacePortraitOptions {
  /** The dataset of the places, with the code as its key and its place. */
  readonly of: () => RowClass;
  /** The root field that finds one by its code. */
  readonly field: string;
  readonly argument: string;
  readonly scalar: GraphQLScalarType;
}

export interface RowsWithinOptions {
  readonly of: () => RowClass;
  readonly zh: string;
  readonly en: string;
}

export interface PlacePortrait {
  readonly kind: 'place-portrait';
  readonly name: string;
  readonly dataset: Dataset;
  readonly code: ColumnField;
  readonly lookup: { readonly field: string; readonly argument: string; readonly scalar: GraphQLScalarType };
}

interface Draft {
  readonly name: string;
  readonly options: RowsWithinOptions;
  readonly within: boolean;
}

const drafts = new Map<object, Draft[]>();
const portraits = new Map<object, PlacePortrait>();

/** Rows of a dataset that lie in the place, or in a place within it. */
export function RowsWithin(options: RowsWithinOptions): PropertyDecorator {
  return draftLine(options, true);
}

/** Rows that speak of the place as a whole, as figures do: those of a place within it are parts of them, and left out. */
export function RowsAbout(options: RowsWithinOptions): PropertyDecorator {
  return draftLine(options, false);
}

function draftLine(options: RowsWithinOptions, within: boolean): PropertyDecorator {
  return (prototype, name) => {
    const found = drafts.get(prototype) ?? [];
    found.push({ name: String(name), options, within });
    drafts.set(prototype, found);
  };
}

export function PlacePortrait({ of, ...lookup }: PlacePortraitOptions) {
  return (target: abstract new () => object): void => {
    const dataset = datasetOf(of());
    const code = columnAt(dataset, dataset.divisionColumn);
    if (!code || dataset.key.length !== 1 || dataset.key[0] !== code.name)
      throw new CitygraphError('DECLARATION_INVALID', `${target.name}: the key of ${dataset.name} is not its place`);
    for (const draft of drafts.get(target.prototype as object) ?? []) relate(dataset, code, draft);
    portraits.set(target, { kind: 'place-portrait', name: dataset.name, dataset, code, lookup });
  };
}

export function placePortraitOf(portraitClass: object): PlacePortrait {
  const found = portraits.get(portraitClass);
  if (!found) throw new CitygraphError('DECLARATION_INVALID', `expected a class with @PlacePortrait, got another`);
  return found;
}

function relate(dataset: Dataset, code: ColumnField, { name, options: { of, zh, en }, within }: Draft): void {
  const target = datasetOf(of());
  if (!target.divisionColumn)
    throw new CitygraphError('DECLARATION_INVALID', `${dataset.name}.${name}: rows of ${target.name} have no place`);
  addLink(dataset, {
    kind: 'links',
    name,
    zh,
    en,
    classification: target.existence,
    target,
    ownColumn: code.column,
    targetColumn: target.divisionColumn,
    within,
    latestBy: null,
    fanOut: null,
  });
}

function columnAt(dataset: Dataset, column: string | null): ColumnField | undefined {
  return [...dataset.fields.values()].find(
    (field): field is ColumnField => field.kind === 'column' && field.column === column,
  );
}
