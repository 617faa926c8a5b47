import { type CodeEntry, defineCodeList } from './code-list.js';

export interface LegalPersonKind extends CodeEntry {
  /** The registration authority that the first character stands for. */
  readonly authorityZh: string;
}

type Group = readonly [
  authority: string,
  authorityZh: string,
  kinds: readonly (readonly [kind: string, zh: string, en: string])[],
];

const groups: readonly Group[] = [
  [
    '1',
    '机构编制',
    [
      ['1', '机关', 'government organ'],
      ['2', '事业单位', 'public institution'],
      ['3', '编办直接管理机构编制的群众团体', 'mass organisation with state staffing'],
      ['9', '其他机构编制单位', 'other body with state staffing'],
    ],
  ],
  [
    '2',
    '外交',
    [
      ['1', '外国常驻新闻机构', 'resident foreign news office'],
      ['9', '其他外交登记机构', 'other body registered by foreign affairs'],
    ],
  ],
  [
    '3',
    '司法行政',
    [
      ['1', '律师执业机构', 'law firm'],
      ['2', '公证处', 'notary office'],
      ['3', '基层法律服务所', 'grassroots legal service office'],
      ['4', '司法鉴定机构', 'forensic institution'],
      ['5', '仲裁委员会', 'arbitration commission'],
      ['9', '其他司法行政登记机构', 'other body registered by justice'],
    ],
  ],
  [
    '4',
    '文化',
    [
      ['1', '外国在华文化中心', 'foreign cultural centre'],
      ['9', '其他文化登记机构', 'other body registered by culture'],
    ],
  ],
  [
    '5',
    '民政',
    [
      ['1', '社会团体', 'social association'],
      ['2', '民办非企业单位', 'private non-enterprise unit'],
      ['3', '基金会', 'foundation'],
      ['4', '基层群众性自治组织', 'grassroots self-governing organisation'],
      ['9', '其他民政登记机构', 'other body registered by civil affairs'],
    ],
  ],
  [
    '6',
    '旅游',
    [
      ['1', '外国旅游部门常驻代表机构', 'foreign tourism office'],
      ['2', '港澳台地区旅游部门常驻内地（大陆）代表机构', 'tourism office of Hong Kong, Macao or Taiwan'],
      ['9', '其他旅游登记机构', 'other body registered by tourism'],
    ],
  ],
  [
    '7',
    '宗教',
    [
      ['1', '宗教活动场所', 'place of worship'],
      ['2', '宗教院校', 'religious school'],
      ['9', '其他宗教登记机构', 'other body registered by religious affairs'],
    ],
  ],
  [
    '8',
    '工会',
    [
      ['1', '基层工会', 'trade union'],
      ['9', '其他工会', 'other union body'],
    ],
  ],
  [
    '9',
    '工商（市场监督管理）',
    [
      ['1', '企业', 'enterprise'],
      ['2', '个体工商户', 'individually-owned business'],
      ['3', '农民专业合作社', 'farmers cooperative'],
    ],
  ],
  [
    'A',
    '中央军委改革和机构编制办公室',
    [
      ['1', '军队事业单位', 'military institution'],
      ['9', '其他军队机构', 'other military body'],
    ],
  ],
  [
    'N',
    '农业',
    [
      ['1', '组级集体经济组织', 'collective economic organisation of a group'],
      ['2', '村级集体经济组织', 'collective economic organisation of a village'],
      ['3', '乡镇级集体经济组织', 'collective economic organisation of a township'],
      ['9', '其他农业登记机构', 'other body registered by agriculture'],
    ],
  ],
  ['Y', '其他', [['1', '其他', 'other']]],
];

/** Kinds of legal persons by the first two characters of the credit code, GB 32100-2015 (table 1) and its first amendment. */
export const legalPersonKinds = defineCodeList<LegalPersonKind>(
  'legal-person-kinds',
  'GB 32100-2015',
  groups.flatMap(([authority, authorityZh, kinds]) =>
    kinds.map(([kind, zh, en]) => ({ code: authority + kind, zh, en, authorityZh })),
  ),
);
