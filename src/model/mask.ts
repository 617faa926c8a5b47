/**
 * Masks 脱敏. There is no national pattern, so a mask is policy; all of them stand here so that they can be judged together:
 * no two masked fields of one subject may together rebuild a value (an ID number shows its region alone, because the birth
 * date shows its year and the last character is a check on the rest).
 *
 * A mask is an immutable SQL expression over its own row: the table keeps it as a stored generated column `<column>_masked`
 * of type text. Masked reading therefore never touches the plain column, which a database role can then be refused.
 */
export interface Mask {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** @param column the quoted column @param division the column of the row's division; the result is text, or null where the value is null */
  readonly expression: (column: string, division: string) => string;
}

/** Keeps the first `kept` characters and puts `*` for each of the rest. */
function keepFirst(kept: number): (column: string) => string {
  return (column) => `left(${column}, ${kept}) || repeat('*', greatest(length(${column}) - ${kept}, 0))`;
}

export const masks = {
  regionOfIdNumber: {
    name: 'regionOfIdNumber',
    zh: '身份证件号码仅保留前六位',
    en: 'the first six characters (region) of an ID number',
    expression: keepFirst(6),
  },
  firstCharacter: {
    name: 'firstCharacter',
    zh: '仅保留首字',
    en: 'the first character of a name',
    expression: (column) => `left(${column}, 1) || '**'`,
  },
  telephoneEnds: {
    name: 'telephoneEnds',
    zh: '电话保留前三位与后两位',
    en: 'the first three and the last two digits of a telephone number',
    expression: (column) =>
      `case when length(${column}) > 7 then left(${column}, 3) || '******' || right(${column}, 2) when ${column} is not null then '***' end`,
  },
  year: {
    name: 'year',
    zh: '日期仅保留年份',
    en: 'the year of a date',
    expression: (column) => `lpad((extract(year from ${column})::int)::text, 4, '0')`,
  },
  divisionOfAddress: {
    name: 'divisionOfAddress',
    zh: '地址仅保留行政区划代码',
    en: 'the code of the division (GB/T 2260) in place of an address',
    expression: (column, division) => `case when ${column} is not null then ${division} end`,
  },
  amountBand: {
    name: 'amountBand',
    zh: '金额归入区间（下限..上限）',
    en: 'the band of an amount, LOWER..UPPER, by powers of ten',
    // By the number of digits: to_char is not immutable, and a logarithm errs just below a power of ten.
    expression: (column) =>
      `case when ${column} < 100 then '0..100' ` +
      `else '1' || repeat('0', length(trunc(${column})::text) - 1) || '..1' || repeat('0', length(trunc(${column})::text)) end`,
  },
  signedAmountBand: {
    name: 'signedAmountBand',
    zh: '可为负的金额归入区间（下限..上限）',
    en: 'the band of an amount that may be a loss, LOWER..UPPER, by powers of ten',
    expression: (column) => {
      const digits = `length(trunc(abs(${column}))::text)`;
      return (
        `case when ${column} <= -100 then '-1' || repeat('0', ${digits}) || '..-1' || repeat('0', ${digits} - 1) ` +
        `when ${column} < 0 then '-100..0' when ${column} < 100 then '0..100' ` +
        `else '1' || repeat('0', ${digits} - 1) || '..1' || repeat('0', ${digits}) end`
      );
    },
  },
  chapterOfDiagnosis: {
    name: 'chapterOfDiagnosis',
    zh: '诊断编码仅保留首字母',
    en: 'the letter of an ICD-10 code',
    expression: (column) => `left(${column}, 1) || '**'`,
  },
} as const satisfies Record<string, Mask>;
