/** A table that has been spread over the machines of a cluster; by what, or null where it stands whole on each. */
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({
  schema: 'citygraph',
  tableName: 'distributed_table',
  comment: '分布式表 tables spread over several machines',
})
export class DistributedTable {
  @PrimaryKey({ columnType: 'varchar(130)', type: 'string' })
  name!: string;

  @Property({ columnType: 'varchar(63)', type: 'string', nullable: true, fieldName: 'spread_by' })
  spreadBy!: string | null;
}
