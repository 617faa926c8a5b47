/**
 * The registry: every library, dataset and portrait by name, and the classification of every coordinate.
 *
 * A coordinate is `Type` (existence) or `Type.field`. What has no entry here has no classification, and is denied.
 */
import { CitygraphError } from '../errors.js';
import { type Classification, compareLevels } from './classification.js';
import type { Dataset, DatasetField } from './declaration.js';
import type { Library } from './library.js';
import type { PlacePortrait } from './place-portrait.js';
import type { Portrait, PortraitField } from './portrait.js';
import { provenanceClassification, sectionProvenance } from './provenance.js';
import type { Structure } from './structure.js';
import type { SubjectKind } from './subject-kind.js';

/** What a coordinate is, as the decision needs it. */
export interface CoordinateEntry {
  /** The coordinate that is decided, and that a grant names. */
  readonly coordinate: string;
  readonly classification: Classification;
  /** Department that provides it; null for a portrait, which belongs to all. */
  readonly provider: string | null;
  readonly maskable: boolean;
  readonly matchable: boolean;
  /** What it is computed from: each of these must be readable in plain as well. */
  readonly derivedFrom: readonly string[];
  /** Groups of coordinates that together tell the value: a mask is none beside a whole group in plain. */
  readonly toldBy?: readonly (readonly string[])[];
  /** Code of the library that it is of; none for what belongs to all. */
  readonly library?: string;
  /** Coordinates that its rows are computed from, those of a declared lowering too: what closes one of their libraries closes it. */
  readonly madeFrom?: readonly string[];
  readonly zh: string;
  readonly en: string;
}

export interface Registry {
  readonly libraries: readonly Library[];
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** Of subjects, by name. */
  readonly portraits: ReadonlyMap<string, Portrait>;
  readonly placePortraits: readonly PlacePortrait[];
  /** Parts of an answer that are no rows, by name. */
  readonly structures: ReadonlyMap<string, Structure>;
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
  portraitOf(kind: SubjectKind): Portrait;
}

export function createRegistry(
  libraries: readonly Library[],
  declared: readonly (Portrait | PlacePortrait)[],
): Registry {
  const portraits = declared.filter((it): it is Portrait => it.kind === 'portrait');
  const structures = [sectionProvenance, ...portraits.flatMap(structuresOf)];
  const datasets = new Map<string, Dataset>();
  const coordinates = new Map<string, CoordinateEntry>();
  const add = (coordinate: string, entry: CoordinateEntry): void => {
    if (coordinates.has(coordinate)) throw new CitygraphError('DECLARATION_INVALID', `${coordinate} is declared twice`);
    coordinates.set(coordinate, Object.freeze(entry));
  };
  const addType = (type: Dataset | Portrait): void => {
    add(type.name, entryOfType(type));
    for (const field of type.fields.values()) add(`${type.name}.${field.name}`, entryOfField(type, field));
  };
  for (const library of libraries) {
    for (const dataset of library.datasets) {
      if (dataset.library !== library.code) {
        throw new CitygraphError(
          'DECLARATION_INVALID',
          `${dataset.name} names library ${dataset.library} and stands in ${library.code}`,
        );
      }
      datasets.set(dataset.name, dataset);
      addType(dataset);
    }
  }
  for (const portrait of portraits) addType(portrait);
  add(sectionProvenance.name, {
    coordinate: sectionProvenance.name,
    classification: provenanceClassification,
    provider: null,
    maskable: false,
    matchable: false,
    derivedFrom: [],
    zh: sectionProvenance.zh,
    en: sectionProvenance.en,
  });
  for (const structure of structures) addStructure(coordinates, add, structure);
  for (const entry of coordinates.values()) checkDerivation(entry, coordinates);
  for (const dataset of datasets.values()) checkLowering(dataset, coordinates);
  const byKind = new Map(portraits.map((portrait) => [portrait.subject, portrait]));
  return Object.freeze({
    libraries,
    datasets,
    portraits: new Map(portraits.map((portrait) => [portrait.name, portrait])),
    placePortraits: declared.filter((it): it is PlacePortrait => it.kind === 'place-portrait'),
    structures: new Map(structures.map((structure) => [structure.name, structure])),
    coordinates,
    portraitOf: (kind: SubjectKind) => {
      const found = byKind.get(kind);
      if (!found)
        throw new CitygraphError('DECLARATION_INVALID', `no portrait is declared for subjects of kind ${kind}`);
      return found;
    },
  });
}

function structuresOf(portrait: Portrait): Structure[] {
  return [...portrait.fields.values()].flatMap((field) => {
    if (field.kind === 'graph') return [field.graph, field.node, field.edge];
    return field.kind === 'owners' ? [field.owner] : [];
  });
}

/** Every field of a structure is decided by a coordinate that has been declared. */
function addStructure(
  coordinates: ReadonlyMap<string, CoordinateEntry>,
  add: (coordinate: string, entry: CoordinateEntry) => void,
  structure: Structure,
): void {
  const entryOf = (decidedBy: string): CoordinateEntry => {
    const found = coordinates.get(decidedBy);
    if (!found)
      throw new CitygraphError(
        'DECLARATION_INVALID',
        `${structure.name} is decided by ${decidedBy}, which is no coordinate`,
      );
    return found;
  };
  if (structure.decidedBy !== structure.name) add(structure.name, entryOf(structure.decidedBy));
  for (const { name, decidedBy } of structure.fields) add(`${structure.name}.${name}`, entryOf(decidedBy));
}

function entryOfType(type: Dataset | Portrait): CoordinateEntry {
  const provider = type.kind === 'dataset' ? type.provider : null;
  return {
    coordinate: type.name,
    classification: type.existence,
    provider,
    maskable: false,
    matchable: false,
    // What is lowered is decided by itself alone.
    derivedFrom: type.kind === 'dataset' && type.loweredBy === null ? type.derivedFrom : [],
    ...originOf(type),
    zh: type.zh,
    en: type.en,
  };
}

function originOf(type: Dataset | Portrait): Pick<CoordinateEntry, 'library' | 'madeFrom'> {
  return type.kind === 'dataset' ? { library: type.library, madeFrom: type.derivedFrom } : {};
}

/**
 * What says no more than that the row exists (its id, its provenance, a relation without a classification of its own) is decided by the
 * existence of its dataset: a grant that names the dataset names it.
 */
function entryOfField(type: Dataset | Portrait, field: DatasetField | PortraitField): CoordinateEntry {
  const isRelation = field.kind === 'one' || field.kind === 'many';
  if (isRelation && !field.ownClassification) return entryOfType(field.target);
  if (field.kind === 'link' || field.kind === 'links') return entryOfType(field.target);
  if (field.kind === 'provenance') return entryOfType(type);
  if ('item' in field) return entryOfField(field.of, field.item);
  if (field.kind === 'id' || (field.kind === 'column' && field.provenance)) return entryOfType(type);
  return {
    coordinate: `${type.name}.${field.name}`,
    classification: field.classification,
    provider: type.kind === 'dataset' ? type.provider : isRelation ? field.target.provider : null,
    maskable: (field.kind === 'column' || field.kind === 'identifier') && field.mask !== null,
    matchable: field.kind === 'identifier',
    derivedFrom: field.kind === 'owners' ? field.derivedFrom : [],
    toldBy: field.kind === 'column' ? field.toldBy.map((group) => group.map((name) => `${type.name}.${name}`)) : [],
    ...(isRelation && type.kind !== 'dataset' ? originOf(field.target) : originOf(type)),
    zh: field.zh,
    en: field.en,
  };
}

/** A lowering that says less than the truth would open by accident what is closed. */
function checkLowering(dataset: Dataset, coordinates: ReadonlyMap<string, CoordinateEntry>): void {
  const { name, loweredBy, derivedFrom } = dataset;
  if (loweredBy === null) return;
  const refuse = (fault: string): CitygraphError =>
    new CitygraphError('DECLARATION_INVALID', `${name} is lowered by ${loweredBy}, but ${fault}`);
  if ([...dataset.fields.values()].some(({ kind }) => kind === 'subject' || kind === 'identifier'))
    throw refuse('its rows are about subjects');
  if ((loweredBy === 'own-records') !== (derivedFrom.length === 0))
    throw refuse(derivedFrom.length === 0 ? 'names no source' : 'names sources in the pool');
  for (const source of derivedFrom) {
    const found = coordinates.get(source);
    if (!found) throw refuse(`names ${source}, which is no coordinate`);
    const { open, level, sharing, category } = found.classification;
    if (category !== 'general' || sharing === 'not-shared') throw refuse(`${source} is ${category} data, ${sharing}`);
    if (level === 'L4') throw refuse(`${source} is of level L4`);
    if (loweredBy === 'open-rows' && open !== 'open') throw refuse(`${source} is ${open}`);
  }
}

/** A derivation that names nothing, or stands below what it is made of, would lower a classification by accident. */
function checkDerivation(entry: CoordinateEntry, coordinates: ReadonlyMap<string, CoordinateEntry>): void {
  for (const source of entry.derivedFrom) {
    const found = coordinates.get(source);
    if (!found)
      throw new CitygraphError(
        'DECLARATION_INVALID',
        `${entry.coordinate} is derived from ${source}, which is no coordinate`,
      );
    if (found.derivedFrom.length > 0) {
      throw new CitygraphError(
        'DECLARATION_INVALID',
        `${entry.coordinate} is derived from ${source}, which is derived itself; name its sources`,
      );
    }
    if (compareLevels(entry.classification.level, found.classification.level) < 0) {
      throw new CitygraphError(
        'DECLARATION_INVALID',
        `${entry.coordinate} is below ${source} (${found.classification.level}), from which it is derived`,
      );
    }
  }
}
