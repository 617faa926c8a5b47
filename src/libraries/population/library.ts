import { defineLibrary } from '../../model/library.js';
import { Resident } from './resident.js';

export const population = defineLibrary({ code: 'population', zh: '人口库', en: 'Population', datasets: [Resident] });
