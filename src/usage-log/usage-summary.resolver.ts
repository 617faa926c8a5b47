/** `usageSummary`: how often, by what and when. Counts alone; reading it is itself on record. */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Args, Ctx, Field, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { type SummaryPosition, summarizeUsage, type UsageDimension, usageDimensions } from './summarize-usage.js';
import {
  filterFor,
  pageSize,
  type Reader,
  type Sealing,
  type UsageContext,
  UsageFilterArguments,
} from './usage-arguments.js';

const dimensionDescriptions: Readonly<Record<UsageDimension, string>> = {
  PRINCIPAL_KIND: '主体类别。Kind of principal.',
  CONSUMER: '应用名称；其他主体为空。Name of the consumer; null for other principals.',
  DEPARTMENT: '部门代码。Department.',
  GRANT: '授权编号。Grant.',
  PURPOSE: '用途。Purpose.',
  COORDINATE: '坐标。Coordinate.',
  LEVEL: '所选字段的分级。Level of a selected field.',
  VERDICT: '字段的判定，或 argument。Verdict on a field, or argument.',
  ERROR_CODE: '错误代码。Error code.',
  OUTCOME: '结果。Outcome.',
  SUBJECT: '主体（为读者封装），限审计。Subject, sealed for the reader; for auditor and security officer.',
  USER: '操作人。The human behind the application.',
  CASE: '案件号。Case.',
  OPERATION: '操作名。Operation name.',
  HOUR: '小时（北京时间）。Hour, in the time of the city.',
  DAY: '日（北京时间）。Day, in the time of the city.',
  MONTH: '月（北京时间）。Month, in the time of the city.',
};

const UsageDimensionEnum = Object.fromEntries(usageDimensions.map((name) => [name, name])) as Record<
  UsageDimension,
  UsageDimension
>;
registerEnumType(UsageDimensionEnum, {
  name: 'UsageDimension',
  description: '使用统计的分组维度。What usage is grouped by.',
  valuesConfig: Object.fromEntries(usageDimensions.map((name) => [name, { description: dimensionDescriptions[name] }])),
});

@ObjectType({ description: '一组使用计数。Counts of one group.' })
class UsageGroupEntry {
  @Field(() => [GraphQLString], {
    nullable: 'items',
    description:
      '各维度的值，按所给次序；没有则为空。Values of the dimensions, in their order; null where there is none.',
  })
  keys!: readonly (string | null)[];

  @Field(() => GraphQLInt, { description: '记录数。Records.' })
  records!: number;

  @Field(() => GraphQLString, {
    nullable: true,
    description: '放行的行数；按主体统计时为空。Rows released, a whole number; null by subject.',
  })
  rows!: string | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description:
      '放行的主体人次，每条记录内不重复计；按主体统计时为空，应用也不得。Subjects released, each once a record, a whole number; null by subject, and to a consumer.',
  })
  subjects!: string | null;
}

@ObjectType({ description: '使用统计，多者在前。Counts of usage, most first.' })
class UsageSummaryPage {
  @Field(() => [UsageGroupEntry], { description: '各组。Groups.' })
  groups!: readonly UsageGroupEntry[];

  @Field(() => GraphQLBoolean, { description: '后面是否还有。Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => GraphQLString, { nullable: true, description: '末组游标。Cursor of the last group.' })
  endCursor!: string | null;

  @Field(() => GraphQLInt, {
    description:
      '符合条件而尚未计入的记录数，通常为最近一秒的记录。Records that the filter finds and that are not counted yet, as a rule those of the last second.',
  })
  waiting!: number;
}

const maximumGroups = 1_000;
const mostDimensions = 3;
/** What tells of single persons: not for those who are given counts alone. */
const personal: ReadonlySet<UsageDimension> = new Set(['SUBJECT', 'USER', 'CASE', 'OPERATION']);

@Resolver()
export class UsageSummaryResolver {
  @Query(() => UsageSummaryPage, {
    nullable: true,
    description:
      '使用统计：审计员与安全员可见全部，督导可见不涉个人的计数，应用可见自身。Counts of usage: all to auditor and security officer, to the supervisor without single persons, its own to a consumer.',
  })
  async usageSummary(
    @Arg('by', () => [UsageDimensionEnum], { description: '分组维度，一至三个。Dimensions, one to three.' })
    by: UsageDimension[],
    @Args(() => UsageFilterArguments) given: UsageFilterArguments,
    @Arg('first', () => GraphQLInt, { nullable: true, description: '组数，默认 20，最多 1000。How many groups.' })
    first: number | null,
    @Arg('after', () => GraphQLString, { nullable: true, description: '从此游标之后开始。After this cursor.' })
    after: string | null,
    @Ctx() context: UsageContext,
  ): Promise<UsageSummaryPage> {
    const { profile, services } = context;
    if (by.length < 1 || by.length > mostDimensions || new Set(by).size < by.length)
      throw new CitygraphError(
        'BAD_USER_INPUT',
        `usageSummary(by:): expected 1 to ${mostDimensions} different dimensions, got ${by.length}`,
      );
    const size = pageSize('usageSummary', first, maximumGroups);
    refuseSinglePersons(by, given, profile.principal);
    const filter = await filterFor('usageSummary', given, context);
    const sealing = services.sealerOf(profile.principal);
    const scope = `usageSummary ${by.join(' ')}`;
    const { groups, hasMore, waiting } = await summarizeUsage(services.auditorPool, filter, {
      by,
      first: size,
      after: after ? openPosition(sealing, scope, after) : null,
    });
    const last = groups.at(-1);
    const subjectAt = by.indexOf('SUBJECT');
    // INVARIANT: beside the number of rows it would tell a consumer which rows that it was given are of one hidden person.
    const showsSubjects = profile.principal.kind === 'official';
    return {
      groups: groups.map(({ keys, records, rows, subjects }) => ({
        keys: keys.map((key, at) => (at === subjectAt && key !== null ? sealing.sealId('Subject', key) : key)),
        records,
        rows: rows === null ? null : String(rows),
        subjects: subjects === null || !showsSubjects ? null : String(subjects),
      })),
      hasNextPage: hasMore,
      endCursor: last ? sealPosition(sealing, scope, last) : null,
      waiting,
    };
  }
}

/** INVARIANT: subjects are shown to auditor and security officer alone; to a supervisor no human and no case either. */
function refuseSinglePersons(by: readonly UsageDimension[], given: UsageFilterArguments, reader: Reader): void {
  const seesAll = reader.kind === 'official' && reader.role !== 'supervisor';
  if (seesAll) return;
  const asked = reader.kind === 'consumer' ? by.filter((it) => it === 'SUBJECT') : by.filter((it) => personal.has(it));
  const { subject, idNumber, creditCode, user, caseNumber, operationName } = given;
  const filtered =
    reader.kind !== 'consumer' && [subject, idNumber, creditCode, user, caseNumber, operationName].some(Boolean);
  if (asked.length > 0 || filtered)
    throw new CitygraphError(
      'FORBIDDEN',
      'usageSummary: expected auditor or security officer for counts by subject, human, case or operation, got another',
    );
}

function sealPosition(sealing: Sealing, scope: string, { records, keys }: SummaryPosition): string {
  return sealing.sealCursor(scope, Buffer.from(JSON.stringify([String(records), ...keys])).toString('hex'));
}

function openPosition(sealing: Sealing, scope: string, after: string): SummaryPosition {
  const [records, ...keys] = sealing.openCursor(scope, after);
  return { records: Number(records), keys };
}
