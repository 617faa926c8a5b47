/** Mutations of the security officer on grants and consumers. They answer what was changed, and no library types. */
import { GraphQLString } from 'graphql';
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { PolicyManager } from './manage-grants.js';
import type { AccessProfile } from './access-profile.js';

@ObjectType({ description: '一项授权政策变更。A change of policy.' })
export class PolicyChange {
  @Field(() => GraphQLString, { description: '授权编号或应用名称。Code of the grant or name of the consumer.' })
  target!: string;

  @Field(() => GraphQLString, { description: '变更：revoked、suspended、resumed。What was done.' })
  change!: string;

  @Field(() => GraphQLString, { nullable: true, description: '理由。Reason given.' })
  reason!: string | null;
}

export interface PolicyContext {
  readonly profile: AccessProfile;
  readonly services: { readonly policyManager: PolicyManager };
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
}
