import { defineLibrary } from '../../model/library.js';
import { EnterpriseCreditRecord } from './enterprise-credit-record.js';
import { EnterpriseCreditScore } from './enterprise-credit-score.js';
import { EnterpriseListEntry } from './enterprise-list-entry.js';
import { PersonCreditRecord } from './person-credit-record.js';
import { PersonCreditScore } from './person-credit-score.js';
import { PersonListEntry } from './person-list-entry.js';

export const credit = defineLibrary({
  code: 'credit',
  zh: '信用体系库',
  en: 'Credit',
  datasets: [
    EnterpriseCreditRecord,
    PersonCreditRecord,
    EnterpriseListEntry,
    PersonListEntry,
    EnterpriseCreditScore,
    PersonCreditScore,
  ],
});
