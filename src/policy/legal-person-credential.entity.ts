/** A consumer that is the credential of a legal person: whom it stands for, and who said so. */
import { Entity, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Consumer } from './consumer.entity.js';

@Entity({
  schema: 'citygraph',
  tableName: 'legal_person_credential',
  comment: '法人凭证 credentials of legal persons',
})
export class LegalPersonCredential {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @OneToOne({
    entity: () => Consumer,
    owner: true,
    unique: 'legal_person_credential_consumer',
    fieldName: 'consumer_id',
    updateRule: 'no action',
    deleteRule: 'no action',
  })
  consumer!: Consumer;

  /** As it was when it was bound; the subject may have been merged into another since. */
  @Property({ columnType: 'bigint', type: 'bigint', fieldName: 'subject_id' })
  subject!: string;

  @Property({ columnType: 'text', type: 'string' })
  reason!: string;

  @Property({ columnType: 'text', type: 'string', fieldName: 'bound_by' })
  boundBy!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'bound_at' })
  boundAt!: Date;
}
