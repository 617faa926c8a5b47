/** Enterprise portrait 企业画像, for every legal person: which libraries know it, and by which key. */
import { EnterpriseServiceCase } from '../libraries/government-services/enterprise-service-case.js';
import { Enterprise } from '../libraries/legal-person/enterprise.js';
import { EnterpriseSuccession } from '../libraries/legal-person/enterprise-succession.js';
import { Officer } from '../libraries/legal-person/officer.js';
import { Employment } from '../libraries/population/employment.js';
import { InsuranceContribution } from '../libraries/social-security/insurance-contribution.js';
import { InsuranceParticipation } from '../libraries/social-security/insurance-participation.js';
import { EnterpriseCreditRecord } from '../libraries/credit/enterprise-credit-record.js';
import { EnterpriseCreditScore } from '../libraries/credit/enterprise-credit-score.js';
import { EnterpriseListEntry } from '../libraries/credit/enterprise-list-entry.js';
import { WorkSafetyPermit } from '../libraries/emergency/work-safety-permit.js';
import { Inspection } from '../libraries/legal-person/inspection.js';
import { Licence } from '../libraries/legal-person/licence.js';
import { Penalty } from '../libraries/legal-person/penalty.js';
import { Shareholder } from '../libraries/legal-person/shareholder.js';
import { SocialOrganisation } from '../libraries/legal-person/social-organisation.js';
import { TaxRegistration } from '../libraries/legal-person/tax-registration.js';
import { AssetReport } from '../libraries/state-assets/asset-report.js';
import { StateEquity } from '../libraries/state-assets/state-equity.js';
import { StateOwnedEnterprise } from '../libraries/state-assets/state-owned-enterprise.js';
import { PollutionSource } from '../libraries/ecology/pollution-source.js';
import { DischargePermit } from '../libraries/ecology/discharge-permit.js';
import { IndustrialSite } from '../libraries/industry-energy/industrial-site.js';
import { Production } from '../libraries/industry-energy/production.js';
import { EnergyUse } from '../libraries/industry-energy/energy-use.js';
import { EnterpriseTimelineEntry } from '../libraries/portrait/enterprise-timeline-entry.js';
import { RiskPart } from '../libraries/portrait/risk-part.js';
import { RiskScore } from '../libraries/portrait/risk-score.js';
import { Standing } from '../libraries/portrait/standing.js';
import { BeneficialOwners, Many, One, Portrait, RelationGraph } from '../model/portrait.js';

@Portrait({
  kind: 'legal-person',
  zh: '企业画像',
  en: 'LegalPerson: the view of one legal person over all libraries',
  existence: { level: 'L1', sharing: 'unconditional', open: 'open', category: 'general' },
  home: () => Enterprise,
  list: 'enterprises',
  lookup: {
    field: 'enterprisePortrait',
    argument: 'creditCode',
    identifier: 'unified-social-credit-code',
    by: () => Enterprise,
    byField: 'creditCode',
  },
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

  @Many({
    of: () => InsuranceContribution,
    by: 'employer',
    zh: '社会保险缴费',
    en: 'Contributions to social insurance',
  })
  insuranceContributions!: unknown;

  @Many({ of: () => EnterpriseServiceCase, by: 'legalPerson', zh: '政务服务办件', en: 'Service cases' })
  serviceCases!: unknown;

  @Many({ of: () => Shareholder, by: 'legalPerson', zh: '股东及出资', en: 'Shareholders' })
  shareholders!: unknown;

  @Many({ of: () => Shareholder, by: 'holderLegalPerson', zh: '对外投资', en: 'Shares held in others' })
  holdings!: unknown;

  @RelationGraph({
    zh: '关联关系图谱',
    en: 'Relation graph: whom it is tied to by shares and offices',
    classification: { level: 'L1', sharing: 'unconditional', open: 'open', category: 'general' },
    links: [
      {
        kind: 'SHARE_OF_LEGAL_PERSON',
        of: () => Shareholder,
        from: 'holderLegalPerson',
        to: 'legalPerson',
        shows: ['sharePercent', 'isControlling'],
        zh: '法人持股',
        en: 'A legal person holds a share',
      },
      {
        kind: 'SHARE_OF_PERSON',
        of: () => Shareholder,
        from: 'person',
        to: 'legalPerson',
        shows: ['sharePercent', 'isControlling'],
        zh: '自然人持股',
        en: 'A person holds a share',
      },
      {
        kind: 'OFFICE',
        of: () => Officer,
        from: 'person',
        to: 'legalPerson',
        until: 'leftOn',
        shows: ['position', 'isLegalRepresentative'],
        zh: '任职',
        en: 'A person holds an office',
      },
    ],
  })
  relationGraph!: unknown;

  @BeneficialOwners({
    zh: '受益所有人（按持股链合计）',
    en: 'Beneficial owners: persons who own it in the end, by shares along chains of holdings',
    classification: { level: 'L2', sharing: 'conditional', open: 'not-open', category: 'general' },
    links: [
      {
        kind: 'SHARE_OF_LEGAL_PERSON',
        of: () => Shareholder,
        from: 'holderLegalPerson',
        to: 'legalPerson',
        share: 'sharePercent',
      },
      { kind: 'SHARE_OF_PERSON', of: () => Shareholder, from: 'person', to: 'legalPerson', share: 'sharePercent' },
    ],
  })
  beneficialOwners!: unknown;

  @One({
    of: () => SocialOrganisation,
    by: 'legalPerson',
    zh: '社会组织登记',
    en: 'Registration as a social organisation',
  })
  socialOrganisation!: unknown;

  @Many({ of: () => EnterpriseSuccession, by: 'legalPerson', zh: '承继单位', en: 'Who succeeded it' })
  successions!: unknown;

  @Many({ of: () => EnterpriseSuccession, by: 'successor', zh: '被其承继的单位', en: 'Whom it succeeded' })
  predecessors!: unknown;

  @One({ of: () => TaxRegistration, by: 'legalPerson', zh: '税务登记', en: 'Tax registration' })
  taxRegistration!: unknown;

  @Many({ of: () => Licence, by: 'legalPerson', zh: '行政许可', en: 'Licences' })
  licences!: unknown;

  @Many({ of: () => Inspection, by: 'legalPerson', zh: '监督检查', en: 'Inspections' })
  inspections!: unknown;

  @Many({ of: () => Penalty, by: 'legalPerson', zh: '行政处罚', en: 'Penalties' })
  penalties!: unknown;

  @Many({ of: () => WorkSafetyPermit, by: 'legalPerson', zh: '安全生产许可证', en: 'Work-safety permits' })
  workSafetyPermits!: unknown;

  @Many({ of: () => EnterpriseCreditRecord, by: 'legalPerson', zh: '信用记录', en: 'Credit records' })
  creditRecords!: unknown;

  @Many({ of: () => EnterpriseListEntry, by: 'legalPerson', zh: '红黑名单', en: 'Red and black lists' })
  listEntries!: unknown;

  @Many({ of: () => EnterpriseCreditScore, by: 'legalPerson', zh: '公共信用综合评价', en: 'Credit scores' })
  creditScores!: unknown;

  @One({
    of: () => StateOwnedEnterprise,
    by: 'legalPerson',
    zh: '国有企业名录',
    en: 'On the roster of state-owned enterprises',
  })
  stateOwnership!: unknown;

  @Many({
    of: () => StateOwnedEnterprise,
    by: 'parent',
    zh: '下级国有企业',
    en: 'State-owned enterprises directly below',
  })
  stateSubsidiaries!: unknown;

  @Many({ of: () => StateOwnedEnterprise, by: 'group', zh: '集团成员企业', en: 'Enterprises of its group' })
  stateGroup!: unknown;

  @Many({ of: () => StateEquity, by: 'legalPerson', zh: '国有股权', en: 'State equity in it' })
  stateEquities!: unknown;

  @Many({ of: () => StateEquity, by: 'investor', zh: '持有的国有股权', en: 'State equity it holds' })
  stateHoldings!: unknown;

  @Many({ of: () => AssetReport, by: 'legalPerson', fanOut: 20, zh: '国有资产年报', en: 'Asset reports' })
  assetReports!: unknown;

  @Many({ of: () => PollutionSource, by: 'legalPerson', zh: '污染源', en: 'Sources of pollution' })
  pollutionSources!: unknown;

  @Many({ of: () => DischargePermit, by: 'legalPerson', zh: '排污许可证', en: 'Discharge permits' })
  dischargePermits!: unknown;

  @Many({ of: () => IndustrialSite, by: 'legalPerson', zh: '矿山与工厂', en: 'Mines and plants' })
  industrialSites!: unknown;

  @Many({ of: () => Production, by: 'legalPerson', zh: '产量月报', en: 'Output by month' })
  production!: unknown;

  @Many({ of: () => EnergyUse, by: 'legalPerson', zh: '能耗月报', en: 'Energy consumption by month' })
  energyUse!: unknown;

  @One({ of: () => RiskScore, by: 'legalPerson', zh: '风险评分', en: 'Risk score' })
  riskScore!: unknown;

  @Many({ of: () => RiskPart, by: 'legalPerson', zh: '风险评分项', en: 'Parts of the risk score' })
  riskParts!: unknown;

  @One({ of: () => Standing, by: 'legalPerson', zh: '行业与区域位次', en: 'Standing in industry and division' })
  standing!: unknown;

  @Many({ of: () => EnterpriseTimelineEntry, by: 'legalPerson', zh: '时间轴', en: 'Time line' })
  timeline!: unknown;
}
