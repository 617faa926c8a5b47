/** What the detectors have counted so far, for their tables' definition. Moved on together with the place in the log up to which it counts. */
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One row. */
@Entity({ schema: 'citygraph', tableName: 'anomaly_progress', comment: '异常检测进度 how far the detectors have read' })
@Check({ name: 'anomaly_progress_single', expression: 'id = 1' })
export class AnomalyProgress {
  @PrimaryKey({ columnType: 'smallint', type: 'number', default: 1, autoincrement: false })
  id!: number;

  /** Leaves of the tree whose records have been counted. */
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

/** What of a day was seen, so that it is counted once; gone some days later. */
@Entity({ schema: 'citygraph', tableName: 'usage_day_seen', comment: '当日已见 what was seen on a day' })
export class UsageDaySeen {
  @PrimaryKey({ columnType: 'date', type: 'date' })
  day!: string;

  @PrimaryKey({ columnType: 'varchar(10)', type: 'string', fieldName: 'principal_kind' })
  principalKind!: string;

  @PrimaryKey({ columnType: 'text', type: 'string' })
  principal!: string;

  /** `s` and the id of a subject, or `c` and a coordinate. */
  @PrimaryKey({ columnType: 'text', type: 'string' })
  seen!: string;
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
