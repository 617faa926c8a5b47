/** What an approved application gives to a consumer. Never deleted: one that ended or was revoked stays, for records name it. */
import { ArrayType } from '@mikro-orm/core';
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Consumer } from './consumer.entity.js';

@Entity({ schema: 'citygraph', tableName: 'access_grant', comment: '授权 grants' })
@Unique({ properties: ['code'], name: 'access_grant_code' })
@Index({ properties: ['consumer'], name: 'access_grant_consumer' })
@Check({ name: 'access_grant_validity', expression: 'valid_from < valid_until' })
@Check({ name: 'access_grant_divisions', expression: 'cardinality(divisions) > 0' })
@Check({
  name: 'access_grant_second_approval',
  expression: 'not approved_twice or (approved_by is not null and approved_by <> issued_by)',
})
export class AccessGrant {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(40)', type: 'string' })
  code!: string;

  @ManyToOne({ entity: () => Consumer, fieldName: 'consumer_id', updateRule: 'no action', deleteRule: 'no action' })
  consumer!: Consumer;

  @Property({ columnType: 'text', type: 'string' })
  purpose!: string;

  @Property({ columnType: 'text', type: 'string', fieldName: 'legal_basis' })
  legalBasis!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'valid_from' })
  validFrom!: Date;

  /** First moment at which it no longer holds. */
  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'valid_until' })
  validUntil!: Date;

  /** Null: the whole city. */
  @Property({ columnType: 'text[]', type: ArrayType, nullable: true })
  divisions!: string[] | null;

  @Property({ columnType: 'boolean', type: 'boolean', fieldName: 'includes_protected', default: false })
  includesProtected!: boolean;

  /** Second approval, by another person than who issued it, without which important data stays closed. */
  @Property({ columnType: 'boolean', type: 'boolean', fieldName: 'approved_twice', default: false })
  approvedTwice!: boolean;

  @Property({ columnType: 'text', type: 'string', fieldName: 'issued_by' })
  issuedBy!: string;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'approved_by' })
  approvedBy!: string | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'approved_reason' })
  approvedReason!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'approved_at' })
  approvedAt!: Date | null;

  @Property({ columnType: 'boolean', type: 'boolean', fieldName: 'requires_user', default: false })
  requiresUser!: boolean;

  @Property({ columnType: 'boolean', type: 'boolean', fieldName: 'requires_case', default: false })
  requiresCase!: boolean;

  /** The law by which uses under it are kept from whom they concern; null: they are shown. Set when it is issued. */
  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'withheld_basis' })
  withheldBasis!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'revoked_at' })
  revokedAt!: Date | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'revoked_reason' })
  revokedReason!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'created_at', defaultRaw: 'now()' })
  createdAt!: Date;
}
