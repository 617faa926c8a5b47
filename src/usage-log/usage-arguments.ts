/**
 * What a caller may ask the usage log for, and what of that it may see.
 *
 * Subjects are named by an id sealed for the reader or by an official identifier, which is looked up by its digest and stands in the
 * record of the request as a digest.
 */
import { GraphQLString } from 'graphql';
import type { Pool } from 'pg';
import { ArgsType, Field, ID } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { DateTimeScalar, ResidentIdNumberScalar, UnifiedSocialCreditCodeScalar } from '../model/scalars.js';
import type { UsageFilter } from './usage-filter.js';
import { isRecordId, type StoredOutcome } from './usage-record.js';

/** The principal as this folder needs it; `policy/` has the whole. */
export interface Reader {
  readonly kind: 'public' | 'consumer' | 'official';
  readonly name: string;
  readonly role?: string;
}

export interface Sealing {
  sealId(type: string, id: string): string;
  openId(type: string, sealed: string): string;
  sealCursor(scope: string, hex: string): string;
  openCursor(scope: string, sealed: string): readonly (string | null)[];
}

/** Ids of a subject, such as were merged into it among them. */
export interface SubjectFinder {
  byId(id: string): Promise<readonly string[]>;
  byIdentifier(kind: 'resident-id-number' | 'unified-social-credit-code', value: string): Promise<readonly string[]>;
}

export interface UsageContext {
  readonly profile: { readonly principal: Reader };
  readonly services: {
    readonly auditorPool: Pool;
    readonly sealerOf: (principal: Reader) => Sealing;
    readonly isPortrait: (type: string) => boolean;
    readonly subjectFinder: SubjectFinder;
    /** X-User and X-Case as the log keeps them. */
    readonly behindInLog: { readonly user: (text: string) => string; readonly caseNumber: (text: string) => string };
  };
}

@ArgsType()
export class UsageFilterArguments {
  @Field(() => GraphQLString, { nullable: true, description: '应用名称。Name of the consumer.' })
  consumer?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '部门代码。Department.' })
  department?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '授权编号。Grant.' })
  grant?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '用途。Purpose.' })
  purpose?: string | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description: '坐标（类型.字段），所选或用于参数。Coordinate (Type.field) that was selected or used in an argument.',
  })
  coordinate?: string | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description:
      '分级 L1 至 L4；与坐标、判定同时给出时须为同一字段。Level of a field; of the same field as coordinate and verdict.',
  })
  level?: string | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description:
      '判定：allow、mask、aggregate、deny，或用于参数的 argument。Verdict on a field, or argument for one used in arguments.',
  })
  verdict?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '主体（为读者封装的标识），限审计。Subject, by the id sealed for the reader; for officials alone.',
  })
  subject?: string | null;

  @Field(() => ResidentIdNumberScalar, {
    nullable: true,
    description:
      '自然人主体的公民身份号码，限审计，留痕。Subject, by resident ID number; for officials alone, on record as a digest.',
  })
  idNumber?: string | null;

  @Field(() => UnifiedSocialCreditCodeScalar, {
    nullable: true,
    description:
      '法人主体的统一社会信用代码，限审计，留痕。Subject, by unified social credit code; for officials alone, on record as a digest.',
  })
  creditCode?: string | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description: '应用背后的操作人（X-User）。The human behind the application (X-User).',
  })
  user?: string | null;

  @Field(() => GraphQLString, {
    nullable: true,
    description: '案件号（X-Case）。The case behind the request (X-Case).',
  })
  caseNumber?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '操作名。Operation name.' })
  operationName?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '错误代码。Error code.' })
  errorCode?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '结果。Outcome.' })
  outcome?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '起（含）。From, included.' })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '止（不含）。Until, not included.' })
  until?: string | null;
}

@ArgsType()
export class UsageRecordsArguments extends UsageFilterArguments {
  @Field(() => [ID], { nullable: true, description: '记录编号，最多 100 个。Ids of records, 100 at most.' })
  ids?: string[] | null;
}

export const maximumPage = 100;

/** @throws LIMIT_EXCEEDED */
export function pageSize(field: string, first: number | null, maximum = maximumPage): number {
  const size = first ?? 20;
  if (size < 1 || size > maximum)
    throw new CitygraphError('LIMIT_EXCEEDED', `${field}(first:): expected 1 to ${maximum}, got ${size}`, {
      ...{ limit: 'first', maximum, came: size },
    });
  return size;
}

/**
 * INVARIANT: what a reader may see of the log is narrowed here, whatever was asked for. A row's record names every subject that it is about,
 * those too that its reader was denied: neither are they shown to it, nor can it look for them.
 */
export async function filterFor(
  field: string,
  given: UsageRecordsArguments,
  { profile: { principal }, services }: UsageContext,
): Promise<UsageFilter> {
  const { ids, subject, idNumber, creditCode, from, until, outcome, user, caseNumber, ...texts } = given;
  const named = [subject, idNumber, creditCode].filter((it) => it !== undefined && it !== null);
  if (named.length > 0 && principal.kind !== 'official')
    throw new CitygraphError(
      'FORBIDDEN',
      `${field}(subject:): expected an official who reads the usage log, got another`,
    );
  if (named.length > 1)
    throw new CitygraphError('BAD_USER_INPUT', `${field}: expected one of subject, idNumber and creditCode`);
  if (ids && (ids.length > maximumPage || ids.some((id) => !isRecordId(id))))
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `${field}(ids:): expected at most ${maximumPage} record ids as responses carry them`,
    );
  const subjects = await findNamed(given, principal, services);
  return narrow(
    {
      ...Object.fromEntries(Object.entries(texts).filter(([, value]) => typeof value === 'string')),
      ...(ids && { ids }),
      ...(user && { user: services.behindInLog.user(user) }),
      ...(caseNumber && { caseNumber: services.behindInLog.caseNumber(caseNumber) }),
      ...(outcome && { outcome: outcome as StoredOutcome }),
      ...(subjects && { subjects }),
      ...(from && { from: new Date(from) }),
      ...(until && { until: new Date(until) }),
    },
    principal,
  );
}

async function findNamed(
  { subject, idNumber, creditCode }: UsageFilterArguments,
  reader: Reader,
  { subjectFinder, sealerOf }: UsageContext['services'],
): Promise<readonly string[] | undefined> {
  if (subject) return subjectFinder.byId(sealerOf(reader).openId('Subject', subject));
  if (idNumber) return subjectFinder.byIdentifier('resident-id-number', idNumber);
  return creditCode ? subjectFinder.byIdentifier('unified-social-credit-code', creditCode) : undefined;
}

function narrow(filter: UsageFilter, reader: Reader): UsageFilter {
  if (reader.kind === 'official') return filter;
  if (reader.kind === 'consumer') return { ...filter, consumer: reader.name };
  return { ids: filter.ids ?? [], principalKind: 'public' };
}
