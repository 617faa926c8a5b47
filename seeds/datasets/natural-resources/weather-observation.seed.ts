/** A year of days at every station. */
import { WeatherObservation } from '../../../src/libraries/natural-resources/weather-observation.js';
import { isoOf } from '../../cast/calendar.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { firstWeatherDay, weatherDays, weatherOn, weatherPlaceAt, weatherPlaces } from './weather.js';

export const weatherObservationSeed: DatasetSeed<SeedRow<WeatherObservation, never, 'station'>> = {
  dataset: WeatherObservation,
  of: 'place',
  count: () => weatherPlaces,
  rows(cast, index) {
    const { division, number } = weatherPlaceAt(cast, index);
    return Array.from({ length: weatherDays }, (_, n) => {
      const day = firstWeatherDay + n;
      const weather = weatherOn(cast, index, day);
      return {
        division,
        stationNumber: number,
        observedOn: isoOf(day),
        meanTemperature: weather.mean.toFixed(1),
        maxTemperature: weather.max.toFixed(1),
        minTemperature: weather.min.toFixed(1),
        humidity: weather.humidity,
        pressure: weather.pressure.toFixed(1),
        precipitation: weather.precipitation.toFixed(1),
        snowDepth: weather.snowDepth,
        meanWind: weather.meanWind.toFixed(1),
        maxWind: weather.maxWind.toFixed(1),
        windDirection: weather.direction,
        sunshine: weather.sunshine.toFixed(1),
        visibility: weather.visibility.toFixed(1),
        phenomenon: weather.phenomenon,
      };
    });
  },
};
