import { defineLibrary } from '../../model/library.js';
import { EnergyUse } from './energy-use.js';
import { IndustrialSite } from './industrial-site.js';
import { Production } from './production.js';

export const industryEnergy = defineLibrary({
  code: 'industry-energy',
  zh: '工业能源库',
  en: 'Industry and energy',
  datasets: [IndustrialSite, Production, EnergyUse],
});
