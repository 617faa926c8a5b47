/** Places that may slide, fall or sink, and who they threaten (地质灾害防治条例). Positions and whom to call are kept close. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { code, date, decimal, integer, oneOf, telephone, text } from '../../model/value-type.js';

const hazardKind = oneOf({
  name: 'HazardKind',
  zh: '灾害类型',
  en: 'Kind of geological hazard',
  values: {
    ROCKFALL: { zh: '崩塌', en: 'Rockfall' },
    LANDSLIDE: { zh: '滑坡', en: 'Landslide' },
    DEBRIS_FLOW: { zh: '泥石流', en: 'Debris flow' },
    GROUND_COLLAPSE: { zh: '地面塌陷', en: 'Ground collapse' },
    GROUND_FISSURE: { zh: '地裂缝', en: 'Ground fissure' },
    LAND_SUBSIDENCE: { zh: '地面沉降', en: 'Land subsidence' },
  },
});

const hazardDanger = oneOf({
  name: 'HazardDanger',
  zh: '险情等级',
  en: 'How great the danger is, by the people and property threatened',
  values: {
    EXTREME: { zh: '特大型', en: 'Extreme: 1,000 people and more, or 100 million yuan' },
    LARGE: { zh: '大型', en: 'Large: 500 people and more, or 50 million yuan' },
    MEDIUM: { zh: '中型', en: 'Medium: 100 people and more, or 5 million yuan' },
    SMALL: { zh: '小型', en: 'Small: fewer' },
  },
});

const hazardStability = oneOf({
  name: 'HazardStability',
  zh: '稳定性',
  en: 'Stability of a hazard site',
  values: {
    STABLE: { zh: '稳定', en: 'Stable' },
    MODERATE: { zh: '较稳定', en: 'Moderately stable' },
    UNSTABLE: { zh: '不稳定', en: 'Unstable' },
  },
});

const hazardMonitoring = oneOf({
  name: 'HazardMonitoring',
  zh: '监测方式',
  en: 'How a hazard site is watched',
  values: {
    COMMUNITY: { zh: '群测群防', en: 'By the community' },
    INSTRUMENTS: { zh: '专业监测', en: 'By instruments' },
    BOTH: { zh: '群专结合', en: 'By both' },
  },
});

const hazardStatus = oneOf({
  name: 'HazardStatus',
  zh: '隐患点状态',
  en: 'Status of a hazard site',
  values: {
    ACTIVE: { zh: '在册', en: 'On the list' },
    UNDER_TREATMENT: { zh: '治理中', en: 'Under treatment' },
    WRITTEN_OFF: { zh: '已核销', en: 'Treated and written off' },
  },
});

@Dataset({
  library: 'natural-resources',
  table: 'hazard_site',
  list: 'hazardSites',
  zh: '地质灾害隐患点',
  en: 'HazardSite: a site of potential geological hazard',
  provider: '150600-emergency',
  resource: '3/06/03/001/000005',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['siteCode'],
})
export class HazardSite extends LibraryRow {
  @Place({ level: 'L2', zh: '所在行政区划代码', en: 'Division where it lies' })
  division!: string;

  @Column({ type: text(20), level: 'L2', required: true, zh: '隐患点统一编号', en: 'Unified number of the site' })
  siteCode!: string;

  @Column({ type: text(100), level: 'L2', required: true, find: true, zh: '隐患点名称', en: 'Name of the site' })
  name!: string;

  @Column({ type: hazardKind, level: 'L2', required: true, find: true, zh: '灾害类型', en: 'Kind of hazard' })
  kind!: string;

  @Column({ type: hazardDanger, level: 'L2', required: true, find: true, zh: '险情等级', en: 'Degree of danger' })
  danger!: string;

  @Column({ type: hazardStability, level: 'L2', zh: '稳定性', en: 'Stability' })
  stability!: string | null;

  @Column({ type: text(60), level: 'L2', zh: '主要诱发因素', en: 'What may set it off' })
  cause!: string | null;

  @Column({ type: integer, level: 'L2', unit: '户 (households)', zh: '威胁户数', en: 'Households threatened' })
  threatenedHouseholds!: number | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '威胁人数', en: 'People threatened' })
  threatenedPeople!: number | null;

  @Column({ type: decimal(14, 2), level: 'L2', unit: '万元 (10,000 CNY)', zh: '威胁财产', en: 'Property threatened' })
  threatenedProperty!: string | null;

  @Column({ type: hazardMonitoring, level: 'L2', zh: '监测方式', en: 'How it is watched' })
  monitoring!: string | null;

  @Column({ type: text(100), level: 'L2', mask: masks.firstCharacter, zh: '监测责任人', en: 'Person who watches it' })
  watcher!: string | null;

  @Column({
    type: telephone,
    level: 'L3',
    mask: masks.telephoneEnds,
    zh: '监测责任人电话',
    en: 'Telephone of who watches it',
  })
  telephone!: string | null;

  @Column({ type: text(200), level: 'L2', zh: '应急避险地点', en: 'Where people are to go' })
  shelter!: string | null;

  @Column({ type: code(towns), level: 'L2', find: true, zh: '所在街道（乡镇）代码', en: 'Town where it lies' })
  town!: string | null;

  @Column({ type: decimal(9, 6), level: 'L3', unit: '° (WGS-84)', zh: '经度', en: 'Longitude' })
  longitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L3', unit: '° (WGS-84)', zh: '纬度', en: 'Latitude' })
  latitude!: string | null;

  @Column({ type: date, level: 'L2', zh: '发现日期', en: 'Date of its discovery' })
  foundOn!: string | null;

  @Column({ type: hazardStatus, level: 'L2', required: true, find: true, zh: '隐患点状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L2', zh: '核销日期', en: 'Date of writing it off' })
  writtenOffOn!: string | null;
}
