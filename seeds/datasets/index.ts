/**
 * The seeds of all datasets, one explicit line each. They stand here and not beside the datasets: a seed needs the cast, and a library
 * knows nothing but the model.
 */
import type { DatasetSeed } from './dataset-seed.js';
import { medicalVisitSeed } from './healthcare/medical-visit.seed.js';
import { enterpriseSeed } from './legal-person/enterprise.seed.js';
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
];
