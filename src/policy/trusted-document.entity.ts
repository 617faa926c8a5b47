/** A document that is registered for a consumer, found by the hash of its text. */
import { Check, Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Consumer } from './consumer.entity.js';

@Entity({ schema: 'citygraph', tableName: 'trusted_document', comment: '可信查询文档 trusted documents' })
@Unique({ properties: ['consumer', 'hash'], name: 'trusted_document_hash' })
@Check({ name: 'trusted_document_is_hash', expression: `hash ~ '^[0-9a-f]{64}$'` })
export class TrustedDocument {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @ManyToOne({
    entity: () => Consumer,
    fieldName: 'consumer_id',
    updateRule: 'no action',
    deleteRule: 'no action',
    index: false,
  })
  consumer!: Consumer;

  /** SHA-256 of the document, in hexadecimal. */
  @Property({ columnType: 'varchar(64)', type: 'string' })
  hash!: string;

  /** As it was registered, byte for byte. */
  @Property({ columnType: 'text', type: 'string' })
  document!: string;

  @Property({ columnType: 'text', type: 'string' })
  reason!: string;

  @Property({ columnType: 'text', type: 'string', fieldName: 'registered_by' })
  registeredBy!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'registered_at' })
  registeredAt!: Date;
}
