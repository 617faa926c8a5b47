/**
 * What a statement names, held against what a principal may know: a denied column is not in the text at all, a masked one as its masked column
 * alone, a dataset whose existence is denied not even as a table. Read off the text, with nothing of the planner's.
 */
import { identifierKinds, type IdentifierKind } from '../../src/model/identifier-kind.js';
import type { ColumnField, Dataset } from '../../src/model/declaration.js';
import type { Registry } from '../../src/model/registry.js';
import { columnsOf, subjectsOf } from './hidden-rows.js';
import type { Knowledge } from './knowledge.js';

/** @returns what is named and should not be */
export function findForbiddenNames(registry: Registry, knowledge: Knowledge, text: string): string[] {
  const faults = new Set<string>();
  const tables = new Map<string, string>();
  for (const [, schema, table, alias] of text.matchAll(/(?:from|join) "?(\w+)"?\."?(\w+)"? as "(\w+)"/g))
    tables.set(alias!, `${schema}.${table}`);
  const allowed = allowedNames(registry, knowledge);
  // The bare columns of a page's inner select, which the outer one names again where it uses them.
  const handedOn = [
    ...text.matchAll(/from \(select "\w+"\."\w+"(, "\w+"\."\w+")*(?=, row_number\(\)|\s+from "\w+"\."\w+")/g),
  ].map(({ index, 0: list }) => [index, index + list.length] as const);
  for (const table of tables.values()) if (!allowed.has(table)) faults.add(table);
  for (const { index, 0: name, 1: alias, 2: column } of text.matchAll(/"(\w+)"\."(\w+)"/g)) {
    const table = tables.get(alias!);
    // Of a subquery: what stands in it has been seen where it comes from.
    if (table === undefined || !allowed.has(table) || column === 'rn') continue;
    const use = allowed.get(table)!.get(column!);
    if (use === undefined) faults.add(`${table}.${column}`);
    else if (
      use === 'control' &&
      !isPredicate(text.slice(index + name.length)) &&
      !handedOn.some(([from, to]) => from < index && index < to)
    )
      faults.add(`${table}.${column} as a value`);
  }
  return [...faults];
}

/** `control`: in predicates of the row scope, and where a page hands it on to such a predicate; never as a value. */
type Use = 'value' | 'control';

const known = new WeakMap<Knowledge, ReadonlyMap<string, ReadonlyMap<string, Use>>>();

function allowedNames(registry: Registry, knowledge: Knowledge): ReadonlyMap<string, ReadonlyMap<string, Use>> {
  const found = known.get(knowledge);
  if (found) return found;
  const tables = new Map<string, ReadonlyMap<string, Use>>();
  tables.set('citygraph.subject', all('id', 'kind', 'division', 'protected_until', 'merged_into'));
  tables.set('citygraph.subject_identifier', identifierColumns(knowledge));
  for (const dataset of registry.datasets.values())
    if (knowledge.mayExist(dataset.name))
      tables.set(`${dataset.schema}.${dataset.table}`, columnsOfDataset(dataset, knowledge));
  known.set(knowledge, tables);
  return tables;
}

function columnsOfDataset(dataset: Dataset, { verdictOf }: Knowledge): Map<string, Use> {
  const columns = all('id');
  for (const { idColumn, divisionColumn, protectedColumn } of subjectsOf(dataset)) {
    columns.set(idColumn, 'value');
    columns.set(divisionColumn, 'control').set(protectedColumn, 'control');
  }
  for (const field of columnsOf(dataset)) {
    const { kind } = verdictOf(`${dataset.name}.${field.name}`);
    if (kind === 'allow') columns.set(field.column, 'value');
    else if (isControl(dataset, field)) columns.set(field.column, 'control');
    if (kind === 'mask') columns.set(field.maskedColumn!, 'value');
  }
  return columns;
}

function isControl(dataset: Dataset, { column }: ColumnField): boolean {
  return column === dataset.divisionColumn || column === dataset.publishedUntilColumn;
}

function identifierColumns(knowledge: Knowledge): Map<string, Use> {
  const columns = all('subject_id', 'subject_division', 'subject_protected_until', 'kind', 'is_current', 'ended_as');
  for (const kind of Object.keys(identifierKinds) as IdentifierKind[]) {
    const verdict = knowledge.identifierVerdict(kind);
    if (knowledge.mayMatch(kind)) columns.set('digest', 'value');
    if (verdict === 'allow') columns.set(identifierKinds[kind].open ? 'open_value' : 'value', 'value');
    if (verdict === 'mask') columns.set('value_masked', 'value');
  }
  return columns;
}

function all(...names: string[]): Map<string, Use> {
  return new Map(names.map((name) => [name, 'value']));
}

/** Of the fixed policy, or the condition that there is a subject at all. */
function isPredicate(after: string): boolean {
  return /^ (= any\(\$\d+::text\[\]\)|<= current_date|is null or|>= current_date)/.test(after);
}
