/**
 * The seeds of all datasets, one explicit line each. They stand here and not beside the datasets: a seed needs the cast, and a library
 * knows nothing but the model.
 */
import type { DatasetSeed } from './dataset-seed.js';
import { medicalVisitSeed } from './healthcare/medical-visit.seed.js';
import { enterpriseSeed } from './legal-person/enterprise.seed.js';
import { enterpriseSuccessionSeed } from './legal-person/enterprise-succession.seed.js';
import { officerSeed } from './legal-person/officer.seed.js';
import { residentSeed } from './population/resident.seed.js';
import { householdMemberSeed } from './population/household-member.seed.js';
import { healthFileSeed } from './population/health-file.seed.js';
import { marriageRegistrationSeed } from './population/marriage-registration.seed.js';
import { employmentSeed } from './population/employment.seed.js';
import { educationRecordSeed } from './population/education-record.seed.js';
import { parentChildSeed } from './population/parent-child.seed.js';
import { medicalInstitutionSeed } from './healthcare/medical-institution.seed.js';
import { vaccinationSeed } from './healthcare/vaccination.seed.js';
import { insuranceParticipationSeed } from './social-security/insurance-participation.seed.js';
import { insuranceContributionSeed } from './social-security/insurance-contribution.seed.js';
import { insuranceBenefitSeed } from './social-security/insurance-benefit.seed.js';
import { serviceItemSeed } from './government-services/service-item.seed.js';
import { personServiceCaseSeed } from './government-services/person-service-case.seed.js';
import { enterpriseServiceCaseSeed } from './government-services/enterprise-service-case.seed.js';
import { shareholderSeed } from './legal-person/shareholder.seed.js';
import { socialOrganisationSeed } from './legal-person/social-organisation.seed.js';
import { taxRegistrationSeed } from './legal-person/tax-registration.seed.js';
import { licenceSeed } from './legal-person/licence.seed.js';
import { inspectionSeed } from './legal-person/inspection.seed.js';
import { penaltySeed } from './legal-person/penalty.seed.js';
import { enterpriseCreditRecordSeed } from './credit/enterprise-credit-record.seed.js';
import { personCreditRecordSeed } from './credit/person-credit-record.seed.js';
import { enterpriseListEntrySeed } from './credit/enterprise-list-entry.seed.js';
import { personListEntrySeed } from './credit/person-list-entry.seed.js';
import { enterpriseCreditScoreSeed } from './credit/enterprise-credit-score.seed.js';
import { personCreditScoreSeed } from './credit/person-credit-score.seed.js';
import { stateOwnedEnterpriseSeed } from './state-assets/state-owned-enterprise.seed.js';
import { stateEquitySeed } from './state-assets/state-equity.seed.js';
import { assetReportSeed } from './state-assets/asset-report.seed.js';
import { emergencyEventSeed } from './emergency/emergency-event.seed.js';
import { emergencySupplySeed } from './emergency/emergency-supply.seed.js';
import { workSafetyPermitSeed } from './emergency/work-safety-permit.seed.js';
import { divisionSeed } from './natural-resources/division.seed.js';
import { urbanComponentSeed } from './natural-resources/urban-component.seed.js';
import { roadSeed } from './natural-resources/road.seed.js';
import { weatherStationSeed } from './natural-resources/weather-station.seed.js';
import { weatherObservationSeed } from './natural-resources/weather-observation.seed.js';
import { hazardSiteSeed } from './natural-resources/hazard-site.seed.js';
import { forestParcelSeed } from './natural-resources/forest-parcel.seed.js';
import { indicatorSeed } from './economy/indicator.seed.js';
import { indicatorValueSeed } from './economy/indicator-value.seed.js';
import { monitoringStationSeed } from './ecology/monitoring-station.seed.js';
import { airReadingSeed } from './ecology/air-reading.seed.js';
import { waterReadingSeed } from './ecology/water-reading.seed.js';
import { pollutionSourceSeed } from './ecology/pollution-source.seed.js';
import { dischargePermitSeed } from './ecology/discharge-permit.seed.js';
import { industrialSiteSeed } from './industry-energy/industrial-site.seed.js';
import { productionSeed } from './industry-energy/production.seed.js';
import { energyUseSeed } from './industry-energy/energy-use.seed.js';

export const datasetSeeds: readonly DatasetSeed[] = [
  residentSeed,
  medicalVisitSeed,
  enterpriseSeed,
  officerSeed,
  householdMemberSeed,
  healthFileSeed,
  marriageRegistrationSeed,
  employmentSeed,
  educationRecordSeed,
  parentChildSeed,
  medicalInstitutionSeed,
  vaccinationSeed,
  insuranceParticipationSeed,
  insuranceContributionSeed,
  insuranceBenefitSeed,
  serviceItemSeed,
  personServiceCaseSeed,
  enterpriseServiceCaseSeed,
  shareholderSeed,
  socialOrganisationSeed,
  taxRegistrationSeed,
  licenceSeed,
  inspectionSeed,
  penaltySeed,
  enterpriseCreditRecordSeed,
  personCreditRecordSeed,
  enterpriseListEntrySeed,
  personListEntrySeed,
  enterpriseCreditScoreSeed,
  personCreditScoreSeed,
  stateOwnedEnterpriseSeed,
  stateEquitySeed,
  assetReportSeed,
  emergencyEventSeed,
  emergencySupplySeed,
  workSafetyPermitSeed,
  divisionSeed,
  urbanComponentSeed,
  roadSeed,
  weatherStationSeed,
  weatherObservationSeed,
  hazardSiteSeed,
  forestParcelSeed,
  indicatorSeed,
  indicatorValueSeed,
  monitoringStationSeed,
  airReadingSeed,
  waterReadingSeed,
  pollutionSourceSeed,
  dischargePermitSeed,
  industrialSiteSeed,
  productionSeed,
  energyUseSeed,
  enterpriseSuccessionSeed,
];
