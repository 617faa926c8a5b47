import { defineLibrary } from '../../model/library.js';
import { Division } from './division.js';
import { ForestParcel } from './forest-parcel.js';
import { HazardSite } from './hazard-site.js';
import { Road } from './road.js';
import { UrbanComponent } from './urban-component.js';
import { WeatherObservation } from './weather-observation.js';
import { WeatherStation } from './weather-station.js';

export const naturalResources = defineLibrary({
  code: 'natural-resources',
  zh: '自然资源库',
  en: 'Natural resources',
  datasets: [Division, UrbanComponent, Road, WeatherStation, WeatherObservation, HazardSite, ForestParcel],
});
