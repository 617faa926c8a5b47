/** Subjects whose division or protection has changed and is still to be copied, in full, to tables that stand in other databases. */
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({
  schema: 'citygraph',
  tableName: 'scope_to_copy',
  comment: '待同步的主体范围 scopes to be copied to other databases',
})
export class ScopeToCopy {
  @PrimaryKey({ type: 'bigint', fieldName: 'subject_id', autoincrement: false })
  subject!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', defaultRaw: 'now()' })
  since!: Date;
}
