import { describe, expect, it } from '@jest/globals';
import { createRecordMapper, shorten } from '../../src/collection/map-record.js';
import { parseMapping } from '../../src/collection/mapping.js';
import type { FieldValue } from '../../src/collection/read-records.js';
import { small } from './city.js';

const code = '91350100M000100Y43';

function map(
  columns: object,
  record: Record<string, FieldValue>,
  isSensitive: (column: string) => boolean = () => false,
) {
  const text = JSON.stringify({
    dataset: 'Firm',
    format: { type: 'jsonl' },
    key: 'creditCode',
    missing: ['N/A', '-'],
    columns: { creditCode: { from: 'code', transforms: ['credit-code'] }, ...columns },
  });
  const mapping = parseMapping(text, 'm.yml', small);
  const mapped = createRecordMapper(mapping, isSensitive)(7, new Map(Object.entries({ code, ...record })));
  return 'row' in mapped ? { ...mapped.row.values } : mapped.rejected;
}

describe('a row', () => {
  it.each<[string, object, FieldValue, unknown]>([
    ['keeps a text without transforms', { from: 'x' }, ' 甲', ' 甲'],
    ['has null for a missing spelling, blanks around it or not', { from: 'x' }, ' N/A ', null],
    ['has null for null', { from: 'x' }, null, null],
    ['has the default for a missing value', { from: 'x', default: '乙' }, '-', '乙'],
    ['has a default alone', { default: '乙' }, '甲', '乙'],
    ['joins fields', { from: ['x', 'nothing', 'x'], join: '-' }, '甲', '甲-甲'],
    [
      'leaves a bad value empty where that is declared',
      { from: 'x', transforms: ['date'], invalid: 'empty' },
      '昨天',
      null,
    ],
  ])('%s', (_name, name, x, expected) => {
    expect(map({ name }, { x })).toEqual({ creditCode: code, name: expected });
  });

  const division = {
    first: [
      { from: 'x', transforms: ['division-of-address'] },
      { from: 'y', transforms: [{ code: { list: 'divisions' } }] },
    ],
  };
  it('has the first alternative that gives a value', () => {
    expect(map({ division }, { x: '准旗', y: '150602' })).toMatchObject({ division: '150622' });
    expect(map({ division }, { x: '样板楼', y: '150602' })).toMatchObject({ division: '150602' });
    expect(map({ division }, { x: '样板楼', y: 'N/A' })).toMatchObject({ division: null });
    expect(map({ division }, { x: '准旗', y: '没有' })).toMatchObject({ division: '150622' });
    expect(map({ division }, { x: '样板楼', y: '没有' })).toMatchObject({
      reasons: [{ column: 'division', reason: 'not-in-code-list' }],
    });
  });
});

describe('a rejection', () => {
  it('tells every faulty column, by line', () => {
    const rejected = map(
      { name: { from: 'n', required: true }, establishedOn: { from: 'd', transforms: ['date'] } },
      { d: '2009-02-30' },
    );
    expect(rejected).toEqual({
      line: 7,
      reasons: [
        { column: 'name', reason: 'required-missing', zh: '必填项为空', en: 'a required value is missing' },
        {
          column: 'establishedOn',
          reason: 'impossible-date',
          zh: '日期不存在',
          en: 'no such day in the calendar',
          shown: '2009-02-30',
        },
      ],
    });
  });

  it('comes of a missing key, and a key is never left empty', () => {
    expect(map({}, { code: 'N/A' })).toMatchObject({ reasons: [{ column: 'creditCode', reason: 'required-missing' }] });
    expect(
      map({ creditCode: { from: 'code', transforms: ['credit-code'], invalid: 'empty' } }, { code: '91' }),
    ).toMatchObject({
      reasons: [{ column: 'creditCode', reason: 'credit-code-length' }],
    });
  });

  it('refuses a list where one value is expected', () => {
    expect(map({ name: { from: 'x' } }, { x: ['甲'] })).toMatchObject({
      reasons: [{ column: 'name', reason: 'not-a-single-value' }],
    });
  });

  it('shows no value of a key, of a sensitive column, or of a field that one of them reads', () => {
    const date = (from: string) => ({ from, transforms: ['date'] });
    const shownOf = (it: unknown): unknown[] =>
      (it as { reasons: { shown?: string }[] }).reasons.map(({ shown }) => shown);
    expect(shownOf(map({ establishedOn: date('d') }, { d: '昨天' }))).toEqual(['昨天']);
    expect(shownOf(map({ establishedOn: date('d') }, { d: '昨天' }, (column) => column === 'establishedOn'))).toEqual([
      undefined,
    ]);
    expect(
      shownOf(map({ establishedOn: date('d'), name: { from: 'd' } }, { d: '昨天' }, (column) => column === 'name')),
    ).toEqual([undefined]);
    expect(shownOf(map({ establishedOn: date('code') }, {}))).toEqual([undefined]);
  });

  it.each([
    ['34052419800101001X'],
    ['身份证３４０５２４１９８００１０１００１Ｘ'],
    ['340524 1980-0101 001X'],
    ['340524+19800101+001X'],
    ['91350100M000100Y43'],
    ['统一代码 9135 0100 M000 100Y 43'],
    ['电话13900000000'],
    ['三四零五二四一九八〇'.repeat(2)],
    ['E12345678'],
    [''],
  ])('never shows what may be an identifier: %s', (value) => expect(shorten(value)).toBeNull());

  it('shows a long text shortened', () => {
    expect(shorten('甲'.repeat(30))).toBe(`${'甲'.repeat(24)}…`);
    expect(shorten('20090230')).toBe('20090230');
  });
});
