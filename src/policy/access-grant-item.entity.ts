/** One coordinate that a grant names, and how it gives it. */
import { Check, Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { GrantMode } from './access.js';
import { AccessGrant } from './access-grant.entity.js';

@Entity({ schema: 'citygraph', tableName: 'access_grant_item', comment: '授权信息项 items of grants' })
@Unique({ properties: ['grant', 'coordinate', 'mode'], name: 'access_grant_item_key' })
@Check({ name: 'access_grant_item_mode', expression: `mode in ('plain', 'masked', 'aggregate', 'match')` })
export class AccessGrantItem {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @ManyToOne({ entity: () => AccessGrant, fieldName: 'grant_id', updateRule: 'no action', deleteRule: 'no action' })
  grant!: AccessGrant;

  @Property({ columnType: 'varchar(200)', type: 'string' })
  coordinate!: string;

  @Property({ columnType: 'varchar(10)', type: 'string' })
  mode!: GrantMode;
}
