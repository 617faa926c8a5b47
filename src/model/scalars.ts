/**
 * Scalars, named for what they are. PostgreSQL writes their JSON form in the finished answer, so `serialize` passes on what
 * it is given; `parseValue` and `parseLiteral` check what a caller sends and never repeat it.
 */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { divisions } from './code-lists/divisions.js';
import { parseResidentIdNumber, parseUnifiedSocialCreditCode } from './identifiers.js';

interface TextScalar {
  readonly name: string;
  readonly description: string;
  readonly expected: string;
  readonly specifiedByURL?: string;
  /** The value in its normal form, or null when it is none. */
  readonly parse: (text: string) => string | null;
  readonly code?: 'BAD_USER_INPUT' | 'INVALID_IDENTIFIER';
}

function createTextScalar(scalar: TextScalar): GraphQLScalarType<string, string> {
  const refuse = (came: string): never => {
    throw new GraphQLError(`${scalar.name}: expected ${scalar.expected}, got ${came}`, {
      extensions: { code: scalar.code ?? 'BAD_USER_INPUT' },
    });
  };
  const parse = (value: unknown): string => {
    if (typeof value !== 'string') return refuse(`a value of type ${value === null ? 'null' : typeof value}`);
    return scalar.parse(value) ?? refuse(`a text of ${value.length} characters that is none`);
  };
  return new GraphQLScalarType({
    name: scalar.name,
    description: scalar.description,
    ...(scalar.specifiedByURL && { specifiedByURL: scalar.specifiedByURL }),
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => (node.kind === Kind.STRING ? parse(node.value) : refuse(`a literal of kind ${node.kind}`)),
  });
}

function isRealDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  // The year before 1 is one to JavaScript and none to PostgreSQL.
  return !text.startsWith('0000') && !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

export const DateScalar = createTextScalar({
  name: 'Date',
  description: '日期（ISO 8601，YYYY-MM-DD；脱敏后为 YYYY）。A date, ISO 8601: YYYY-MM-DD; YYYY where masked.',
  expected: 'a real date as YYYY-MM-DD',
  specifiedByURL: 'https://www.iso.org/iso-8601-date-and-time-format.html',
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDate(text) ? text : null),
});

export const DateTimeScalar = createTextScalar({
  name: 'DateTime',
  description:
    '时刻（ISO 8601，协调世界时，毫秒：YYYY-MM-DDThh:mm:ss.sssZ）。A moment in UTC, ISO 8601 with milliseconds and Z.',
  expected: 'a moment as YYYY-MM-DDThh:mm:ss[.sss](Z or an offset)',
  specifiedByURL: 'https://www.iso.org/iso-8601-date-and-time-format.html',
  parse: (text) => {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
    const date = new Date(text);
    return Number.isNaN(date.getTime()) || !isRealDate(text.slice(0, 10)) ? null : date.toISOString();
  },
});

export const DecimalScalar = createTextScalar({
  name: 'Decimal',
  description:
    '十进制数字符串（金额单位为元，除非另有说明；脱敏后为区间 下限..上限）。A decimal number as a string, never a float; amounts in CNY yuan unless said otherwise; LOWER..UPPER where masked.',
  expected: 'a decimal number as a string, at most 18 digits before and 6 after the point',
  parse: (text) => (/^-?\d{1,18}(\.\d{1,6})?$/.test(text) ? text : null),
});

export const BigIntegerScalar = createTextScalar({
  name: 'BigInteger',
  description: '64 位整数字符串。A 64-bit integer as a string.',
  expected: 'a 64-bit integer as a string',
  parse: (text) => {
    if (!/^-?\d{1,19}$/.test(text)) return null;
    return BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? text : null;
  },
});

export const ResidentIdNumberScalar = createTextScalar({
  name: 'ResidentIdNumber',
  description:
    '公民身份号码（GB 11643），18 位；接受 15 位旧号。Resident ID number, GB 11643: 18 characters; the old form of 15 is accepted and upgraded.',
  expected: 'a resident ID number (GB 11643) with a real birth date and a right check character',
  code: 'INVALID_IDENTIFIER',
  parse: (text) => {
    const parsed = parseResidentIdNumber(text);
    return parsed.ok ? parsed.value.number : null;
  },
});

export const UnifiedSocialCreditCodeScalar = createTextScalar({
  name: 'UnifiedSocialCreditCode',
  description: '统一社会信用代码（GB 32100），18 位。Unified social credit code, GB 32100: 18 characters.',
  expected: 'a unified social credit code (GB 32100) with right check characters',
  code: 'INVALID_IDENTIFIER',
  parse: (text) => {
    const parsed = parseUnifiedSocialCreditCode(text);
    return parsed.ok ? parsed.value.code : null;
  },
});

export const DivisionCodeScalar = createTextScalar({
  name: 'DivisionCode',
  description: '行政区划代码（GB/T 2260），本市及其旗区。Code of a division, GB/T 2260: the city or one of its nine.',
  expected: `one of ${divisions.entries.map(({ code }) => code).join(', ')}`,
  parse: (text) => (divisions.find(text) ? text : null),
});
