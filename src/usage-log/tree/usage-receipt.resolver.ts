/**
 * `usageReceipt`: the proof that a record is in the tree, to whoever may read the record. Subjects are in it as a digest alone, so a
 * consumer learns nothing of the pool's own numbers.
 */
import { GraphQLInt, GraphQLString } from 'graphql';
import type { Pool } from 'pg';
import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../../errors.js';
import type { RecordColumns } from '../canonical-record.js';
import { isRecordId } from '../usage-record.js';
import { openRecord, proveRecord } from './prove.js';

interface ReceiptContext {
  readonly profile: {
    readonly principal: { readonly kind: 'public' | 'consumer' | 'official'; readonly name: string };
  };
  readonly services: { readonly auditorPool: Pool; readonly publisherPool: Pool };
}

@ObjectType({ description: '使用记录在日志树中的凭证。The proof that a usage record is in the log’s tree.' })
class UsageReceiptEntry {
  @Field(() => ID, { description: '记录编号。Id of the record.' })
  recordId!: string;

  @Field(() => GraphQLString, {
    description: '规范形式的记录（RFC 8785，主体为摘要）。The record in its canonical form, subjects as a digest.',
  })
  canonicalRecord!: string;

  @Field(() => GraphQLString, {
    description:
      '盐（十六进制）：盐与规范形式相接的 SHA-256 即为承诺。Salt, in hexadecimal: SHA-256 of it and the canonical form is the commitment.',
  })
  salt!: string;

  @Field(() => GraphQLInt, {
    nullable: true,
    description:
      '树叶序号；尚未入树时为空，约一秒后再查。Index of the leaf; null until it is in the tree, ask again in a second.',
  })
  leafIndex!: number | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description: '承诺（十六进制）。The commitment, in hexadecimal.',
  })
  commitment!: string | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description: '包含证明（C2SP tlog-proof）。Inclusion proof as a C2SP tlog-proof.',
  })
  proof!: string | null;
}

@Resolver()
export class UsageReceiptResolver {
  @Query(() => UsageReceiptEntry, {
    nullable: true,
    description:
      '使用记录的入树凭证，可离线核验：审计员可见全部，应用与公众可见自身。Proof of a record for offline checking: all to auditors, its own to a consumer and to the public.',
  })
  async usageReceipt(
    @Arg('id', () => ID, { description: '记录编号。Id of the record.' }) id: string,
    @Ctx() { profile: { principal }, services }: ReceiptContext,
  ): Promise<UsageReceiptEntry | null> {
    if (!isRecordId(id))
      throw new CitygraphError('BAD_USER_INPUT', 'usageReceipt(id:): expected a record id as responses carry it');
    const opening = await openRecord(services.auditorPool, id);
    if (!opening || !mayOpen(opening.columns, principal)) return null;
    const proof = await proveRecord(services.publisherPool, id);
    return {
      recordId: id,
      canonicalRecord: opening.canonicalRecord,
      salt: opening.salt.toString('hex'),
      leafIndex: proof?.leafIndex ?? null,
      commitment: proof?.commitment.toString('hex') ?? null,
      proof: proof?.proof ?? null,
    };
  }
}

/** INVARIANT: as in `usageRecords`; which officials come here at all is decided by the shield. */
function mayOpen(record: RecordColumns, reader: ReceiptContext['profile']['principal']): boolean {
  if (reader.kind === 'official') return true;
  if (reader.kind === 'consumer') return record.principal_kind === 'consumer' && record.principal === reader.name;
  return record.principal_kind === 'public';
}
