/** Mutations on grants, consumers, officials and gateways. They answer what was changed, and no library types. */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Level } from '../model/classification.js';
import { DateTimeScalar, UnifiedSocialCreditCodeScalar } from '../model/scalars.js';
import type { GrantMode } from './access.js';
import { unexpected } from './policy-change.js';
import { managerFor, type PolicyContext } from './policy-context.js';

@ObjectType({ description: '一项授权政策变更。A change of policy.' })
export class PolicyChange {
  @Field(() => GraphQLString, {
    description: '授权编号或应用、人员、网关名称。Code of the grant, or name of the consumer, official or gateway.',
  })
  target!: string;

  @Field(() => GraphQLString, {
    description: '变更：issued、approved、revoked、suspended、resumed、limited 等。What was done.',
  })
  change!: string;

  @Field(() => GraphQLString, { nullable: true, description: '理由。Reason given.' })
  reason!: string | null;
}

@InputType({ description: '授权的一项。An item of a grant.' })
class GrantItemInput {
  @Field(() => GraphQLString, { description: '坐标：类型、类型.字段 或 类型.*。Type, Type.field or Type.*.' })
  coordinate!: string;

  @Field(() => GraphQLString, { description: '方式：plain、masked、aggregate、match。Mode.' })
  mode!: string;
}

@InputType({ description: '一项授权。A grant.' })
class GrantInput {
  @Field(() => GraphQLString, { description: '编号。Code, as X-Grant names it.' })
  code!: string;

  @Field(() => GraphQLString, { description: '应用名称。Name of the consumer.' })
  consumer!: string;

  @Field(() => GraphQLString, { description: '用途。Purpose.' })
  purpose!: string;

  @Field(() => GraphQLString, { description: '依据。Legal basis.' })
  legalBasis!: string;

  @Field(() => DateTimeScalar, { description: '起。From, included.' })
  validFrom!: string;

  @Field(() => DateTimeScalar, { description: '止（不含）。Until, not included.' })
  validUntil!: string;

  @Field(() => [GraphQLString], {
    nullable: true,
    description: '行政区划，缺省为全市。Divisions; else the whole city.',
  })
  divisions?: string[] | null;

  @Field(() => [GrantItemInput], { description: '信息项。Items.' })
  items!: GrantItemInput[];

  @Field(() => GraphQLBoolean, { nullable: true, description: '是否含受保护主体。Whether it includes the protected.' })
  includesProtected?: boolean | null;

  @Field(() => GraphQLBoolean, { nullable: true, description: '是否须报明操作人。Whether X-User is required.' })
  requiresUser?: boolean | null;

  @Field(() => GraphQLBoolean, { nullable: true, description: '是否须报明案件号。Whether X-Case is required.' })
  requiresCase?: boolean | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description:
      '依法不向当事人告知使用情况的依据；缺省则告知。The law by which uses under it are kept from whom they concern; else they are shown.',
  })
  withheldBasis?: string | null;
}

export const reasonDescription = '理由，留存备查。Reason; kept.';
const codeDescription = '授权编号。Code of the grant.';
const consumerDescription = '应用名称。Name of the consumer.';
const officialDescription =
  '人员名称；由签发方认证的以 oidc: 开头。Name of the official; oidc:NAME where an issuer vouches.';
const gatewayDescription = '网关名称。Name of the gateway.';

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

@Resolver()
export class PolicyResolver {
  @Mutation(() => PolicyChange, {
    nullable: true,
    description:
      '授予授权；重要数据另须第二人批准。Issues a grant; important data needs the approval of another as well.',
  })
  async issueGrant(
    @Arg('grant', () => GrantInput, { description: '授权。The grant.' }) grant: GrantInput,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).issueGrant({
      code: grant.code,
      consumer: grant.consumer,
      purpose: grant.purpose,
      legalBasis: grant.legalBasis,
      validFrom: new Date(grant.validFrom),
      validUntil: new Date(grant.validUntil),
      divisions: grant.divisions ?? null,
      items: grant.items.map(({ coordinate, mode }) => ({ coordinate, mode: mode as GrantMode })),
      includesProtected: grant.includesProtected ?? false,
      requiresUser: grant.requiresUser ?? false,
      requiresCase: grant.requiresCase ?? false,
      withheldBasis: grant.withheldBasis ?? null,
    });
    return { target: grant.code, change: 'issued', reason: grant.legalBasis };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '第二人批准授权，重要数据由此放行。The second approval of a grant, by another than who issued it.',
  })
  async approveGrant(
    @Arg('code', () => GraphQLString, { description: codeDescription }) code: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).approveGrant(code, reason);
    return { target: code, change: 'approved', reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '撤销授权，自提交之时生效。Revokes a grant, from its commit on.',
  })
  async revokeGrant(
    @Arg('code', () => GraphQLString, { description: codeDescription }) code: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).revokeGrant(code, reason);
    return { target: code, change: 'revoked', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '暂停应用的全部访问。Suspends a consumer.' })
  async suspendConsumer(
    @Arg('name', () => GraphQLString, { description: consumerDescription }) name: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).suspendConsumer(name, reason);
    return { target: name, change: 'suspended', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '恢复被暂停的应用。Ends the suspension of a consumer.' })
  async resumeConsumer(
    @Arg('name', () => GraphQLString, { description: consumerDescription }) name: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).resumeConsumer(name, reason);
    return { target: name, change: 'resumed', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '暂停管理人员。Suspends an official.' })
  async suspendOfficial(
    @Arg('name', () => GraphQLString, { description: officialDescription }) name: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).suspendOfficial(name, reason);
    return { target: name, change: 'suspended', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '恢复管理人员。Ends the suspension of an official.' })
  async resumeOfficial(
    @Arg('name', () => GraphQLString, { description: officialDescription }) name: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).resumeOfficial(name, reason);
    return { target: name, change: 'resumed', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '暂停网关的全部转发。Suspends a gateway.' })
  async suspendGateway(
    @Arg('name', () => GraphQLString, { description: gatewayDescription }) name: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).suspendGateway(name, reason);
    return { target: name, change: 'suspended', reason };
  }

  @Mutation(() => PolicyChange, { nullable: true, description: '恢复网关。Ends the suspension of a gateway.' })
  async resumeGateway(
    @Arg('name', () => GraphQLString, { description: gatewayDescription }) name: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).resumeGateway(name, reason);
    return { target: name, change: 'resumed', reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '设定应用无需授权可见的最高级别。Sets how far a consumer sees without a grant.',
  })
  async setClearance(
    @Arg('consumer', () => GraphQLString, { description: consumerDescription }) consumer: string,
    @Arg('clearance', () => GraphQLString, { description: '级别 L1 至 L4。Level.' }) clearance: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).setClearance(consumer, clearance as Level, reason);
    return { target: consumer, change: `clearance ${clearance}`, reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description:
      '设定应用的限额，未给出的恢复默认。Sets the limits of a consumer; those left out go back to the defaults.',
  })
  async limitConsumer(
    @Args(() => LimitArguments) given: LimitArguments,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    const { name, reason, rate = null, burst = null, concurrency = null, lookups = null, misses = null } = given;
    await managerFor(context).limitConsumer(name, { rate, burst, concurrency, lookups, misses }, reason);
    return { target: name, change: 'limited', reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description:
      '将应用设为某法人的凭证：可查谁用过该法人的数据，库中只见公开内容。Makes a consumer the credential of a legal person: it sees who used that one’s data, and of the libraries what is open.',
  })
  async bindLegalPerson(
    @Arg('consumer', () => GraphQLString, { description: consumerDescription }) consumer: string,
    @Arg('creditCode', () => UnifiedSocialCreditCodeScalar, {
      description: '法人的统一社会信用代码。Unified social credit code of the legal person.',
    })
    creditCode: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    const [subject] = await context.services.subjectFinder.byIdentifier('unified-social-credit-code', creditCode);
    if (subject === undefined) throw unexpected('creditCode', 'that of a legal person of the pool', 'another');
    await managerFor(context).bindLegalPerson(consumer, subject, reason);
    return { target: consumer, change: 'legal person bound', reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '解除应用与法人的绑定。Ends that a consumer is the credential of a legal person.',
  })
  async unbindLegalPerson(
    @Arg('consumer', () => GraphQLString, { description: consumerDescription }) consumer: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).unbindLegalPerson(consumer, reason);
    return { target: consumer, change: 'legal person unbound', reason };
  }
}
