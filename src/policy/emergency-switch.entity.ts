/** An emergency switch: what was switched off at once, by whom and why, and who switched it on again. Rows stay. */
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

export const switchScopes = ['consumer', 'grant', 'library', 'everything'] as const;
export type SwitchScope = (typeof switchScopes)[number];

@Entity({ schema: 'citygraph', tableName: 'emergency_switch', comment: '紧急开关 emergency switches' })
@Index({
  name: 'emergency_switch_in_force',
  expression: `create unique index "emergency_switch_in_force" on "citygraph"."emergency_switch" ("scope", "target") where lifted_at is null`,
})
@Check({ name: 'emergency_switch_lifted', expression: '(lifted_at is null) = (lifted_by is null)' })
@Check({ name: 'emergency_switch_target', expression: `(scope = 'everything') = (target = '')` })
@Check({ name: 'emergency_switch_scope', expression: `scope in ('consumer', 'grant', 'library', 'everything')` })
export class EmergencySwitch {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(10)', type: 'string' })
  scope!: SwitchScope;

  /** Name of the consumer, code of the grant or of the library; empty for everything. */
  @Property({ columnType: 'varchar(63)', type: 'string' })
  target!: string;

  @Property({ columnType: 'text', type: 'string' })
  reason!: string;

  @Property({ columnType: 'text', type: 'string', fieldName: 'thrown_by' })
  thrownBy!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'thrown_at' })
  thrownAt!: Date;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'lifted_by' })
  liftedBy!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'lifted_at' })
  liftedAt!: Date | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'lifted_reason' })
  liftedReason!: string | null;
}
