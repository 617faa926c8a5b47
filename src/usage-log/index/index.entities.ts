/**
 * The tables of the index over the usage log, for their definition; the functions `usage_index_next`,
 * `usage_count_days` and `usage_count_periods` alone write them.
 *
 * All of it is made from records: it holds nothing that they do not, and may be made again.
 */
import { ArrayType } from '@mikro-orm/core';
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** What a plan touched, whatever its document was called. */
@Entity({ schema: 'citygraph', tableName: 'usage_footprint', comment: '计划所及的坐标集合 what a plan touched' })
@Unique({ properties: ['digest'], name: 'usage_footprint_digest' })
export class Footprint {
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number;

  /** Of its items, and of types that no item is of. */
  @Property({ columnType: 'bytea', type: 'blob' })
  digest!: Uint8Array;

  /** That the plan reaches, with fields or without. */
  @Property({ columnType: 'text[]', type: ArrayType })
  types!: string[];
}

@Entity({
  schema: 'citygraph',
  tableName: 'usage_footprint_item',
  comment: '坐标、分级与判定 coordinates with level and verdict',
})
@Index({ properties: ['coordinate'], name: 'usage_footprint_item_coordinate' })
export class FootprintItem {
  @PrimaryKey({ columnType: 'int', type: 'integer', fieldName: 'footprint_id', autoincrement: false })
  footprint!: number;

  @PrimaryKey({ columnType: 'text', type: 'string' })
  coordinate!: string;

  /** Empty where none was decided. */
  @PrimaryKey({ columnType: 'varchar(2)', type: 'string' })
  level!: string;

  /** `argument`: used in a filter, an order or a look-up. */
  @PrimaryKey({ columnType: 'varchar(10)', type: 'string' })
  verdict!: string;
}

@Entity({ schema: 'citygraph', tableName: 'usage_plan_footprint', comment: '计划与坐标集合 footprints of plans' })
export class PlanFootprint {
  @PrimaryKey({ columnType: 'bytea', type: 'blob', fieldName: 'plan_hash' })
  planHash!: Uint8Array;

  @Property({ columnType: 'int', type: 'integer', fieldName: 'footprint_id' })
  footprint!: number;
}

/** What many records have in common, with how many there are and when the first and the last was. */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_shape',
  comment: '使用记录的共同部分 what many records have in common',
})
@Unique({ properties: ['digest'], name: 'usage_shape_digest' })
export class Shape {
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number;

  @Property({ columnType: 'bytea', type: 'blob' })
  digest!: Uint8Array;

  @Property({ columnType: 'varchar(10)', type: 'string' })
  kind!: string;

  @Property({ columnType: 'varchar(10)', type: 'string', fieldName: 'principal_kind' })
  principalKind!: string;

  @Property({ columnType: 'text', type: 'string' })
  principal!: string;

  @Property({ columnType: 'text', type: 'string', nullable: true })
  department!: string | null;

  @Property({ columnType: 'text[]', type: ArrayType })
  grants!: string[];

  @Property({ columnType: 'text', type: 'string', nullable: true })
  purpose!: string | null;

  @Property({ columnType: 'varchar(12)', type: 'string' })
  outcome!: string;

  @Property({ columnType: 'text[]', type: ArrayType, fieldName: 'error_codes' })
  errorCodes!: string[];

  @Property({ columnType: 'int', type: 'integer', nullable: true, fieldName: 'footprint_id' })
  footprint!: number | null;

  @Property({ columnType: 'bigint', type: 'bigint' })
  records!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'first_at' })
  firstAt!: Date;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'last_at' })
  lastAt!: Date;
}

const entryIndex = (column: string): string =>
  `create index "usage_entry_${column.split('_')[0]}" on "citygraph"."usage_entry" (${column}, occurred_at, id) include (shape_id) where (${column} is not null)`;

/** A record by what it may be searched by. Partitioned by month like the records. */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_entry',
  comment: '使用记录索引 index of records',
  partitionBy: {
    type: 'range',
    expression: 'occurred_at',
    partitions: [{ name: 'citygraph.usage_entry_rest', values: 'default' }],
  },
})
@Index({ properties: ['shape', 'occurredAt', 'id'], name: 'usage_entry_shape' })
@Index({ name: 'usage_entry_operation', expression: entryIndex('operation_name') })
@Index({ name: 'usage_entry_user', expression: entryIndex('user_name') })
@Index({ name: 'usage_entry_case', expression: entryIndex('case_number') })
export class UsageEntry {
  @PrimaryKey({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'occurred_at' })
  occurredAt!: Date;

  @PrimaryKey({ columnType: 'uuid', type: 'uuid' })
  id!: string;

  @Property({ columnType: 'int', type: 'integer', fieldName: 'shape_id' })
  shape!: number;

  @Property({ columnType: 'int', type: 'integer', fieldName: 'row_count' })
  rowCount!: number;

  @Property({ columnType: 'int', type: 'integer', fieldName: 'subject_count' })
  subjectCount!: number;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'operation_name' })
  operationName!: string | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'user_name' })
  user!: string | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'case_number' })
  caseNumber!: string | null;
}

/** A record by a subject that it released, once whatever the rows. */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_subject_entry',
  comment: '按主体的使用记录索引 index of records by subject',
  partitionBy: {
    type: 'range',
    expression: 'occurred_at',
    partitions: [{ name: 'citygraph.usage_subject_entry_rest', values: 'default' }],
  },
})
export class UsageSubjectEntry {
  @PrimaryKey({ columnType: 'bigint', type: 'bigint', fieldName: 'subject_id', autoincrement: false })
  subject!: string;

  @PrimaryKey({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'occurred_at' })
  occurredAt!: Date;

  @PrimaryKey({ columnType: 'uuid', type: 'uuid' })
  id!: string;

  /** In the key so that its index alone answers: one subject may have been looked at a hundred thousand times. */
  @PrimaryKey({ columnType: 'int', type: 'integer', fieldName: 'shape_id', autoincrement: false })
  shape!: number;
}

/** How often a subject was looked at in a period: one of those that months of UTC and of the city are made of (`subject-periods.ts`). */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_subject_period',
  comment: '按主体的时段计数 counts by subject and period',
})
export class UsageSubjectPeriod {
  @PrimaryKey({ columnType: 'timestamptz(0)', type: 'Date' })
  period!: Date;

  @PrimaryKey({ columnType: 'bigint', type: 'bigint', fieldName: 'subject_id', autoincrement: false })
  subject!: string;

  @Property({ columnType: 'bigint', type: 'bigint' })
  records!: string;
}

/** Counts of an hour. */
@Entity({ schema: 'citygraph', tableName: 'usage_hour', comment: '每小时计数 counts by hour' })
export class UsageHour {
  @PrimaryKey({ columnType: 'timestamptz(0)', type: 'Date' })
  hour!: Date;

  @PrimaryKey({ columnType: 'int', type: 'integer', fieldName: 'shape_id', autoincrement: false })
  shape!: number;

  @Property({ columnType: 'bigint', type: 'bigint' })
  records!: string;

  @Property({ columnType: 'bigint', type: 'bigint', fieldName: 'row_count' })
  rowCount!: string;

  @Property({ columnType: 'bigint', type: 'bigint', fieldName: 'subject_count' })
  subjectCount!: string;

  /** Records that named subjects, be it nobody. Kept since the detectors count by it. */
  @Property({ columnType: 'bigint', type: 'bigint' })
  releasing!: string;
}

/**
 * Subjects of indexed records that are in no count by subject yet, a row for each batch, hour and shape; a subject stands in it once for each
 * record. `usage_count_periods` counts many batches together.
 */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_subject_batch',
  comment: '待计数主体 subjects that are not counted yet',
})
export class UsageSubjectBatch {
  @PrimaryKey({ columnType: 'bigserial', type: 'bigint' })
  id!: string;

  @Property({ columnType: 'timestamptz(0)', type: 'Date' })
  hour!: Date;

  @Property({ columnType: 'int', type: 'integer', fieldName: 'shape_id' })
  shape!: number;

  @Property({ columnType: 'bigint[]', type: ArrayType, fieldName: 'subject_ids' })
  subjects!: string[];
}

/** Which days have something new, for who counts by day. Days of the city; gone some days later. */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_index_day',
  comment: '每日索引进度 up to which leaf days have been indexed',
})
export class IndexedDay {
  @PrimaryKey({ columnType: 'date', type: 'date' })
  day!: string;

  @Property({ columnType: 'bigint', type: 'bigint' })
  leaves!: string;
}

/** One row: how many leaves of the tree are in the index. */
@Entity({ schema: 'citygraph', tableName: 'usage_index', comment: '索引进度 how far the index goes' })
@Check({ name: 'usage_index_single', expression: 'id = 1' })
export class IndexProgress {
  @PrimaryKey({ columnType: 'smallint', type: 'number', default: 1, autoincrement: false })
  id!: number;

  @Property({ columnType: 'bigint', type: 'bigint' })
  leaves!: string;

  /** Subjects in `usage_subject_batch`, each as often as it stands there, and ten for each row. */
  @Property({ columnType: 'bigint', type: 'bigint' })
  uncounted!: string;

  /** The last row of `usage_subject_batch` whose subjects are counted by day. */
  @Property({ columnType: 'bigint', type: 'bigint', fieldName: 'counted_by_day' })
  countedByDay!: string;
}
