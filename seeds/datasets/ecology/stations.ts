/** The monitoring stations: one of ambient air to each division and a second in the largest city district, and sections of its rivers. */
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { type Position, drawPosition, drawTown, seatOf } from '../geography.js';

export interface Station {
  readonly index: number;
  readonly code: string;
  readonly name: string;
  readonly division: string;
  readonly town: string;
  readonly position: Position;
  readonly control: 'NATIONAL' | 'REGIONAL' | 'CITY';
  readonly startedOn: string;
  /** Of a section; null for a station of air. */
  readonly water: { readonly body: string; readonly targetClass: string } | null;
}

type Control = Station['control'];

const air: readonly (readonly [division: string, name: string, control: Control, startedOn: string])[] = [
  ['150602', '东胜区政府站', 'NATIONAL', '2012-12-01'],
  ['150602', '伊煤路站', 'NATIONAL', '2013-06-01'],
  ['150603', '康巴什行政中心站', 'NATIONAL', '2012-12-01'],
  ['150621', '达拉特旗站', 'REGIONAL', '2014-09-01'],
  ['150622', '薛家湾站', 'REGIONAL', '2014-09-01'],
  ['150623', '敖勒召其站', 'REGIONAL', '2015-05-01'],
  ['150624', '乌兰镇站', 'REGIONAL', '2015-05-01'],
  ['150625', '锡尼镇站', 'REGIONAL', '2015-05-01'],
  ['150626', '嘎鲁图站', 'REGIONAL', '2014-12-01'],
  ['150627', '阿勒腾席热站', 'REGIONAL', '2014-09-01'],
];

const water: readonly (readonly [division: string, name: string, body: string, target: string, control: Control])[] = [
  ['150621', '昭君渡口断面', '黄河', '2', 'NATIONAL'],
  ['150622', '龙口断面', '黄河', '2', 'NATIONAL'],
  ['150625', '独贵塔拉断面', '黄河', '3', 'REGIONAL'],
  ['150627', '乌兰木伦断面', '乌兰木伦河', '4', 'NATIONAL'],
  ['150603', '康巴什湖断面', '乌兰木伦河', '4', 'CITY'],
  ['150626', '巴图湾断面', '无定河', '3', 'NATIONAL'],
  ['150623', '城川断面', '萨拉乌苏河', '3', 'REGIONAL'],
  ['150624', '都思兔河口断面', '都思兔河', '5', 'REGIONAL'],
  ['150621', '哈什拉川断面', '哈什拉川', '4', 'CITY'],
  ['150622', '十里长川断面', '十里长川', '4', 'CITY'],
];

const positionStream = streamOf('monitoring-station.position');
const townStream = streamOf('monitoring-station.town');

export const airStations = air.length;
export const stationCount = air.length + water.length;

/** Those of air first. */
export function stationAt({ draw }: Cast, index: number): Station {
  const ofWater = water[index - air.length];
  const [division, name, control, startedOn] = ofWater
    ? [ofWater[0], ofWater[1], ofWater[4], ofWater[4] === 'NATIONAL' ? '2016-01-01' : '2018-04-01']
    : air[index]!;
  const town = ofWater
    ? drawTown(draw, townStream, index, division, ({ kind }) => kind === 'town' || kind === 'sumu')
    : seatOf(division);
  return {
    index,
    code: `${division}${ofWater ? 'W' : 'A'}${String(index + 1).padStart(3, '0')}`,
    name,
    division,
    town: town.code,
    position: drawPosition(draw, positionStream, index, division),
    control,
    startedOn,
    water: ofWater ? { body: ofWater[2], targetClass: ofWater[3] } : null,
  };
}
