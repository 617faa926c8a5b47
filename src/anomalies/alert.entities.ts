/** Alerts and what became of them, for their tables' definition. An alert has a natural key: what was found once is found again, not twice. */
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'alert', comment: '告警 alerts' })
@Unique({ properties: ['detector', 'principalKind', 'principal', 'grantCode', 'windowStart'], name: 'alert_key' })
@Index({ properties: ['principal', 'id'], name: 'alert_principal' })
@Check({ name: 'alert_window', expression: 'window_start <= window_end' })
@Check({ name: 'alert_status', expression: `status in ('open', 'acknowledged', 'closed')` })
@Check({ name: 'alert_severity', expression: `severity in ('critical', 'high', 'medium', 'low')` })
export class StoredAlert {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(20)', type: 'string' })
  detector!: string;

  @Property({ columnType: 'varchar(10)', type: 'string' })
  severity!: string;

  @Property({ columnType: 'varchar(10)', type: 'string', fieldName: 'principal_kind' })
  principalKind!: string;

  /** Name of the consumer or official; of the public its network. */
  @Property({ columnType: 'text', type: 'string' })
  principal!: string;

  /** Empty where it is about no single grant. */
  @Property({ columnType: 'varchar(40)', type: 'string', fieldName: 'grant_code' })
  grantCode!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'window_start' })
  windowStart!: Date;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'window_end' })
  windowEnd!: Date;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'raised_at' })
  raisedAt!: Date;

  @Property({ columnType: 'varchar(12)', type: 'string', default: 'open' })
  status!: string;

  /** Figures, thresholds and ids of records; no identifier and no subject. */
  @Property({ columnType: 'jsonb', type: 'json' })
  evidence!: Record<string, unknown>;
}

/** Added to and nothing else. */
@Entity({ schema: 'citygraph', tableName: 'alert_action', comment: '告警处置 what was done about alerts' })
@Index({ properties: ['alertId', 'id'], name: 'alert_action_alert' })
export class StoredAlertAction {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'bigint', type: 'bigint', fieldName: 'alert_id' })
  alertId!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'acted_at' })
  actedAt!: Date;

  @Property({ columnType: 'varchar(10)', type: 'string', fieldName: 'actor_kind' })
  actorKind!: string;

  @Property({ columnType: 'text', type: 'string' })
  actor!: string;

  /** raised, reopened, acknowledged, closed, suspended. */
  @Property({ columnType: 'varchar(12)', type: 'string' })
  action!: string;

  @Property({ columnType: 'text', type: 'string', nullable: true })
  reason!: string | null;
}

/** What an address has been told of an action, and when it is told next. */
@Entity({ schema: 'citygraph', tableName: 'alert_delivery', comment: '告警投递 deliveries of alerts' })
@Index({
  name: 'alert_delivery_due',
  expression: `create index "alert_delivery_due" on "citygraph"."alert_delivery" ("next_at") where delivered_at is null and given_up_at is null`,
})
export class StoredAlertDelivery {
  @PrimaryKey({ columnType: 'bigint', type: 'bigint', autoincrement: false, fieldName: 'action_id' })
  actionId!: string;

  /** SHA-256 of the address in hexadecimal: an address may hold a secret. */
  @PrimaryKey({ columnType: 'varchar(64)', type: 'string' })
  endpoint!: string;

  @Property({ columnType: 'int', type: 'integer', default: 0 })
  attempts!: number;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'next_at' })
  nextAt!: Date;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'delivered_at' })
  deliveredAt!: Date | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'given_up_at' })
  givenUpAt!: Date | null;

  /** HTTP status, or what kind of failure it was. */
  @Property({ columnType: 'varchar(40)', type: 'string', nullable: true, fieldName: 'last_failure' })
  lastFailure!: string | null;
}
