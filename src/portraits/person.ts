/** Person portrait 人口画像: which libraries know a person, and by which key. */
import { PersonServiceCase } from '../libraries/government-services/person-service-case.js';
import { MedicalVisit } from '../libraries/healthcare/medical-visit.js';
import { Vaccination } from '../libraries/healthcare/vaccination.js';
import { Officer } from '../libraries/legal-person/officer.js';
import { EducationRecord } from '../libraries/population/education-record.js';
import { Employment } from '../libraries/population/employment.js';
import { HealthFile } from '../libraries/population/health-file.js';
import { HouseholdMember } from '../libraries/population/household-member.js';
import { MarriageRegistration } from '../libraries/population/marriage-registration.js';
import { ParentChild } from '../libraries/population/parent-child.js';
import { Resident } from '../libraries/population/resident.js';
import { InsuranceBenefit } from '../libraries/social-security/insurance-benefit.js';
import { InsuranceContribution } from '../libraries/social-security/insurance-contribution.js';
import { InsuranceParticipation } from '../libraries/social-security/insurance-participation.js';
import { PersonCreditRecord } from '../libraries/credit/person-credit-record.js';
import { PersonCreditScore } from '../libraries/credit/person-credit-score.js';
import { PersonListEntry } from '../libraries/credit/person-list-entry.js';
import { Shareholder } from '../libraries/legal-person/shareholder.js';
import { HealthTag } from '../libraries/portrait/health-tag.js';
import { PersonTag } from '../libraries/portrait/person-tag.js';
import { SocialSecurityTag } from '../libraries/portrait/social-security-tag.js';
import { Many, One, Peers, Portrait } from '../model/portrait.js';

@Portrait({
  kind: 'person',
  zh: '人口画像',
  en: 'Person: the view of one person over all libraries',
  existence: { level: 'L2', sharing: 'conditional', open: 'not-open', category: 'general' },
  home: () => Resident,
  list: 'persons',
  lookup: {
    field: 'personPortrait',
    argument: 'idNumber',
    identifier: 'resident-id-number',
    by: () => Resident,
    byField: 'idNumber',
  },
})
export class Person {
  @One({ of: () => Resident, by: 'person', zh: '户籍信息', en: 'Identity and residence' })
  registration!: unknown;

  @One({ of: () => HouseholdMember, by: 'person', zh: '家庭户', en: 'Household' })
  household!: unknown;

  @Many({ of: () => MarriageRegistration, by: 'person', fanOut: 5, zh: '婚姻登记', en: 'Marriages and divorces' })
  marriages!: unknown;

  @Many({ of: () => ParentChild, by: 'child', fanOut: 2, zh: '父母', en: 'Parents' })
  parents!: unknown;

  @Many({ of: () => ParentChild, by: 'parent', fanOut: 8, zh: '子女', en: 'Children' })
  children!: unknown;

  @Peers({
    of: () => HouseholdMember,
    by: 'person',
    through: 'householdNumber',
    until: 'leftOn',
    zh: '同户成员',
    en: 'Members of the same household',
  })
  housemates!: unknown;

  @Many({ of: () => EducationRecord, by: 'person', fanOut: 8, zh: '教育', en: 'Education' })
  educationRecords!: unknown;

  @Many({ of: () => Employment, by: 'person', zh: '就业', en: 'Employment' })
  employments!: unknown;

  @Peers({
    of: () => Employment,
    by: 'person',
    through: 'legalPerson',
    until: 'endedOn',
    zh: '同事（同一用人单位在职）',
    en: 'Colleagues: others who are employed by the same employer now',
  })
  colleagues!: unknown;

  @Many({
    of: () => Officer,
    by: 'person',
    zh: '企业任职',
    en: 'Offices held in legal persons',
    classification: { level: 'L2', sharing: 'conditional', open: 'not-open', category: 'general' },
  })
  offices!: unknown;

  @Peers({
    of: () => Officer,
    by: 'person',
    through: 'legalPerson',
    until: 'leftOn',
    zh: '共同任职人员',
    en: 'Co-officers: others who hold an office in the same legal person now',
    classification: { level: 'L2', sharing: 'conditional', open: 'not-open', category: 'general' },
  })
  coOfficers!: unknown;

  @Many({ of: () => MedicalVisit, by: 'person', zh: '就诊记录', en: 'Medical visits' })
  medicalVisits!: unknown;

  @Many({ of: () => Vaccination, by: 'person', zh: '预防接种', en: 'Vaccinations' })
  vaccinations!: unknown;

  @One({ of: () => HealthFile, by: 'person', zh: '健康档案', en: 'Health file' })
  healthFile!: unknown;

  @Many({ of: () => InsuranceParticipation, by: 'person', fanOut: 6, zh: '社会保险参保', en: 'Social insurance' })
  insuranceParticipations!: unknown;

  @Many({ of: () => InsuranceContribution, by: 'person', zh: '社会保险缴费', en: 'Contributions to social insurance' })
  insuranceContributions!: unknown;

  @Many({ of: () => InsuranceBenefit, by: 'person', zh: '社会保险待遇', en: 'Benefits of social insurance' })
  insuranceBenefits!: unknown;

  @Many({ of: () => PersonServiceCase, by: 'person', zh: '政务服务办件', en: 'Service cases' })
  serviceCases!: unknown;

  @Many({
    of: () => Shareholder,
    by: 'person',
    zh: '持有股权',
    en: 'Shares held in legal persons',
    classification: { level: 'L2', sharing: 'conditional', open: 'not-open', category: 'general' },
  })
  shareholdings!: unknown;

  @Many({ of: () => PersonCreditRecord, by: 'person', zh: '信用记录', en: 'Credit records' })
  creditRecords!: unknown;

  @Many({ of: () => PersonListEntry, by: 'person', zh: '红黑名单', en: 'Red and black lists' })
  listEntries!: unknown;

  @Many({ of: () => PersonCreditScore, by: 'person', zh: '信用评分', en: 'Credit scores' })
  creditScores!: unknown;

  @Many({ of: () => PersonTag, by: 'person', zh: '人口标签', en: 'Tags' })
  tags!: unknown;

  @Many({ of: () => SocialSecurityTag, by: 'person', zh: '就业社保标签', en: 'Tags by employment and insurance' })
  socialSecurityTags!: unknown;

  @Many({ of: () => HealthTag, by: 'person', zh: '健康标签', en: 'Tags by health' })
  healthTags!: unknown;
}
