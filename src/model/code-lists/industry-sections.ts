import { type CodeEntry, defineCodeList } from './code-list.js';

export interface IndustrySection extends CodeEntry {
  /** The first and the last two-digit division of the section. */
  readonly divisions: readonly [first: string, last: string];
}

const rows: readonly (readonly [code: string, zh: string, en: string, first: string, last: string])[] = [
  ['A', '农、林、牧、渔业', 'agriculture, forestry, animal husbandry and fishery', '01', '05'],
  ['B', '采矿业', 'mining', '06', '12'],
  ['C', '制造业', 'manufacturing', '13', '43'],
  ['D', '电力、热力、燃气及水生产和供应业', 'production and supply of electricity, heat, gas and water', '44', '46'],
  ['E', '建筑业', 'construction', '47', '50'],
  ['F', '批发和零售业', 'wholesale and retail trade', '51', '52'],
  ['G', '交通运输、仓储和邮政业', 'transport, storage and post', '53', '60'],
  ['H', '住宿和餐饮业', 'accommodation and catering', '61', '62'],
  [
    'I',
    '信息传输、软件和信息技术服务业',
    'information transmission, software and information technology services',
    '63',
    '65',
  ],
  ['J', '金融业', 'finance', '66', '69'],
  ['K', '房地产业', 'real estate', '70', '70'],
  ['L', '租赁和商务服务业', 'leasing and business services', '71', '72'],
  ['M', '科学研究和技术服务业', 'scientific research and technical services', '73', '75'],
  ['N', '水利、环境和公共设施管理业', 'management of water conservancy, environment and public facilities', '76', '79'],
  ['O', '居民服务、修理和其他服务业', 'services to households, repair and other services', '80', '82'],
  ['P', '教育', 'education', '83', '83'],
  ['Q', '卫生和社会工作', 'health and social work', '84', '85'],
  ['R', '文化、体育和娱乐业', 'culture, sports and entertainment', '86', '90'],
  ['S', '公共管理、社会保障和社会组织', 'public administration, social security and social organisations', '91', '96'],
  ['T', '国际组织', 'international organisations', '97', '97'],
];

/** Sections (门类) of industry, GB/T 4754-2017, complete. */
export const industrySections = defineCodeList<IndustrySection>(
  'industry-sections',
  'GB/T 4754-2017',
  rows.map(([code, zh, en, first, last]) => ({ code, zh, en, divisions: [first, last] as const })),
);

/** The section of a code of division, group or class by its first two digits; undefined where there is none. */
export function industrySectionOf(code: string): IndustrySection | undefined {
  const division = code.slice(0, 2);
  if (!/^[0-9]{2}$/.test(division)) return undefined;
  return industrySections.entries.find(({ divisions: [first, last] }) => first <= division && division <= last);
}
