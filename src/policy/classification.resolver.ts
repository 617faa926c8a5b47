/** Mutations of re-grading: stricter at once, laxer by two persons. Who may ask is the shields' to say, save for a steward's own data. */
import { GraphQLString } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import type { Category, Classification, Level, OpenType, SharingType } from '../model/classification.js';
import type { ClassificationChange, MadeRegrading } from './manage-classification.js';
import { managerFor, type PolicyContext } from './policy-context.js';
import { reasonDescription } from './policy.resolver.js';

@ObjectType('Classification', {
  description: '分级分类：级别、共享、开放、类别。Level, sharing, open type and category.',
})
export class ClassificationView {
  @Field(() => GraphQLString, { description: '分级 L1 至 L4。Level.' })
  level!: string;

  @Field(() => GraphQLString, { description: '共享类型。Sharing type.' })
  sharing!: string;

  @Field(() => GraphQLString, { description: '开放类型。Open type.' })
  open!: string;

  @Field(() => GraphQLString, { description: '类别：general、important、core。Category.' })
  category!: string;
}

@ObjectType({ description: '一项分级调整的结果。What a re-grading comes to.' })
class RegradingResult {
  @Field(() => ID, { description: '编号。Identifier of the entry.' })
  id!: string;

  @Field(() => GraphQLString, { description: '坐标。Coordinate.' })
  coordinate!: string;

  @Field(() => GraphQLString, { description: '状态：in-force、proposed、rejected。Status.' })
  status!: string;

  @Field(() => ClassificationView, { description: '调整前。Before.' })
  before!: Classification;

  @Field(() => ClassificationView, { description: '调整后。After.' })
  after!: Classification;
}

@ArgsType()
class RegradingArguments {
  @Field(() => GraphQLString, { description: '坐标：类型或 类型.字段。Coordinate: Type or Type.field.' })
  coordinate!: string;

  @Field(() => GraphQLString, { nullable: true, description: '分级，缺省不变。Level; else as it is.' })
  level?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '共享类型，缺省不变。Sharing type; else as it is.' })
  sharing?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '开放类型，缺省不变。Open type; else as it is.' })
  open?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '类别，缺省不变。Category; else as it is.' })
  category?: string | null;

  @Field(() => GraphQLString, { description: reasonDescription })
  reason!: string;
}

const idDescription = '提议的编号。Id of the proposal.';

@Resolver()
export class ClassificationResolver {
  @Mutation(() => RegradingResult, {
    nullable: true,
    description: '从严调整分级，自提交之时生效。Re-grades a coordinate to be stricter, from its commit on.',
  })
  async regrade(
    @Args(() => RegradingArguments) given: RegradingArguments,
    @Ctx() context: PolicyContext,
  ): Promise<RegradingResult> {
    const made = await managerFor(context).regrade(given.coordinate, wantedBy(given), given.reason);
    return resultOf(made, 'in-force');
  }

  @Mutation(() => RegradingResult, {
    nullable: true,
    description:
      '提议调整分级，须由第二人批准；数据管理员限本部门数据。Proposes a re-grading, which another person approves; a steward for the data of its own department.',
  })
  async proposeRegrading(
    @Args(() => RegradingArguments) given: RegradingArguments,
    @Ctx() context: PolicyContext,
  ): Promise<RegradingResult> {
    requireOwnData(context, given.coordinate);
    const made = await managerFor(context).proposeRegrading(given.coordinate, wantedBy(given), given.reason);
    return resultOf(made, 'proposed');
  }

  @Mutation(() => RegradingResult, {
    nullable: true,
    description: '批准他人提议的分级调整，自提交之时生效。Approves what another person proposed, from its commit on.',
  })
  async approveRegrading(
    @Arg('id', () => ID, { description: idDescription }) id: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<RegradingResult> {
    return resultOf(await managerFor(context).approveRegrading(id, reason), 'in-force');
  }

  @Mutation(() => RegradingResult, {
    nullable: true,
    description: '否决分级调整的提议。Rejects the proposal of a re-grading.',
  })
  async rejectRegrading(
    @Arg('id', () => ID, { description: idDescription }) id: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<RegradingResult> {
    return resultOf(await managerFor(context).rejectRegrading(id, reason), 'rejected');
  }
}

function requireOwnData({ profile, coordinates }: PolicyContext, coordinate: string): void {
  const { principal } = profile;
  if (principal.kind === 'official' && principal.role !== 'steward') return;
  const provider = coordinates.get(coordinate)?.provider ?? null;
  if (principal.kind === 'official' && provider === principal.department) return;
  throw new CitygraphError('FORBIDDEN', 'expected data of the steward’s own department, got other');
}

/** Values are the manager's to check. */
function wantedBy({ level, sharing, open, category }: RegradingArguments): ClassificationChange {
  return {
    ...(level && { level: level as Level }),
    ...(sharing && { sharing: sharing as SharingType }),
    ...(open && { open: open as OpenType }),
    ...(category && { category: category as Category }),
  };
}

function resultOf({ id, coordinate, before, after }: MadeRegrading, status: string): RegradingResult {
  return { id, coordinate, status, before, after };
}
