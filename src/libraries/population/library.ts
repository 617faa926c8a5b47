import { defineLibrary } from '../../model/library.js';
import { EducationRecord } from './education-record.js';
import { Employment } from './employment.js';
import { HealthFile } from './health-file.js';
import { HouseholdMember } from './household-member.js';
import { MarriageRegistration } from './marriage-registration.js';
import { ParentChild } from './parent-child.js';
import { Resident } from './resident.js';

export const population = defineLibrary({
  code: 'population',
  zh: '人口库',
  en: 'Population',
  datasets: [Resident, HouseholdMember, MarriageRegistration, ParentChild, Employment, EducationRecord, HealthFile],
});
