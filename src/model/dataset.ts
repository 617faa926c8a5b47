/**
 * A dataset is one class in one file; a line per column carries its table column, its GraphQL field and its classification.
 *
 * The decorators here collect those lines, refuse to start on a gap, and pass each on to MikroORM (table, migrations, writing)
 * and type-graphql (schema). Everything else - shields, compiled SQL, catalogue, CSVs in `schema/` - reads the declarations.
 * A column without a level does not compile; with a contradictory one it does not start.
 * This file must not know any dataset, principal or grant.
 */
import { CitygraphError } from '../errors.js';
import type {
  ColumnOptions,
  DatasetOptions,
  Draft,
  IdentifierOptions,
  LinkOptions,
  PlaceOptions,
  SubjectKeyOptions,
} from './dataset-options.js';
import type { Dataset as DatasetDeclaration, LibraryRow } from './declaration.js';
import { declareDataset } from './declare-dataset.js';
import { declareLink } from './declare-link.js';
import { mapTable } from './map-table.js';
import { mapType } from './map-type.js';

const drafts = new Map<object, Draft[]>();
const links = new Map<object, { name: string; options: LinkOptions }[]>();
const datasets = new Map<object, DatasetDeclaration>();

function draftOf(prototype: object): Draft[] {
  const found = drafts.get(prototype) ?? [];
  drafts.set(prototype, found);
  return found;
}

/** One column of the dataset. */
export function Column(options: ColumnOptions): PropertyDecorator {
  return (prototype, name) => void draftOf(prototype).push({ kind: 'column', name: String(name), options });
}

/** An official identifier of the row's subject: it stands in the subject index, not in the library. */
export function Identifier(options: IdentifierOptions): PropertyDecorator {
  return (prototype, name) => void draftOf(prototype).push({ kind: 'identifier', name: String(name), options });
}

/** The person or legal person a row is about. The subject's division and protection are copied beside its id. */
export function SubjectKey(options: SubjectKeyOptions): PropertyDecorator {
  return (prototype, name) => void draftOf(prototype).push({ kind: 'subject', name: String(name), options });
}

/** The division where something lies that is about nobody (a road, a station): by it, such a row is in or out of a grant's divisions. */
export function Place(options: PlaceOptions): PropertyDecorator {
  return (prototype, name) => void draftOf(prototype).push({ kind: 'place', name: String(name), options });
}

/** The row of another dataset of the library that this one belongs to (a reading to its station), and back. */
export function Link(options: LinkOptions): PropertyDecorator {
  return (prototype, name) => {
    const found = links.get(prototype) ?? [];
    found.push({ name: String(name), options });
    links.set(prototype, found);
  };
}

/** Declares the class a dataset: table, GraphQL type and fields come from it. */
export function Dataset(options: DatasetOptions) {
  return (target: abstract new () => LibraryRow): void => {
    const prototype = target.prototype as object;
    const dataset = declareDataset(target as new () => LibraryRow, options, draftOf(prototype));
    datasets.set(target, dataset);
    mapTable(dataset);
    mapType(dataset);
    for (const { name, options: link } of links.get(prototype) ?? [])
      declareLink(dataset, datasetOf(link.of()), name, link);
  };
}

/** The declaration of a dataset's class. */
export function datasetOf(entity: object): DatasetDeclaration {
  const found = datasets.get(entity);
  if (!found) throw new CitygraphError('DECLARATION_INVALID', `expected a class with @Dataset, got another`);
  return found;
}
