/** Which licences a trade needs: certificate, who grants it, what it says, for how many years. */
import type { Authority } from './authorities.js';

export interface LicenceType {
  readonly trades: RegExp;
  readonly certificate: string;
  readonly authority: Authority;
  readonly kind: 'ORDINARY' | 'FRANCHISE' | 'RECOGNITION' | 'APPROVAL' | 'REGISTRATION';
  readonly content: string;
  /** Undefined where it is unlimited. */
  readonly years: number | undefined;
  /** How many in a hundred of the trade hold one. */
  readonly held: number;
}

type Row = readonly [
  trades: RegExp,
  certificate: string,
  authority: Authority,
  kind: LicenceType['kind'],
  content: string,
  years: number | undefined,
  held: number,
];

const rows: readonly Row[] = [
  [/^(061|101)/, '采矿许可证', 'resources', 'FRANCHISE', '准予在核准的矿区范围内开采矿产资源', 10, 100],
  [/^(252|261|461|441|072)/, '取水许可证', 'water', 'FRANCHISE', '准予按核定水量取用水资源', 5, 90],
  [/^(252|261|526)/, '危险化学品经营许可证', 'emergency', 'ORDINARY', '准予经营许可范围内的危险化学品', 3, 70],
  [/^(301|262)/, '全国工业产品生产许可证', 'market', 'APPROVAL', '准予生产许可目录内的工业产品', 5, 100],
  [/^(47|48|50|302)/, '建筑业企业资质证书', 'housing', 'RECOGNITION', '核准建筑业企业资质', 5, 95],
  [/^748/, '工程监理资质证书', 'housing', 'RECOGNITION', '核准工程监理企业资质', 5, 80],
  [/^701/, '房地产开发企业资质证书', 'housing', 'RECOGNITION', '核准房地产开发企业资质', 3, 95],
  [/^443/, '供热经营许可证', 'housing', 'FRANCHISE', '准予在核定区域内从事供热经营', 5, 100],
  [/^451/, '燃气经营许可证', 'housing', 'FRANCHISE', '准予在核定区域内从事燃气经营', 5, 100],
  [/^461/, '卫生许可证（集中式供水）', 'health', 'ORDINARY', '准予集中式供水', 4, 100],
  [/^(521|522|621|611)/, '食品经营许可证', 'market', 'ORDINARY', '准予从事食品销售、餐饮服务经营活动', 5, 92],
  [/^525/, '药品经营许可证', 'market', 'ORDINARY', '准予零售药品', 5, 100],
  [/^(611|612|804)/, '公共场所卫生许可证', 'health', 'ORDINARY', '准予经营公共场所', 4, 95],
  [/^(611|612)/, '特种行业许可证', 'police', 'ORDINARY', '准予从事旅馆业', undefined, 98],
  [/^526/, '成品油零售经营批准证书', 'commerce', 'ORDINARY', '准予从事成品油零售经营', 5, 45],
  [/^543/, '道路运输经营许可证', 'transport', 'ORDINARY', '准予从事道路普通货物运输', 4, 97],
  [/^726/, '人力资源服务许可证', 'labour', 'ORDINARY', '准予从事职业中介等人力资源服务', 5, 60],
  [/^726/, '劳务派遣经营许可证', 'labour', 'ORDINARY', '准予从事劳务派遣业务', 3, 80],
  [/^841/, '医疗机构执业许可证', 'health', 'ORDINARY', '准予按核定诊疗科目执业', 5, 100],
  [/^831/, '民办学校办学许可证', 'education', 'ORDINARY', '准予举办幼儿园', 5, 98],
  [/^839/, '民办学校办学许可证', 'labour', 'ORDINARY', '准予举办职业技能培训学校', 5, 98],
  [/^772/, '危险废物经营许可证', 'ecology', 'ORDINARY', '准予收集、贮存、处置危险废物', 5, 40],
  [/^031/, '动物防疫条件合格证', 'agriculture', 'APPROVAL', '动物饲养场符合动物防疫条件', undefined, 45],
  [/^018/, '草种经营许可证', 'forestry', 'ORDINARY', '准予从事草种经营', 5, 45],
  [
    /^(621|611|804|811|841|172)/,
    '城镇污水排入排水管网许可证',
    'housing',
    'ORDINARY',
    '准予按核定水质水量向城镇排水设施排放污水',
    5,
    40,
  ],
  [/^(521|526|611|621|701)/, '户外广告设置许可', 'enforcement', 'ORDINARY', '准予设置户外广告、门头牌匾', 2, 30],
  [/^(061|101|471|481|701)/, '取土、弃渣水土保持方案准予许可决定', 'water', 'ORDINARY', '准予水土保持方案', 3, 50],
  [/^(061|101|441|481)/, '使用林地审核同意书', 'forestry', 'ORDINARY', '同意建设项目使用林地', 2, 50],
  [/^(47|48|443|451|461)/, '占用、挖掘城市道路许可', 'enforcement', 'ORDINARY', '准予临时占用、挖掘城市道路', 1, 50],
  [
    /^(516|517|519|651|653|711|721|724|784|702|528|523)/,
    '户外广告设置许可',
    'enforcement',
    'ORDINARY',
    '准予设置门头牌匾',
    2,
    30,
  ],
];

const types: readonly LicenceType[] = rows.map(([trades, certificate, authority, kind, content, years, held]) => ({
  trades,
  certificate,
  authority,
  kind,
  content,
  years,
  held,
}));
const byIndustry = new Map<string, readonly LicenceType[]>();

export function licenceTypesOf(industry: string): readonly LicenceType[] {
  const known = byIndustry.get(industry);
  if (known !== undefined) return known;
  const found = types.filter(({ trades }) => trades.test(industry));
  byIndustry.set(industry, found);
  return found;
}
