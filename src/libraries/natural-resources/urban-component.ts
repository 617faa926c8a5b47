/** Urban components: every lamp, cover and tree that the city keeps. Gas, power and security are among them, so positions are not open. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { towns } from '../../model/code-lists/towns.js';
import { urbanComponentClasses } from '../../model/code-lists/urban-component-classes.js';
import { code, date, decimal, oneOf, text } from '../../model/value-type.js';

const urbanComponentStatus = oneOf({
  name: 'UrbanComponentStatus',
  zh: '部件状态',
  en: 'Status of an urban component',
  values: {
    INTACT: { zh: '完好', en: 'Intact' },
    DAMAGED: { zh: '破损', en: 'Damaged' },
    MISSING: { zh: '丢失', en: 'Missing' },
    ABANDONED: { zh: '废弃', en: 'Abandoned' },
    REMOVED: { zh: '移除', en: 'Removed' },
  },
});

@Dataset({
  library: 'natural-resources',
  table: 'urban_component',
  list: 'urbanComponents',
  zh: '城市部件',
  en: 'UrbanComponent: a component of urban management',
  provider: '150600-urban-management',
  resource: '3/06/03/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['componentCode'],
})
export class UrbanComponent extends LibraryRow {
  @Place({ level: 'L1', zh: '所在行政区划代码', en: 'Division where it stands' })
  division!: string;

  @Column({
    type: text(16),
    level: 'L1',
    required: true,
    standard: 'CJ/T 214-2007',
    zh: '部件标识码',
    en: 'Code of the component: division, large class, small class, sequence',
  })
  componentCode!: string;

  @Column({
    type: code(urbanComponentClasses),
    level: 'L1',
    required: true,
    find: true,
    zh: '部件小类代码',
    en: 'Small class of the component',
  })
  componentClass!: string;

  @Column({ type: text(100), level: 'L1', required: true, zh: '部件名称', en: 'Name of the component' })
  name!: string;

  @Column({
    type: text(15),
    level: 'L1',
    standard: 'CJ/T 213',
    zh: '所在单元网格编码',
    en: 'Code of the basic management grid: town, community, grid',
  })
  gridCode!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '主管部门', en: 'Department in charge' })
  department!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '权属单位', en: 'Owner' })
  owner!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '养护单位', en: 'Who maintains it' })
  maintainer!: string | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '所在街道（乡镇）代码', en: 'Town where it stands' })
  town!: string | null;

  @Column({ type: text(200), level: 'L1', zh: '位置描述', en: 'Where it stands, in words' })
  location!: string | null;

  @Column({ type: decimal(9, 6), level: 'L2', sharing: 'conditional', unit: '° (WGS-84)', zh: '经度', en: 'Longitude' })
  longitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L2', sharing: 'conditional', unit: '° (WGS-84)', zh: '纬度', en: 'Latitude' })
  latitude!: string | null;

  @Column({ type: urbanComponentStatus, level: 'L1', required: true, find: true, zh: '部件状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L1', zh: '初始普查日期', en: 'Date of the first survey' })
  surveyedOn!: string | null;

  @Column({
    type: date,
    level: 'L1',
    find: true,
    zh: '变更日期',
    en: 'Date of the last change; null where there was none',
  })
  changedOn!: string | null;
}
