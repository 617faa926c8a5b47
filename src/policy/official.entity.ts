/** A person of the administration who signs in by a role of their own: no library data goes by role. */
import { Check, Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { OfficialRole } from './access.js';

@Entity({ schema: 'citygraph', tableName: 'official', comment: '管理人员 officials' })
@Unique({ properties: ['name'], name: 'official_name' })
@Unique({ properties: ['tokenHash'], name: 'official_token_hash' })
@Unique({ properties: ['previousTokenHash'], name: 'official_previous_token_hash' })
@Check({
  name: 'official_role',
  expression: `role in ('steward', 'operator', 'auditor', 'security-officer', 'supervisor')`,
})
export class Official {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'varchar(63)', type: 'string' })
  name!: string;

  @Property({ columnType: 'varchar(20)', type: 'string' })
  role!: OfficialRole;

  @Property({ columnType: 'varchar(40)', type: 'string' })
  department!: string;

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

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'created_at', defaultRaw: 'now()' })
  createdAt!: Date;
}
