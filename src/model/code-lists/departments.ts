/**
 * The departments that provide or use data: those of the city that the plan names, and one data bureau for each of the nine.
 *
 * The code is division, hyphen, department, so that a department's own division can be read off it; it follows no standard.
 */
import { type CodeEntry, defineCodeList } from './code-list.js';
import { cityCode, divisions } from './divisions.js';

export interface Department extends CodeEntry {
  /** As the plan writes it: `市公安局`. */
  readonly short: string;
  /** The division it serves. */
  readonly division: string;
}

const cityDepartments: readonly (readonly [key: string, short: string, en: string])[] = [
  ['public-security', '市公安局', 'Public Security Bureau'],
  ['health', '市卫生健康委员会', 'Health Commission'],
  ['civil-affairs', '市民政局', 'Civil Affairs Bureau'],
  ['human-resources', '市人力资源和社会保障局', 'Human Resources and Social Security Bureau'],
  ['education', '市教育体育局', 'Education and Sports Bureau'],
  ['market-regulation', '市市场监督管理局', 'Market Regulation Administration'],
  ['taxation', '市税务局', 'Taxation Bureau'],
  ['urban-management', '市城市管理综合执法局', 'Urban Management and Law Enforcement Bureau'],
  ['transport', '市交通运输局', 'Transport Bureau'],
  ['meteorology', '市气象局', 'Meteorological Bureau'],
  ['emergency', '市应急管理局', 'Emergency Management Bureau'],
  ['forestry', '市林业和草原局', 'Forestry and Grassland Bureau'],
  ['development-reform', '市发展和改革委员会', 'Development and Reform Commission'],
  ['statistics', '市统计局', 'Statistics Bureau'],
  ['finance', '市财政局', 'Finance Bureau'],
  ['commerce', '市商务局', 'Commerce Bureau'],
  ['government-services', '市行政审批和政务服务局', 'Administrative Approval and Government Services Bureau'],
  ['ecology', '市生态环境局', 'Ecology and Environment Bureau'],
  ['state-assets', '市国有资产监督管理委员会', 'State-owned Assets Supervision and Administration Commission'],
  ['industry', '市工业和信息化局', 'Industry and Information Technology Bureau'],
  ['data', '市大数据中心', 'Big Data Centre'],
  ['cyberspace', '市网络安全和信息化委员会办公室', 'Cyberspace Affairs Office'],
];

export const departments = defineCodeList<Department>('departments', '鄂府办发〔2023〕92号', [
  ...cityDepartments.map(([key, short, en]) => ({
    code: `${cityCode}-${key}`,
    zh: `鄂尔多斯${short}`,
    en: `${en} of Ordos City`,
    short,
    division: cityCode,
  })),
  ...divisions.entries
    .filter((division) => division.code !== cityCode)
    .map((division) => ({
      code: `${division.code}-data`,
      zh: `${division.zh}政务服务与数据管理局`,
      en: `Data Bureau of ${division.en}`,
      short: `${division.zh}数据局`,
      division: division.code,
    })),
]);

/** The code of a department of the city by its key, e.g. `health`. */
export function cityDepartmentCode(key: string): string {
  const code = `${cityCode}-${key}`;
  if (departments.find(code) === undefined) throw new RangeError(`no department of the city has the key ${key}`);
  return code;
}
