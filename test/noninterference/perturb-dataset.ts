/**
 * Changes all of a dataset that a principal may not know: values of denied columns, plain values behind a mask, every row that is out of its
 * sight; such rows are removed and added as well. What it may know stays, and so do the control columns of rows that it sees.
 */
import type { ColumnField, Dataset, SubjectField } from '../../src/model/declaration.js';
import { anyOf, columnsOf, hiddenSubject, isHeld, reasonsToHide, subjectsOf } from './hidden-rows.js';
import type { Knowledge } from './knowledge.js';
import { alikeBehindMask, freshText, otherValue } from './other-values.js';

export function hiddenRows(dataset: Dataset, knowledge: Knowledge): string {
  return knowledge.mayExist(dataset.name) ? anyOf(reasonsToHide(dataset, knowledge.scope)) : 'true';
}

/** Columns that are not the same in the other database, by what becomes of them. */
export function changedColumns(
  dataset: Dataset,
  { verdictOf }: Knowledge,
): { readonly denied: readonly ColumnField[]; readonly masked: readonly ColumnField[] } {
  const open = columnsOf(dataset).filter((field) => !isHeld(dataset, field));
  const kindOf = ({ name }: ColumnField): string => verdictOf(`${dataset.name}.${name}`).kind;
  return {
    denied: open.filter((field) => kindOf(field) !== 'allow' && kindOf(field) !== 'mask'),
    masked: open.filter((field) => kindOf(field) === 'mask'),
  };
}

/** Values alone; the rows stay. */
export function changeValues(dataset: Dataset, knowledge: Knowledge): string[] {
  const table = tableOf(dataset);
  const hidden = hiddenRows(dataset, knowledge);
  const { denied, masked } = changedColumns(dataset, knowledge);
  const set = (fields: readonly ColumnField[], value: (field: ColumnField) => string): string[] =>
    fields.map((field) => `"${field.column}" = ${value(field)}`);
  const seen = [...set(denied, otherValue), ...set(masked, alikeBehindMask), ...otherSubjects(dataset, knowledge)];
  const unseen = set(
    columnsOf(dataset).filter((field) => !isHeld(dataset, field)),
    otherValue,
  );
  return [
    ...(seen.length > 0 ? [`update ${table} as t set ${seen.join(', ')} where not ${hidden}`] : []),
    ...(unseen.length > 0 ? [`update ${table} set ${unseen.join(', ')} where ${hidden}`] : []),
  ];
}

/** Of the rows that are out of sight some go and some come, and what is in sight gets company that is not. */
export function changeRows(dataset: Dataset, knowledge: Knowledge): string[] {
  const table = tableOf(dataset);
  const hidden = hiddenRows(dataset, knowledge);
  const columns = [
    ...new Set([
      ...subjectsOf(dataset).flatMap(({ idColumn, divisionColumn, protectedColumn }) => [
        idColumn,
        divisionColumn,
        protectedColumn,
      ]),
      ...columnsOf(dataset).map(({ column }) => column),
    ]),
  ];
  const copy = (instead: Readonly<Record<string, string>>, where: string): string =>
    `insert into ${table} (${columns.map(quote).join(', ')}) select ${columns.map((column) => instead[column] ?? `t.${quote(column)}`).join(', ')} from ${table} as t where ${where}`;
  const last = `(select max(id) from before)`;
  const keys = dataset.key.flatMap((name) => {
    const field = dataset.fields.get(name);
    return field?.kind === 'column' && field.type.name === 'text' ? [`"${field.column}" = ${freshText(field)}`] : [];
  });
  const company = knowledge.mayExist(dataset.name) ? waysToHide(dataset, knowledge) : [];
  const unique = subjectsOf(dataset).find((subject) => subject.unique);
  return [
    `delete from ${table} where ${hidden} and id % 4 = 1`,
    ...(unique
      ? [copyForNewcomers(dataset, knowledge, unique, columns)]
      : [
          copy({}, `${hidden} and id % 4 = 2`),
          ...company.map((instead, n) => copy(instead, `not ${hidden} and id <= ${last} and id % 3 = ${n % 3}`)),
        ]),
    ...(keys.length > 0 ? [`update ${table} set ${keys.join(', ')} where id > ${last}`] : []),
  ];
}

/** Where each subject has one row: rows for subjects that have none, and that are out of sight where the dataset is not. */
function copyForNewcomers(
  dataset: Dataset,
  knowledge: Knowledge,
  { subject, idColumn, divisionColumn, protectedColumn }: SubjectField,
  columns: readonly string[],
): string {
  const table = tableOf(dataset);
  const which = knowledge.mayExist(dataset.name) ? hiddenSubject(knowledge.scope, '') : 'true';
  const instead: Readonly<Record<string, string>> = {
    [idColumn]: 's.id',
    [divisionColumn]: 's.division',
    [protectedColumn]: 's.protected_until',
  };
  return `insert into ${table} (${columns.map(quote).join(', ')}) select ${columns.map((column) => instead[column] ?? `t.${quote(column)}`).join(', ')}
    from (select *, row_number() over (order by id) as n from ${table}) as t
    join (select *, row_number() over (order by id desc) as n from citygraph.subject as s where kind = '${subject}' and ${which}
            and not exists (select from ${table} as o where o.${quote(idColumn)} = s.id)) as s using (n) where n <= 9`;
}

/** Of a row that is in sight, what to put instead to make another that is not. */
function waysToHide(dataset: Dataset, { scope }: Knowledge): Record<string, string>[] {
  const ways: Record<string, string>[] = [];
  const until = dataset.publishedUntilColumn;
  if (until) ways.push({ [until]: 'current_date - 1 - (t.id % 300)::int' });
  const subjects = subjectsOf(dataset);
  if (!scope.includesProtected)
    ways.push(...subjects.map((subject) => replaceSubject(subject, `"protected_until" > current_date`)));
  const divisions = scope.divisions?.map((division) => `'${division}'`).join(', ');
  if (divisions === undefined) return ways;
  const primary = subjects.find((subject) => subject.primary);
  if (primary)
    ways.push(replaceSubject(primary, divisions === '' ? 'true' : `coalesce("division" not in (${divisions}), true)`));
  else if (dataset.divisionColumn && divisions !== '')
    ways.push({
      [dataset.divisionColumn]: `(select code from unnest(array['150602', '150603', '150625', '150627']) as code where code not in (${divisions}) limit 1)`,
    });
  return ways;
}

function replaceSubject(subject: SubjectField, which: string): Record<string, string> {
  const pick = (column: string): string =>
    `(select s."${column}" from citygraph.subject as s where s.kind = '${subject.subject}' and ${which} order by s.id % 7, s.id offset (t.id % 3) limit 1)`;
  return {
    [subject.idColumn]: pick('id'),
    [subject.divisionColumn]: pick('division'),
    [subject.protectedColumn]: pick('protected_until'),
  };
}

/**
 * Who else a row is about is a value too, where neither the relation nor any way back may be read: it becomes another subject of the same
 * division and protection.
 */
function otherSubjects(dataset: Dataset, knowledge: Knowledge): string[] {
  return subjectsOf(dataset)
    .filter((subject) => !subject.primary && !knowledge.mayFollow(dataset, subject))
    .map(
      ({ idColumn, divisionColumn, protectedColumn, subject }) =>
        `"${idColumn}" = coalesce((select s.id from citygraph.subject as s where s.kind = '${subject}' and s.id <> t."${idColumn}" and s.division is not distinct from t."${divisionColumn}" and s.protected_until = t."${protectedColumn}" order by s.id <= t."${idColumn}", s.id limit 1), t."${idColumn}")`,
    );
}

export function tableOf({ schema, table }: Dataset): string {
  return `"${schema}"."${table}"`;
}

function quote(column: string): string {
  return `"${column}"`;
}
