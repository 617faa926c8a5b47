/** What dimensions hold: the codes of a list, and beside them one for all together and one for what is not recorded. */
import { type CodeEntry, type CodeList, defineCodeRows } from '../../model/code-lists/code-list.js';
import { departments } from '../../model/code-lists/departments.js';
import { divisions, isBanner } from '../../model/code-lists/divisions.js';
import { educationLevels } from '../../model/code-lists/education-levels.js';
import { industryDivisions } from '../../model/code-lists/industry-divisions.js';
import { industrySections } from '../../model/code-lists/industry-sections.js';
import { insuranceTypes } from '../../model/code-lists/insurance-types.js';
import { serviceItemTypes } from '../../model/code-lists/service-item-types.js';
import { sexes } from '../../model/code-lists/sexes.js';
import { towns } from '../../model/code-lists/towns.js';
import { code, oneOf, type EnumDeclaration, type ValueType } from '../../model/value-type.js';

export const all = 'all';
export const unknown = 'unknown';

type Rows = readonly (readonly [code: string, zh: string, en: string])[];

const totals: Rows = [
  [all, '合计', 'all together'],
  [unknown, '未登记', 'not recorded'],
];

function dimensionOf(name: string, standard: string, entries: readonly CodeEntry[], more: Rows = []): ValueType {
  const rows = entries.map(({ code: it, zh, en }) => [it, zh, en] as const);
  return code(defineCodeRows(name, standard, [...totals, ...rows, ...more]));
}

function listed(list: CodeList, entries: readonly CodeEntry[] = list.entries): ValueType {
  return dimensionOf(`${list.name}-of-statistics`, list.standard, entries);
}

const noTown: Rows = divisions.entries
  .filter((division) => isBanner(division.code))
  .map(({ code: it, zh, en }) => [`${it}000`, `${zh}（未登记街道乡镇）`, `${en}, town not recorded`]);

export const townDimension = dimensionOf('towns-of-statistics', 'GB/T 10114', towns.entries, noTown);
export const sexDimension = listed(sexes);
export const educationDimension = listed(
  educationLevels,
  educationLevels.entries.filter((entry) => entry.code.endsWith('0')),
);
export const insuranceDimension = listed(insuranceTypes);
export const itemTypeDimension = listed(serviceItemTypes);
export const departmentDimension = listed(departments);
export const sectionDimension = listed(industrySections);

/** Sections, divisions, and for each section what is recorded no deeper. */
export const industryDimension = dimensionOf(
  'industries-of-statistics',
  industrySections.standard,
  [...industrySections.entries, ...industryDivisions.entries],
  industrySections.entries.map(({ code: it, zh, en }) => [
    `${it}-`,
    `${zh}（大类未登记）`,
    `${en}, division not recorded`,
  ]),
);

const lastBound = 85;
/** Five years each, the last without an end: `00-04`, … `85+`. */
export const fiveYearBands: Rows = Array.from({ length: lastBound / 5 + 1 }, (_, index) => {
  const from = index * 5;
  if (from === lastBound) return [`${from}+`, `${from}岁及以上`, `aged ${from} and more`];
  const range = `${String(from).padStart(2, '0')}-${String(from + 4).padStart(2, '0')}`;
  return [range, `${from}至${from + 4}岁`, `aged ${from} to ${from + 4}`];
});
/** By the first five-year band of each. */
export const broadBands: Rows = [
  ['00-14', '0至14岁', 'aged 0 to 14'],
  ['15-59', '15至59岁', 'aged 15 to 59'],
  ['60+', '60岁及以上', 'aged 60 and more'],
];
export const ageDimension = dimensionOf(
  'age-bands-of-statistics',
  '国家统计局年龄分组',
  [],
  [...broadBands, ...fiveYearBands],
);

/** Fixed and coarse: in most towns and banners every other group is a handful of people. */
export const ethnicBands: Rows = [
  ['01', '汉族', 'Han'],
  ['02', '蒙古族', 'Mongol'],
  ['other', '其他民族', 'all other groups'],
];
export const ethnicDimension = dimensionOf('ethnic-groups-of-statistics', 'GB/T 3304', [], ethnicBands);

function enumDimension(name: string, zh: string, en: string, values: EnumDeclaration['values']): ValueType {
  return oneOf({ name, zh, en, values: { ALL: { zh: '合计', en: 'All together' }, ...values } });
}

export const supervisionAct = oneOf({
  name: 'SupervisionAct',
  zh: '监管行为',
  en: 'What an authority did',
  values: {
    LICENCE: { zh: '行政许可', en: 'Granted a licence' },
    INSPECTION: { zh: '监督检查', en: 'Inspected' },
    PENALTY: { zh: '行政处罚', en: 'Decided a penalty' },
  },
});
export const caseApplicant = enumDimension('CaseApplicant', '办件申请人类别', 'Who applied', {
  PERSON: { zh: '自然人', en: 'Persons' },
  LEGAL_PERSON: { zh: '法人', en: 'Legal persons' },
});
export const caseChannel = enumDimension('CaseChannel', '办件申请渠道', 'How someone applied', {
  WINDOW: { zh: '政务服务大厅窗口', en: 'At a window' },
  WEB: { zh: '政务服务网', en: 'On the web' },
  MOBILE: { zh: '移动端', en: 'By mobile application' },
  TERMINAL: { zh: '自助终端', en: 'At a terminal' },
  UNKNOWN: { zh: '未登记', en: 'Not recorded' },
});
export const eventCategory = enumDimension('EventCategory', '突发事件类别', 'Category of events', {
  NATURAL_DISASTER: { zh: '自然灾害', en: 'Natural disasters' },
  ACCIDENT: { zh: '事故灾难', en: 'Accidents' },
  PUBLIC_HEALTH: { zh: '公共卫生事件', en: 'Public health' },
  SOCIAL_SECURITY: { zh: '社会安全事件', en: 'Public security' },
});

const level = (name: string, zh: string, values: EnumDeclaration['values']): ValueType =>
  enumDimension(name, `${zh}层级`, 'Depth in a hierarchy', values);
export const ageLevel = level('AgeLevel', '年龄', {
  BROAD: { zh: '大组', en: 'Broad bands' },
  FIVE_YEARS: { zh: '五岁组', en: 'Bands of five years' },
});
export const industryLevel = level('IndustryLevel', '行业', {
  SECTION: { zh: '门类', en: 'Sections' },
  DIVISION: { zh: '大类', en: 'Divisions' },
});
export const periodLevel = level('PeriodLevel', '时间', {
  YEAR: { zh: '年', en: 'Years' },
  MONTH: { zh: '月', en: 'Months' },
  DAY: { zh: '日', en: 'Days' },
});
