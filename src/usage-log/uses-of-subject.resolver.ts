/**
 * `usesOfPerson` and `usesOfMyEnterprise`: who looked at me. A person asks through an official, who says why and in which case; a legal
 * person asks by its own credential and is shown itself alone. Both requests are on record.
 */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { holdsIdentifier, holdsPersonNumber } from '../model/redact-identifiers.js';
import { DateTimeScalar, ResidentIdNumberScalar } from '../model/scalars.js';
import { pageSize, type Sealing, type UsageContext } from './usage-arguments.js';
import type { UsagePosition } from './usage-filter.js';
import { readUsesOfSubject, type SectionWords, type UseOfSubject } from './uses-of-subject.js';

type UsesContext = UsageContext & {
  readonly profile: { readonly principal: { readonly legalPerson?: string } };
  readonly services: { readonly sectionWords: SectionWords };
};

@ObjectType({ description: '被使用的一个画像栏目。A section of the portrait that was used.' })
class UsedSection {
  @Field(() => GraphQLString, { description: '栏目代码。Code of the section.' })
  code!: string;

  @Field(() => GraphQLString, { description: '栏目中文名。The section in Chinese.' })
  zh!: string;

  @Field(() => GraphQLString, { description: '栏目英文名。The section in English.' })
  en!: string;

  @Field(() => GraphQLBoolean, { description: '是否全部脱敏。Whether all that was given of it was masked.' })
  masked!: boolean;
}

@ObjectType({ description: '对某主体数据的一次使用。One use of what is known of a subject.' })
class UseOfSubjectEntry {
  @Field(() => ID, { description: '使用记录编号。Id of the usage record.' })
  recordId!: string;

  @Field(() => DateTimeScalar, { description: '时间。When.' })
  occurredAt!: string;

  @Field(() => GraphQLString, { nullable: true, description: '使用部门代码。Code of the department.' })
  department!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '使用部门中文名。The department in Chinese.' })
  departmentZh!: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '使用部门英文名。The department in English.' })
  departmentEn!: string | null;

  @Field(() => GraphQLString, { description: '使用方应用。The consumer.' })
  consumer!: string;

  @Field(() => GraphQLString, { nullable: true, description: '应用的说明。What the consumer is.' })
  consumerDescription!: string | null;

  @Field(() => GraphQLString, { description: '做了什么（中文）。What was done, in Chinese.' })
  actionZh!: string;

  @Field(() => GraphQLString, { description: '做了什么（英文）。What was done, in English.' })
  actionEn!: string;

  @Field(() => [UsedSection], { description: '所用栏目。Sections that were used.' })
  sections!: readonly UsedSection[];

  @Field(() => GraphQLString, {
    nullable: true,
    description: '用途；无条件共享时为空。Purpose; null for what is shared without a grant.',
  })
  purpose!: string | null;

  @Field(() => [GraphQLString], {
    description: '依据；无条件共享时为空列表。Legal bases; none for what is shared without a grant.',
  })
  legalBases!: readonly string[];
}

@ObjectType({ description: '对某主体数据的使用，新的在前。Uses of what is known of a subject, newest first.' })
class UsesOfSubjectPage {
  @Field(() => [UseOfSubjectEntry], { description: '各次使用。Uses.' })
  nodes!: readonly UseOfSubjectEntry[];

  @Field(() => GraphQLBoolean, { description: '后面是否还有。Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => GraphQLString, { nullable: true, description: '末项游标。Cursor of the last use.' })
  endCursor!: string | null;

  @Field(() => GraphQLInt, {
    description: '所问时间内依法不予告知的次数。Uses in the time asked for that a law withholds: counted, not shown.',
  })
  withheldCount!: number;

  @Field(() => GraphQLBoolean, {
    description: '该次数是否精确，至多数到一万。Whether that count is exact; it goes up to ten thousand.',
  })
  withheldIsExact!: boolean;
}

@ArgsType()
class UsesArguments {
  @Field(() => DateTimeScalar, { nullable: true, description: '起（含）。From, included.' })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '止（不含）。Until, not included.' })
  until?: string | null;

  @Field(() => GraphQLInt, { nullable: true, description: '每页条数，默认 20，最多 100。Page size.' })
  first?: number | null;

  @Field(() => GraphQLString, { nullable: true, description: '从此游标之后开始。After this cursor.' })
  after?: string | null;
}

const cursorScope = 'usesOfSubject';
const longestReason = 500;

@Resolver()
export class UsesOfSubjectResolver {
  @Query(() => UsesOfSubjectPage, {
    nullable: true,
    description:
      '应当事人请求查询谁用过其数据，须写明理由与案件号，留痕。Who used what is known of a person, asked at that person’s request, with reason and case; on record.',
  })
  async usesOfPerson(
    @Arg('idNumber', () => ResidentIdNumberScalar, {
      description: '公民身份号码，以摘要留痕。Resident ID number; on record as a digest.',
    })
    idNumber: string,
    @Arg('reason', () => GraphQLString, {
      description: '理由，留痕，不得含证件号码。Reason; kept, so it may hold no identifier.',
    })
    reason: string,
    @Arg('caseNumber', () => GraphQLString, { description: '请求的案件号，留痕。Case of the request; kept.' })
    caseNumber: string,
    @Args(() => UsesArguments) given: UsesArguments,
    @Ctx() context: UsesContext,
  ): Promise<UsesOfSubjectPage> {
    requireWords('reason', reason);
    requireWords('caseNumber', caseNumber);
    const size = pageSize('usesOfPerson', given.first ?? null);
    const subjects = await context.services.subjectFinder.byIdentifier('resident-id-number', idNumber);
    return readPage(context, subjects, given, size);
  }

  @Query(() => UsesOfSubjectPage, {
    nullable: true,
    description:
      '本企业查询谁用过本企业的数据，须为与法人绑定的凭证。Who used what is known of one’s own enterprise; by the credential of a legal person.',
  })
  async usesOfMyEnterprise(
    @Args(() => UsesArguments) given: UsesArguments,
    @Ctx() context: UsesContext,
  ): Promise<UsesOfSubjectPage> {
    const size = pageSize('usesOfMyEnterprise', given.first ?? null);
    const { legalPerson } = context.profile.principal;
    // INVARIANT: whose uses are shown is the credential's to say, never the request's.
    if (legalPerson === undefined)
      throw new CitygraphError(
        'FORBIDDEN',
        'usesOfMyEnterprise: expected the credential of a legal person, got another',
      );
    return readPage(context, await context.services.subjectFinder.byId(legalPerson), given, size);
  }
}

async function readPage(
  { profile, services }: UsesContext,
  subjects: readonly string[],
  { from, until, after }: UsesArguments,
  first: number,
): Promise<UsesOfSubjectPage> {
  const sealing = services.sealerOf(profile.principal);
  const { uses, hasMore, withheld } = await readUsesOfSubject(services.auditorPool, services.sectionWords, {
    subjects,
    first,
    ...(from && { from: new Date(from) }),
    ...(until && { until: new Date(until) }),
    after: after ? openPosition(sealing, after) : null,
  });
  const last = uses.at(-1);
  return {
    nodes: uses.map(toEntry),
    hasNextPage: hasMore,
    endCursor: last ? sealPosition(sealing, last) : null,
    withheldCount: withheld.records,
    withheldIsExact: withheld.exact,
  };
}

function toEntry({ id, occurredAt, departmentName, action, ...use }: UseOfSubject): UseOfSubjectEntry {
  return {
    ...use,
    recordId: id,
    occurredAt: occurredAt.toISOString(),
    departmentZh: departmentName?.zh ?? null,
    departmentEn: departmentName?.en ?? null,
    actionZh: action.zh,
    actionEn: action.en,
  };
}

/** What is given stays in the log. */
function requireWords(argument: string, text: string): void {
  const refuse = (came: string): CitygraphError =>
    new CitygraphError(
      'BAD_USER_INPUT',
      `usesOfPerson(${argument}:): expected 1 to ${longestReason} characters without an identifier, got ${came}`,
    );
  if (text.trim() === '') throw refuse('none');
  if (text.length > longestReason) throw refuse(`${text.length}`);
  if (argument === 'caseNumber' ? holdsPersonNumber(text) : holdsIdentifier(text) || holdsPersonNumber(text))
    throw refuse('some with one');
}

function sealPosition(sealing: Sealing, { occurredAt, id }: UsagePosition): string {
  return sealing.sealCursor(cursorScope, Buffer.from(JSON.stringify([occurredAt.toISOString(), id])).toString('hex'));
}

function openPosition(sealing: Sealing, after: string): UsagePosition {
  const [occurredAt, id] = sealing.openCursor(cursorScope, after);
  return { occurredAt: new Date(occurredAt!), id: id! };
}
