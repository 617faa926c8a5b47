/**
 * `explainOperation`: what would become of an operation, without running it. Verdicts, cost, limits, and what to apply for; no SQL, and
 * nothing that reads the pool. It answers for the caller alone, whoever it is.
 */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Ctx, Field, Float, ObjectType, Query, Resolver } from 'type-graphql';
import type { AccessProfile } from '../policy/access-profile.js';

@ObjectType({ description: '一项判定及其理由。A verdict and why.' })
export class ExplainedVerdict {
  @Field(() => GraphQLString, { description: '坐标：类型或 类型.字段。Coordinate: Type or Type.field.' })
  coordinate!: string;

  @Field(() => GraphQLString, { description: '判定：allow、mask、aggregate、deny。Verdict.' })
  verdict!: string;

  @Field(() => GraphQLString, { nullable: true, description: '分级。Level.' })
  level!: string | null;

  @Field(() => GraphQLString, { description: '理由代码。Code of the reason.' })
  reason!: string;

  @Field(() => GraphQLString, { description: '理由（中文）。The reason in Chinese.' })
  reasonZh!: string;

  @Field(() => GraphQLString, { description: '理由（英文）。The reason in English.' })
  reasonEn!: string;

  @Field(() => GraphQLString, { nullable: true, description: '如何取得（中文）。What to apply for, in Chinese.' })
  remedyZh!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '如何取得（英文）。What to apply for, in English.' })
  remedyEn!: string | null;
}

@ObjectType({ description: '回答中的一个节点及其字段的判定。A node of the answer, with the verdicts on its fields.' })
export class ExplainedNode {
  @Field(() => GraphQLString, { description: '在回答中的位置。Where in the answer.' })
  path!: string;

  @Field(() => GraphQLString, { description: '类型。Type.' })
  type!: string;

  @Field(() => [ExplainedVerdict], { description: '各字段。Fields.' })
  fields!: readonly ExplainedVerdict[];
}

@ObjectType({ description: '随数据返回的一条拒绝。An entry that would stand beside the data.' })
export class ExplainedDenial {
  @Field(() => GraphQLString, { description: '代码：FIELD_DENIED、ARGUMENT_DENIED。Code.' })
  code!: string;

  @Field(() => GraphQLString, { description: '在回答中的位置。Where in the answer.' })
  path!: string;

  @Field(() => ExplainedVerdict, { description: '判定。The verdict.' })
  verdict!: ExplainedVerdict;
}

@ObjectType({ description: '费用的一部分。A part of the cost.' })
export class ExplainedCost {
  @Field(() => GraphQLString, { description: '在回答中的位置。Where in the answer.' })
  path!: string;

  @Field(() => GraphQLString, { description: '类型。Type.' })
  type!: string;

  @Field(() => Float, { description: '按声明计的个数上限。How many, at most, by declaration.' })
  count!: number;

  @Field(() => Float, { description: '费用单位。Cost units.' })
  cost!: number;
}

@ObjectType({ description: '一项限额。A limit.' })
export class ExplainedLimit {
  @Field(() => GraphQLString, { description: '名称。Name.' })
  limit!: string;

  @Field(() => Float, { nullable: true, description: '该操作的值。What the operation has.' })
  came!: number | null;

  @Field(() => Float, { description: '上限。The maximum.' })
  maximum!: number;

  @Field(() => GraphQLBoolean, { description: '是否超出。Whether it is exceeded.' })
  exceeded!: boolean;
}

@ObjectType({ description: '对一项操作的说明，不执行。What would become of an operation; it is not run.' })
export class OperationExplanation {
  @Field(() => GraphQLString, { description: '类别：query、mutation。Kind.' })
  kind!: string;

  @Field(() => GraphQLString, { nullable: true, description: '操作名。Operation name.' })
  operationName!: string | null;

  @Field(() => GraphQLString, {
    description: '文档摘要（SHA-256），与使用日志相同。Digest of the document, as the usage log has it.',
  })
  documentHash!: string;

  @Field(() => GraphQLBoolean, {
    description: '是否会执行（未超限额）。Whether it would be run: no limit is exceeded.',
  })
  runs!: boolean;

  @Field(() => [ExplainedNode], { description: '各节点。Nodes of the plan.' })
  nodes!: readonly ExplainedNode[];

  @Field(() => [ExplainedVerdict], {
    description: '筛选、排序和匹配所用坐标的判定。Verdicts on what filters, orders and look-ups use.',
  })
  arguments!: readonly ExplainedVerdict[];

  @Field(() => [ExplainedDenial], { description: '将返回的拒绝。Entries that would stand beside the data.' })
  denials!: readonly ExplainedDenial[];

  @Field(() => Float, { description: '总费用。Cost in all.' })
  cost!: number;

  @Field(() => [ExplainedCost], { description: '费用的各部分。Parts of the cost.' })
  costs!: readonly ExplainedCost[];

  @Field(() => [ExplainedLimit], { description: '各限额。Limits.' })
  limits!: readonly ExplainedLimit[];

  @Field(() => GraphQLInt, { description: '将执行的数据库语句数。How many statements would read the libraries.' })
  statements!: number;

  @Field(() => GraphQLString, {
    nullable: true,
    description: '执行语句的数据库角色。The database role they would run under.',
  })
  databaseRole!: string | null;
}

export interface OperationToExplain {
  readonly document: string;
  readonly operationName: string | null;
  /** JSON text. */
  readonly variables: string | null;
}

interface ExplainingContext {
  readonly profile: AccessProfile;
  readonly services: {
    readonly explainOperation: (asked: OperationToExplain, profile: AccessProfile) => Promise<OperationExplanation>;
  };
}

@Resolver()
export class OperationExplanationResolver {
  @Query(() => OperationExplanation, {
    nullable: true,
    description:
      '说明调用方的一项操作将如何：判定、费用、应申请什么；不执行。What would become of an operation of the caller: verdicts, cost, what to apply for. It is not run.',
  })
  explainOperation(
    @Arg('document', () => GraphQLString, { description: 'GraphQL 文档。A GraphQL document.' }) document: string,
    @Arg('operationName', () => GraphQLString, { nullable: true, description: '操作名。Which of its operations.' })
    operationName: string | null,
    @Arg('variables', () => GraphQLString, {
      nullable: true,
      description: '变量（JSON 文本）。Variables, as JSON text.',
    })
    variables: string | null,
    @Ctx() { profile, services }: ExplainingContext,
  ): Promise<OperationExplanation> {
    const asked = { document, operationName: operationName ?? null, variables: variables ?? null };
    return services.explainOperation(asked, profile);
  }
}
