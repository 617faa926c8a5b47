/** `regradings` and `policyChanges`: what was changed in the policy, by whom, when and why. Newest first, page by page. */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import type { Classification } from '../model/classification.js';
import { DateTimeScalar } from '../model/scalars.js';
import { ClassificationView } from './classification.resolver.js';
import type { PolicyContext } from './policy-context.js';
import { readPolicyChanges, readRegradings, type StoredChange, type StoredRegrading } from './read-policy-history.js';
import { regradingStatuses, type RegradingStatus } from './regrading.entity.js';

@ObjectType({ description: '一项分级调整。A re-grading.' })
class Regrading {
  @Field(() => ID, { description: '编号。Identifier of the entry.' })
  id!: string;

  @Field(() => GraphQLString, { description: '坐标。Coordinate.' })
  coordinate!: string;

  @Field(() => GraphQLString, {
    description: '状态：in-force 生效、proposed 待批、superseded 已被取代、rejected 已否决。Status.',
  })
  status!: string;

  @Field(() => ClassificationView, { description: '声明的分级。As declared when it was made.' })
  declared!: Classification;

  @Field(() => ClassificationView, { description: '调整前。Before.' })
  before!: Classification;

  @Field(() => ClassificationView, { description: '调整后。After.' })
  after!: Classification;

  @Field(() => GraphQLString, { description: '理由。Reason.' })
  reason!: string;

  @Field(() => GraphQLString, { description: '提出人。Who made or proposed it.' })
  madeBy!: string;

  @Field(() => DateTimeScalar, { description: '提出时间。When.' })
  madeAt!: string;

  @Field(() => GraphQLString, { nullable: true, description: '批准或否决人。Who approved or rejected it.' })
  decidedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '批准或否决时间。When it was decided.' })
  decidedAt!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '批准或否决理由。Why it was decided so.' })
  decidedReason!: string | null;
}

@ObjectType({ description: '分级调整列表。A page of re-gradings.' })
class RegradingPage {
  @Field(() => [Regrading], { description: '各项调整。Re-gradings.' })
  nodes!: readonly Regrading[];

  @Field(() => GraphQLBoolean, { description: '后面是否还有。Whether more follow.' })
  hasNextPage!: boolean;
}

@ObjectType({ description: '授权政策的一项历史。An entry of the history of the policy.' })
class PolicyHistoryEntry {
  @Field(() => ID, { description: '编号。Identifier of the entry.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: '时间。When.' })
  changedAt!: string;

  @Field(() => GraphQLString, { description: '变更人类别。Kind of who made it.' })
  actorKind!: string;

  @Field(() => GraphQLString, { description: '变更人。Who made it.' })
  actor!: string;

  @Field(() => GraphQLString, { description: '变更，如 grant.revoked。What was done.' })
  action!: string;

  @Field(() => GraphQLString, { description: '对象：授权、应用、人员、网关或坐标。What it was done to.' })
  target!: string;

  @Field(() => GraphQLString, { nullable: true, description: '理由。Why.' })
  reason!: string | null;

  @Field(() => GraphQLString, { description: '细节（JSON）。Details, as JSON.' })
  details!: string;

  @Field(() => GraphQLInt, { description: '自此政策版本生效。The first policy version that has it.' })
  policyVersion!: number;
}

@ObjectType({ description: '授权政策历史列表。A page of the history of the policy.' })
class PolicyHistoryPage {
  @Field(() => [PolicyHistoryEntry], { description: '各项历史。Entries.' })
  nodes!: readonly PolicyHistoryEntry[];

  @Field(() => GraphQLBoolean, { description: '后面是否还有。Whether more follow.' })
  hasNextPage!: boolean;
}

@ArgsType()
class HistoryArguments {
  @Field(() => GraphQLString, { nullable: true, description: '对象。What it was done to.' })
  target?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '变更。What was done.' })
  action?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '变更人。Who made it.' })
  actor?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '起（含）。From, included.' })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '止（不含）。Until, not included.' })
  until?: string | null;
}

@ArgsType()
class PageArguments {
  @Field(() => GraphQLInt, { nullable: true, description: '每页条数，默认 20，最多 100。Page size.' })
  first?: number | null;

  @Field(() => ID, { nullable: true, description: '从此编号之后开始。After this id.' })
  after?: string | null;
}

const maximumPage = 100;

@Resolver()
export class PolicyHistoryResolver {
  @Query(() => RegradingPage, {
    nullable: true,
    description: '分级调整，缺省为生效中的。Re-gradings; those in force where nothing else is asked for.',
  })
  async regradings(
    @Arg('status', () => GraphQLString, { nullable: true, description: '状态。Status.' }) status: string | null,
    @Arg('coordinate', () => GraphQLString, { nullable: true, description: '坐标。Coordinate.' })
    coordinate: string | null,
    @Args(() => PageArguments) given: PageArguments,
    @Ctx() { services }: PolicyContext,
  ): Promise<RegradingPage> {
    const wanted = status ?? (coordinate ? null : 'in-force');
    if (wanted !== null && !regradingStatuses.includes(wanted as RegradingStatus))
      throw new CitygraphError(
        'BAD_USER_INPUT',
        `regradings(status:): expected one of ${regradingStatuses.join(', ')}, got another`,
      );
    const page = pageOf('regradings', given);
    const rows = await readRegradings(services.auditorPool, { status: wanted, coordinate }, page);
    return { nodes: rows.slice(0, page.first).map(toRegrading), hasNextPage: rows.length > page.first };
  }

  @Query(() => PolicyHistoryPage, {
    nullable: true,
    description: '授权政策的历史：何人、何时、为何变更。The history of the policy: who changed what, when and why.',
  })
  async policyChanges(
    @Args(() => HistoryArguments) { from, until, target, action, actor }: HistoryArguments,
    @Args(() => PageArguments) given: PageArguments,
    @Ctx() { services }: PolicyContext,
  ): Promise<PolicyHistoryPage> {
    const page = pageOf('policyChanges', given);
    const filter = {
      ...{ target: target ?? null, action: action ?? null, actor: actor ?? null },
      ...{ from: from ? new Date(from) : null, until: until ? new Date(until) : null },
    };
    const rows = await readPolicyChanges(services.auditorPool, filter, page);
    return { nodes: rows.slice(0, page.first).map(toEntry), hasNextPage: rows.length > page.first };
  }
}

function pageOf(field: string, { first, after }: PageArguments): { first: number; after: string | null } {
  const size = first ?? 20;
  if (size < 1 || size > maximumPage)
    throw new CitygraphError('LIMIT_EXCEEDED', `${field}(first:): expected 1 to ${maximumPage}, got ${size}`);
  if (after && !/^[1-9]\d{0,17}$/.test(after))
    throw new CitygraphError('BAD_USER_INPUT', `${field}(after:): expected the id of an entry, got another text`);
  return { first: size, after: after ?? null };
}

function toRegrading({ madeAt, decidedAt, ...row }: StoredRegrading): Regrading {
  return { ...row, madeAt: madeAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}

function toEntry({ changedAt, details, policyVersion, ...row }: StoredChange): PolicyHistoryEntry {
  return {
    ...row,
    changedAt: changedAt.toISOString(),
    details: JSON.stringify(details),
    policyVersion: Number(policyVersion),
  };
}
