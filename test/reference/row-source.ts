/**
 * Where the reference's rows come from: the pool through MikroORM's entities, found in batches by DataLoader and put in scope one by one;
 * or, in a rehearsal, nowhere: there everything asked for is there once and empty, so that every selection is visited.
 */
import DataLoader from 'dataloader';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ColumnField, Dataset, SubjectField } from '../../src/model/declaration.js';
import type { RowScope } from '../../src/policy/access.js';
import { SubjectIdentifier } from '../../src/subjects/subject-identifier.entity.js';
import { Subject } from '../../src/subjects/subject.entity.js';
import { type ListRequest, propertyOf, type Row } from './list-request.js';

/** Rows of a dataset that hold this value under this property: a subject's id, or what a link joins by. */
export interface ByKey {
  readonly key: string;
  readonly value: string;
}

export interface PageOfRows {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

export interface RowSource {
  readonly isRehearsal: boolean;
  /** In the pool's own time zone. */
  readonly today: string;
  /** The subject that has, or had, this official identifier; null where there is none in scope. */
  findByIdentifier(kind: string, value: string): Promise<string | null>;
  findSubject(kind: string, id: string): Promise<string | null>;
  /** Those in scope. @param by null for none, left out for all */
  findRows(dataset: Dataset, by: ByKey | null | undefined): Promise<readonly Row[]>;
  /** A page of these. */
  cut(dataset: Dataset, rows: readonly Row[], request: ListRequest): PageOfRows;
  /** The identifier that a subject has now. */
  identifierOf(kind: string, subject: string): Promise<SubjectIdentifier | null>;
  /** Through a row's key to the subject: its own division and protection count. */
  subjectOf(row: Row, key: SubjectField): string | null;
}

export function createPoolSource(em: EntityManager, scope: RowScope, today: string): RowSource {
  const isInDivisions = (division: unknown): boolean =>
    scope.divisions === null || (typeof division === 'string' && scope.divisions.includes(division));
  const isThere = (division: unknown, protectedUntil: unknown): boolean =>
    isInDivisions(division) && isUnprotected(protectedUntil);
  const isUnprotected = (until: unknown): boolean =>
    scope.includesProtected ||
    until === '-infinity' ||
    (typeof until === 'string' && until !== 'infinity' && until <= today);
  const isRowThere = (dataset: Dataset, row: Row): boolean =>
    isInDivisions(placeOf(dataset, row)) &&
    isPublished(dataset, row) &&
    subjectKeysOf(dataset).every((key) => isUnprotected(row[`${key.name}ProtectedUntil`]));
  const isPublished = (dataset: Dataset, row: Row): boolean => {
    const until = valueOfColumn(dataset, dataset.publishedUntilColumn, row);
    return until === null || (until as string) >= today;
  };

  const rowsByKey = new DataLoader<{ dataset: Dataset; by: ByKey }, Row[], string>(
    async (wanted) => {
      const found = new Map<string, readonly Row[]>();
      for (const { dataset, by } of wanted) {
        const batch = batchKey(dataset, by.key);
        if (found.has(batch)) continue;
        const values = wanted.filter((it) => batchKey(it.dataset, it.by.key) === batch).map((it) => it.by.value);
        found.set(batch, await em.find(dataset.entity, { [by.key]: { $in: values } }));
      }
      return wanted.map(({ dataset, by }) =>
        found.get(batchKey(dataset, by.key))!.filter((row) => String(row[by.key]) === by.value),
      );
    },
    { cacheKeyFn: ({ dataset, by }) => `${batchKey(dataset, by.key)}/${by.value}` },
  );
  const allRows = new DataLoader<Dataset, Row[]>((wanted) =>
    Promise.all(wanted.map(async ({ entity }) => (await em.find(entity, {})) as unknown as Row[])),
  );
  const identifiers = new DataLoader<string, SubjectIdentifier[]>(async (subjects) => {
    const found = await em.find(SubjectIdentifier, { subject: { $in: [...subjects] } });
    return subjects.map((subject) => found.filter((it) => String(it.subject) === subject));
  });

  return {
    isRehearsal: false,
    today,
    async findByIdentifier(kind, value) {
      const found = await em.findOne(SubjectIdentifier, { kind, value });
      return found && isThere(found.subjectDivision, found.subjectProtectedUntil) ? String(found.subject) : null;
    },
    async findSubject(kind, id) {
      const asked = await em.findOne(Subject, { kind, id });
      // A merged subject stands for the one that it was merged into.
      const found = asked?.mergedInto ? await em.findOne(Subject, { kind, id: asked.mergedInto }) : asked;
      return found && isThere(found.division, found.protectedUntil) ? String(found.id) : null;
    },
    async findRows(dataset, by) {
      const rows =
        by === undefined ? await allRows.load(dataset) : by === null ? [] : await rowsByKey.load({ dataset, by });
      return rows.filter((row) => isRowThere(dataset, row));
    },
    cut(_dataset, rows, { matches, compare, follows, first }) {
      const listed = rows.filter(matches).sort(compare);
      const rest = follows ? listed.filter(follows) : listed;
      return { rows: rest.slice(0, first), more: rest.length > first };
    },
    async identifierOf(kind, subject) {
      return (await identifiers.load(subject)).find((it) => it.kind === kind && it.isCurrent) ?? null;
    },
    subjectOf(row, { name }) {
      const subject = row[name];
      if (subject === null || subject === undefined) return null;
      return isThere(row[`${name}Division`], row[`${name}ProtectedUntil`]) ? idOf(subject) : null;
    },
  };
}

/** MikroORM gives 64-bit numbers as text or bigint. */
function idOf(value: unknown): string {
  return (value as string | bigint).toString();
}

/** The division of the row's primary subject, or its own; what is about nobody and lies nowhere has none. */
function placeOf(dataset: Dataset, row: Row): unknown {
  const primary = subjectKeysOf(dataset).find((key) => key.primary);
  return primary ? row[`${primary.name}Division`] : valueOfColumn(dataset, dataset.divisionColumn, row);
}

function valueOfColumn(dataset: Dataset, column: string | null, row: Row): unknown {
  for (const field of dataset.fields.values())
    if (field.kind === 'column' && field.column === column) return row[field.name] ?? null;
  return null;
}

/** A row that has an end has ended on that day. */
export function hasEnded({ today }: RowSource, until: ColumnField | null, row: Row): boolean {
  const end = until && row[propertyOf(until)];
  return typeof end === 'string' && end <= today;
}

export function subjectKeysOf(dataset: Dataset): SubjectField[] {
  return [...dataset.fields.values()].filter((field): field is SubjectField => field.kind === 'subject');
}

function batchKey(dataset: Dataset, key: string): string {
  return `${dataset.name}.${key}`;
}

const nobody = '0';

/** A row about nobody, of which nothing is known. */
function emptyRow(dataset: Dataset): Row {
  return { id: nobody, ...Object.fromEntries(subjectKeysOf(dataset).map(({ name }) => [name, nobody])) };
}

export const rehearsal: RowSource = {
  isRehearsal: true,
  today: '',
  findByIdentifier: () => Promise.resolve(nobody),
  findSubject: () => Promise.resolve(nobody),
  findRows: (dataset) => Promise.resolve([emptyRow(dataset)]),
  cut: (dataset) => ({ rows: [emptyRow(dataset)], more: false }),
  identifierOf: () => Promise.resolve(null),
  subjectOf: () => nobody,
};
