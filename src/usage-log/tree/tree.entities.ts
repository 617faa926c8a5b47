/**
 * The tree's tables, for their definition; `tree-store.ts` reads and writes them. Queue and tree have roles of their own: the sequencer
 * takes from the one and adds to the other, and can alter neither a record nor a leaf.
 */
import { ArrayType } from '@mikro-orm/core';
import { Check, Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** A batch of records, written in their transaction; taken out when their leaves are written. The view `usage_waiting` has it record by record. */
@Entity({
  schema: 'citygraph',
  tableName: 'usage_queue',
  comment: '待入树记录 batches of records that wait for their leaf',
})
export class QueuedBatch {
  @PrimaryKey({ type: 'bigint', autoincrement: true })
  id!: string;

  @Property({ columnType: 'uuid[]', type: ArrayType, fieldName: 'record_ids' })
  recordIds!: string[];

  @Property({ columnType: 'timestamptz(3)[]', type: ArrayType, fieldName: 'occurred_at' })
  occurredAt!: string[];

  /** One after another. Null where the one record is not what its node committed to: superseded, or from before the tree. */
  @Property({ columnType: 'bytea', type: 'blob', nullable: true })
  commitments!: Uint8Array | null;
}

@Entity({ schema: 'citygraph', tableName: 'usage_leaf', comment: '树叶 leaves of the tree' })
@Unique({ properties: ['recordId'], name: 'usage_leaf_record' })
export class Leaf {
  @PrimaryKey({ columnType: 'bigint', type: 'bigint', fieldName: 'leaf_index', autoincrement: false })
  leafIndex!: string;

  @Property({ columnType: 'uuid', type: 'uuid', fieldName: 'record_id' })
  recordId!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'occurred_at' })
  occurredAt!: Date;

  @Property({ columnType: 'bytea', type: 'blob' })
  commitment!: Uint8Array;
}

@Entity({ schema: 'citygraph', tableName: 'usage_tile', comment: '树瓦片 tiles of the tree' })
export class StoredTile {
  @PrimaryKey({ columnType: 'smallint', type: 'number', autoincrement: false })
  level!: number;

  @PrimaryKey({ columnType: 'bigint', type: 'bigint', fieldName: 'tile_index', autoincrement: false })
  tileIndex!: string;

  /** 1 to 256 hashes of 32 bytes. */
  @Property({ columnType: 'bytea', type: 'blob' })
  hashes!: Uint8Array;
}

/** One row: what the sequencer compares and sets. */
@Entity({ schema: 'citygraph', tableName: 'usage_tree', comment: '树的大小 size of the tree' })
@Check({ name: 'usage_tree_single', expression: 'id = 1' })
export class Tree {
  @PrimaryKey({ columnType: 'smallint', type: 'number', default: 1, autoincrement: false })
  id!: number;

  @Property({ columnType: 'bigint', type: 'bigint' })
  size!: string;
}

@Entity({ schema: 'citygraph', tableName: 'usage_checkpoint', comment: '检查点 signed checkpoints' })
@Check({ name: 'usage_checkpoint_not_empty', expression: 'size > 0' })
export class StoredCheckpoint {
  @PrimaryKey({ columnType: 'bigint', type: 'bigint', autoincrement: false })
  size!: string;

  @Property({ columnType: 'bytea', type: 'blob' })
  root!: Uint8Array;

  /** As it was signed, byte for byte. */
  @Property({ columnType: 'text', type: 'string' })
  note!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'signed_at', defaultRaw: 'now()' })
  signedAt!: Date;
}

@Entity({ schema: 'citygraph', tableName: 'usage_cosignature', comment: '见证签名 cosignatures of witnesses' })
export class StoredCosignature {
  @PrimaryKey({ columnType: 'bigint', type: 'bigint', autoincrement: false })
  size!: string;

  /** Its verifier key. */
  @PrimaryKey({ columnType: 'text', type: 'string' })
  witness!: string;

  /** To be put below the note. */
  @Property({ columnType: 'text', type: 'string' })
  line!: string;

  @Property({ columnType: 'timestamptz(3)', type: 'Date', fieldName: 'received_at', defaultRaw: 'now()' })
  receivedAt!: Date;
}
