/**
 * The usage log's table, for its definition; the function `usage_append` alone writes it, and `read-usage.ts` reads it.
 *
 * Partitioned by month, so that retention drops a table instead of deleting rows. Ordered by time first: the one index finds a record by
 * id as well, since an id holds its time. No index on subjects: kept in the hot insert, one makes a record five times dearer.
 */
import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({
  schema: 'citygraph',
  tableName: 'usage_record',
  comment: '使用日志 usage log',
  partitionBy: {
    type: 'range',
    expression: 'occurred_at',
    /* Months are added by usage_make_partitions(); this one catches what they do not. */
    partitions: [{ name: 'citygraph.usage_record_rest', values: 'default' }],
  },
})
export class StoredUsageRecord {
  @PrimaryKey({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'occurred_at' })
  occurredAt!: Date;

  @PrimaryKey({ columnType: 'uuid', type: 'uuid' })
  id!: string;

  @Property({ columnType: 'text', type: 'string' })
  node!: string;

  @Property({ columnType: 'varchar(10)', type: 'string' })
  kind!: string;

  @Property({ columnType: 'varchar(10)', type: 'string', fieldName: 'principal_kind' })
  principalKind!: string;

  @Property({ columnType: 'text', type: 'string' })
  principal!: string;

  @Property({ columnType: 'text', type: 'string', nullable: true })
  department!: string | null;

  @Property({ columnType: 'text[]', type: ArrayType })
  grants!: string[];

  @Property({ columnType: 'text', type: 'string', nullable: true })
  purpose!: string | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'user_name' })
  user!: string | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'case_number' })
  caseNumber!: string | null;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'operation_name' })
  operationName!: string | null;

  @Property({ columnType: 'bytea', type: 'blob', nullable: true, fieldName: 'document_hash' })
  documentHash!: Uint8Array | null;

  @Property({ columnType: 'jsonb', type: 'json' })
  arguments!: Record<string, unknown>;

  @Property({ columnType: 'bytea', type: 'blob', nullable: true, fieldName: 'plan_id' })
  planId!: Uint8Array | null;

  @Property({ columnType: 'text', type: 'string' })
  subjects!: string;

  @Property({ columnType: 'int[]', type: ArrayType, fieldName: 'row_counts' })
  rowCounts!: number[];

  @Property({ columnType: 'text[]', type: ArrayType, fieldName: 'error_codes' })
  errorCodes!: string[];

  @Property({ columnType: 'varchar(12)', type: 'string' })
  outcome!: string;

  @Property({ columnType: 'bigint', type: 'bigint', nullable: true, fieldName: 'policy_version' })
  policyVersion!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', nullable: true, fieldName: 'decided_until' })
  decidedUntil!: Date | null;

  @Property({ columnType: 'int', type: 'number', fieldName: 'response_bytes' })
  responseBytes!: number;

  @Property({ columnType: 'bytea', type: 'blob', nullable: true, fieldName: 'response_digest' })
  responseDigest!: Uint8Array | null;

  @Property({ columnType: 'int', type: 'number', fieldName: 'latency_micros' })
  latencyMicros!: number;

  @Property({ columnType: 'text', type: 'string', nullable: true, fieldName: 'client_address' })
  clientAddress!: string | null;

  /** Opens the record's commitment (`canonical-record.ts`); gone with the record, nothing opens it. */
  @Property({ columnType: 'bytea', type: 'blob' })
  salt!: Uint8Array;
}
