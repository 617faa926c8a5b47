/**
 * A canary: a subject that nobody has reason to ask for, so that each release of it is an alarm. Kept as the keyed digest of its identifier,
 * in a table that none but the detectors may read.
 */
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'canary', comment: '蜜标主体 canary subjects' })
@Index({
  name: 'canary_in_force',
  expression: `create unique index "canary_in_force" on "citygraph"."canary" ("kind", "digest") where withdrawn_at is null`,
})
@Check({ name: 'canary_withdrawn', expression: '(withdrawn_at is null) = (withdrawn_by is null)' })
export class StoredCanary {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  /** Of identifier. */
  @Property({ columnType: 'varchar(40)', type: 'string' })
  kind!: string;

  @Property({ columnType: 'bytea', type: 'blob' })
  digest!: Uint8Array;

  @Property({ columnType: 'varchar(100)', type: 'string' })
  label!: string;

  @Property({ columnType: 'text', type: 'string', fieldName: 'declared_by' })
  declaredBy!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'declared_at' })
  declaredAt!: Date;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'withdrawn_by' })
  withdrawnBy!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'withdrawn_at' })
  withdrawnAt!: Date | null;
}
