/** A year of days at every station of air: smoke in the heating season, dust in spring with the weather's dust, ozone in summer, less after rain. */
import { AirReading } from '../../../src/libraries/ecology/air-reading.js';
import { isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { firstWeatherDay, weatherDays, weatherOn, weatherPlaceOf } from '../natural-resources/weather.js';
import { type AirConcentrations, airQualityIndex } from './air-quality-index.js';
import { airStations, stationAt } from './stations.js';

const streams = {
  day: streamOf('air-reading.day'),
  local: streamOf('air-reading.local'),
  dust: streamOf('air-reading.dust'),
};

export const airReadingSeed: DatasetSeed<SeedRow<AirReading, never, 'station'>> = {
  dataset: AirReading,
  of: 'place',
  count: () => airStations,
  rows(cast, index) {
    const { code, division } = stationAt(cast, index);
    return Array.from({ length: weatherDays }, (_, n) => {
      const day = firstWeatherDay + n;
      const { values, isDusty } = airOn(cast, index, division, day);
      const { aqi, level, primary } = airQualityIndex(values);
      return {
        division,
        stationCode: code,
        observedOn: isoOf(day),
        so2: values.SO2,
        no2: values.NO2,
        pm10: values.PM10,
        pm25: values.PM2_5,
        co: values.CO.toFixed(1),
        o3: values.O3,
        aqi,
        airQualityLevel: level,
        primaryPollutant: primary,
        isDustAffected: isDusty,
      };
    });
  },
};

function airOn(
  cast: Cast,
  index: number,
  division: string,
  day: number,
): { values: AirConcentrations; isDusty: boolean } {
  const { draw } = cast;
  const weather = weatherOn(cast, weatherPlaceOf(division), day);
  const at = index * 4000 + (day % 4000);
  // 1 when it is very cold, 0 when it is warm: how much is heated.
  const heating = Math.min(1, Math.max(0, (8 - weather.mean) / 20));
  const still = 1.4 - Math.min(1, weather.meanWind / 8);
  const washed = weather.precipitation > 1 ? 0.55 : 1;
  const spread =
    (0.7 + 0.6 * draw.unit(streams.day, day)) * (0.85 + 0.3 * draw.unit(streams.local, at)) * still * washed;
  const haze = weather.phenomenon === 'HAZE' ? 1.8 : 1;
  const isDusty = weather.phenomenon === 'DUST';
  const dust = isDusty ? 90 + 330 * draw.unit(streams.dust, day) : 0;
  const fine = (13 + 22 * heating) * spread * haze;
  return {
    isDusty,
    values: {
      SO2: Math.max(3, Math.round((7 + 14 * heating) * spread)),
      NO2: Math.max(5, Math.round((16 + 18 * heating) * spread)),
      PM10: Math.round(fine * 1.9 + 14 * washed + dust),
      CO: Math.max(0.2, Math.round((0.4 + 0.7 * heating) * spread * 10) / 10),
      O3: Math.round(
        62 +
          2.6 *
            Math.max(0, weather.max - 5) *
            (weather.precipitation > 0 ? 0.6 : 0.9 + 0.35 * draw.unit(streams.local, at + 0x2000_0000)),
      ),
      PM2_5: Math.round(fine + dust * 0.22),
    },
  };
}
