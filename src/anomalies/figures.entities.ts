/** What the detectors go by, for their tables' definition: figures by day out of the index, and how far these go. */
import { Check, Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** One row. */
@Entity({ schema: 'citygraph', tableName: 'anomaly_progress', comment: '异常检测进度 how far the detectors have read' })
@Check({ name: 'anomaly_progress_single', expression: 'id = 1' })
export class AnomalyProgress {
  @PrimaryKey({ columnType: 'smallint', type: 'number', default: 1, autoincrement: false })
  id!: number;

  /** Leaves of the tree whose records are in the figures and have been judged by them. */
  @Property({ columnType: 'bigint', type: 'bigint', default: '0' })
  counted!: string;

  /** Leaves of the tree whose records have been searched for canaries. */
  @Property({ columnType: 'bigint', type: 'bigint', default: '0' })
  searched!: string;

  /** When the rules were last applied. */
  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'applied_at' })
  appliedAt!: Date | null;
}

/** A principal's day, in local time. */
@Entity({ schema: 'citygraph', tableName: 'usage_day', comment: '每日使用 use by day' })
export class UsageDay {
  @PrimaryKey({ columnType: 'varchar(10)', type: 'string', fieldName: 'principal_kind' })
  principalKind!: string;

  @PrimaryKey({ columnType: 'text', type: 'string' })
  principal!: string;

  @PrimaryKey({ columnType: 'date', type: 'date' })
  day!: string;

  @Property({ columnType: 'bigint', type: 'bigint' })
  requests!: string;

  /** Requests with a denial or a refusal of access. */
  @Property({ columnType: 'bigint', type: 'bigint' })
  denied!: string;

  /** Requests outside of working hours that released subjects. */
  @Property({ columnType: 'bigint', type: 'bigint', fieldName: 'out_of_hours' })
  outOfHours!: string;

  /** Requests that released subjects. */
  @Property({ columnType: 'bigint', type: 'bigint' })
  releasing!: string;

  /** Distinct subjects released. */
  @Property({ columnType: 'bigint', type: 'bigint' })
  subjects!: string;

  /** Distinct coordinates released. */
  @Property({ columnType: 'bigint', type: 'bigint' })
  coordinates!: string;

  /** Changed since the rules were last applied to it. */
  @Property({ columnType: 'boolean', type: 'boolean' })
  changed!: boolean;
}

/** Distinct subjects that a consumer was shown on a day; written with the index (`usage_count_days`), and gone some days later. */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_day_consumer',
  comment: '使用方每日主体数 subjects by consumer and day',
})
@Unique({ properties: ['day', 'principal'], name: 'usage_day_consumer_key' })
export class UsageDayConsumer {
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number;

  @Property({ columnType: 'date', type: 'date' })
  day!: string;

  @Property({ columnType: 'text', type: 'string' })
  principal!: string;

  @Property({ columnType: 'bigint', type: 'bigint' })
  subjects!: string;
}

/** Whom, so that each is counted once; gone with the day. */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_day_subject',
  comment: '当日已见主体 whom a consumer was shown on a day',
})
export class UsageDaySubject {
  @PrimaryKey({ columnType: 'int', type: 'integer', fieldName: 'consumer_day', autoincrement: false })
  consumerDay!: number;

  @PrimaryKey({ columnType: 'bigint', type: 'bigint', fieldName: 'subject_id', autoincrement: false })
  subject!: string;
}

/** Coordinates that have been used under a grant. */
@Entity({ schema: 'citygraph', tableName: 'grant_use', comment: '授权使用情况 use of grants' })
export class GrantUse {
  @PrimaryKey({ columnType: 'varchar(40)', type: 'string', fieldName: 'grant_code' })
  grantCode!: string;

  @PrimaryKey({ columnType: 'varchar(200)', type: 'string' })
  coordinate!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'last_used_at' })
  lastUsedAt!: Date;
}
