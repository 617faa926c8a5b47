/**
 * `usageRecords`: the log for auditors, and to every consumer its own use. Reading it is itself on record.
 *
 * Subjects are given as ids sealed for the reader, never as official identifiers: the log holds none.
 */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Args, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { DateTimeScalar } from '../model/scalars.js';
import { countUsageRecords, type UsageCount } from './count-usage.js';
import { type ReadNode, type ReadUsageRecord, readUsageRecords } from './read-usage.js';
import { filterFor, pageSize, type Sealing, type UsageContext, UsageRecordsArguments } from './usage-arguments.js';
import type { UsagePosition } from './usage-filter.js';
import { gatewayLabel } from './usage-record.js';

@ObjectType({ description: '一个字段的判定。The verdict on one field.' })
class UsageField {
  @Field(() => GraphQLString, { description: '字段名。Name of the field.' })
  name!: string;

  @Field(() => GraphQLString, { description: '判定。Verdict.' })
  verdict!: string;

  @Field(() => GraphQLString, { description: '理由代码。Code of the reason.' })
  reason!: string;

  @Field(() => GraphQLString, { nullable: true, description: '分级。Level.' })
  level!: string | null;
}

@ObjectType({
  description: '回答中的一个节点：字段、判定、行数与主体。One node of the answer: fields, verdicts, rows and subjects.',
})
class UsageNode {
  @Field(() => GraphQLString, { description: '在回答中的位置。Where in the answer.' })
  path!: string;

  @Field(() => GraphQLString, { description: '类型。Type.' })
  type!: string;

  @Field(() => [UsageField], { description: '各字段。Fields.' })
  fields!: readonly UsageField[];

  @Field(() => GraphQLInt, { description: '放行的行数。Rows released.' })
  rowCount!: number;

  @Field(() => [ID], {
    description:
      '放行的主体（为读者封装）；应用和公众仅见画像的主体。Subjects released, sealed for the reader; a consumer and the public are given those of portraits alone.',
  })
  subjects!: readonly string[];
}

@ObjectType({
  description:
    '请求所依据的一项授权：用途、依据与部门。A grant that a request rested on: purpose, legal basis, department.',
})
export class UsageGrant {
  @Field(() => GraphQLString, { description: '授权编号。Code of the grant.' })
  code!: string;

  @Field(() => GraphQLString, { description: '应用名称。Name of the consumer.' })
  consumer!: string;

  @Field(() => GraphQLString, { description: '应用所属部门代码。Department of the consumer.' })
  department!: string;

  @Field(() => GraphQLString, { description: '用途。Purpose.' })
  purpose!: string;

  @Field(() => GraphQLString, { description: '依据。Legal basis.' })
  legalBasis!: string;

  @Field(() => GraphQLString, {
    nullable: true,
    description:
      '依法不告知当事人时的依据。The law by which uses under it are kept from whom they concern; null where they are shown.',
  })
  withheldBasis!: string | null;

  @Field(() => DateTimeScalar, { description: '起（含）。From, included.' })
  validFrom!: string;

  @Field(() => DateTimeScalar, { description: '止（不含）。Until, not included.' })
  validUntil!: string;

  @Field(() => GraphQLString, { description: '签发人。Who issued it.' })
  issuedBy!: string;

  @Field(() => GraphQLString, { nullable: true, description: '第二批准人。Who approved it besides.' })
  approvedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '撤销时间。When it was revoked.' })
  revokedAt!: string | null;
}

@ObjectType({ description: '一条使用记录。The record of one request.' })
class UsageRecordEntry {
  @Field(() => ID, { description: '记录编号。Id of the record.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: '时间。When.' })
  occurredAt!: string;

  @Field(() => GraphQLString, { description: '服务节点。Node of the service.' })
  node!: string;

  @Field(() => GraphQLString, { description: '类别：query、mutation、command、failure。Kind.' })
  kind!: string;

  @Field(() => GraphQLString, { description: '主体类别。Kind of principal.' })
  principalKind!: string;

  @Field(() => GraphQLString, { description: '使用方。Principal.' })
  principal!: string;

  @Field(() => GraphQLString, { nullable: true, description: '转发请求的网关。Gateway that forwarded the request.' })
  gateway!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '部门代码。Department.' })
  department!: string | null;

  @Field(() => [GraphQLString], { description: '授权编号。Grants.' })
  grants!: readonly string[];

  @Field(() => [UsageGrant], {
    description: '所依据的授权及其用途、依据。The grants that it rested on, with purpose and legal basis.',
  })
  grantTerms!: readonly UsageGrant[];

  @Field(() => GraphQLString, { nullable: true, description: '用途。Purpose.' })
  purpose!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '应用背后的操作人。The human behind the application.' })
  user!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '案件号。The case behind the request.' })
  caseNumber!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '操作名。Operation name.' })
  operationName!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '文档摘要（SHA-256）。Digest of the document.' })
  documentHash!: string | null;

  @Field(() => GraphQLString, {
    description: '参数（JSON；敏感值为摘要）。Arguments as JSON; sensitive values as digests.',
  })
  arguments!: string;

  @Field(() => [UsageNode], { description: '各节点。Nodes of the plan.' })
  nodes!: readonly UsageNode[];

  @Field(() => [GraphQLString], { description: '用于筛选、排序和匹配的坐标。Coordinates used in arguments.' })
  usedInArguments!: readonly string[];

  @Field(() => [GraphQLString], { description: '错误代码。Error codes.' })
  errorCodes!: readonly string[];

  @Field(() => GraphQLString, { description: '结果：answered、refused、failed、superseded、begun。Outcome.' })
  outcome!: string;

  @Field(() => GraphQLInt, { nullable: true, description: '判定所依据的政策版本。Policy version.' })
  policyVersion!: number | null;

  @Field(() => GraphQLInt, { description: '响应字节数。Bytes of the response.' })
  responseBytes!: number;

  @Field(() => GraphQLInt, { description: '耗时（微秒）。Microseconds taken.' })
  latencyMicros!: number;

  @Field(() => GraphQLString, { nullable: true, description: '客户端地址。Client address.' })
  clientAddress!: string | null;
}

@ObjectType({ description: '使用记录列表，新的在前。A page of usage records, newest first.' })
class UsageRecordPage {
  @Field(() => [UsageRecordEntry], { description: '各条记录。Records.' })
  nodes!: readonly UsageRecordEntry[];

  @Field(() => GraphQLBoolean, { description: '后面是否还有。Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => GraphQLString, { nullable: true, description: '末项游标。Cursor of the last record.' })
  endCursor!: string | null;

  /** Counted where it is asked for. */
  count!: () => Promise<UsageCount>;
}

const cursorScope = 'usageRecords';

@Resolver(() => UsageRecordPage)
export class UsageRecordsResolver {
  @Query(() => UsageRecordPage, {
    nullable: true,
    description: '使用日志：审计员可见全部，应用可见自身。The usage log: all of it to auditors, its own to a consumer.',
  })
  async usageRecords(
    @Args(() => UsageRecordsArguments) given: UsageRecordsArguments,
    @Arg('first', () => GraphQLInt, { nullable: true, description: '每页条数，默认 20，最多 100。Page size.' })
    first: number | null,
    @Arg('after', () => GraphQLString, { nullable: true, description: '从此游标之后开始。After this cursor.' })
    after: string | null,
    @Ctx() context: UsageContext,
  ): Promise<UsageRecordPage> {
    const { profile, services } = context;
    const size = pageSize('usageRecords', first);
    const sealing = services.sealerOf(profile.principal);
    const filter = await filterFor('usageRecords', given, context);
    const showsSubjects = (type: string): boolean => profile.principal.kind === 'official' || services.isPortrait(type);
    const { records, hasMore } = await readUsageRecords(services.auditorPool, filter, {
      first: size,
      after: after ? openPosition(sealing, after) : null,
    });
    const last = records.at(-1);
    let counted: Promise<UsageCount> | undefined;
    return {
      nodes: records.map((record) => toEntry(record, sealing, showsSubjects)),
      hasNextPage: hasMore,
      endCursor: last ? sealPosition(sealing, last) : null,
      count: () => (counted ??= countUsageRecords(services.auditorPool, filter)),
    };
  }

  @FieldResolver(() => GraphQLInt, {
    description:
      '符合条件的记录总数；totalIsExact 为否时不少于此数。How many records fit; at least so many where totalIsExact is false.',
  })
  async totalCount(@Root() page: UsageRecordPage): Promise<number> {
    return (await page.count()).records;
  }

  @FieldResolver(() => GraphQLBoolean, {
    description:
      '总数是否精确；按主体、操作人、案件或操作名查询时至多数到一万。Whether the total is exact; by subject, human, case or operation it is counted up to ten thousand.',
  })
  async totalIsExact(@Root() page: UsageRecordPage): Promise<boolean> {
    return (await page.count()).exact;
  }
}

type SubjectRule = (type: string) => boolean;

function toEntry(record: ReadUsageRecord, sealing: Sealing, showsSubjects: SubjectRule): UsageRecordEntry {
  const gateway = record.arguments[gatewayLabel];
  return {
    ...record,
    gateway: typeof gateway === 'string' ? gateway : null,
    occurredAt: record.occurredAt.toISOString(),
    arguments: JSON.stringify(record.arguments),
    grantTerms: record.grantTerms.map((grant) => ({
      ...grant,
      validFrom: grant.validFrom.toISOString(),
      validUntil: grant.validUntil.toISOString(),
      revokedAt: grant.revokedAt?.toISOString() ?? null,
    })),
    nodes: record.nodes.map((node) => toNode(node, sealing, showsSubjects)),
  };
}

function toNode({ subjects, ...node }: ReadNode, sealing: Sealing, showsSubjects: SubjectRule): UsageNode {
  if (!showsSubjects(node.type)) return { ...node, subjects: [] };
  // Rows that are about nobody are counted under subject 0.
  const ids = new Set(subjects.flat().filter((id) => id !== '0'));
  return { ...node, subjects: [...ids].map((id) => sealing.sealId('Subject', id)) };
}

function sealPosition(sealing: Sealing, { occurredAt, id }: UsagePosition): string {
  return sealing.sealCursor(cursorScope, Buffer.from(JSON.stringify([occurredAt.toISOString(), id])).toString('hex'));
}

function openPosition(sealing: Sealing, after: string): UsagePosition {
  const [occurredAt, id] = sealing.openCursor(cursorScope, after);
  return { occurredAt: new Date(occurredAt!), id: id! };
}
