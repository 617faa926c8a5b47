import { defineLibrary } from '../../model/library.js';
import { Enterprise } from './enterprise.js';
import { EnterpriseSuccession } from './enterprise-succession.js';
import { Inspection } from './inspection.js';
import { Licence } from './licence.js';
import { Officer } from './officer.js';
import { Penalty } from './penalty.js';
import { Shareholder } from './shareholder.js';
import { SocialOrganisation } from './social-organisation.js';
import { TaxRegistration } from './tax-registration.js';

export const legalPerson = defineLibrary({
  code: 'legal-person',
  zh: '法人库',
  en: 'Legal persons',
  datasets: [
    Enterprise,
    Officer,
    Shareholder,
    SocialOrganisation,
    TaxRegistration,
    Licence,
    Inspection,
    Penalty,
    EnterpriseSuccession,
  ],
});
