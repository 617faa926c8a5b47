import { defineLibrary } from '../../model/library.js';
import { AirReading } from './air-reading.js';
import { DischargePermit } from './discharge-permit.js';
import { MonitoringStation } from './monitoring-station.js';
import { PollutionSource } from './pollution-source.js';
import { WaterReading } from './water-reading.js';

export const ecology = defineLibrary({
  code: 'ecology',
  zh: '生态环保库',
  en: 'Ecology and environment',
  datasets: [MonitoringStation, AirReading, WaterReading, PollutionSource, DischargePermit],
});
