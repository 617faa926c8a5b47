/** The history of the policy: each change with who made it, when and why. Written with the change, in its transaction; never changed. */
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ schema: 'citygraph', tableName: 'policy_change', comment: '政策变更历史 history of the policy' })
@Index({ properties: ['target', 'id'], name: 'policy_change_target' })
export class StoredPolicyChange {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'changed_at', defaultRaw: 'clock_timestamp()' })
  changedAt!: Date;

  /** Kind of who made it: official, consumer, command, service. */
  @Property({ columnType: 'varchar(10)', type: 'string', fieldName: 'actor_kind' })
  actorKind!: string;

  @Property({ columnType: 'text', type: 'string' })
  actor!: string;

  /** `grant.revoked`, `consumer.suspended` … */
  @Property({ columnType: 'varchar(40)', type: 'string' })
  action!: string;

  /** Code of the grant, name of the consumer, official or gateway, coordinate. */
  @Property({ columnType: 'varchar(200)', type: 'string' })
  target!: string;

  @Property({ columnType: 'text', type: 'string', nullable: true })
  reason!: string | null;

  /** What it was and what it became; never a secret. */
  @Property({ columnType: 'jsonb', type: 'json' })
  details!: Record<string, unknown>;

  /** The first version of the policy that has it. */
  @Property({ columnType: 'bigint', type: 'bigint', fieldName: 'policy_version' })
  policyVersion!: string;
}
