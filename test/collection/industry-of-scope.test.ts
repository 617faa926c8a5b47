import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseMapping } from '../../src/collection/mapping.js';
import { industries } from '../../src/model/code-lists/industries.js';
import { surroundings } from './city.js';

const text = readFileSync(new URL('../../mappings/enterprise-registration.yml', import.meta.url), 'utf8');
const mapping = parseMapping(text, 'enterprise-registration.yml', surroundings);
const { transforms } = mapping.columns.find(({ column }) => column === 'industry')!.alternatives[0]!;

function industryOf(scope: string, name = '鄂尔多斯市示例有限公司'): string | null {
  return read(`${name}\n${scope}`);
}

function read(value: string): string | null {
  const result = transforms[0]!(value, { line: 1, column: 'industry' });
  return result.ok ? (result.value as string | null) : null;
}

describe('the industry that a business scope names', () => {
  test.each([
    ['房地产开发、经营', '701'],
    ['许可经营项目：无 一般经营项目：物业管理服务；劳务分包', '702'],
    ['许可经营项目：物业服务一般经营项目：无', '702'],
    ['设计、制作、代理、发布国内各类广告', '725'],
    ['煤炭开采、销售', '06'],
    ['煤炭批发经营（凭证经营）', '516'],
    ['商品混凝土、水泥制品生产、销售；建材销售', '302'],
    ['家畜养殖', '031'],
    ['为成员的农作物种植、造林育苗', '01'],
    ['普通货物运输；煤炭销售', '543'],
    ['预包装食品零售', '522'],
  ])('%s is %s', (scope, code) => {
    expect(industryOf(scope)).toBe(code);
    expect(industries.find(code)).toBeDefined();
  });

  test('is the first stated, and the longest word that names it', () => {
    expect(industryOf('建筑工程机械与设备租赁；房屋建筑工程施工')).toBe('711');
    expect(industryOf('土石方工程；煤炭销售')).toBe('502');
  });

  test('is a division where goods of several groups are sold together, or animals of several are kept', () => {
    expect(industryOf('建材、机电设备销售')).toBe('51');
    expect(industryOf('牲畜、家禽养殖')).toBe('03');
  });

  test('of goods sold in bulk and over the counter alike is known by 批发 or 零售 alone', () => {
    expect(industryOf('五金交电批发')).toBe('517');
    expect(industryOf('五金交电零售')).toBe('528');
    for (const sold of ['销售', '批发、零售', '批发兼零售']) expect(industryOf(`五金交电${sold}`)).toBeNull();
  });

  test('of goods without a verb is known where the name is that of a trader', () => {
    expect(industryOf('焦炭、焦粉', '示例商贸有限公司')).toBe('516');
    expect(industryOf('焦炭、焦粉')).toBeNull();
  });

  test('is none where two activities are told at once, or another word makes it another activity', () => {
    expect(industryOf('餐饮住宿')).toBeNull();
    expect(industryOf('房地产开发咨询')).toBeNull();
    expect(industryOf('风力发电设备制造')).toBeNull();
    expect(industryOf('对房地产开发、煤炭业的投资')).toBeNull();
    expect(industryOf('种养殖业')).toBeNull();
  });

  test('is none where the trade in the name contradicts', () => {
    expect(industryOf('普通货物运输；煤炭销售', '示例煤炭运销有限公司')).toBeNull();
    expect(industryOf('普通货物运输；煤炭销售', '示例运输有限公司')).toBe('543');
    expect(industryOf('种植、养殖', '示例养殖专业合作社')).toBeNull();
  });

  test('is none of a name alone, and of what no word of the table is about', () => {
    expect(read('示例煤矿')).toBeNull();
    expect(industryOf('热气球飞行表演')).toBeNull();
    expect(industryOf('无')).toBeNull();
    expect(industryOf('')).toBeNull();
  });
});

describe('the tables of the rule', () => {
  const withRule = (rule: string): string =>
    `dataset: Enterprise\nformat: { type: csv }\nkey: creditCode\ncolumns:\n  creditCode: { from: c }\n  name: { from: n }\n  industry:\n    from: [n, s]\n    transforms:\n      - industry-of-scope: ${rule}\n`;
  const rule = (more: object): string =>
    JSON.stringify({
      list: 'industries',
      verbs: { sold: '销售' },
      activities: { '701': '房地产开发' },
      goods: [{ words: '煤炭', wholesale: '516', usual: 'wholesale' }],
      bare: '设计',
      undecided: '劳务',
      others: '咨询',
      names: [{ words: '商贸', codes: ['51'] }],
      traders: '商贸',
      ...more,
    });
  const reading = (more: object) => () => parseMapping(withRule(rule(more)), 'rule.yml', surroundings);

  test('are read', () => expect(reading({})).not.toThrow());
  test('are refused with a code that the list does not have, or one that is no division or group', () => {
    expect(reading({ activities: { '999': '房地产开发' } })).toThrow('activities: expected a division or group');
    expect(reading({ activities: { K: '房地产开发' } })).toThrow('expected a division or group');
  });
  test('are refused with a word that stands twice', () => {
    expect(reading({ undecided: '煤炭' })).toThrow(`every word once, got '煤炭' twice`);
  });
  test('are refused with goods usually sold in a way that has no code', () => {
    expect(reading({ goods: [{ words: '煤炭', wholesale: '516', usual: 'retail' }] })).toThrow(
      'one that has a code here',
    );
  });
});
