/** Highways, one row for each section of a route that lies in one division. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { highwayClasses } from '../../model/code-lists/highway-classes.js';
import { boolean, code, date, decimal, integer, oneOf, reference, text } from '../../model/value-type.js';

const roadGrade = oneOf({
  name: 'RoadGrade',
  zh: '公路技术等级',
  en: 'Technical grade of a highway',
  values: {
    EXPRESSWAY: { zh: '高速公路', en: 'Expressway' },
    CLASS_1: { zh: '一级公路', en: 'Class 1' },
    CLASS_2: { zh: '二级公路', en: 'Class 2' },
    CLASS_3: { zh: '三级公路', en: 'Class 3' },
    CLASS_4: { zh: '四级公路', en: 'Class 4' },
    UNGRADED: { zh: '等外公路', en: 'Below class 4' },
  },
});

const roadSurface = oneOf({
  name: 'RoadSurface',
  zh: '路面类型',
  en: 'Surface of a road',
  values: {
    ASPHALT: { zh: '沥青混凝土', en: 'Asphalt concrete' },
    CEMENT: { zh: '水泥混凝土', en: 'Cement concrete' },
    GRAVEL: { zh: '砂石', en: 'Gravel' },
  },
});

const roadCondition = oneOf({
  name: 'RoadCondition',
  zh: '公路技术状况等级',
  en: 'Technical condition of a road',
  values: {
    EXCELLENT: { zh: '优', en: 'Excellent: index of 90 and more' },
    GOOD: { zh: '良', en: 'Good: 80 and more' },
    MEDIUM: { zh: '中', en: 'Medium: 70 and more' },
    INFERIOR: { zh: '次', en: 'Inferior: 60 and more' },
    POOR: { zh: '差', en: 'Poor: below 60' },
  },
});

@Dataset({
  library: 'natural-resources',
  table: 'road',
  list: 'roads',
  zh: '公路路段',
  en: 'Road: a section of a highway in one division',
  provider: '150600-transport',
  resource: '3/06/03/001/000002',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['sectionCode'],
})
export class Road extends LibraryRow {
  @Place({ level: 'L1', zh: '所在行政区划代码', en: 'Division where the section lies' })
  division!: string;

  @Column({
    type: text(20),
    level: 'L1',
    required: true,
    standard: 'GB/T 917',
    zh: '路段编码',
    en: 'Code of the section: route number and division',
  })
  sectionCode!: string;

  @Column({
    type: reference(10),
    level: 'L1',
    required: true,
    find: true,
    standard: 'GB/T 917-2017',
    zh: '路线编号',
    en: 'Route number',
  })
  routeNumber!: string;

  @Column({ type: text(100), level: 'L1', required: true, find: true, zh: '路线名称', en: 'Name of the route' })
  name!: string;

  @Column({
    type: code(highwayClasses),
    level: 'L1',
    required: true,
    find: true,
    zh: '行政等级代码',
    en: 'Administrative class',
  })
  highwayClass!: string;

  @Column({ type: roadGrade, level: 'L1', find: true, standard: 'JTG B01-2014', zh: '技术等级', en: 'Technical grade' })
  grade!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '起点名称', en: 'Where the section starts' })
  startPlace!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '止点名称', en: 'Where the section ends' })
  endPlace!: string | null;

  @Column({ type: decimal(9, 3), level: 'L1', unit: '千米 (km)', zh: '路段里程', en: 'Length of the section' })
  length!: string | null;

  @Column({ type: decimal(6, 2), level: 'L1', unit: '米 (m)', zh: '路面宽度', en: 'Width of the surface' })
  width!: string | null;

  @Column({ type: integer, level: 'L1', unit: '条 (count)', zh: '车道数', en: 'Number of lanes, both ways' })
  lanes!: number | null;

  @Column({ type: integer, level: 'L1', unit: 'km/h', zh: '设计速度', en: 'Design speed' })
  designSpeed!: number | null;

  @Column({ type: roadSurface, level: 'L1', zh: '路面类型', en: 'Surface' })
  surface!: string | null;

  @Column({
    type: roadCondition,
    level: 'L1',
    find: true,
    standard: 'JTG 5210-2018',
    zh: '技术状况等级',
    en: 'Technical condition',
  })
  condition!: string | null;

  @Column({ type: boolean, level: 'L1', required: true, zh: '是否收费', en: 'Whether tolls are taken' })
  isTolled!: boolean;

  @Column({ type: date, level: 'L1', zh: '通车日期', en: 'Date of opening' })
  openedOn!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '管养单位', en: 'Who maintains it' })
  maintainer!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '起点经度', en: 'Longitude of the start' })
  startLongitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '起点纬度', en: 'Latitude of the start' })
  startLatitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '止点经度', en: 'Longitude of the end' })
  endLongitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '止点纬度', en: 'Latitude of the end' })
  endLatitude!: string | null;
}
