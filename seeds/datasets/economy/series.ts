/**
 * Values of indicators in whole units of their last decimal, so that they add up exactly: the city is the sum of its divisions, a year of
 * a flow the sum of its months, that of a stock its December, that of an average or an index their mean.
 */
import { cityCode } from '../../../src/model/code-lists/divisions.js';
import { castYear } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { areas } from '../geography.js';
import { placeInYear, yearOfMonth } from '../months.js';
import { type IndicatorSpec, baseYear } from './indicators.js';

export const firstYear = 2020;
export const lastYear = castYear;
const yearStream = streamOf('indicator.year');
const monthStream = streamOf('indicator.month');
const divisionStream = streamOf('indicator.division');

const order = areas.map(({ division }) => division);

/** The city and, where its value is spread over them, the nine. */
export function divisionsOf({ shares }: IndicatorSpec): string[] {
  return shares === null ? [cityCode] : [cityCode, ...order];
}

/** Of a month as `months.ts` numbers them. */
export function monthlyValue(cast: Cast, spec: IndicatorSpec, division: string, month: number): number {
  if (spec.nature === 'INDEX') return indexOf(cast, spec, month);
  const ofYear = levelOf(cast, spec, yearOfMonth(month));
  if (spec.nature !== 'FLOW') throw new RangeError(`${spec.code}: only flows and indexes are told by month`);
  const seasons = spec.season.reduce((sum, part) => sum + part, 0);
  const noise = 0.97 + 0.06 * cast.draw.unit(monthStream ^ streamOf(spec.code), month);
  return spread(cast, spec, division, (ofYear * spec.season[placeInYear(month)]! * noise) / seasons, month);
}

export function yearlyValue(cast: Cast, spec: IndicatorSpec, division: string, year: number): number {
  if (spec.frequency !== 'MONTHLY') return spread(cast, spec, division, levelOf(cast, spec, year), year * 12);
  const months = Array.from({ length: 12 }, (_, n) => monthlyValue(cast, spec, division, year * 12 + n));
  const sum = months.reduce((total, value) => total + value, 0);
  return spec.nature === 'FLOW' ? sum : Math.round(sum / 12);
}

/** Per cent, two decimals; of an index what it says itself. */
export function yearOnYearOf({ nature, decimals }: IndicatorSpec, value: number, before: number): string | null {
  if (nature === 'INDEX') return (value / 10 ** decimals - 100).toFixed(2);
  return before > 0 ? ((value / before - 1) * 100).toFixed(2) : null;
}

/** The city's level in a year, growing on from the base year by its rate and some chance. */
function levelOf({ draw }: Cast, spec: IndicatorSpec, year: number): number {
  const rate = (of: number): number =>
    1 + (spec.growth + 3 * (draw.unit(yearStream ^ streamOf(spec.code), of) - 0.5) * (spec.growth === 0 ? 0 : 1)) / 100;
  let level = spec.base;
  for (let at = baseYear + 1; at <= year; at++) level *= rate(at);
  for (let at = baseYear; at > year; at--) level /= rate(at);
  return level * 10 ** spec.decimals;
}

/** A division's part by its share, a little different each time; the city is what the parts come to. */
function spread(cast: Cast, spec: IndicatorSpec, division: string, value: number, at: number): number {
  const { shares } = spec;
  if (shares === null) return Math.round(value);
  const part = (n: number): number =>
    Math.round(value * shares[n]! * (0.985 + 0.03 * cast.draw.unit(divisionStream ^ streamOf(spec.code), at * 16 + n)));
  if (division !== cityCode) return part(order.indexOf(division));
  return order.reduce((sum, _, n) => sum + part(n), 0);
}

function indexOf({ draw }: Cast, spec: IndicatorSpec, month: number): number {
  const ofYear = 1.6 * (draw.unit(yearStream ^ streamOf(spec.code), yearOfMonth(month)) - 0.5);
  const ofMonth = 0.8 * (draw.unit(monthStream ^ streamOf(spec.code), month) - 0.5);
  return Math.round((spec.base + ofYear + ofMonth) * 10 ** spec.decimals);
}
