import { defineLibrary } from '../../model/library.js';
import { MedicalVisit } from './medical-visit.js';

export const healthcare = defineLibrary({ code: 'healthcare', zh: '医疗健康库', en: 'Healthcare', datasets: [MedicalVisit] });
