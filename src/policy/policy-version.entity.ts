/** The single row that counts changes of policy; triggers on the policy's tables alone write it. */
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'policy_version', comment: '策略版本 version of the policy' })
@Check({ name: 'policy_version_single', expression: 'id = 1' })
export class PolicyVersion {
  @PrimaryKey({ columnType: 'smallint', type: 'number', default: 1, autoincrement: false })
  id!: number;

  @Property({ columnType: 'bigint', type: 'bigint' })
  version!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'changed_at' })
  changedAt!: Date;
}
