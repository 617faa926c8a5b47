/** Enterprise portrait 企业画像, for every legal person: which libraries know it, and by which key. */
import { EnterpriseServiceCase } from '../libraries/government-services/enterprise-service-case.js';
import { Enterprise } from '../libraries/legal-person/enterprise.js';
import { Officer } from '../libraries/legal-person/officer.js';
import { Employment } from '../libraries/population/employment.js';
import { InsuranceContribution } from '../libraries/social-security/insurance-contribution.js';
import { InsuranceParticipation } from '../libraries/social-security/insurance-participation.js';
import { Many, One, Portrait } from '../model/portrait.js';

@Portrait({
  kind: 'legal-person',
  zh: '企业画像',
  en: 'LegalPerson: the view of one legal person over all libraries',
  existence: { level: 'L1', sharing: 'unconditional', open: 'open', category: 'general' },
  home: () => Enterprise,
  list: 'enterprises',
  lookup: { field: 'enterprisePortrait', argument: 'creditCode', identifier: 'unified-social-credit-code', by: () => Enterprise, byField: 'creditCode' },
})
export class LegalPerson {
  @One({ of: () => Enterprise, by: 'legalPerson', zh: '登记信息', en: 'Registration' })
  registration!: unknown;

  @Many({ of: () => Officer, by: 'legalPerson', zh: '主要人员', en: 'Principal officers' })
  officers!: unknown;

  @Many({ of: () => Employment, by: 'legalPerson', zh: '员工就业登记', en: 'Staff as registered' })
  staff!: unknown;

  @Many({ of: () => InsuranceParticipation, by: 'employer', zh: '参保员工', en: 'Insured staff' })
  insuredStaff!: unknown;

  @Many({ of: () => InsuranceContribution, by: 'employer', zh: '社会保险缴费', en: 'Contributions to social insurance' })
  insuranceContributions!: unknown;

  @Many({ of: () => EnterpriseServiceCase, by: 'legalPerson', zh: '政务服务办件', en: 'Service cases' })
  serviceCases!: unknown;
}
