/** Refusals before anyone was known, and shed load, as counts: one row for each flush, minute and code, to be summed. Added to, never changed. */
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'usage_refusal', comment: '拒绝计数 counts of refusals' })
@Index({ properties: ['minute'], name: 'usage_refusal_minute' })
export class StoredUsageRefusal {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'timestamptz(0)', type: 'Date' })
  minute!: Date;

  @Property({ columnType: 'text', type: 'string' })
  node!: string;

  @Property({ columnType: 'varchar(40)', type: 'string' })
  code!: string;

  @Property({ columnType: 'bigint', type: 'bigint' })
  count!: string;
}
