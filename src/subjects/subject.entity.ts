/** The master index: one row a person or legal person. Library tables carry its id and copies of its division and protection. */
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'subject', comment: '主体主索引 master index of persons and legal persons' })
export class Subject {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(20)', type: 'string' })
  kind!: string;

  /** Division of residence or registration; null where it is not known: such a subject goes to city-wide grants alone. */
  @Property({ columnType: 'varchar(6)', type: 'string', nullable: true })
  division!: string | null;

  /** Hidden until this day but from grants that include the protected: a child's fourteenth birthday, or 'infinity'. */
  @Property({ columnType: 'date', type: 'string', default: '-infinity', fieldName: 'protected_until' })
  protectedUntil!: string;

  /** The subject this one was found to be the same as; its rows and identifiers have been moved there. */
  @Index()
  @Property({ type: 'bigint', nullable: true, fieldName: 'merged_into' })
  mergedInto!: string | null;
}
