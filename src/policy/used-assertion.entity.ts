/** Assertions of gateways that have been used, until they would no longer be taken anyway: none is taken twice, on whichever node. */
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'used_assertion', comment: '已使用的转发凭据 assertions that were used' })
@Index({ properties: ['until'], name: 'used_assertion_until' })
export class UsedAssertion {
  @PrimaryKey({ columnType: 'varchar(63)', type: 'string' })
  gateway!: string;

  @PrimaryKey({ columnType: 'varchar(64)', type: 'string' })
  jti!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date' })
  until!: Date;
}
