/** Two years of monthly samples: cold water holds more oxygen, summer rain brings more of the rest, and dirtier rivers have lower targets. */
import { WaterReading } from '../../../src/libraries/ecology/water-reading.js';
import { dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { firstDayOf, placeInYear, reportedMonths } from '../months.js';
import { type Station, airStations, stationAt, stationCount } from './stations.js';
import { type WaterItems, classOfWater, exceededItems } from './surface-water.js';

type Row = SeedRow<WaterReading, never, 'station'>;

const streams = {
  day: streamOf('water-reading.day'),
  item: streamOf('water-reading.item'),
  worse: streamOf('water-reading.worse'),
};
/** Degrees of the water, by month; rivers are frozen over in winter. */
const temperatures = [0.4, 0.6, 4, 10, 16, 20.5, 23, 21.5, 16.5, 9.5, 3.5, 0.6];

export const waterReadingSeed: DatasetSeed<Row> = {
  dataset: WaterReading,
  of: 'place',
  count: () => stationCount - airStations,
  rows(cast, index) {
    const station = stationAt(cast, airStations + index);
    return reportedMonths.map((month) => describeSample(cast, station, month));
  },
};

function describeSample(cast: Cast, station: Station, month: number): Row {
  const { draw } = cast;
  const at = station.index * 1200 + (month % 1200);
  const target = Number(station.water!.targetClass);
  const temperature = temperatures[placeInYear(month)]! + 2 * draw.unit(streams.day, at + 0x2000_0000);
  const items = itemsOf(cast, at, target, temperature);
  const exceeded = exceededItems(items, target);
  return {
    division: station.division,
    stationCode: station.code,
    sampledOn: isoOf(dayOf(firstDayOf(month)) + draw.between(streams.day, at, 0, 9)),
    temperature: temperature.toFixed(1),
    ph: (7.6 + 0.9 * draw.unit(streams.item, at * 8 + 7)).toFixed(2),
    dissolvedOxygen: items.dissolvedOxygen.toFixed(2),
    permanganateIndex: items.permanganateIndex.toFixed(2),
    cod: items.cod.toFixed(1),
    bod5: items.bod5.toFixed(2),
    ammoniaNitrogen: items.ammoniaNitrogen.toFixed(3),
    totalPhosphorus: items.totalPhosphorus.toFixed(3),
    fluoride: items.fluoride.toFixed(2),
    waterClass: String(classOfWater(items)),
    meetsTarget: exceeded.length === 0,
    exceededItems: exceeded.length === 0 ? null : exceeded.join('、'),
  };
}

/** Mostly well within the target; now and then a month is worse. Rounded as they are told, so that the class follows from what is told. */
function itemsOf({ draw }: Cast, at: number, target: number, temperature: number): WaterItems {
  const worse = draw.chance(streams.worse, at, 0.1) ? 1.5 : 1;
  const flood = temperature > 18 ? 1.15 : 1;
  const part = (n: number): number => (0.45 + 0.4 * draw.unit(streams.item, at * 8 + n)) * worse * flood;
  const of = (ends: readonly number[], n: number, digits: number): number => round(ends[target - 1]! * part(n), digits);
  return {
    dissolvedOxygen: round(
      (13.6 - 0.24 * temperature) * (1.02 - 0.08 * target * worse * (0.6 + 0.4 * draw.unit(streams.item, at * 8))),
      2,
    ),
    permanganateIndex: of([2, 4, 6, 10, 15], 1, 2),
    cod: of([15, 15, 20, 30, 40], 2, 1),
    bod5: of([3, 3, 4, 6, 10], 3, 2),
    ammoniaNitrogen: of([0.15, 0.5, 1, 1.5, 2], 4, 3),
    totalPhosphorus: of([0.02, 0.1, 0.2, 0.3, 0.4], 5, 3),
    fluoride: of([1, 1, 1, 1.5, 1.5], 6, 2),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
