/** Stations and river sections at which the environment is watched. Where they are and what they measure is published. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { surfaceWaterClasses } from '../../model/code-lists/surface-water-classes.js';
import { towns } from '../../model/code-lists/towns.js';
import { boolean, code, date, decimal, oneOf, text } from '../../model/value-type.js';

const monitoredMedium = oneOf({
  name: 'MonitoredMedium',
  zh: '监测要素',
  en: 'What a station watches',
  values: {
    AIR: { zh: '环境空气', en: 'Ambient air' },
    SURFACE_WATER: { zh: '地表水', en: 'Surface water' },
  },
});

const stationControl = oneOf({
  name: 'MonitoringStationControl',
  zh: '监测站点管控级别',
  en: 'Who controls a monitoring station',
  values: {
    NATIONAL: { zh: '国控', en: 'The state' },
    REGIONAL: { zh: '区控', en: 'The autonomous region' },
    CITY: { zh: '市控', en: 'The city' },
  },
});

const stationStatus = oneOf({
  name: 'MonitoringStationStatus',
  zh: '监测站点状态',
  en: 'Status of a monitoring station',
  values: {
    OPERATING: { zh: '运行', en: 'Operating' },
    SUSPENDED: { zh: '暂停', en: 'Suspended' },
    CLOSED: { zh: '撤销', en: 'Closed' },
  },
});

@Dataset({
  library: 'ecology',
  table: 'monitoring_station',
  list: 'monitoringStations',
  zh: '环境监测站点',
  en: 'MonitoringStation: a station of ambient air or a section of surface water',
  provider: '150600-ecology',
  resource: '3/06/08/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['stationCode'],
})
export class MonitoringStation extends LibraryRow {
  @Place({ level: 'L1', zh: '所在行政区划代码', en: 'Division where it stands' })
  division!: string;

  @Column({
    type: text(20),
    level: 'L1',
    required: true,
    standard: '监测站点编码，自定 (own codes)',
    zh: '站点（断面）代码',
    en: 'Code of the station or section',
  })
  stationCode!: string;

  @Column({
    type: text(100),
    level: 'L1',
    required: true,
    find: true,
    zh: '站点（断面）名称',
    en: 'Name of the station or section',
  })
  name!: string;

  @Column({ type: monitoredMedium, level: 'L1', required: true, find: true, zh: '监测要素', en: 'What it watches' })
  medium!: string;

  @Column({ type: stationControl, level: 'L1', find: true, zh: '管控级别', en: 'Who controls it' })
  control!: string | null;

  @Column({
    type: text(1),
    level: 'L1',
    standard: 'GB 3095-2012',
    zh: '环境空气功能区类别',
    en: 'Functional zone of ambient air, 1 or 2; null for water',
  })
  airZone!: string | null;

  @Column({ type: text(60), level: 'L1', zh: '所在水体', en: 'River or lake; null for air' })
  waterBody!: string | null;

  @Column({
    type: code(surfaceWaterClasses),
    level: 'L1',
    zh: '水质目标类别',
    en: 'Class that the water is to reach; null for air',
  })
  targetClass!: string | null;

  @Column({ type: boolean, level: 'L1', required: true, zh: '是否自动监测', en: 'Whether it measures by itself' })
  isAutomatic!: boolean;

  @Column({ type: text(300), level: 'L1', zh: '监测项目', en: 'What it measures' })
  items!: string | null;

  @Column({ type: code(towns), level: 'L1', zh: '所在街道（乡镇）代码', en: 'Town where it stands' })
  town!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '经度', en: 'Longitude' })
  longitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '纬度', en: 'Latitude' })
  latitude!: string | null;

  @Column({ type: date, level: 'L1', zh: '启用日期', en: 'Date of commissioning' })
  startedOn!: string | null;

  @Column({ type: stationStatus, level: 'L1', required: true, zh: '状态', en: 'Status' })
  status!: string;

  @Column({ type: text(200), level: 'L2', zh: '运维单位', en: 'Who operates it' })
  operator!: string | null;
}
