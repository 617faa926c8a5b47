/**
 * Statistics: cells of declared cubes, open to everyone. What may stand in them is decided in `statistics/`, of which this folder knows
 * nothing; that they are open is said here and argued in docs/statistics.md.
 */
import { defineLibrary } from '../../model/library.js';
import { DailyUseStatistic } from './daily-use-statistic.js';
import { EducationStatistic } from './education-statistic.js';
import { EmergencyStatistic } from './emergency-statistic.js';
import { EmploymentStatistic } from './employment-statistic.js';
import { EnergyStatistic } from './energy-statistic.js';
import { EnterpriseStatistic } from './enterprise-statistic.js';
import { EthnicGroupStatistic } from './ethnic-group-statistic.js';
import { InsuranceStatistic } from './insurance-statistic.js';
import { LibraryUseStatistic } from './library-use-statistic.js';
import { MedicalVisitStatistic } from './medical-visit-statistic.js';
import { PopulationStatistic } from './population-statistic.js';
import { ServiceCaseStatistic } from './service-case-statistic.js';
import { ServiceChannelStatistic } from './service-channel-statistic.js';
import { StatisticsEdition } from './statistics-edition.js';
import { SupervisionStatistic } from './supervision-statistic.js';

export const statistics = defineLibrary({
  code: 'statistics',
  zh: '统计库',
  en: 'Statistics',
  datasets: [
    PopulationStatistic,
    EthnicGroupStatistic,
    EducationStatistic,
    EmploymentStatistic,
    InsuranceStatistic,
    MedicalVisitStatistic,
    EnterpriseStatistic,
    SupervisionStatistic,
    ServiceCaseStatistic,
    ServiceChannelStatistic,
    EmergencyStatistic,
    EnergyStatistic,
    LibraryUseStatistic,
    DailyUseStatistic,
    StatisticsEdition,
  ],
});
