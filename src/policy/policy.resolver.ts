/** Mutations of the security officer and the operator on grants and consumers. They answer what was changed, and no library types. */
import { GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { PolicyManager } from './manage-grants.js';
import type { AccessProfile } from './access-profile.js';

@ObjectType({ description: '一项授权政策变更。A change of policy.' })
export class PolicyChange {
  @Field(() => GraphQLString, { description: '授权编号或应用名称。Code of the grant or name of the consumer.' })
  target!: string;

  @Field(() => GraphQLString, { description: '变更：revoked、suspended、resumed、limited。What was done.' })
  change!: string;

  @Field(() => GraphQLString, { nullable: true, description: '理由。Reason given.' })
  reason!: string | null;
}

export interface PolicyContext {
  readonly profile: AccessProfile;
  readonly services: { readonly policyManager: PolicyManager };
}

@ArgsType()
class LimitArguments {
  @Field(() => GraphQLString, { description: '应用名称。Name of the consumer.' })
  name!: string;

  @Field(() => GraphQLInt, {
    nullable: true,
    description: '每秒恢复的费用单位。Cost units that come back each second.',
  })
  rate?: number | null;

  @Field(() => GraphQLInt, { nullable: true, description: '可累积的费用单位。Cost units there may be at once.' })
  burst?: number | null;

  @Field(() => GraphQLInt, { nullable: true, description: '同时进行的请求数。Requests under way at once.' })
  concurrency?: number | null;

  @Field(() => GraphQLInt, {
    nullable: true,
    description: '一个时间窗内可查询的不同标识数。Distinct identifiers looked up in a window.',
  })
  lookups?: number | null;

  @Field(() => GraphQLInt, { nullable: true, description: '其中可未查到的个数。Of these, such as were not found.' })
  misses?: number | null;

  @Field(() => GraphQLString, { description: '理由，留存备查。Reason; kept.' })
  reason!: string;
}

const reasonDescription = '理由，留存备查。Reason; kept.';

@Resolver()
export class PolicyResolver {
  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '撤销授权，自提交之时生效。Revokes a grant, from its commit on.',
  })
  async revokeGrant(
    @Arg('code', () => GraphQLString, { description: '授权编号。Code of the grant.' }) code: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() { services }: PolicyContext,
  ): Promise<PolicyChange> {
    await services.policyManager.revokeGrant(code, reason);
    return { target: code, change: 'revoked', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '暂停应用的全部访问。Suspends a consumer.' })
  async suspendConsumer(
    @Arg('name', () => GraphQLString, { description: '应用名称。Name of the consumer.' }) name: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() { services }: PolicyContext,
  ): Promise<PolicyChange> {
    await services.policyManager.suspendConsumer(name, reason);
    return { target: name, change: 'suspended', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '恢复被暂停的应用。Ends the suspension of a consumer.' })
  async resumeConsumer(
    @Arg('name', () => GraphQLString, { description: '应用名称。Name of the consumer.' }) name: string,
    @Ctx() { services }: PolicyContext,
  ): Promise<PolicyChange> {
    await services.policyManager.resumeConsumer(name);
    return { target: name, change: 'resumed', reason: null };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description:
      '设定应用的限额，未给出的恢复默认。Sets the limits of a consumer; those left out go back to the defaults.',
  })
  async limitConsumer(
    @Args(() => LimitArguments) given: LimitArguments,
    @Ctx() { services }: PolicyContext,
  ): Promise<PolicyChange> {
    const { name, reason, rate = null, burst = null, concurrency = null, lookups = null, misses = null } = given;
    await services.policyManager.limitConsumer(name, { rate, burst, concurrency, lookups, misses }, reason);
    return { target: name, change: 'limited', reason };
  }
}
