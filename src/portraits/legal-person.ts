/** Enterprise portrait 企业画像, for every legal person: which libraries know it, and by which key. */
import { Enterprise } from '../libraries/legal-person/enterprise.js';
import { Officer } from '../libraries/legal-person/officer.js';
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
}
