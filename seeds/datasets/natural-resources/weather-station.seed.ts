/** One weather station to each division. */
import { WeatherStation } from '../../../src/libraries/natural-resources/weather-station.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { weatherPlaceAt, weatherPlaces } from './weather.js';

export const weatherStationSeed: DatasetSeed<SeedRow<WeatherStation>> = {
  dataset: WeatherStation,
  of: 'place',
  count: () => weatherPlaces,
  rows(cast, index) {
    const { division, number, name, kind, town, position, elevation, foundedOn } = weatherPlaceAt(cast, index);
    return [
      {
        division,
        stationNumber: number,
        name,
        kind,
        town,
        ...position,
        elevation: elevation.toFixed(1),
        elements:
          kind === 'REGIONAL'
            ? '气温、降水、风向风速、气压、湿度'
            : '气温、降水、风向风速、气压、湿度、日照、能见度、积雪、天气现象',
        isAutomatic: true,
        foundedOn,
        status: 'OPERATING',
      },
    ];
  },
};
