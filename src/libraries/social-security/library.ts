import { defineLibrary } from '../../model/library.js';
import { InsuranceBenefit } from './insurance-benefit.js';
import { InsuranceContribution } from './insurance-contribution.js';
import { InsuranceParticipation } from './insurance-participation.js';

export const socialSecurity = defineLibrary({
  code: 'social-security',
  zh: '社会保障库',
  en: 'Social security',
  datasets: [InsuranceParticipation, InsuranceContribution, InsuranceBenefit],
});
