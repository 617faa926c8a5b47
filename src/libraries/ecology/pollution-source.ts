/** Stationary sources of pollution. What they emit and where is published by law; whom to call is not. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { industries } from '../../model/code-lists/industries.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, decimal, oneOf, telephone, text } from '../../model/value-type.js';

const pollutionSourceStatus = oneOf({
  name: 'PollutionSourceStatus',
  zh: '污染源状态',
  en: 'Status of a pollution source',
  values: {
    OPERATING: { zh: '在产', en: 'Operating' },
    SUSPENDED: { zh: '停产', en: 'Suspended' },
    CLOSED: { zh: '关闭', en: 'Closed' },
  },
});

@Dataset({
  library: 'ecology',
  table: 'pollution_source',
  list: 'pollutionSources',
  zh: '污染源',
  en: 'PollutionSource: a stationary source of pollution',
  provider: '150600-ecology',
  resource: '3/06/08/001/000004',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['sourceCode'],
})
export class PollutionSource extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '排污单位画像',
    en: 'Portrait of the discharging unit',
    division: { level: 'L1', zh: '排污单位登记地行政区划代码', en: 'Division of registration of the unit' },
  })
  legalPerson!: string;

  @Column({
    type: text(22),
    level: 'L1',
    required: true,
    standard: 'HJ 608-2017',
    zh: '固定污染源代码',
    en: 'Code of the stationary source: credit code, sequence, P',
  })
  sourceCode!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '污染源名称', en: 'Name of the source' })
  name!: string;

  @Column({ type: code(industries), level: 'L1', find: true, zh: '行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    find: true,
    zh: '是否大气环境重点排污单位',
    en: 'Whether on the list of key units for air',
  })
  isKeyForAir!: boolean;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    find: true,
    zh: '是否水环境重点排污单位',
    en: 'Whether on the list of key units for water',
  })
  isKeyForWater!: boolean;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    find: true,
    zh: '是否土壤污染重点监管单位',
    en: 'Whether on the list of key units for soil',
  })
  isKeyForSoil!: boolean;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    zh: '是否环境风险重点管控单位',
    en: 'Whether on the list of key units for environmental risk',
  })
  isKeyForRisk!: boolean;

  @Column({ type: text(200), level: 'L1', zh: '主要污染物', en: 'Main pollutants' })
  pollutants!: string | null;

  @Column({ type: text(200), level: 'L1', zh: '污染治理设施', en: 'Facilities that treat pollution' })
  treatment!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    zh: '是否安装自动监测设备',
    en: 'Whether watched by automatic monitors',
  })
  isMonitored!: boolean;

  @Column({
    type: decimal(14, 3),
    level: 'L1',
    unit: 't/a',
    zh: '上年度二氧化硫排放量',
    en: 'SO2 emitted in the last full year',
  })
  so2Emission!: string | null;

  @Column({
    type: decimal(14, 3),
    level: 'L1',
    unit: 't/a',
    zh: '上年度氮氧化物排放量',
    en: 'Nitrogen oxides emitted in the last full year',
  })
  noxEmission!: string | null;

  @Column({
    type: decimal(14, 3),
    level: 'L1',
    unit: 't/a',
    zh: '上年度颗粒物排放量',
    en: 'Particulate matter emitted in the last full year',
  })
  particulateEmission!: string | null;

  @Column({
    type: decimal(14, 3),
    level: 'L1',
    unit: 't/a',
    zh: '上年度化学需氧量排放量',
    en: 'COD discharged in the last full year',
  })
  codDischarge!: string | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '所在街道（乡镇）代码', en: 'Town where it lies' })
  town!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '经度', en: 'Longitude' })
  longitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '纬度', en: 'Latitude' })
  latitude!: string | null;

  @Column({ type: pollutionSourceStatus, level: 'L1', required: true, find: true, zh: '状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L1', zh: '关闭日期', en: 'Date of closing; null while it exists' })
  closedOn!: string | null;

  @Column({
    type: text(100),
    level: 'L2',
    mask: masks.firstCharacter,
    sharing: 'conditional',
    zh: '环保负责人',
    en: 'Person in charge of environmental protection',
  })
  contact!: string | null;

  @Column({
    type: telephone,
    level: 'L3',
    sharing: 'conditional',
    mask: masks.telephoneEnds,
    zh: '联系电话',
    en: 'Telephone',
  })
  telephone!: string | null;
}
