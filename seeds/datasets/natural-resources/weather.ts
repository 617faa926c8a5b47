/**
 * The weather of the city, day by day and station by station: a continental year, spells of warm and cold that all stations share, rain in
 * summer, dust in spring. Air quality looks here as well, so that a dusty day is dusty in both.
 */
import { castYear, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { type Draw, streamOf } from '../../cast/draw.js';
import { type Position, areaOf, drawPosition, seatOf } from '../geography.js';

export interface WeatherPlace {
  readonly index: number;
  readonly division: string;
  readonly number: string;
  readonly name: string;
  readonly kind: 'REFERENCE_CLIMATE' | 'BASIC' | 'ORDINARY' | 'REGIONAL';
  readonly town: string;
  readonly position: Position;
  readonly elevation: number;
  readonly foundedOn: string;
}

export interface DayOfWeather {
  readonly mean: number;
  readonly max: number;
  readonly min: number;
  readonly humidity: number;
  readonly pressure: number;
  /** Millimetres. */
  readonly precipitation: number;
  readonly snowDepth: number | null;
  readonly meanWind: number;
  readonly maxWind: number;
  readonly direction: string;
  readonly sunshine: number;
  readonly visibility: number;
  readonly phenomenon: 'NONE' | 'RAIN' | 'THUNDERSTORM' | 'SNOW' | 'DUST' | 'HAZE';
}

const streams = {
  position: streamOf('weather.position'),
  spell: streamOf('weather.spell'),
  local: streamOf('weather.local'),
  range: streamOf('weather.range'),
  wet: streamOf('weather.wet'),
  amount: streamOf('weather.amount'),
  wind: streamOf('weather.wind'),
  gust: streamOf('weather.gust'),
  direction: streamOf('weather.direction'),
  haze: streamOf('weather.haze'),
};

type Row = readonly [division: string, number: string, name: string, kind: WeatherPlace['kind'], foundedOn: string];

const rows: readonly Row[] = [
  ['150602', '53543', '东胜', 'BASIC', '1956-12-01'],
  ['150603', 'C6031', '康巴什', 'REGIONAL', '2010-07-01'],
  ['150621', '53457', '达拉特旗', 'ORDINARY', '1957-01-01'],
  ['150622', '53553', '准格尔旗', 'ORDINARY', '1958-10-01'],
  ['150623', '53730', '鄂托克前旗', 'ORDINARY', '1974-01-01'],
  ['150624', '53529', '鄂托克旗', 'REFERENCE_CLIMATE', '1954-10-01'],
  ['150625', '53533', '杭锦旗', 'ORDINARY', '1958-11-01'],
  ['150626', '53644', '乌审旗', 'ORDINARY', '1958-12-01'],
  ['150627', '53545', '伊金霍洛旗', 'BASIC', '1958-11-01'],
];

export const firstWeatherDay = dayOf(`${castYear}-01-01`);
/** Days of a year that is told. */
export const weatherDays = dayOf(`${castYear + 1}-01-01`) - firstWeatherDay;
export const weatherPlaces = rows.length;

const windNames = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;
/** Chance of precipitation on a day, by month. */
const wetChance = [0.05, 0.06, 0.09, 0.11, 0.15, 0.22, 0.33, 0.32, 0.23, 0.13, 0.07, 0.05];
/** Its mean, millimetres on a wet day. */
const wetAmount = [1, 1.4, 2.4, 3.8, 5, 6.5, 9, 9.5, 6.5, 4.5, 2.2, 1];

export function weatherPlaceAt({ draw }: Cast, index: number): WeatherPlace {
  const [division, number, name, kind, foundedOn] = rows[index]!;
  return {
    index,
    division,
    number,
    name: `${name}气象站`,
    kind,
    town: seatOf(division).code,
    position: drawPosition(draw, streams.position, index, division),
    elevation: areaOf(division).elevation + draw.between(streams.position, index, -15, 15),
    foundedOn,
  };
}

/** The index of the station that stands for a division. */
export function weatherPlaceOf(division: string): number {
  return rows.findIndex(([of]) => of === division);
}

/** @param day since 1970-01-01 */
export function weatherOn(cast: Cast, place: number, day: number): DayOfWeather {
  const { draw } = cast;
  const at = place * 4000 + (day % 4000);
  const month = Number(isoOf(day).slice(5, 7)) - 1;
  const { elevation } = weatherPlaceAt(cast, place);
  const wetness = wetnessOn(draw, day, at, wetChance[month]!);
  const precipitation = tenth(wetness === null ? 0 : 0.1 + -Math.log(1 - wetness) * wetAmount[month]!);
  const mean = tenth(
    meanOn(draw, day, elevation) + 1.6 * (draw.unit(streams.local, at) - 0.5) - (precipitation > 2 ? 1.5 : 0),
  );
  const half = (precipitation > 0 ? 3 : 6) + 2.5 * draw.unit(streams.range, at);
  const springWind = month >= 2 && month <= 4 ? 1.3 : 0;
  const meanWind = tenth(
    1.2 + springWind + 4.2 * draw.unit(streams.wind, day) ** 3 + 0.8 * draw.unit(streams.wind, at + 0x2000_0000),
  );
  const maxWind = tenth(meanWind * (1.9 + 0.8 * draw.unit(streams.gust, at)) + 1);
  const isDusty = month >= 2 && month <= 4 && precipitation === 0 && maxWind >= 11;
  const isHazy =
    (month <= 1 || month >= 10) && meanWind < 2 && precipitation === 0 && draw.chance(streams.haze, day, 0.35);
  const daylight = 12.1 - 2.8 * Math.cos(season(day));
  return {
    mean,
    max: tenth(mean + half),
    min: tenth(mean - half),
    humidity: Math.round(
      38 +
        (precipitation > 0 ? 30 : 0) +
        14 * Math.sin(season(day) - 1.9) +
        10 * draw.unit(streams.local, at + 0x2000_0000),
    ),
    pressure: tenth(
      1013.25 * Math.exp(-elevation / 8430) + 5 * Math.cos(season(day)) + 4 * (draw.unit(streams.spell, day) - 0.5),
    ),
    precipitation,
    snowDepth: precipitation > 0 && mean < 0 ? Math.max(1, Math.round(precipitation)) : null,
    meanWind,
    maxWind,
    direction: windNames[(month <= 3 || month >= 9 ? 5 : 2) + draw.below(streams.direction, at, 3)]!,
    sunshine: tenth(
      Math.max(0, daylight * (precipitation > 0 ? 0.25 : 0.62 + 0.3 * draw.unit(streams.range, at + 0x2000_0000))),
    ),
    visibility: tenth(
      isDusty
        ? 0.5 + 5 * draw.unit(streams.haze, at)
        : isHazy
          ? 2 + 4 * draw.unit(streams.haze, at)
          : 14 + 16 * draw.unit(streams.haze, at),
    ),
    phenomenon: phenomenonOf(precipitation, mean, month, isDusty, isHazy),
  };
}

/** The coldest day is in the middle of January; 6.5 degrees are lost with each 1,000 metres. */
function meanOn(draw: Draw, day: number, elevation: number): number {
  const spells = 5 * (smooth(draw, day / 6) - 0.5) + 5 * (smooth(draw, day / 17 + 50_000) - 0.5);
  return 7.3 - 16.4 * Math.cos(season(day)) - ((elevation - 1300) * 6.5) / 1000 + spells;
}

/** Most rain falls everywhere on the same days. The amount as a number from 0 to 1, or null on a dry day. */
function wetnessOn(draw: Draw, day: number, at: number, chance: number): number | null {
  const isWet = draw.chance(streams.wet, day, chance)
    ? draw.chance(streams.wet, at + 0x2000_0000, 0.85)
    : draw.chance(streams.wet, at + 0x2000_0000, chance * 0.12);
  return isWet ? draw.unit(streams.amount, at) * 0.98 : null;
}

function phenomenonOf(
  precipitation: number,
  mean: number,
  month: number,
  isDusty: boolean,
  isHazy: boolean,
): DayOfWeather['phenomenon'] {
  if (precipitation > 0)
    return mean < 0 ? 'SNOW' : precipitation > 12 && month >= 4 && month <= 8 ? 'THUNDERSTORM' : 'RAIN';
  if (isDusty) return 'DUST';
  return isHazy ? 'HAZE' : 'NONE';
}

/** Radians from the coldest day. */
function season(day: number): number {
  return ((day - dayOf('2025-01-16')) * 2 * Math.PI) / 365.2425;
}

/** Noise from 0 to 1 that changes slowly. */
function smooth(draw: Draw, at: number): number {
  const from = Math.floor(at);
  const part = (1 - Math.cos((at - from) * Math.PI)) / 2;
  return (
    draw.unit(streams.spell, from + 0x1000_0000) * (1 - part) + draw.unit(streams.spell, from + 1 + 0x1000_0000) * part
  );
}

/** Without negative zero. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
