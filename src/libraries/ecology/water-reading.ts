/** Monthly samples of surface water at a section, and the class that they come to (GB 3838, table 1). */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, Place } from '../../model/dataset.js';
import { surfaceWaterClasses } from '../../model/code-lists/surface-water-classes.js';
import { boolean, code, date, decimal, reference, text } from '../../model/value-type.js';
import { MonitoringStation } from './monitoring-station.js';

@Dataset({
  library: 'ecology',
  table: 'water_reading',
  list: 'waterReadings',
  zh: '地表水水质监测',
  en: 'WaterReading: a sample of surface water at a section',
  provider: '150600-ecology',
  resource: '3/06/08/001/000003',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['stationCode', 'sampledOn'],
})
export class WaterReading extends LibraryRow {
  @Place({ level: 'L1', zh: '断面所在行政区划代码', en: 'Division of the section' })
  division!: string;

  @Column({
    type: reference(20),
    level: 'L1',
    required: true,
    find: true,
    standard: '监测断面编码，自定 (own codes)',
    zh: '断面代码',
    en: 'Code of the section',
  })
  stationCode!: string;

  @Link({
    of: () => MonitoringStation,
    own: 'stationCode',
    target: 'stationCode',
    inverse: { name: 'waterReadings', zh: '水质监测', en: 'Samples of surface water' },
    latest: { name: 'currentWater', by: 'sampledOn', zh: '最新水质监测', en: 'The latest reading of surface water' },
    zh: '监测断面',
    en: 'The section',
  })
  station!: unknown;

  @Column({ type: date, level: 'L1', required: true, find: true, zh: '采样日期', en: 'Day of the sample' })
  sampledOn!: string;

  @Column({ type: decimal(5, 1), level: 'L1', unit: '℃', zh: '水温', en: 'Temperature of the water' })
  temperature!: string | null;

  @Column({ type: decimal(4, 2), level: 'L1', unit: '无量纲 (dimensionless)', zh: 'pH值', en: 'Acidity, pH' })
  ph!: string | null;

  @Column({ type: decimal(6, 2), level: 'L1', unit: 'mg/L', zh: '溶解氧', en: 'Dissolved oxygen' })
  dissolvedOxygen!: string | null;

  @Column({ type: decimal(6, 2), level: 'L1', unit: 'mg/L', zh: '高锰酸盐指数', en: 'Permanganate index' })
  permanganateIndex!: string | null;

  @Column({ type: decimal(6, 1), level: 'L1', unit: 'mg/L', zh: '化学需氧量', en: 'Chemical oxygen demand (COD)' })
  cod!: string | null;

  @Column({
    type: decimal(6, 2),
    level: 'L1',
    unit: 'mg/L',
    zh: '五日生化需氧量',
    en: 'Biochemical oxygen demand (BOD5)',
  })
  bod5!: string | null;

  @Column({ type: decimal(7, 3), level: 'L1', unit: 'mg/L', zh: '氨氮', en: 'Ammonia nitrogen' })
  ammoniaNitrogen!: string | null;

  @Column({ type: decimal(7, 3), level: 'L1', unit: 'mg/L', zh: '总磷', en: 'Total phosphorus' })
  totalPhosphorus!: string | null;

  @Column({ type: decimal(6, 2), level: 'L1', unit: 'mg/L', zh: '氟化物', en: 'Fluoride' })
  fluoride!: string | null;

  @Column({ type: code(surfaceWaterClasses), level: 'L1', find: true, zh: '水质类别代码', en: 'Class of the water' })
  waterClass!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    find: true,
    zh: '是否达标',
    en: 'Whether it reaches the class that is its target',
  })
  meetsTarget!: boolean | null;

  @Column({ type: text(200), level: 'L1', zh: '超标项目', en: 'Items beyond the target class; null where none is' })
  exceededItems!: string | null;
}
