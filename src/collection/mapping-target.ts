/**
 * What loading needs of a declared dataset: the columns that a source may fill, which of them are sensitive, and the city's vocabulary
 * with the code lists that the dataset's columns use; the values of an enum are a list under its GraphQL name. It reads declarations and
 * decides nothing.
 *
 * A subject is named by its official identifier, never by an id of the pool. Where the dataset declares an `@Identifier` that is the column
 * to map (`creditCode` of Enterprise, `idNumber` of Resident); a subject key without one is itself the column, and what is mapped to it is
 * an identifier of its kind (`legalPerson` of Officer a credit code, `person` a resident ID number, or nothing where it is not required).
 */
import { divisions, isBanner } from '../model/code-lists/divisions.js';
import { type CodeList, defineCodeList } from '../model/code-lists/code-list.js';
import { towns } from '../model/code-lists/towns.js';
import type { ColumnField, Dataset, SubjectField } from '../model/declaration.js';
import { type IdentifierKind, identifierKinds } from '../model/identifier-kind.js';
import type { SubjectKind } from '../model/subject-kind.js';
import type { ValueType } from '../model/value-type.js';
import type { MappingSurroundings, TargetColumn, TargetDataset } from './mapping.js';
import type { Vocabulary } from './transforms/transform.js';

/** A column that names a subject. */
export interface SubjectSource {
  /** As a mapping writes it. */
  readonly column: string;
  readonly subject: SubjectField;
  readonly identifier: IdentifierKind;
}

export function subjectSourcesOf({ fields }: Dataset): SubjectSource[] {
  const subjects = [...fields.values()].filter((field) => field.kind === 'subject');
  const primary = subjects.find((subject) => subject.primary);
  const sources: SubjectSource[] = [];
  for (const field of fields.values()) {
    if (field.kind !== 'identifier' || identifierKinds[field.identifier].subject !== primary?.subject) continue;
    sources.push({ column: field.name, subject: primary, identifier: field.identifier });
  }
  const unnamed = subjects.filter((subject) => !sources.some((source) => source.subject === subject));
  return [
    ...sources,
    ...unnamed.map((subject) => ({ column: subject.name, subject, identifier: identifierOf(subject.subject) })),
  ];
}

function identifierOf(kind: SubjectKind): IdentifierKind {
  const names = Object.keys(identifierKinds) as IdentifierKind[];
  const found = names.find((name) => identifierKinds[name].subject === kind);
  if (!found) throw new RangeError(`no kind of identifier names subjects of kind ${kind}`);
  return found;
}

/** The dataset that registers its subjects, one row each, says where they live or are registered: it alone sets their division. */
export function isHomeOfSubjects(dataset: Dataset): boolean {
  const [key, ...more] = dataset.key;
  return (
    more.length === 0 &&
    subjectSourcesOf(dataset).some(({ column, subject }) => subject.primary && subject.name === key && column !== key)
  );
}

/** A column that a source may fill: not provenance, nor a division that is copied from a subject whose home is elsewhere. */
export function isSupplied(dataset: Dataset, field: ColumnField): boolean {
  return !field.provenance && (!field.control || !hasSubjects(dataset));
}

function hasSubjects({ fields }: Dataset): boolean {
  return [...fields.values()].some(({ kind }) => kind === 'subject');
}

/** Identifiers and columns of the dataset, and the division of a place or of a subject that it registers; the pool itself fills the rest. */
export function targetOf(dataset: Dataset): TargetDataset {
  const isHome = isHomeOfSubjects(dataset);
  const columns: TargetColumn[] = subjectSourcesOf(dataset).map(({ column, subject }) => ({
    name: column,
    required: column === subject.name && subject.required,
  }));
  for (const field of dataset.fields.values()) {
    if (field.kind !== 'column' || !(isSupplied(dataset, field) || (field.control && isHome))) continue;
    columns.push({ name: field.name, required: field.required });
  }
  return { name: dataset.name, columns };
}

/** Whether a column's values may not be shown in a rejects list: identifiers, and everything above L2. */
export function isSensitiveIn(dataset: Dataset): (column: string) => boolean {
  return (column) => {
    const field = dataset.fields.get(column);
    return field?.kind !== 'column' || field.classification.level === 'L3' || field.classification.level === 'L4';
  };
}

export function vocabularyOf(datasets: Iterable<Dataset>): Vocabulary {
  const lists = new Map<string, CodeList>();
  for (const { fields } of datasets) {
    for (const field of fields.values()) {
      const list = field.kind === 'column' ? listOf(field.type) : null;
      if (list) lists.set(list.name, list);
    }
  }
  return {
    codeList: (name) => lists.get(name),
    divisions: divisions.entries.filter(({ code }) => isBanner(code)),
    towns: towns.entries,
  };
}

function listOf({ codeList, enum: declaration }: ValueType): CodeList | null {
  if (!declaration) return codeList;
  const values = Object.entries(declaration.values).map(([code, { zh, en }]) => ({ code, zh, en }));
  return defineCodeList(declaration.name, declaration.zh, values);
}

export function surroundingsOf(datasets: readonly Dataset[]): MappingSurroundings {
  return {
    dataset: (name) => {
      const found = datasets.find((it) => it.name === name);
      return found && targetOf(found);
    },
    vocabulary: vocabularyOf(datasets),
  };
}
