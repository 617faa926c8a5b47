/** The manifest of a month that was taken out of the table: where its records are, and what they were. Signed; the tree keeps their leaves. */
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'usage_archive', comment: '使用日志归档 archived months of the usage log' })
@Check({ name: 'usage_archive_month', expression: `month ~ '^[0-9]{4}-[0-9]{2}$'` })
export class StoredUsageArchive {
  /** `2026-10`, in UTC. */
  @PrimaryKey({ columnType: 'varchar(7)', type: 'string' })
  month!: string;

  @Property({ columnType: 'text', type: 'string' })
  file!: string;

  /** The signed manifest, byte for byte. */
  @Property({ columnType: 'text', type: 'string' })
  note!: string;

  @Property({ columnType: 'text', type: 'string', fieldName: 'archived_by' })
  archivedBy!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'archived_at' })
  archivedAt!: Date;
}
