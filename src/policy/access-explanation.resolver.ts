/** `explainAccess`: what the caller may do with a coordinate, and what would give access. Reads nothing from the pool. */
import { Arg, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { GraphQLBoolean, GraphQLString } from 'graphql';
import { CitygraphError } from '../errors.js';
import type { CoordinateEntry } from '../model/registry.js';
import type { AccessProfile } from './access-profile.js';
import { sameClassification } from './effective-classification.js';
import { explain } from './explanation.js';

@ObjectType({ description: '对某一坐标的判定与理由。The verdict on a coordinate, and why.' })
export class AccessExplanation {
  @Field(() => GraphQLString, { description: '坐标：类型或 类型.字段。Coordinate: Type or Type.field.' })
  coordinate!: string;

  @Field(() => GraphQLString, { description: '判定：allow、mask、aggregate、deny。Verdict.' })
  verdict!: string;

  @Field(() => GraphQLBoolean, {
    description: '是否可按已持有的值匹配。Whether it may be matched by a value already held.',
  })
  match!: boolean;

  @Field(() => GraphQLString, { description: '分级 L1 至 L4。Level.' })
  level!: string;

  @Field(() => GraphQLBoolean, {
    description:
      '分级是否已调整，与声明不同。Whether it was re-graded, so that its classification is not the declared one.',
  })
  regraded!: boolean;

  @Field(() => GraphQLString, { description: '共享类型。Sharing type.' })
  sharing!: string;

  @Field(() => GraphQLString, { description: '开放类型。Open type.' })
  open!: string;

  @Field(() => GraphQLString, { description: '理由代码。Code of the reason.' })
  reason!: string;

  @Field(() => GraphQLString, { description: '理由（中文）。The reason in Chinese.' })
  reasonZh!: string;

  @Field(() => GraphQLString, { description: '理由（英文）。The reason in English.' })
  reasonEn!: string;

  @Field(() => GraphQLString, { nullable: true, description: '如何取得（中文）。What would give access, in Chinese.' })
  remedyZh!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '如何取得（英文）。What would give access, in English.' })
  remedyEn!: string | null;

  @Field(() => [GraphQLString], { description: '依据的授权编号。Grants it rests on.' })
  grants!: readonly string[];
}

export interface ExplanationContext {
  readonly profile: AccessProfile;
  /** As declared. */
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
}

@Resolver()
export class AccessExplanationResolver {
  @Query(() => AccessExplanation, {
    nullable: true,
    description: '说明调用方对某一坐标的权限。What the caller may do with a coordinate.',
  })
  explainAccess(
    @Arg('coordinate', () => GraphQLString, {
      description: '类型或 类型.字段，如 Resident.name。Type or Type.field, e.g. Resident.name.',
    })
    coordinate: string,
    @Ctx() context: ExplanationContext,
  ): AccessExplanation {
    const declared = context.coordinates.get(coordinate);
    const entry = context.profile.entryOf(coordinate);
    if (!declared || !entry)
      throw new CitygraphError(
        'BAD_USER_INPUT',
        'coordinate: expected Type or Type.field of a library type, got another text',
      );
    const verdict = context.profile.verdictOf(coordinate);
    const { zh, en, remedyZh, remedyEn } = explain(verdict.reason);
    return {
      coordinate,
      verdict: verdict.kind,
      match: context.profile.matchOf(coordinate).kind === 'allow',
      level: entry.classification.level,
      regraded: !sameClassification(entry.classification, declared.classification),
      sharing: entry.classification.sharing,
      open: entry.classification.open,
      reason: verdict.reason,
      reasonZh: zh,
      reasonEn: en,
      remedyZh,
      remedyEn,
      grants: verdict.grants,
    };
  }
}
