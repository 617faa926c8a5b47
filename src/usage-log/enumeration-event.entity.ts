/** A principal looked up more identifiers in a window, or missed more, than it may: look-ups were closed to it for a while. No identifiers. */
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'enumeration_event', comment: '标识枚举事件 enumeration of identifiers' })
@Index({ properties: ['occurredAt'], name: 'enumeration_event_occurred_at' })
@Check({ name: 'enumeration_event_tripped_by', expression: `tripped_by in ('lookups', 'misses')` })
export class StoredEnumerationEvent {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'occurred_at' })
  occurredAt!: Date;

  @Property({ columnType: 'text', type: 'string' })
  node!: string;

  @Property({ columnType: 'varchar(10)', type: 'string', fieldName: 'principal_kind' })
  principalKind!: string;

  @Property({ columnType: 'text', type: 'string' })
  principal!: string;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'client_address' })
  clientAddress!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'window_start' })
  windowStart!: Date;

  @Property({ columnType: 'varchar(10)', type: 'string', fieldName: 'tripped_by' })
  trippedBy!: string;

  /** Distinct identifiers looked up in the window. */
  @Property({ columnType: 'int', type: 'integer' })
  lookups!: number;

  /** Of these, such as were not found. */
  @Property({ columnType: 'int', type: 'integer' })
  misses!: number;

  /** Of that which tripped. */
  @Property({ columnType: 'int', type: 'integer' })
  maximum!: number;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'refused_until' })
  refusedUntil!: Date;
}
