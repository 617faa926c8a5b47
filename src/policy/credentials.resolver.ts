/** Mutations on credentials: the operator's on those of consumers, and everybody's on its own. A token is in the answer once, and in no record. */
import { GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { DateTimeScalar } from '../model/scalars.js';
import { issuedPrefix } from './manage-holders.js';
import { managerFor, type PolicyContext } from './policy-context.js';
import { PolicyChange, reasonDescription } from './policy.resolver.js';

@ObjectType({ description: '新的令牌，仅显示一次。A new token; it is shown once.' })
export class NewCredential {
  @Field(() => GraphQLString, { description: '持有者名称。Name of its holder.' })
  holder!: string;

  @Field(() => GraphQLString, { description: '令牌。The token.' })
  token!: string;
}

const consumerDescription = '应用名称。Name of the consumer.';
const overlapDescription =
  '旧令牌继续有效的小时数，最多 720，缺省为 0。Hours for which the old token holds as well, at most 720; 0 by default.';
const expiresDescription = '新令牌的失效时间。When the new token ends.';
const hourMs = 3_600_000;

@Resolver()
export class CredentialsResolver {
  @Mutation(() => NewCredential, {
    nullable: true,
    description: '更换应用的令牌，新旧可并行一段时间。Rotates the token of a consumer; both may hold for a while.',
  })
  async rotateConsumerToken(
    @Arg('name', () => GraphQLString, { description: consumerDescription }) name: string,
    @Arg('overlapHours', () => GraphQLInt, { nullable: true, description: overlapDescription }) overlap: number | null,
    @Arg('expires', () => DateTimeScalar, { nullable: true, description: expiresDescription }) expires: string | null,
    @Ctx() context: PolicyContext,
  ): Promise<NewCredential> {
    const { token } = await managerFor(context).rotateToken(name, rotationOf(overlap, expires));
    return { holder: name, token };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '设定应用令牌的失效时间，缺省为不失效。Sets when the tokens of a consumer end; without a time, never.',
  })
  async expireConsumerToken(
    @Arg('name', () => GraphQLString, { description: consumerDescription }) name: string,
    @Arg('at', () => DateTimeScalar, { nullable: true, description: '失效时间。When.' }) at: string | null,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).expireTokenOf('consumer', name, at ? new Date(at) : null, reason);
    return { target: name, change: 'expiry set', reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description:
      '限定应用的来源地址（CIDR），缺省为不限。Sets where a consumer may call from; without blocks, anywhere.',
  })
  async setConsumerAddresses(
    @Arg('name', () => GraphQLString, { description: consumerDescription }) name: string,
    @Arg('blocks', () => [GraphQLString], { nullable: true, description: 'CIDR 地址段。CIDR blocks.' })
    blocks: string[] | null,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).setAddresses('consumer', name, blocks ?? null, reason);
    return { target: name, change: 'addresses set', reason };
  }

  @Mutation(() => NewCredential, {
    nullable: true,
    description: '更换自己的令牌。Rotates the token of who asks: of an official, nobody else can.',
  })
  async rotateMyToken(
    @Arg('overlapHours', () => GraphQLInt, { nullable: true, description: overlapDescription }) overlap: number | null,
    @Arg('expires', () => DateTimeScalar, { nullable: true, description: expiresDescription }) expires: string | null,
    @Ctx() context: PolicyContext,
  ): Promise<NewCredential> {
    const { kind, name } = context.profile.principal;
    if (kind === 'public' || name.startsWith(issuedPrefix))
      throw new CitygraphError('BAD_USER_INPUT', 'expected who has a token of this service, got one of an issuer');
    const rotation = { ...rotationOf(overlap, expires), keepEnd: true };
    const { token } = await managerFor(context).rotateTokenOf(kind, name, rotation);
    return { holder: name, token };
  }
}

function rotationOf(overlapHours: number | null, expires: string | null): { overlap: number; expires: Date | null } {
  return { overlap: (overlapHours ?? 0) * hourMs, expires: expires ? new Date(expires) : null };
}
