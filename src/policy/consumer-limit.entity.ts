/** Limits of one consumer where the operator has set others than the defaults of its kind; what is null keeps the default. */
import { Check, Entity, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Consumer } from './consumer.entity.js';

@Entity({ schema: 'citygraph', tableName: 'consumer_limit', comment: '应用限额 limits of consumers' })
@Check({
  name: 'consumer_limit_positive',
  expression: 'rate >= 1 and burst >= 1 and concurrency >= 1 and lookups >= 1 and misses >= 1',
})
export class ConsumerLimit {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @OneToOne({
    entity: () => Consumer,
    owner: true,
    unique: 'consumer_limit_consumer',
    fieldName: 'consumer_id',
    updateRule: 'no action',
    deleteRule: 'no action',
  })
  consumer!: Consumer;

  /** Cost units that come back each second. */
  @Property({ columnType: 'int', type: 'integer', nullable: true })
  rate!: number | null;

  /** Cost units there may be at once. */
  @Property({ columnType: 'int', type: 'integer', nullable: true })
  burst!: number | null;

  /** Requests under way at once. */
  @Property({ columnType: 'int', type: 'integer', nullable: true })
  concurrency!: number | null;

  /** Distinct identifiers looked up in a window. */
  @Property({ columnType: 'int', type: 'integer', nullable: true })
  lookups!: number | null;

  /** Of these, such as were not found. */
  @Property({ columnType: 'int', type: 'integer', nullable: true })
  misses!: number | null;

  @Property({ columnType: 'text', type: 'string' })
  reason!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'set_at' })
  setAt!: Date;
}
