/** An official who may do nothing for now, by name: registered here, or known by an issuer alone. */
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'official_suspension', comment: '暂停的管理人员 suspended officials' })
export class OfficialSuspension {
  @PrimaryKey({ columnType: 'varchar(120)', type: 'string' })
  name!: string;

  @Property({ columnType: 'text', type: 'string' })
  reason!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'suspended_at' })
  suspendedAt!: Date;
}
