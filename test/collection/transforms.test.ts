import { describe, expect, it } from '@jest/globals';
import { MappingNode } from '../../src/collection/mapping-node.js';
import { transforms } from '../../src/collection/transforms/registry.js';
import { vocabulary } from './city.js';

/** The value, or the code of the reason behind an exclamation mark. */
function run(name: string, args: unknown, value: string): unknown {
  const definition = transforms.get(name);
  if (!definition) throw new Error(`no transform ${name}`);
  const result = definition.build(new MappingNode('m.yml', name, args), vocabulary)(value, { line: 1, column: 'c' });
  return result.ok ? result.value : `!${result.reason.code}`;
}

describe('texts', () => {
  it.each([
    ['trim', undefined, '\u3000 甲 乙\u200B\t', '甲 乙'],
    ['trim', undefined, ' \u3000 ', null],
    ['collapse-blanks', undefined, '甲 \u3000\n乙', '甲 乙'],
    ['remove-blanks', undefined, '1 000\u3000号', '1000号'],
    ['half-width', undefined, '１１８Ａ（座）\u3000，', '118A(座) ,'],
    ['half-width', { only: ['digits'] }, '１１８Ａ（座）', '118Ａ（座）'],
    ['half-width', { only: ['letters', 'punctuation'] }, '１Ａ（座）', '１A(座)'],
    ['max-length', { characters: 2 }, '甲𠮷', '甲𠮷'],
    ['max-length', { characters: 2 }, '甲乙丙', '!too-long'],
  ])('%s %j of %j is %j', (name, args, value, expected) => expect(run(name, args, value)).toBe(expected));
});

describe('dates', () => {
  it.each([
    [undefined, '2009-01-04', '2009-01-04'],
    [undefined, '2009/1/4', '2009-01-04'],
    [undefined, '2009.1.4', '2009-01-04'],
    [undefined, '2009年1月4日', '2009-01-04'],
    [undefined, '２００９年１月４日', '2009-01-04'],
    [undefined, '2009 年 1 月 4 日', '2009-01-04'],
    [undefined, '20090104', '2009-01-04'],
    [undefined, '2012-02-29', '2012-02-29'],
    [undefined, '2000-02-29', '2000-02-29'],
    [undefined, '1900-02-29', '!impossible-date'],
    [undefined, '2013-02-29', '!impossible-date'],
    [undefined, '2009-13-01', '!impossible-date'],
    [undefined, '20090431', '!impossible-date'],
    [undefined, '09-01-04', '!not-a-date'],
    [undefined, '04/01/2009', '!not-a-date'],
    [undefined, '2009-01', '!not-a-date'],
    [undefined, '2009-01-04 12:30:00', '!not-a-date'],
    [{ time: 'drop' }, '2009-01-04 12:30:00', '2009-01-04'],
    [{ time: 'drop' }, '2009-01-04T23:59:59.999+08:00', '2009-01-04'],
    [{ forms: ['iso'] }, '2009/1/4', '!not-a-date'],
    [undefined, '39817', '!not-a-date'],
    [{ 'excel-serial': true }, '39817', '2009-01-04'],
    [{ 'excel-serial': true }, '1', '1900-01-01'],
    [{ 'excel-serial': true }, '59', '1900-02-28'],
    [{ 'excel-serial': true }, '60', '!impossible-date'],
    [{ 'excel-serial': true }, '61', '1900-03-01'],
    [{ 'excel-serial': true }, '20090104', '2009-01-04'],
    [{ earliest: '1949-10-01' }, '1949-09-30', '!date-out-of-range'],
    [{ latest: '2030-01-01' }, '2030-01-02', '!date-out-of-range'],
  ])('%j of %j is %j', (args, value, expected) => expect(run('date', args, value)).toBe(expected));
});

describe('moments', () => {
  it.each([
    [undefined, '2024-05-01 08:30:15', '2024-05-01T08:30:15.000+08:00'],
    [undefined, '2024/5/1 8:30', '2024-05-01T08:30:00.000+08:00'],
    [undefined, '2024年5月1日8时30分', '2024-05-01T08:30:00.000+08:00'],
    [undefined, '2024年5月1日 8时30分5秒', '2024-05-01T08:30:05.000+08:00'],
    [undefined, '20240501 0830', '!not-a-moment'],
    [undefined, '2024-05-01T08:30:15.25', '2024-05-01T08:30:15.250+08:00'],
    [undefined, '2024-05-01T08:30:15Z', '2024-05-01T08:30:15.000Z'],
    [{ zone: 'Z' }, '2024-05-01 08:30', '2024-05-01T08:30:00.000Z'],
    [{ zone: '+08:00' }, '2024-05-01T08:30:15-05:00', '2024-05-01T08:30:15.000-05:00'],
    [undefined, '2024-02-30 08:30', '!impossible-date'],
    [undefined, '2024-05-01 24:00', '!not-a-moment'],
    [undefined, '2024-05-01 08:60', '!not-a-moment'],
    [undefined, '2024-05-01', '!not-a-moment'],
    [undefined, '昨天 8:30', '!not-a-moment'],
  ])('%j of %j is %j', (args, value, expected) => expect(run('moment', args, value)).toBe(expected));

  it('with a zone that is no offset are refused', () => {
    expect(() => run('moment', { zone: 'Asia/Shanghai' }, '2024-05-01 08:30')).toThrow('an offset such as +08:00');
  });
});

describe('money', () => {
  it.each([
    ['600(万)', '6000000 CNY'],
    ['5,000(万)', '50000000 CNY'],
    ['100(万人民币元)', '1000000 CNY'],
    ['100万元人民币', '1000000 CNY'],
    ['3,350,000(人民币元)', '3350000 CNY'],
    ['100万人民币', '1000000 CNY'],
    ['100万人民币元', '1000000 CNY'],
    ['1000(万美元)', '10000000 USD'],
    ['100(万元人民币)', '1000000 CNY'],
    ['1,423,502.2936(万)', '14235022936 CNY'],
    ['0.11万元人民币', '1100 CNY'],
    ['3.5000(万)', '35000 CNY'],
    ['３，０００（万元）', '30000000 CNY'],
    ['人民币3亿元', '300000000 CNY'],
    ['1.5亿港元', '150000000 HKD'],
    ['20千元', '20000 CNY'],
    ['2百万欧元', '2000000 EUR'],
    ['12.34元', '12.34 CNY'],
    ['120元整', '120 CNY'],
    ['￥120元', '120 CNY'],
    ['USD 100万', '1000000 USD'],
    ['美元100万', '1000000 USD'],
    ['123456789012345678.99元', '123456789012345678.99 CNY'],
    ['0(万)', '0 CNY'],
    ['007元', '7 CNY'],
    ['100', '!money-without-unit'],
    ['若干', '!not-money'],
    ['100(万)左右', '!not-money'],
    ['1,00(万)', '!not-money'],
    ['1.2.3元', '!not-money'],
    ['1e3元', '!not-money'],
    ['元100', '!not-money'],
    ['-5万元', '!money-negative'],
    ['美元100万人民币', '!money-currencies-disagree'],
    ['0.001元', '!money-too-precise'],
    ['1234567890123456789元', '!money-too-large'],
  ])('%j is %j', (value, expected) => {
    const part = (as: string): unknown => run('money', { as, currency: 'CNY' }, value);
    const whole = String(part('amount')).startsWith('!')
      ? part('amount')
      : `${String(part('amount'))} ${String(part('currency'))}`;
    expect(whole).toBe(expected);
  });

  it('invents neither a currency nor a unit', () => {
    expect(run('money', { as: 'amount' }, '600(万)')).toBe('!money-without-currency');
    expect(run('money', { as: 'amount', currency: 'CNY', unit: '万元' }, '600')).toBe('6000000');
    expect(run('money', { as: 'amount', currency: 'CNY', unit: '万元' }, '600元')).toBe('600');
    expect(run('money', { as: 'amount', currency: 'CNY', negative: true }, '-5万元')).toBe('-50000');
  });
});

describe('numbers and truth values', () => {
  it.each([
    ['integer', undefined, '1,024', 1024],
    ['integer', undefined, '-７', -7],
    ['integer', undefined, '1.5', '!not-a-number'],
    ['integer', undefined, '9007199254740993', '!number-out-of-range'],
    ['decimal', undefined, '0012.340', '12.34'],
    ['decimal', undefined, '-0.00', '0'],
    ['decimal', undefined, '9007199254740993.12', '9007199254740993.12'],
    ['decimal', undefined, '12,34', '!not-a-number'],
    ['decimal', undefined, '1e3', '!not-a-number'],
    ['truth', undefined, ' 是', true],
    ['truth', { yes: ['Y'], no: ['N'] }, 'N', false],
    ['truth', undefined, '大概', '!not-a-truth-value'],
  ])('%s %j of %j is %j', (name, args, value, expected) => expect(run(name, args, value)).toBe(expected));
});

describe('codes', () => {
  const list = { list: 'enterprise-types', synonyms: { 个体户: '个体经营', 外资企业: '330' } };
  it.each([
    ['150', '150'],
    ['有限责任公司', '150'],
    ['有限 责任公司', '150'],
    ['港，澳，台投资', '!not-in-code-list'],
    ['个体户', '175'],
    ['外资企业', '330'],
    ['国企', '!not-in-code-list'],
  ])('%s is %s', (value, expected) => expect(run('code', list, value)).toBe(expected));

  it('leaves an unknown one empty where that is declared', () =>
    expect(run('code', { ...list, unknown: 'empty' }, '国企')).toBeNull());

  it.each([
    [{ list: 'no-such-list' }, "m.yml: code.list: expected the name of a code list, got 'no-such-list'"],
    [
      { list: 'enterprise-types', synonyms: { 个体户: '个体商' } },
      "m.yml: code.synonyms.个体户: expected a code or label of the list, got '个体商'",
    ],
    [
      { list: 'enterprise-types', synonyms: { 有限责任公司: '160' } },
      "m.yml: code.synonyms.有限责任公司: expected a spelling that the list does not have itself, got '有限责任公司'",
    ],
    [
      { list: 'enterprise-types', synonym: {} },
      "m.yml: code.synonym: expected one of the names list, synonyms, unknown, got the name 'synonym'",
    ],
  ])('refuses the declaration %j', (args, message) => expect(() => run('code', args, 'x')).toThrow(message));
});

describe('identifiers', () => {
  it.each([
    ['credit-code', '９1350100m000100y43', '91350100M000100Y43'],
    ['credit-code', '91350100M000100Y4Z', '!credit-code-character'],
    ['credit-code', '9135', '!credit-code-length'],
    ['resident-id-number', '34052419800101001x', '34052419800101001X'],
    ['resident-id-number', '340524198001010011', '!resident-id-number-check-character'],
    ['kind-of-credit-code', '91350100M000100Y43', '91'],
    ['region-of-credit-code', '91350100M000100Y43', '350100'],
    ['division-of-credit-code', '91350100M000100Y43', null],
    ['division-of-credit-code', '91150602000000027J', '150602'],
    ['division-of-credit-code', '911506930000000432', null],
    ['division-of-credit-code', '91150600000000086Q', null],
  ])('%s of %s is %s', (name, value, expected) => expect(run(name, undefined, value)).toBe(expected));
});
