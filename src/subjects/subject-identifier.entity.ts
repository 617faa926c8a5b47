/**
 * Official identifiers with their history: corrected, 15-digit, foreign. An ID number stands in one column of this one table.
 *
 * A look-up goes by keyed digest, so matching needs no right to read the number; what is open is also kept in a column that the
 * role without L4 may read, and what is masked in another.
 */
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'subject_identifier', comment: '主体标识及其历史 identifiers of subjects' })
@Unique({ properties: ['kind', 'digest'], name: 'subject_identifier_digest' })
@Index({ properties: ['subject', 'kind'], name: 'subject_identifier_subject' })
export class SubjectIdentifier {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ type: 'bigint', fieldName: 'subject_id' })
  subject!: string;

  @Property({ columnType: 'varchar(6)', type: 'string', nullable: true, fieldName: 'subject_division' })
  subjectDivision!: string | null;

  @Property({ columnType: 'date', type: 'string', default: '-infinity', fieldName: 'subject_protected_until' })
  subjectProtectedUntil!: string;

  @Property({ columnType: 'varchar(40)', type: 'string' })
  kind!: string;

  /** HMAC-SHA-256 of kind and normal form, under the pool's identifier key. */
  @Property({ columnType: 'bytea', type: 'blob' })
  digest!: Uint8Array;

  @Property({ columnType: 'varchar(40)', type: 'string' })
  value!: string;

  @Property({
    columnType: 'text',
    type: 'string',
    nullable: true,
    fieldName: 'value_masked',
    generated: `(case when kind = 'unified-social-credit-code' then value else left(value, 6) || repeat('*', greatest(length(value) - 6, 0)) end) stored`,
  })
  valueMasked!: string | null;

  @Property({
    columnType: 'text',
    type: 'string',
    nullable: true,
    fieldName: 'open_value',
    generated: `(case when kind = 'unified-social-credit-code' then value end) stored`,
  })
  openValue!: string | null;

  /** The one that holds now; others are history and are still found. */
  @Property({ columnType: 'boolean', type: 'boolean', fieldName: 'is_current' })
  isCurrent!: boolean;

  /** Why it is history: corrected, upgraded, replaced, merged. */
  @Property({ columnType: 'varchar(20)', type: 'string', nullable: true, fieldName: 'ended_as' })
  endedAs!: string | null;

  @Property({ columnType: 'date', type: 'string', nullable: true, fieldName: 'valid_from' })
  validFrom!: string | null;

  @Property({ columnType: 'date', type: 'string', nullable: true, fieldName: 'valid_to' })
  validTo!: string | null;
}
