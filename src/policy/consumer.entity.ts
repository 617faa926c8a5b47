/** An application registered by a department. Its token is kept as a hash alone. */
import { ArrayType } from '@mikro-orm/core';
import { Check, Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Level } from '../model/classification.js';

export type ConsumerStatus = 'active' | 'suspended';

@Entity({ schema: 'citygraph', tableName: 'consumer', comment: '数据使用方应用 consumer applications' })
@Unique({ properties: ['name'], name: 'consumer_name' })
@Unique({ properties: ['tokenHash'], name: 'consumer_token_hash' })
@Unique({ properties: ['previousTokenHash'], name: 'consumer_previous_token_hash' })
@Check({ name: 'consumer_addresses', expression: 'cardinality(addresses) > 0' })
@Check({ name: 'consumer_clearance', expression: `clearance in ('L1', 'L2', 'L3', 'L4')` })
@Check({ name: 'consumer_status', expression: `status in ('active', 'suspended')` })
export class Consumer {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(63)', type: 'string' })
  name!: string;

  @Property({ columnType: 'varchar(40)', type: 'string' })
  department!: string;

  @Property({ columnType: 'text', type: 'string' })
  description!: string;

  /** How far unconditional sharing goes without a grant; set by the security officer. */
  @Property({ columnType: 'varchar(2)', type: 'string' })
  clearance!: Level;

  /** SHA-256 of a random token of 32 bytes: too much to guess, so it needs no salt and can be looked up. */
  @Property({ columnType: 'bytea', type: 'blob', fieldName: 'token_hash' })
  tokenHash!: Uint8Array;

  /** First characters of the token, by which its owner tells which one it is. */
  @Property({ columnType: 'varchar(8)', type: 'string', fieldName: 'token_hint' })
  tokenHint!: string;

  /** From then on the token is nobody's; null: until it is changed. */
  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'token_expires_at' })
  tokenExpiresAt!: Date | null;

  /** The token before this one, for the time of a change-over. */
  @Property({ columnType: 'bytea', type: 'blob', nullable: true, fieldName: 'previous_token_hash' })
  previousTokenHash!: Uint8Array | null;

  /** From then on the one before is nobody's. */
  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'previous_token_until' })
  previousTokenUntil!: Date | null;

  /** CIDR blocks that it may call from; null: from anywhere. */
  @Property({ columnType: 'text[]', type: ArrayType, nullable: true })
  addresses!: string[] | null;

  /** Whether it may send documents alone that are registered for it. */
  @Property({ columnType: 'boolean', type: 'boolean', default: false, fieldName: 'trusted_documents_only' })
  trustedDocumentsOnly!: boolean;

  @Property({ columnType: 'varchar(10)', type: 'string', default: 'active' })
  status!: ConsumerStatus;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'suspended_reason' })
  suspendedReason!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'suspended_at' })
  suspendedAt!: Date | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'created_at', defaultRaw: 'now()' })
  createdAt!: Date;
}
