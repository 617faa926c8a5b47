/** Authorities of a division that license, inspect and punish: what they are called and how they number their documents. */
import { divisions } from '../../../src/model/code-lists/divisions.js';

const full = (zh: string): string => (zh.endsWith('区') ? `鄂尔多斯市${zh}` : zh);

/** Name by the division's, and the word that stands for it in the number of a document. */
const kinds = {
  market: [(zh: string) => `${full(zh)}市场监督管理局`, '市监'],
  tax: [(zh: string) => `国家税务总局${full(zh)}税务局`, '税'],
  emergency: [(zh: string) => `${full(zh)}应急管理局`, '应急'],
  energy: [(zh: string) => `${full(zh)}能源局`, '能源'],
  ecology: [(zh: string) => `鄂尔多斯市生态环境局${zh}分局`, '环'],
  transport: [(zh: string) => `${full(zh)}交通运输局`, '交运'],
  housing: [(zh: string) => `${full(zh)}住房和城乡建设局`, '住建'],
  labour: [(zh: string) => `${full(zh)}人力资源和社会保障局`, '人社'],
  health: [(zh: string) => `${full(zh)}卫生健康委员会`, '卫'],
  fire: [(zh: string) => `${full(zh)}消防救援大队`, '消'],
  agriculture: [(zh: string) => `${full(zh)}农牧局`, '农牧'],
  forestry: [(zh: string) => `${full(zh)}林业和草原局`, '林草'],
  education: [(zh: string) => `${full(zh)}教育体育局`, '教体'],
  civil: [(zh: string) => `${full(zh)}民政局`, '民'],
  enforcement: [(zh: string) => `${full(zh)}综合行政执法局`, '综执'],
  resources: [(zh: string) => `${full(zh)}自然资源局`, '自然资'],
  police: [(zh: string) => (zh.endsWith('区') ? `鄂尔多斯市公安局${zh}分局` : `${zh}公安局`), '公'],
  commerce: [(zh: string) => `${full(zh)}商务局`, '商务'],
  approval: [(zh: string) => `${full(zh)}行政审批和政务服务局`, '审批'],
  water: [(zh: string) => `${full(zh)}水利局`, '水'],
  court: [(zh: string) => `${full(zh)}人民法院`, '法'],
} as const satisfies Record<string, readonly [name: (zh: string) => string, word: string]>;

export type Authority = keyof typeof kinds;

/** One character for a division, two where one would stand for two of them. */
const signs: Readonly<Record<string, string>> = {
  '150602': '东',
  '150603': '康',
  '150621': '达',
  '150622': '准',
  '150623': '鄂前',
  '150624': '鄂托',
  '150625': '杭',
  '150626': '乌',
  '150627': '伊',
};

const names = new Map<string, string>();
for (const [authority, [nameOf]] of Object.entries(kinds)) {
  for (const { code, zh } of divisions.entries.slice(1)) names.set(authority + code, nameOf(zh));
}

/** Of one of the nine divisions. */
export function authorityName(authority: Authority, division: string): string {
  return names.get(authority + division)!;
}

/** `东市监罚〔2024〕0000123号`; unique if the serial is, for one word and year. */
export function documentNumber(
  authority: Authority,
  division: string,
  word: string,
  year: string,
  serial: number,
): string {
  return `${signs[division]}${kinds[authority][1]}${word}〔${year}〕${String(serial).padStart(7, '0')}号`;
}
