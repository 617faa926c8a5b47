/** `enumerationEvents`: who tried identifiers one after another, for auditor and security officer. Reading it is itself on record. */
import { GraphQLInt, GraphQLString } from 'graphql';
import type { Pool } from 'pg';
import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { DateTimeScalar } from '../model/scalars.js';

@ObjectType({ description: '一次标识枚举事件。Identifiers tried one after another.' })
class EnumerationEventEntry {
  @Field(() => ID, { description: '编号，递增。Number, growing.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: '时间。When look-ups were closed.' })
  occurredAt!: string;

  @Field(() => GraphQLString, { description: '服务节点。Node of the service.' })
  node!: string;

  @Field(() => GraphQLString, { description: '主体类别。Kind of principal.' })
  principalKind!: string;

  @Field(() => GraphQLString, { description: '使用方。Principal.' })
  principal!: string;

  @Field(() => GraphQLString, { nullable: true, description: '公众的网络地址。Network of the public.' })
  clientAddress!: string | null;

  @Field(() => DateTimeScalar, { description: '时间窗起点。Start of the window.' })
  windowStart!: string;

  @Field(() => GraphQLString, { description: '触发的限额：lookups、misses。Which limit.' })
  trippedBy!: string;

  @Field(() => GraphQLInt, { description: '窗内查询的不同标识数。Distinct identifiers looked up in the window.' })
  lookups!: number;

  @Field(() => GraphQLInt, { description: '其中未查到的个数。Of these, such as were not found.' })
  misses!: number;

  @Field(() => GraphQLInt, { description: '该限额。The limit.' })
  maximum!: number;

  @Field(() => DateTimeScalar, { description: '在此之前拒绝查询。Look-ups are refused until then.' })
  refusedUntil!: string;
}

interface EventContext {
  readonly services: { readonly auditorPool: Pool };
}

type EventRow = { [name in keyof EnumerationEventEntry]: EnumerationEventEntry[name] } & {
  readonly occurredAt: Date;
  readonly windowStart: Date;
  readonly refusedUntil: Date;
};

const maximumPage = 100;

@Resolver()
export class EnumerationEventsResolver {
  @Query(() => [EnumerationEventEntry], {
    nullable: true,
    description: '标识枚举事件，新的在前。Identifiers tried one after another, newest first.',
  })
  async enumerationEvents(
    @Arg('first', () => GraphQLInt, { nullable: true, description: '条数，默认 20，最多 100。How many.' })
    first: number | null,
    @Arg('before', () => ID, { nullable: true, description: '早于此编号的。Those before this number.' })
    before: string | null,
    @Ctx() { services }: EventContext,
  ): Promise<readonly EnumerationEventEntry[]> {
    const size = first ?? 20;
    if (size < 1 || size > maximumPage)
      throw new CitygraphError(
        'LIMIT_EXCEEDED',
        `enumerationEvents(first:): expected 1 to ${maximumPage}, got ${size}`,
        {
          ...{ limit: 'first', maximum: maximumPage, came: size },
        },
      );
    if (before && !/^\d{1,18}$/.test(before))
      throw new CitygraphError('BAD_USER_INPUT', 'enumerationEvents(before:): expected the id of an event');
    const { rows } = await services.auditorPool.query<EventRow>(
      `select id::text, occurred_at as "occurredAt", node, principal_kind as "principalKind", principal,
              client_address as "clientAddress", window_start as "windowStart", tripped_by as "trippedBy", lookups, misses, maximum,
              refused_until as "refusedUntil"
         from citygraph.enumeration_event
        where $1::bigint is null or id < $1
        order by id desc limit $2`,
      [before, size],
    );
    return rows.map((row) => ({
      ...row,
      occurredAt: row.occurredAt.toISOString(),
      windowStart: row.windowStart.toISOString(),
      refusedUntil: row.refusedUntil.toISOString(),
    }));
  }
}
