/** A table to be seeded: its columns, and its rows one after the other in an order that never changes. Ids count from 1 in that order. */
import { datasetOf } from '../src/model/dataset.js';
import type { Dataset } from '../src/model/declaration.js';
import type { SubjectKind } from '../src/model/subject-kind.js';
import { digestIdentifier } from '../src/execution/bind-parameters.js';
import { castDate } from './cast/calendar.js';
import type { Cast } from './cast/cast.js';
import type { CopyValue } from './copy-rows.js';
import type { DatasetSeed } from './datasets/dataset-seed.js';
import type { SeedSubjects } from './subjects.js';

export interface SeedTable {
  /** `schema.table`; both plain lower-case names. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Values of the further columns that every row has alike. */
  readonly constants: Readonly<Record<string, string>>;
  /** How many indexes, of the cast or of places, its rows come from. */
  readonly size: number;
  /** The rows of each index in turn. */
  rows(): Iterable<readonly (readonly CopyValue[])[]>;
}

export interface SeedSource {
  readonly cast: Cast;
  readonly subjects: SeedSubjects;
  readonly identifierKey: Buffer;
}

/** Told a little after the last day of the cast. */
const collectedAt = `${castDate}T16:00:00.000Z`;

export function subjectTable({ cast, subjects }: SeedSource): SeedTable {
  return {
    name: 'citygraph.subject',
    columns: ['id', 'kind', 'division', 'protected_until'],
    constants: {},
    size: cast.persons + cast.legalPersons,
    *rows() {
      for (const [kind, index] of everyone(cast)) {
        const { id, division, protectedUntil } = subjects.subject(kind, index);
        yield [[id, kind, division, protectedUntil]];
      }
    },
  };
}

export function identifierTable({ cast, subjects, identifierKey }: SeedSource): SeedTable {
  return {
    name: 'citygraph.subject_identifier',
    columns: [
      ...['id', 'subject_id', 'subject_division', 'subject_protected_until', 'kind', 'digest', 'value'],
      ...['is_current', 'ended_as', 'valid_from', 'valid_to'],
    ],
    constants: {},
    size: cast.persons + cast.legalPersons,
    *rows() {
      let id = 0;
      for (const [kind, index] of everyone(cast)) {
        const subject = subjects.subject(kind, index);
        yield subjects
          .identifiersOf(kind, index)
          .map((it) => [
            ...[++id, subject.id, subject.division, subject.protectedUntil],
            ...[it.kind, digestIdentifier(identifierKey, it.kind, it.value), it.value],
            ...[it.isCurrent, it.endedAs, it.validFrom, it.validTo],
          ]);
      }
    },
  };
}

export function datasetTable(seed: DatasetSeed, { cast, subjects }: SeedSource): SeedTable {
  const dataset = datasetOf(seed.dataset);
  const { columns, constants, write } = rowWriterOf(dataset, subjects);
  const size = sizeOf(seed, cast);
  return {
    name: `${dataset.schema}.${dataset.table}`,
    columns: ['id', ...columns],
    constants,
    size,
    *rows() {
      let id = 0;
      for (let index = 0; index < size; index++) yield seed.rows(cast, index).map((row) => write(++id, row));
    },
  };
}

/** How many indexes of the cast a seed walks. */
export function sizeOf(seed: DatasetSeed, cast: Cast): number {
  if (seed.of === 'place') return seed.count(cast);
  return seed.of === 'person' ? cast.persons : cast.legalPersons;
}

type Row = Readonly<Record<string, string | number | boolean | null>>;
/** Puts the values of some columns behind those that are there. */
type Part = (values: CopyValue[], row: Row) => void;

/** What the database generates and what the subject carries is not among a seed's columns; a place of its own is. */
function rowWriterOf(
  dataset: Dataset,
  subjects: SeedSubjects,
): Pick<SeedTable, 'columns' | 'constants'> & { write: (id: number, row: Row) => CopyValue[] } {
  const columns: string[] = [];
  const constants: Record<string, string> = {};
  const parts: Part[] = [];
  const hasSubject = [...dataset.fields.values()].some(({ kind }) => kind === 'subject');
  const provenance: Record<string, string> = { provider: dataset.provider, resource: dataset.resource, collectedAt };
  for (const field of dataset.fields.values()) {
    const { name } = field;
    if (field.kind === 'subject') {
      columns.push(field.idColumn, field.divisionColumn, field.protectedColumn);
      parts.push((values, row) => {
        const index = valueOf(dataset, row, name);
        if (index === null) return void values.push(null, null, '-infinity');
        const subject = subjects.subject(field.subject, index as number);
        values.push(subject.id, subject.division, subject.protectedUntil);
      });
    } else if (field.kind === 'column' && field.provenance) {
      constants[field.column] = provenance[name]!;
    } else if (field.kind === 'column' && !(field.control && hasSubject)) {
      columns.push(field.column);
      parts.push((values, row) => void values.push(valueOf(dataset, row, name)));
    }
  }
  const write = (id: number, row: Row): CopyValue[] => {
    const values: CopyValue[] = [id];
    for (const part of parts) part(values, row);
    return values;
  };
  return { columns, constants, write };
}

function valueOf(dataset: Dataset, row: Row, field: string): string | number | boolean | null {
  const value = row[field];
  if (value === undefined)
    throw new TypeError(`the seed of ${dataset.name} expected a value or null for ${field}, got neither`);
  return value;
}

function* everyone(cast: Cast): Generator<readonly [kind: SubjectKind, index: number]> {
  for (const index of cast.personIndexes()) yield ['person', index];
  for (const index of cast.legalPersonIndexes()) yield ['legal-person', index];
}
