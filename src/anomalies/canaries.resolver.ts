/** Canaries, for the security officer alone: declared by an identifier, which is kept as a keyed digest, and never shown again. */
import { GraphQLString } from 'graphql';
import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { DateTimeScalar, ResidentIdNumberScalar, UnifiedSocialCreditCodeScalar } from '../model/scalars.js';
import { type AlertContext, alertManagerFor } from './alert-context.js';

@ObjectType({ description: '一个蜜标主体。A canary subject.' })
class CanaryEntry {
  @Field(() => ID, { description: '编号，告警证据中以此称之。Id, by which evidence names it.' })
  id!: string;

  @Field(() => GraphQLString, { description: '标签。Label.' })
  label!: string;

  @Field(() => GraphQLString, { description: '设定人。Who declared it.' })
  declaredBy!: string;

  @Field(() => DateTimeScalar, { description: '设定时间。When.' })
  declaredAt!: string;

  @Field(() => GraphQLString, { nullable: true, description: '撤除人。Who withdrew it.' })
  withdrawnBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '撤除时间。When it was withdrawn.' })
  withdrawnAt!: string | null;
}

@ObjectType({ description: '蜜标变更。A change of canaries.' })
class CanaryChange {
  @Field(() => ID, { description: '蜜标编号。Id of the canary.' })
  id!: string;

  @Field(() => GraphQLString, { description: '变更：declared、withdrawn。What was done.' })
  change!: string;
}

const reasonDescription = '理由，留存备查。Reason; kept.';

@Resolver()
export class CanariesResolver {
  @Query(() => [CanaryEntry], {
    nullable: true,
    description: '蜜标主体，生效中的在前。Canaries, those in force first.',
  })
  async canaries(@Ctx() context: AlertContext): Promise<readonly CanaryEntry[]> {
    const found = await alertManagerFor(context).canaries();
    return found.map((it) => ({
      ...it,
      declaredAt: it.declaredAt.toISOString(),
      withdrawnAt: it.withdrawnAt?.toISOString() ?? null,
    }));
  }

  @Mutation(() => CanaryChange, {
    nullable: true,
    description:
      '设定蜜标：此后其任何放行都会告警；不透露库中是否有此主体。Declares a canary: from then on each release of it is an alarm. Does not say whether the pool knows it.',
  })
  async declareCanary(
    @Arg('label', () => GraphQLString, { description: '标签，不含标识。Label, without an identifier.' }) label: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Arg('idNumber', () => ResidentIdNumberScalar, {
      nullable: true,
      description: '公民身份号码，只存摘要。Resident ID number; kept as a digest.',
    })
    idNumber: string | null,
    @Arg('creditCode', () => UnifiedSocialCreditCodeScalar, {
      nullable: true,
      description: '统一社会信用代码，只存摘要。Unified social credit code; kept as a digest.',
    })
    creditCode: string | null,
    @Ctx() context: AlertContext,
  ): Promise<CanaryChange> {
    if (!idNumber === !creditCode)
      throw new CitygraphError('BAD_USER_INPUT', 'declareCanary: expected one of idNumber and creditCode');
    const manager = alertManagerFor(context);
    const id = idNumber
      ? await manager.declareCanary('resident-id-number', idNumber, label, reason)
      : await manager.declareCanary('unified-social-credit-code', creditCode!, label, reason);
    return { id, change: 'declared' };
  }

  @Mutation(() => CanaryChange, { nullable: true, description: '撤除蜜标。Withdraws a canary.' })
  async withdrawCanary(
    @Arg('id', () => ID, { description: '蜜标编号。Id of the canary.' }) id: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: AlertContext,
  ): Promise<CanaryChange> {
    await alertManagerFor(context).withdrawCanary(id, reason);
    return { id, change: 'withdrawn' };
  }
}
