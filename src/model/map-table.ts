/** A declaration as MikroORM's table: its columns, masked columns, keys and indexes. */
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { ColumnField, Dataset, SubjectField } from './declaration.js';
import type { ValueType } from './value-type.js';

/** MikroORM: the table, with masked columns generated from the plain ones. */
export function mapTable(dataset: Dataset): void {
  const prototype = dataset.entity.prototype as object;
  PrimaryKey({ type: 'bigint', autoincrement: true })(prototype, 'id');
  const divisionColumn = dataset.divisionColumn ?? 'null';
  for (const field of dataset.fields.values()) {
    if (field.kind === 'subject') mapSubjectKey(dataset, field);
    if (
      field.kind !== 'column' ||
      [...dataset.fields.values()].some((it) => it.kind === 'subject' && it.divisionColumn === field.column)
    )
      continue;
    Property({
      fieldName: field.column,
      columnType: field.type.sql,
      type: ormTypeOf(field.type),
      nullable: !field.required,
      ...(field.find && isText(field.type) && byCodePoint),
    })(prototype, field.name);
    if (field.mask && field.maskedColumn) {
      // INVARIANT: the masked value is made by the database from its own row; the service never sees the plain one.
      const expression = field.mask.expression(`"${field.column}"`, divisionColumn);
      Property({
        fieldName: field.maskedColumn,
        columnType: 'text',
        type: 'string',
        nullable: true,
        generated: `(${expression}) stored`,
      })(prototype, `${field.name}Masked`);
    }
    if (field.find) mapFindIndex(dataset, field);
  }
  Unique({ properties: [...dataset.key], name: `${dataset.table}_key` } as never)(dataset.entity);
  Entity({ schema: dataset.schema, tableName: dataset.table, comment: `${dataset.zh} ${dataset.en}` })(dataset.entity);
}

function mapSubjectKey(dataset: Dataset, field: SubjectField): void {
  const prototype = dataset.entity.prototype as object;
  const division = `${field.name}Division`;
  Property({ fieldName: field.idColumn, type: 'bigint', nullable: !field.required })(prototype, field.name);
  Property({
    fieldName: field.divisionColumn,
    columnType: 'varchar(6)',
    type: 'string',
    nullable: true,
    ...byCodePoint,
  })(prototype, division);
  Property({ fieldName: field.protectedColumn, columnType: 'date', type: 'string', default: '-infinity' })(
    prototype,
    `${field.name}ProtectedUntil`,
  );
  const isWholeKey = dataset.key.length === 1 && dataset.key[0] === field.name;
  const name = `${dataset.table}_${field.idColumn}`;
  if (field.unique && !isWholeKey)
    Unique({ name: `${name}_unique`, properties: [field.name] } as never)(dataset.entity);
  // With the row's id behind it, the order of every list that is asked for without one: nothing is left to sort.
  if (!field.unique) Index({ name: `${name}_index`, properties: [field.name, 'id'] } as never)(dataset.entity);
  if (field.primary)
    Index({ name: `${dataset.table}_${field.divisionColumn}_index`, properties: [division] } as never)(dataset.entity);
}

/** Order and ranges of prefixes by code point, whatever the server's locale: an index then serves both. */
const byCodePoint = { collation: 'C' } as const;

const codePointIndexes = new Set<string>();

/** What is compared with a column in order of code points is compared by code point, and the target's key may have another order. */
export function mapLinkTarget(target: Dataset, own: ColumnField, { column, type, find }: ColumnField): void {
  const name = `${target.table}_${column}_by_code_point`;
  if (!own.find || find || !isText(type) || codePointIndexes.has(name)) return;
  codePointIndexes.add(name);
  Index({
    name,
    expression: `create index "${name}" on "${target.schema}"."${target.table}" ("${column}" collate "C")`,
  })(target.entity);
}

function isText(type: ValueType): boolean {
  return type.sql.startsWith('varchar');
}

function mapFindIndex(dataset: Dataset, field: ColumnField): void {
  Index({ name: `${dataset.table}_${field.column}_index`, properties: [field.name] } as never)(dataset.entity);
  if (field.type.filter !== 'text') return;
  // Two characters are a word in Chinese, which pg_trgm can't find: an index over the text's bigrams can.
  Index({
    name: `${dataset.table}_${field.column}_bigrams`,
    expression: `create index "${dataset.table}_${field.column}_bigrams" on "${dataset.schema}"."${dataset.table}" using gin (citygraph.bigrams("${field.column}"))`,
  })(dataset.entity);
}

function ormTypeOf(type: ValueType): string {
  if (type.sql === 'boolean') return 'boolean';
  if (type.sql === 'int') return 'integer';
  if (type.sql === 'bigint') return 'bigint';
  if (type.sql === 'double precision') return 'double';
  if (type.sql.startsWith('numeric')) return 'decimal';
  if (type.sql.startsWith('timestamptz')) return 'datetime';
  return type.sql === 'date' ? 'date' : 'string';
}
