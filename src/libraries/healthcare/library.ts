import { defineLibrary } from '../../model/library.js';
import { MedicalInstitution } from './medical-institution.js';
import { MedicalVisit } from './medical-visit.js';
import { Vaccination } from './vaccination.js';

export const healthcare = defineLibrary({
  code: 'healthcare',
  zh: '医疗健康库',
  en: 'Healthcare',
  datasets: [MedicalInstitution, MedicalVisit, Vaccination],
});
