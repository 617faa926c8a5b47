/**
 * The re-grading of one coordinate: what its classification becomes, what it was before and what the declaration said at the time.
 * Never deleted: one that no longer holds stays.
 */
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Category, Level, OpenType, SharingType } from '../model/classification.js';

/** `proposed` waits for another person; `in-force` holds; `superseded` did; `rejected` never will. */
export const regradingStatuses = ['proposed', 'in-force', 'superseded', 'rejected'] as const;
export type RegradingStatus = (typeof regradingStatuses)[number];

@Entity({ schema: 'citygraph', tableName: 'regrading', comment: '分级调整 re-gradings' })
@Index({
  name: 'regrading_in_force',
  expression: `create unique index "regrading_in_force" on "citygraph"."regrading" ("coordinate") where status = 'in-force'`,
})
@Index({
  name: 'regrading_proposed',
  expression: `create unique index "regrading_proposed" on "citygraph"."regrading" ("coordinate") where status = 'proposed'`,
})
@Check({ name: 'regrading_status', expression: `status in ('proposed', 'in-force', 'superseded', 'rejected')` })
@Check({
  name: 'regrading_two_persons',
  expression: `status not in ('in-force', 'superseded') or not laxer or (decided_by is not null and decided_by <> made_by)`,
})
export class Regrading {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(200)', type: 'string' })
  coordinate!: string;

  @Property({ columnType: 'varchar(2)', type: 'string' })
  level!: Level;

  @Property({ columnType: 'varchar(13)', type: 'string' })
  sharing!: SharingType;

  @Property({ columnType: 'varchar(18)', type: 'string' })
  open!: OpenType;

  @Property({ columnType: 'varchar(9)', type: 'string' })
  category!: Category;

  @Property({ columnType: 'varchar(2)', type: 'string', fieldName: 'before_level' })
  beforeLevel!: Level;

  @Property({ columnType: 'varchar(13)', type: 'string', fieldName: 'before_sharing' })
  beforeSharing!: SharingType;

  @Property({ columnType: 'varchar(18)', type: 'string', fieldName: 'before_open' })
  beforeOpen!: OpenType;

  @Property({ columnType: 'varchar(9)', type: 'string', fieldName: 'before_category' })
  beforeCategory!: Category;

  @Property({ columnType: 'varchar(2)', type: 'string', fieldName: 'declared_level' })
  declaredLevel!: Level;

  @Property({ columnType: 'varchar(13)', type: 'string', fieldName: 'declared_sharing' })
  declaredSharing!: SharingType;

  @Property({ columnType: 'varchar(18)', type: 'string', fieldName: 'declared_open' })
  declaredOpen!: OpenType;

  @Property({ columnType: 'varchar(9)', type: 'string', fieldName: 'declared_category' })
  declaredCategory!: Category;

  /** Whether it is laxer in anything than what held before: then it takes two persons. */
  @Property({ columnType: 'boolean', type: 'boolean' })
  laxer!: boolean;

  @Property({ columnType: 'varchar(10)', type: 'string' })
  status!: RegradingStatus;

  @Property({ columnType: 'text', type: 'string' })
  reason!: string;

  @Property({ columnType: 'text', type: 'string', fieldName: 'made_by' })
  madeBy!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'made_at' })
  madeAt!: Date;

  /** Who approved or rejected a proposal. */
  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'decided_by' })
  decidedBy!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'decided_at' })
  decidedAt!: Date | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'decided_reason' })
  decidedReason!: string | null;
}
