/** `switchOff` and `liftSwitch`, for the security officer; `emergencySwitches`, for those who read the policy. */
import { GraphQLBoolean, GraphQLString } from 'graphql';
import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { DateTimeScalar } from '../model/scalars.js';
import type { SwitchScope } from './emergency-switch.entity.js';
import { labelOf } from './manage-switches.js';
import { managerFor, type PolicyContext } from './policy-context.js';
import { PolicyChange, reasonDescription } from './policy.resolver.js';

const scopeDescription =
  '范围：consumer 应用、grant 授权、library 库、everything 全部。Scope: consumer, grant, library, everything.';
const targetDescription =
  '应用名称、授权编号或库代码；全部停用时不填。Name of the consumer, code of the grant or of the library; none for everything.';

@ObjectType({ description: '一项紧急停用。An emergency switch.' })
class EmergencySwitchEntry {
  @Field(() => ID, { description: '编号。Number of the switch.' })
  id!: string;

  @Field(() => GraphQLString, { description: scopeDescription })
  scope!: string;

  @Field(() => GraphQLString, { nullable: true, description: targetDescription })
  target!: string | null;

  @Field(() => GraphQLString, { description: '停用理由。Why it was switched off.' })
  reason!: string;

  @Field(() => GraphQLString, { description: '停用人。Who switched it off.' })
  thrownBy!: string;

  @Field(() => DateTimeScalar, { description: '停用时间。When.' })
  thrownAt!: string;

  @Field(() => GraphQLString, { nullable: true, description: '恢复人。Who lifted it.' })
  liftedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '恢复时间。When it was lifted.' })
  liftedAt!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '恢复理由。Why it was lifted.' })
  liftedReason!: string | null;
}

type SwitchRow = Omit<EmergencySwitchEntry, 'thrownAt' | 'liftedAt'> & {
  readonly thrownAt: Date;
  readonly liftedAt: Date | null;
};

/** The newest of those that were lifted; those in force are few and shown before them. */
const shown = 200;

@Resolver()
export class EmergencySwitchResolver {
  @Query(() => [EmergencySwitchEntry], {
    nullable: true,
    description: '紧急停用，生效中的在前。Emergency switches, those in force first.',
  })
  async emergencySwitches(
    @Arg('inForce', () => GraphQLBoolean, { nullable: true, description: '仅生效中的。Those in force alone.' })
    inForce: boolean | null,
    @Ctx() { services }: PolicyContext,
  ): Promise<readonly EmergencySwitchEntry[]> {
    const { rows } = await services.auditorPool.query<SwitchRow>(
      `select id::text, scope, nullif(target, '') as target, reason, thrown_by as "thrownBy", thrown_at as "thrownAt",
              lifted_by as "liftedBy", lifted_at as "liftedAt", lifted_reason as "liftedReason"
         from citygraph.emergency_switch s
        where lifted_at is null or not $1
        order by lifted_at is null desc, s.id desc limit $2`,
      [inForce ?? false, shown],
    );
    return rows.map((row) => ({
      ...row,
      thrownAt: row.thrownAt.toISOString(),
      liftedAt: row.liftedAt?.toISOString() ?? null,
    }));
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description:
      '紧急停用一个应用、一项授权、一个库或全部服务，自提交之时在各节点生效。Switches off a consumer, a grant, a library or everything, on every node from its commit on.',
  })
  async switchOff(
    @Arg('scope', () => GraphQLString, { description: scopeDescription }) scope: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Arg('target', () => GraphQLString, { nullable: true, description: targetDescription }) target: string | null,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).switchOff(scope as SwitchScope, target, reason);
    return { target: labelOf(scope as SwitchScope, target ?? ''), change: 'switched off', reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '恢复紧急停用的内容。Lifts an emergency switch.',
  })
  async liftSwitch(
    @Arg('scope', () => GraphQLString, { description: scopeDescription }) scope: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Arg('target', () => GraphQLString, { nullable: true, description: targetDescription }) target: string | null,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).liftSwitch(scope as SwitchScope, target, reason);
    return { target: labelOf(scope as SwitchScope, target ?? ''), change: 'lifted', reason };
  }
}
