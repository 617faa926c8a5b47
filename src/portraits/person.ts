/** Person portrait 人口画像: which libraries know a person, and by which key. */
import { MedicalVisit } from '../libraries/healthcare/medical-visit.js';
import { Officer } from '../libraries/legal-person/officer.js';
import { Resident } from '../libraries/population/resident.js';
import { Many, One, Portrait } from '../model/portrait.js';

@Portrait({
  kind: 'person',
  zh: '人口画像',
  en: 'Person: the view of one person over all libraries',
  existence: { level: 'L2', sharing: 'conditional', open: 'not-open', category: 'general' },
  home: () => Resident,
  list: 'persons',
  lookup: { field: 'personPortrait', argument: 'idNumber', identifier: 'resident-id-number', by: () => Resident, byField: 'idNumber' },
})
export class Person {
  @One({ of: () => Resident, by: 'person', zh: '户籍信息', en: 'Identity and residence' })
  registration!: unknown;

  @Many({ of: () => Officer, by: 'person', zh: '企业任职', en: 'Offices held in legal persons',
    classification: { level: 'L2', sharing: 'conditional', open: 'not-open', category: 'general' } })
  offices!: unknown;

  @Many({ of: () => MedicalVisit, by: 'person', zh: '就诊记录', en: 'Medical visits' })
  medicalVisits!: unknown;
}
