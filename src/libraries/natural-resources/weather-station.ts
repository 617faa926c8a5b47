/** Surface weather stations. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { towns } from '../../model/code-lists/towns.js';
import { boolean, code, date, decimal, oneOf, text } from '../../model/value-type.js';

const weatherStationKind = oneOf({
  name: 'WeatherStationKind',
  zh: '气象站类别',
  en: 'Kind of weather station',
  values: {
    REFERENCE_CLIMATE: { zh: '国家基准气候站', en: 'National reference climate station' },
    BASIC: { zh: '国家基本气象站', en: 'National basic weather station' },
    ORDINARY: { zh: '国家气象观测站', en: 'National weather observing station' },
    REGIONAL: { zh: '区域自动气象站', en: 'Regional automatic weather station' },
  },
});

const weatherStationStatus = oneOf({
  name: 'WeatherStationStatus',
  zh: '气象站状态',
  en: 'Status of a weather station',
  values: {
    OPERATING: { zh: '运行', en: 'Operating' },
    CLOSED: { zh: '撤销', en: 'Closed' },
  },
});

@Dataset({
  library: 'natural-resources',
  table: 'weather_station',
  list: 'weatherStations',
  zh: '气象站',
  en: 'WeatherStation: a surface weather station',
  provider: '150600-meteorology',
  resource: '3/06/03/001/000003',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['stationNumber'],
})
export class WeatherStation extends LibraryRow {
  @Place({ level: 'L1', zh: '所在行政区划代码', en: 'Division where it stands' })
  division!: string;

  @Column({
    type: text(10),
    level: 'L1',
    required: true,
    zh: '区站号',
    en: 'Station number: block and station, or a letter and four digits where regional',
  })
  stationNumber!: string;

  @Column({ type: text(100), level: 'L1', required: true, find: true, zh: '站名', en: 'Name of the station' })
  name!: string;

  @Column({ type: weatherStationKind, level: 'L1', required: true, find: true, zh: '站类', en: 'Kind of station' })
  kind!: string;

  @Column({ type: code(towns), level: 'L1', zh: '所在街道（乡镇）代码', en: 'Town where it stands' })
  town!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '经度', en: 'Longitude' })
  longitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '纬度', en: 'Latitude' })
  latitude!: string | null;

  @Column({
    type: decimal(6, 1),
    level: 'L1',
    unit: '米 (m)',
    zh: '观测场海拔高度',
    en: 'Elevation of the observing field',
  })
  elevation!: string | null;

  @Column({ type: text(200), level: 'L1', zh: '观测要素', en: 'What it observes' })
  elements!: string | null;

  @Column({ type: boolean, level: 'L1', required: true, zh: '是否自动观测', en: 'Whether it observes by itself' })
  isAutomatic!: boolean;

  @Column({ type: date, level: 'L1', zh: '建站日期', en: 'Date of founding' })
  foundedOn!: string | null;

  @Column({ type: weatherStationStatus, level: 'L1', required: true, zh: '状态', en: 'Status' })
  status!: string;
}
