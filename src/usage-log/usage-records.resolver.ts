/**
 * `usageRecords`: the log for auditors, and to every consumer its own use. Reading it is itself on record.
 *
 * Subjects are given as ids sealed for the reader, never as official identifiers: the log holds none.
 */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import type { Pool } from 'pg';
import { Arg, Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { DateTimeScalar } from '../model/scalars.js';
import {
  type ReadNode,
  type ReadUsageRecord,
  readUsageRecords,
  type UsageFilter,
  type UsagePosition,
} from './read-usage.js';
import { gatewayLabel, isRecordId, type StoredOutcome } from './usage-record.js';

/** The principal as this folder needs it; `policy/` has the whole. */
interface Reader {
  readonly kind: 'public' | 'consumer' | 'official';
  readonly name: string;
}

interface Sealing {
  sealId(type: string, id: string): string;
  openId(type: string, sealed: string): string;
  sealCursor(scope: string, hex: string): string;
  openCursor(scope: string, sealed: string): readonly (string | null)[];
}

export interface UsageContext {
  readonly profile: { readonly principal: Reader };
  readonly services: {
    readonly auditorPool: Pool;
    readonly sealerOf: (principal: Reader) => Sealing;
    readonly isPortrait: (type: string) => boolean;
  };
}

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
}

@ArgsType()
class UsageArguments {
  @Field(() => [ID], { nullable: true, description: '记录编号，最多 100 个。Ids of records, 100 at most.' })
  ids?: string[] | null;

  @Field(() => GraphQLString, { nullable: true, description: '应用名称。Name of the consumer.' })
  consumer?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '部门代码。Department.' })
  department?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '授权编号。Grant.' })
  grant?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '用途。Purpose.' })
  purpose?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '操作名。Operation name.' })
  operationName?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '错误代码。Error code.' })
  errorCode?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '结果。Outcome.' })
  outcome?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '主体（为读者封装的标识），限审计。Subject, by the id sealed for the reader; for officials alone.',
  })
  subject?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '起（含）。From, included.' })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '止（不含）。Until, not included.' })
  until?: string | null;
}

const maximumPage = 100;
const cursorScope = 'usageRecords';

@Resolver()
export class UsageRecordsResolver {
  @Query(() => UsageRecordPage, {
    nullable: true,
    description: '使用日志：审计员可见全部，应用可见自身。The usage log: all of it to auditors, its own to a consumer.',
  })
  async usageRecords(
    @Args(() => UsageArguments) given: UsageArguments,
    @Arg('first', () => GraphQLInt, { nullable: true, description: '每页条数，默认 20，最多 100。Page size.' })
    first: number | null,
    @Arg('after', () => GraphQLString, { nullable: true, description: '从此游标之后开始。After this cursor.' })
    after: string | null,
    @Ctx() { profile, services }: UsageContext,
  ): Promise<UsageRecordPage> {
    const size = first ?? 20;
    if (size < 1 || size > maximumPage)
      throw new CitygraphError('LIMIT_EXCEEDED', `usageRecords(first:): expected 1 to ${maximumPage}, got ${size}`);
    const sealing = services.sealerOf(profile.principal);
    const filter = narrow(toFilter(given, sealing), profile.principal);
    const showsSubjects = (type: string): boolean => profile.principal.kind === 'official' || services.isPortrait(type);
    const { records, hasMore } = await readUsageRecords(services.auditorPool, filter, {
      first: size,
      after: after ? openPosition(sealing, after) : null,
    });
    const last = records.at(-1);
    return {
      nodes: records.map((record) => toEntry(record, sealing, showsSubjects)),
      hasNextPage: hasMore,
      endCursor: last ? sealPosition(sealing, last) : null,
    };
  }
}

/**
 * INVARIANT: what a reader may see of the log is narrowed here, whatever was asked for. A row's record names every subject that it is about,
 * those too that its reader was denied: neither are they shown to it (`showsSubjects`), nor can it look for them.
 */
function narrow(filter: UsageFilter, reader: Reader): UsageFilter {
  if (reader.kind === 'official') return filter;
  if (filter.subjectId !== undefined)
    throw new CitygraphError(
      'FORBIDDEN',
      'usageRecords(subject:): expected an official who reads the usage log, got another',
    );
  if (reader.kind === 'consumer') return { ...filter, consumer: reader.name };
  return { ids: filter.ids ?? [], principalKind: 'public' };
}

function toFilter({ ids, subject, from, until, outcome, ...texts }: UsageArguments, sealing: Sealing): UsageFilter {
  if (ids && (ids.length > maximumPage || ids.some((id) => !isRecordId(id)))) {
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `usageRecords(ids:): expected at most ${maximumPage} record ids as responses carry them`,
    );
  }
  const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => typeof value === 'string'));
  return {
    ...given,
    ...(ids && { ids }),
    ...(outcome && { outcome: outcome as StoredOutcome }),
    ...(subject && { subjectId: sealing.openId('Subject', subject) }),
    ...(from && { from: new Date(from) }),
    ...(until && { until: new Date(until) }),
  };
}

type SubjectRule = (type: string) => boolean;

function toEntry(record: ReadUsageRecord, sealing: Sealing, showsSubjects: SubjectRule): UsageRecordEntry {
  const gateway = record.arguments[gatewayLabel];
  return {
    ...record,
    gateway: typeof gateway === 'string' ? gateway : null,
    occurredAt: record.occurredAt.toISOString(),
    arguments: JSON.stringify(record.arguments),
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
