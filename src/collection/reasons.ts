/**
 * Why a value or a row was not taken: one table of codes with a text in both languages.
 *
 * A text says what was expected and never repeats what came, so that a rejects list can be handed on.
 */
export interface Reason {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const texts = {
  /* the line */
  'quote-not-closed': ['引号未闭合', 'a quotation mark is opened and not closed'],
  'quote-misplaced': [
    '引号后应为分隔符或行尾',
    'a closing quotation mark is followed by neither a delimiter nor a line end',
  ],
  'record-too-large': ['记录过大', 'the record is larger than allowed'],
  'field-count': ['字段数与表头不符', 'the number of fields differs from the header'],
  'not-decodable': ['含有无法按声明编码解读的字符', 'holds characters that the declared encoding cannot read'],
  'not-json': ['不是有效的 JSON', 'not valid JSON'],
  'not-an-object': ['JSON 行不是对象', 'the JSON line is not an object'],
  /* any column */
  'required-missing': ['必填项为空', 'a required value is missing'],
  'not-a-single-value': ['不是单一的值', 'not a single value but a list or an object'],
  'too-long': ['文本过长', 'the text is longer than allowed'],
  /* dates */
  'not-a-date': ['不是约定格式的日期', 'not a date in one of the declared forms'],
  'impossible-date': ['日期不存在', 'no such day in the calendar'],
  'date-out-of-range': ['日期超出范围', 'the date is outside the declared range'],
  /* numbers and money */
  'not-a-number': ['不是数字', 'not a number'],
  'number-out-of-range': ['数字超出范围', 'the number is outside the declared range'],
  'number-too-precise': ['数字的小数位过多', 'the number has more decimals than its column'],
  'not-a-moment': ['不是带时区的时刻（ISO 8601）', 'not a moment with its zone (ISO 8601)'],
  'not-a-truth-value': ['不是约定的是/否写法', 'not one of the declared spellings of yes and no'],
  'not-money': ['不是可识别的金额写法', 'not a known spelling of an amount of money'],
  'money-negative': ['金额为负', 'the amount is negative'],
  'money-without-unit': ['金额没有单位', 'the amount has no unit and none is declared'],
  'money-without-currency': ['金额没有币种', 'the amount has no currency and none is declared'],
  'money-currencies-disagree': ['金额中出现两种币种', 'the amount names two currencies'],
  'money-too-precise': ['金额的小数位过多', 'the amount has more decimals than declared'],
  'money-too-large': ['金额位数过多', 'the amount has more digits than allowed'],
  /* codes */
  'not-in-code-list': ['不在代码表中', 'not in the code list'],
  /* the pool */
  'refused-by-database': ['数据库不接受该行的某个值', 'the database does not take a value of the row'],
} as const satisfies Record<string, readonly [string, string]>;

export type ReasonCode = keyof typeof texts;

export const reasons: Readonly<Record<ReasonCode, Reason>> = Object.freeze(
  Object.fromEntries(Object.entries(texts).map(([code, [zh, en]]) => [code, Object.freeze({ code, zh, en })])),
) as Readonly<Record<ReasonCode, Reason>>;
