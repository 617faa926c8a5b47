/** Values by month for two years, by year since 2020, of two censuses and of thematic studies; months of divisions for headline indicators alone. */
import { IndicatorValue } from '../../../src/libraries/economy/indicator-value.js';
import { cityCode } from '../../../src/model/code-lists/divisions.js';
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { firstDayOf, monthsToDate, reportedMonths } from '../months.js';
import { type IndicatorSpec, indicatorSpecs } from './indicators.js';
import { divisionsOf, firstYear, lastYear, monthlyValue, yearOnYearOf, yearlyValue } from './series.js';

type Row = SeedRow<IndicatorValue, never, 'indicator'>;

/** Told by month for each division too. */
const headlines = new Set(['IN-COAL', 'CO-RETAIL', 'FI-REVENUE']);
const censuses: Readonly<Record<string, readonly [year: number, endsOn: string, source: string]>> = {
  'PO-CENSUS': [2020, '2020-11-01', '鄂尔多斯市第七次全国人口普查公报'],
  'PO-UNITS': [2023, '2023-12-31', '鄂尔多斯市第五次全国经济普查公报'],
};
/** Days from the end of a month to its publication; a year's bulletin takes until March. */
const monthlyDelay = 18;
const yearlyDelay = 80;

export const indicatorValueSeed: DatasetSeed<Row> = {
  dataset: IndicatorValue,
  of: 'place',
  count: () => indicatorSpecs.length,
  rows(cast, index) {
    const spec = indicatorSpecs[index]!;
    const divisions = divisionsOf(spec);
    if (spec.frequency === 'CENSUS') return divisions.map((division) => ofCensus(cast, spec, division));
    const years = Array.from({ length: lastYear - firstYear + 1 }, (_, n) => firstYear + n);
    const yearly = divisions.flatMap((division) => years.map((year) => ofYear(cast, spec, division, year)));
    if (spec.frequency !== 'MONTHLY') return yearly;
    const monthly = headlines.has(spec.code) ? divisions : [cityCode];
    return [
      ...monthly.flatMap((division) => reportedMonths.map((month) => ofMonth(cast, spec, division, month))),
      ...yearly,
    ];
  },
};

function ofMonth(cast: Cast, spec: IndicatorSpec, division: string, month: number): Row {
  const value = monthlyValue(cast, spec, division, month);
  const toDate = monthsToDate(month).reduce((sum, it) => sum + monthlyValue(cast, spec, division, it), 0);
  return {
    division,
    indicatorCode: spec.code,
    periodKind: 'MONTH',
    period: firstDayOf(month).slice(0, 7),
    ...published(dayOf(firstDayOf(month + 1)) - 1, monthlyDelay),
    value: written(spec, value),
    valueOfYear: spec.nature === 'FLOW' ? written(spec, toDate) : null,
    yearOnYear: yearOnYearOf(spec, value, monthlyValue(cast, spec, division, month - 12)),
    source: '鄂尔多斯市统计月报',
  };
}

function ofYear(cast: Cast, spec: IndicatorSpec, division: string, year: number): Row {
  const value = yearlyValue(cast, spec, division, year);
  return {
    division,
    indicatorCode: spec.code,
    periodKind: spec.frequency === 'THEMATIC' ? 'THEMATIC' : 'YEAR',
    period: String(year),
    ...published(dayOf(`${year}-12-31`), yearlyDelay),
    value: written(spec, value),
    valueOfYear: null,
    yearOnYear: yearOnYearOf(spec, value, yearlyValue(cast, spec, division, year - 1)),
    source: spec.frequency === 'THEMATIC' ? '鄂尔多斯市能源经济专题分析' : '鄂尔多斯市国民经济和社会发展统计公报',
  };
}

function ofCensus(cast: Cast, spec: IndicatorSpec, division: string): Row {
  const [year, endsOn, source] = censuses[spec.code]!;
  return {
    division,
    indicatorCode: spec.code,
    periodKind: 'CENSUS',
    period: String(year),
    ...published(dayOf(endsOn), 200),
    value: written(spec, yearlyValue(cast, spec, division, year)),
    valueOfYear: null,
    yearOnYear: null,
    source,
  };
}

/** What would be published after the day of the cast is known as a preliminary value on that day. */
function published(end: number, delay: number): Pick<Row, 'periodEndsOn' | 'state' | 'publishedOn'> {
  const isFinal = end + delay <= castDay;
  return {
    periodEndsOn: isoOf(end),
    state: isFinal ? 'FINAL' : 'PRELIMINARY',
    publishedOn: isoOf(Math.min(castDay, end + delay)),
  };
}

function written({ decimals }: IndicatorSpec, value: number): string {
  return (value / 10 ** decimals).toFixed(4);
}
