/** A gateway that signs consumers in by itself and forwards them: known by a token of its own and by the key that its signatures check against. */
import { ArrayType } from '@mikro-orm/core';
import { Check, Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { ConsumerStatus } from './consumer.entity.js';

@Entity({ schema: 'citygraph', tableName: 'gateway', comment: '网关 gateways that forward consumers' })
@Unique({ properties: ['name'], name: 'gateway_name' })
@Unique({ properties: ['tokenHash'], name: 'gateway_token_hash' })
@Unique({ properties: ['previousTokenHash'], name: 'gateway_previous_token_hash' })
@Check({ name: 'gateway_addresses', expression: 'cardinality(addresses) > 0' })
@Check({ name: 'gateway_consumers', expression: 'cardinality(consumers) > 0' })
@Check({ name: 'gateway_status', expression: `status in ('active', 'suspended')` })
export class Gateway {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(63)', type: 'string' })
  name!: string;

  @Property({ columnType: 'varchar(40)', type: 'string' })
  department!: string;

  @Property({ columnType: 'text', type: 'string' })
  description!: string;

  /** Names of the consumers that it may forward; any other is refused. */
  @Property({ columnType: 'text[]', type: ArrayType })
  consumers!: string[];

  /** JWK (RFC 7517) of its public key, Ed25519 or P-256. */
  @Property({ columnType: 'jsonb', type: 'json', fieldName: 'public_key' })
  publicKey!: Readonly<Record<string, string>>;

  @Property({ columnType: 'bytea', type: 'blob', fieldName: 'token_hash' })
  tokenHash!: Uint8Array;

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

  @Property({ columnType: 'varchar(10)', type: 'string', default: 'active' })
  status!: ConsumerStatus;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'suspended_reason' })
  suspendedReason!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'suspended_at' })
  suspendedAt!: Date | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'created_at', defaultRaw: 'now()' })
  createdAt!: Date;
}
