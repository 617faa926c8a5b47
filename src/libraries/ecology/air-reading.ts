/** Daily values of ambient air at a station, as published: 24-hour means, for ozone the largest 8-hour mean (HJ 633, GB 3095). */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, Place } from '../../model/dataset.js';
import { airQualityLevels } from '../../model/code-lists/air-quality-levels.js';
import { boolean, code, date, decimal, integer, oneOf, reference } from '../../model/value-type.js';
import { MonitoringStation } from './monitoring-station.js';

const airPollutant = oneOf({
  name: 'AirPollutant',
  zh: '空气污染物',
  en: 'Pollutant of ambient air',
  values: {
    SO2: { zh: '二氧化硫', en: 'Sulphur dioxide' },
    NO2: { zh: '二氧化氮', en: 'Nitrogen dioxide' },
    PM10: { zh: '可吸入颗粒物', en: 'Particles of 10 micrometres and less' },
    PM2_5: { zh: '细颗粒物', en: 'Particles of 2.5 micrometres and less' },
    CO: { zh: '一氧化碳', en: 'Carbon monoxide' },
    O3: { zh: '臭氧', en: 'Ozone' },
  },
});

@Dataset({
  library: 'ecology',
  table: 'air_reading',
  list: 'airReadings',
  zh: '环境空气质量日报',
  en: 'AirReading: ambient air at a station on one day',
  provider: '150600-ecology',
  resource: '3/06/08/001/000002',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['stationCode', 'observedOn'],
})
export class AirReading extends LibraryRow {
  @Place({ level: 'L1', zh: '站点所在行政区划代码', en: 'Division of the station' })
  division!: string;

  @Column({
    type: reference(20),
    level: 'L1',
    required: true,
    find: true,
    standard: '监测站点编码，自定 (own codes)',
    zh: '站点代码',
    en: 'Code of the station',
  })
  stationCode!: string;

  @Link({
    of: () => MonitoringStation,
    own: 'stationCode',
    target: 'stationCode',
    inverse: { name: 'airReadings', zh: '空气质量日报', en: 'Daily values of ambient air' },
    latest: {
      name: 'currentAir',
      by: 'observedOn',
      zh: '最新空气质量日报',
      en: 'The latest daily values of ambient air',
    },
    zh: '监测站点',
    en: 'The station',
  })
  station!: unknown;

  @Column({ type: date, level: 'L1', required: true, find: true, zh: '监测日期', en: 'Day of the measurement' })
  observedOn!: string;

  @Column({
    type: integer,
    level: 'L1',
    unit: 'μg/m³',
    zh: '二氧化硫24小时平均浓度',
    en: 'Sulphur dioxide (SO2), 24-hour mean',
  })
  so2!: number | null;

  @Column({
    type: integer,
    level: 'L1',
    unit: 'μg/m³',
    zh: '二氧化氮24小时平均浓度',
    en: 'Nitrogen dioxide (NO2), 24-hour mean',
  })
  no2!: number | null;

  @Column({
    type: integer,
    level: 'L1',
    unit: 'μg/m³',
    zh: '可吸入颗粒物24小时平均浓度',
    en: 'Particulate matter PM10, 24-hour mean',
  })
  pm10!: number | null;

  @Column({
    type: integer,
    level: 'L1',
    unit: 'μg/m³',
    zh: '细颗粒物24小时平均浓度',
    en: 'Particulate matter PM2.5, 24-hour mean',
  })
  pm25!: number | null;

  @Column({
    type: decimal(6, 1),
    level: 'L1',
    unit: 'mg/m³',
    zh: '一氧化碳24小时平均浓度',
    en: 'Carbon monoxide (CO), 24-hour mean',
  })
  co!: string | null;

  @Column({
    type: integer,
    level: 'L1',
    unit: 'μg/m³',
    zh: '臭氧日最大8小时平均浓度',
    en: 'Ozone (O3), largest 8-hour mean of the day',
  })
  o3!: number | null;

  @Column({
    type: integer,
    level: 'L1',
    find: true,
    standard: 'HJ 633-2012',
    unit: '无量纲 (dimensionless)',
    zh: '空气质量指数',
    en: 'Air quality index (AQI)',
  })
  aqi!: number | null;

  @Column({ type: code(airQualityLevels), level: 'L1', find: true, zh: '空气质量级别代码', en: 'Level of air quality' })
  airQualityLevel!: string | null;

  @Column({ type: airPollutant, level: 'L1', zh: '首要污染物', en: 'Primary pollutant; null up to an index of 50' })
  primaryPollutant!: string | null;

  @Column({ type: boolean, level: 'L1', zh: '是否受沙尘影响', en: 'Whether sand or dust weather affected it' })
  isDustAffected!: boolean | null;
}
