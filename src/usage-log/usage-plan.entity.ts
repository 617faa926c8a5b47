/** What every run of a plan has in common: its nodes with fields, verdicts and levels. Stored once, named by records. */
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { UsagePlanDescription } from './usage-record.js';

@Entity({ schema: 'citygraph', tableName: 'usage_plan', comment: '查询计划说明 plan descriptions' })
export class StoredUsagePlan {
  /** SHA-256 of the description's text. */
  @PrimaryKey({ columnType: 'bytea', type: 'blob' })
  hash!: Uint8Array;

  /** As text, byte for byte what was hashed. */
  @Property({ columnType: 'json', type: 'json' })
  description!: UsagePlanDescription;
}
