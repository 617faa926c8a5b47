/** What a weather station observed on one day, 20:00 to 20:00 Beijing time. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, Place } from '../../model/dataset.js';
import { date, decimal, integer, oneOf, reference } from '../../model/value-type.js';
import { WeatherStation } from './weather-station.js';

const weatherPhenomenon = oneOf({
  name: 'WeatherPhenomenon',
  zh: '主要天气现象',
  en: 'Main weather phenomenon of a day',
  values: {
    NONE: { zh: '无降水及视程障碍', en: 'Neither precipitation nor obscuration' },
    RAIN: { zh: '雨', en: 'Rain' },
    THUNDERSTORM: { zh: '雷阵雨', en: 'Thunderstorm' },
    SNOW: { zh: '雪', en: 'Snow' },
    DUST: { zh: '扬沙或沙尘暴', en: 'Blowing sand or sandstorm' },
    HAZE: { zh: '霾', en: 'Haze' },
  },
});

const windDirection = oneOf({
  name: 'WindDirection',
  zh: '风向',
  en: 'Where the wind comes from, eight directions',
  values: {
    N: { zh: '北', en: 'North' },
    NE: { zh: '东北', en: 'North-east' },
    E: { zh: '东', en: 'East' },
    SE: { zh: '东南', en: 'South-east' },
    S: { zh: '南', en: 'South' },
    SW: { zh: '西南', en: 'South-west' },
    W: { zh: '西', en: 'West' },
    NW: { zh: '西北', en: 'North-west' },
  },
});

@Dataset({
  library: 'natural-resources',
  table: 'weather_observation',
  list: 'weatherObservations',
  zh: '气象观测日值',
  en: 'WeatherObservation: what a weather station observed on one day',
  provider: '150600-meteorology',
  resource: '3/06/03/001/000004',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['stationNumber', 'observedOn'],
})
export class WeatherObservation extends LibraryRow {
  @Place({ level: 'L1', zh: '气象站所在行政区划代码', en: 'Division of the station' })
  division!: string;

  @Column({ type: reference(10), level: 'L1', required: true, find: true, zh: '区站号', en: 'Station number' })
  stationNumber!: string;

  @Link({
    of: () => WeatherStation,
    own: 'stationNumber',
    target: 'stationNumber',
    inverse: { name: 'observations', zh: '观测日值', en: 'Observations by day' },
    latest: { name: 'currentWeather', by: 'observedOn', zh: '最新观测', en: 'The latest observation' },
    zh: '气象站',
    en: 'The station',
  })
  station!: unknown;

  @Column({ type: date, level: 'L1', required: true, find: true, zh: '观测日期', en: 'Day of the observation' })
  observedOn!: string;

  @Column({ type: decimal(4, 1), level: 'L1', find: true, unit: '℃', zh: '日平均气温', en: 'Mean air temperature' })
  meanTemperature!: string | null;

  @Column({ type: decimal(4, 1), level: 'L1', unit: '℃', zh: '日最高气温', en: 'Highest air temperature' })
  maxTemperature!: string | null;

  @Column({ type: decimal(4, 1), level: 'L1', unit: '℃', zh: '日最低气温', en: 'Lowest air temperature' })
  minTemperature!: string | null;

  @Column({ type: integer, level: 'L1', unit: '%', zh: '日平均相对湿度', en: 'Mean relative humidity' })
  humidity!: number | null;

  @Column({ type: decimal(6, 1), level: 'L1', unit: 'hPa', zh: '日平均本站气压', en: 'Mean pressure at the station' })
  pressure!: string | null;

  @Column({
    type: decimal(6, 1),
    level: 'L1',
    find: true,
    unit: '毫米 (mm)',
    zh: '降水量',
    en: 'Precipitation, snow melted',
  })
  precipitation!: string | null;

  @Column({
    type: integer,
    level: 'L1',
    unit: '厘米 (cm)',
    zh: '积雪深度',
    en: 'Depth of snow; null where there is none',
  })
  snowDepth!: number | null;

  @Column({ type: decimal(4, 1), level: 'L1', unit: 'm/s', zh: '日平均风速', en: 'Mean wind speed' })
  meanWind!: string | null;

  @Column({ type: decimal(4, 1), level: 'L1', unit: 'm/s', zh: '日极大风速', en: 'Strongest gust' })
  maxWind!: string | null;

  @Column({ type: windDirection, level: 'L1', zh: '主导风向', en: 'Prevailing direction of the wind' })
  windDirection!: string | null;

  @Column({ type: decimal(4, 1), level: 'L1', unit: '小时 (h)', zh: '日照时数', en: 'Hours of sunshine' })
  sunshine!: string | null;

  @Column({ type: decimal(5, 1), level: 'L1', unit: '千米 (km)', zh: '最小能见度', en: 'Lowest visibility' })
  visibility!: string | null;

  @Column({ type: weatherPhenomenon, level: 'L1', find: true, zh: '主要天气现象', en: 'Main weather phenomenon' })
  phenomenon!: string | null;
}
