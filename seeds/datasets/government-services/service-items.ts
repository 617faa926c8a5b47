/** Service items of the city's departments, and who applies for them how often. Codes of departments are made up, with valid checks. */
import { computeCreditCodeCheck, computeOrganisationCodeCheck } from '../../../src/model/identifiers.js';

export interface Item {
  readonly code: string;
  readonly name: string;
  /** Of service-item-types.ts. */
  readonly type: string;
  readonly department: string;
  /** Working days; 0 is at once. */
  readonly promised: number;
  readonly statutory: number;
  readonly result: string;
  readonly basis: string;
  readonly weight: number;
  /** Of persons: full years, both ends included. */
  readonly ages?: readonly [from: number, to: number];
  readonly sex?: '1' | '2';
  /** Of legal persons: beginnings of the industry's code. */
  readonly industries?: RegExp;
  readonly licence?: true;
}

const departments = {
  police: '市公安局',
  civil: '市民政局',
  human: '市人力资源和社会保障局',
  health: '市卫生健康委员会',
  education: '市教育体育局',
  market: '市市场监督管理局',
  approval: '市行政审批和政务服务局',
  transport: '市交通运输局',
  ecology: '市生态环境局',
  emergency: '市应急管理局',
  tax: '市税务局',
  urban: '市城市管理综合执法局',
} as const;
type Department = keyof typeof departments;
const departmentKeys = Object.keys(departments) as Department[];

type Row = readonly [
  name: string,
  type: string,
  department: Department,
  promised: number,
  statutory: number,
  result: string,
  basis: string,
  weight: number,
  more?: Partial<Item>,
];
const licence = { licence: true } as const;

const forPersons: readonly Row[] = [
  [
    '居民身份证申领、换领、补领',
    '07',
    'police',
    10,
    60,
    '居民身份证',
    '《中华人民共和国居民身份证法》',
    14,
    { ages: [16, 120] },
  ],
  ['户口迁移审批', '07', 'police', 3, 20, '居民户口簿', '《中华人民共和国户口登记条例》', 5, { ages: [18, 120] }],
  [
    '机动车驾驶证期满换证',
    '01',
    'police',
    0,
    1,
    '机动车驾驶证',
    '《机动车驾驶证申领和使用规定》',
    12,
    { ages: [24, 70] },
  ],
  ['普通护照签发', '01', 'police', 7, 15, '普通护照', '《中华人民共和国护照法》', 6, { ages: [18, 75] }],
  ['社会保障卡申领', '20', 'human', 0, 1, '社会保障卡', '《中华人民共和国社会保障卡管理办法》', 9, { ages: [16, 120] }],
  [
    '灵活就业人员参保登记',
    '20',
    'human',
    0,
    1,
    '社会保险参保凭证',
    '《中华人民共和国社会保险法》',
    5,
    { ages: [18, 59] },
  ],
  ['失业登记', '20', 'human', 3, 10, '就业创业证', '《就业服务与就业管理规定》', 3, { ages: [18, 59] }],
  [
    '领取养老金人员待遇资格认证',
    '20',
    'human',
    0,
    1,
    '待遇资格认证结果',
    '《中华人民共和国社会保险法》',
    22,
    { ages: [60, 120] },
  ],
  [
    '老年人优待证办理',
    '20',
    'health',
    0,
    5,
    '老年人优待证',
    '《中华人民共和国老年人权益保障法》',
    6,
    { ages: [60, 75] },
  ],
  [
    '高龄津贴申领',
    '05',
    'civil',
    10,
    20,
    '高龄津贴发放通知',
    '《中华人民共和国老年人权益保障法》',
    12,
    { ages: [80, 120] },
  ],
  ['最低生活保障对象认定', '05', 'civil', 15, 30, '最低生活保障决定', '《社会救助暂行办法》', 1.5, { ages: [18, 120] }],
  ['临时救助对象认定', '05', 'civil', 10, 20, '临时救助决定', '《社会救助暂行办法》', 1, { ages: [18, 120] }],
  [
    '生育登记',
    '20',
    'health',
    0,
    5,
    '生育登记凭证',
    '《中华人民共和国人口与计划生育法》',
    8,
    { ages: [22, 42], sex: '2' },
  ],
  ['护士执业注册', '01', 'health', 5, 20, '护士执业证书', '《护士条例》', 0.8, { ages: [20, 55], licence: true }],
  [
    '教师资格认定',
    '01',
    'education',
    10,
    30,
    '教师资格证书',
    '《教师资格条例》',
    1.2,
    { ages: [21, 45], licence: true },
  ],
  ['学生资助申请', '05', 'education', 15, 30, '资助审核结果', '《学生资助资金管理办法》', 3, { ages: [18, 22] }],
  [
    '个体工商户设立登记',
    '07',
    'market',
    1,
    15,
    '营业执照',
    '《促进个体工商户发展条例》',
    2.5,
    { ages: [18, 60], licence: true },
  ],
  [
    '道路货物运输驾驶员从业资格认定',
    '01',
    'transport',
    5,
    10,
    '道路运输从业资格证',
    '《道路运输从业人员管理规定》',
    3,
    { ages: [20, 59], sex: '1', licence: true },
  ],
];

const forLegalPersons: readonly Row[] = [
  ['企业变更登记', '07', 'market', 1, 15, '营业执照', '《中华人民共和国市场主体登记管理条例》', 14, licence],
  ['企业年度报告公示', '20', 'market', 0, 1, '年度报告公示信息', '《企业信息公示暂行条例》', 10],
  ['企业职工参保登记', '20', 'human', 0, 1, '社会保险登记凭证', '《中华人民共和国社会保险法》', 9],
  ['劳动用工备案', '20', 'human', 3, 10, '劳动用工备案回执', '《中华人民共和国劳动合同法》', 6],
  ['增值税发票最高开票限额审批', '01', 'tax', 5, 20, '准予税务行政许可决定书', '《中华人民共和国税收征收管理法》', 6],
  [
    '食品经营许可',
    '01',
    'approval',
    8,
    20,
    '食品经营许可证',
    '《中华人民共和国食品安全法》',
    20,
    { industries: /^(52|61|62)/, licence: true },
  ],
  [
    '药品零售企业经营许可',
    '01',
    'approval',
    10,
    30,
    '药品经营许可证',
    '《中华人民共和国药品管理法》',
    12,
    { industries: /^525/, licence: true },
  ],
  [
    '公共场所卫生许可',
    '01',
    'approval',
    5,
    20,
    '公共场所卫生许可证',
    '《公共场所卫生管理条例》',
    14,
    { industries: /^(61|80)/, licence: true },
  ],
  [
    '道路货物运输经营许可',
    '01',
    'approval',
    5,
    20,
    '道路运输经营许可证',
    '《中华人民共和国道路运输条例》',
    16,
    { industries: /^(54|58)/, licence: true },
  ],
  [
    '建筑业企业资质认定',
    '01',
    'approval',
    12,
    20,
    '建筑业企业资质证书',
    '《中华人民共和国建筑法》',
    12,
    { industries: /^(47|48|50)/, licence: true },
  ],
  [
    '劳务派遣经营许可',
    '01',
    'approval',
    8,
    20,
    '劳务派遣经营许可证',
    '《中华人民共和国劳动合同法》',
    14,
    { industries: /^726/, licence: true },
  ],
  [
    '建设项目环境影响评价文件审批',
    '01',
    'ecology',
    20,
    60,
    '环境影响评价批复',
    '《中华人民共和国环境影响评价法》',
    6,
    { industries: /^(06|07|1|2|3|4[0-6])/ },
  ],
  [
    '排污许可',
    '01',
    'ecology',
    15,
    30,
    '排污许可证',
    '《排污许可管理条例》',
    8,
    { industries: /^(06|07|25|26|30|31|44|45)/, licence: true },
  ],
  [
    '安全生产许可',
    '01',
    'emergency',
    20,
    45,
    '安全生产许可证',
    '《安全生产许可证条例》',
    8,
    { industries: /^(06|10|11|26|47|48)/, licence: true },
  ],
  [
    '设置大型户外广告设施审批',
    '01',
    'urban',
    5,
    20,
    '户外广告设施设置批准书',
    '《城市市容和环境卫生管理条例》',
    1.5,
    { industries: /^(5|6|7)/ },
  ],
  [
    '民办学校年度检查',
    '10',
    'education',
    15,
    30,
    '年度检查结论',
    '《中华人民共和国民办教育促进法》',
    20,
    { industries: /^83/ },
  ],
  [
    '社会组织年度检查',
    '10',
    'civil',
    20,
    30,
    '年度检查结论',
    '《社会团体登记管理条例》',
    20,
    { industries: /^(952|852)/ },
  ],
];

/** 实施编码: credit code of the department, and 13 characters of type, department, main item and sub-item. */
function codeOf(department: Department, type: string, number: number): string {
  const key = departmentKeys.indexOf(department);
  const first8 = `MB0X${String(1001 + key * 37)}`;
  const first17 = `11150600${first8}${computeOrganisationCodeCheck(first8)}`;
  const rest = `400${type}${String(key + 1).padStart(2, '0')}${String(number).padStart(3, '0')}000`;
  return first17 + computeCreditCodeCheck(first17) + rest;
}

const itemsOf = (rows: readonly Row[], first: number): readonly Item[] =>
  rows.map(([name, type, department, promised, statutory, result, basis, weight, more], n) =>
    Object.freeze({
      code: codeOf(department, type, first + n),
      ...{ name, type, department: departments[department], promised, statutory, result, basis, weight },
      ...more,
    }),
  );

export const itemsForPersons = itemsOf(forPersons, 1);
export const itemsForLegalPersons = itemsOf(forLegalPersons, 101);
export const settingUp = itemsOf(
  [['企业设立登记', '07', 'market', 1, 15, '营业执照', '《中华人民共和国市场主体登记管理条例》', 0, licence]],
  201,
)[0]!;
export const windingUp = itemsOf(
  [['企业注销登记', '07', 'market', 1, 20, '注销登记通知书', '《中华人民共和国市场主体登记管理条例》', 0]],
  202,
)[0]!;
