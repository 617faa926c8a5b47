/** Division portrait 区域画像: what lies in a banner, a district or the whole city, what was measured there, and figures about all of it, from the cubes. */
import { EmergencyEvent } from '../libraries/emergency/emergency-event.js';
import { EmergencySupply } from '../libraries/emergency/emergency-supply.js';
import { AirReading } from '../libraries/ecology/air-reading.js';
import { MonitoringStation } from '../libraries/ecology/monitoring-station.js';
import { PollutionSource } from '../libraries/ecology/pollution-source.js';
import { WaterReading } from '../libraries/ecology/water-reading.js';
import { Indicator } from '../libraries/economy/indicator.js';
import { IndicatorValue } from '../libraries/economy/indicator-value.js';
import { MedicalInstitution } from '../libraries/healthcare/medical-institution.js';
import { IndustrialSite } from '../libraries/industry-energy/industrial-site.js';
import { Enterprise } from '../libraries/legal-person/enterprise.js';
import { SocialOrganisation } from '../libraries/legal-person/social-organisation.js';
import { Division } from '../libraries/natural-resources/division.js';
import { ForestParcel } from '../libraries/natural-resources/forest-parcel.js';
import { HazardSite } from '../libraries/natural-resources/hazard-site.js';
import { Road } from '../libraries/natural-resources/road.js';
import { UrbanComponent } from '../libraries/natural-resources/urban-component.js';
import { WeatherObservation } from '../libraries/natural-resources/weather-observation.js';
import { WeatherStation } from '../libraries/natural-resources/weather-station.js';
import { StateOwnedEnterprise } from '../libraries/state-assets/state-owned-enterprise.js';
import { EducationStatistic } from '../libraries/statistics/education-statistic.js';
import { EmergencyStatistic } from '../libraries/statistics/emergency-statistic.js';
import { EmploymentStatistic } from '../libraries/statistics/employment-statistic.js';
import { EnergyStatistic } from '../libraries/statistics/energy-statistic.js';
import { EnterpriseStatistic } from '../libraries/statistics/enterprise-statistic.js';
import { EthnicGroupStatistic } from '../libraries/statistics/ethnic-group-statistic.js';
import { InsuranceStatistic } from '../libraries/statistics/insurance-statistic.js';
import { MedicalVisitStatistic } from '../libraries/statistics/medical-visit-statistic.js';
import { PopulationStatistic } from '../libraries/statistics/population-statistic.js';
import { ServiceCaseStatistic } from '../libraries/statistics/service-case-statistic.js';
import { ServiceChannelStatistic } from '../libraries/statistics/service-channel-statistic.js';
import { SupervisionStatistic } from '../libraries/statistics/supervision-statistic.js';
import { PlacePortrait, RowsAbout, RowsWithin } from '../model/place-portrait.js';
import { DivisionCodeScalar } from '../model/scalars.js';

@PlacePortrait({ of: () => Division, field: 'divisionPortrait', argument: 'code', scalar: DivisionCodeScalar })
export class DivisionPortrait {
  @RowsWithin({ of: () => Enterprise, zh: '区域内企业', en: 'Enterprises registered in the division' })
  enterprises!: unknown;

  @RowsWithin({ of: () => SocialOrganisation, zh: '区域内社会组织', en: 'Social organisations of the division' })
  socialOrganisations!: unknown;

  @RowsWithin({ of: () => StateOwnedEnterprise, zh: '区域内国有企业', en: 'State-owned enterprises of the division' })
  stateOwnedEnterprises!: unknown;

  @RowsWithin({ of: () => Indicator, zh: '经济社会指标', en: 'Indicators that describe it' })
  indicators!: unknown;

  @RowsWithin({
    of: () => IndicatorValue,
    zh: '指标序列（年度、月度、普查、专题，含同比）',
    en: 'Values of indicators: annual, monthly, census and thematic, with the change on the year before',
  })
  indicatorValues!: unknown;

  @RowsWithin({ of: () => UrbanComponent, zh: '城市部件', en: 'Urban components' })
  urbanComponents!: unknown;

  @RowsWithin({ of: () => Road, zh: '公路', en: 'Roads' })
  roads!: unknown;

  @RowsWithin({ of: () => HazardSite, zh: '灾害隐患点', en: 'Hazard sites' })
  hazardSites!: unknown;

  @RowsWithin({ of: () => ForestParcel, zh: '林草小班', en: 'Forest and grassland parcels' })
  forestParcels!: unknown;

  @RowsWithin({ of: () => WeatherStation, zh: '气象站', en: 'Weather stations' })
  weatherStations!: unknown;

  @RowsWithin({ of: () => WeatherObservation, zh: '气象观测', en: 'Weather observations' })
  weatherObservations!: unknown;

  @RowsWithin({ of: () => MonitoringStation, zh: '环境监测站点', en: 'Monitoring stations of air and water' })
  monitoringStations!: unknown;

  @RowsWithin({ of: () => AirReading, zh: '空气质量日报', en: 'Daily values of ambient air' })
  airReadings!: unknown;

  @RowsWithin({ of: () => WaterReading, zh: '地表水水质监测', en: 'Readings of surface water' })
  waterReadings!: unknown;

  @RowsWithin({ of: () => PollutionSource, zh: '污染源', en: 'Pollution sources' })
  pollutionSources!: unknown;

  @RowsWithin({ of: () => EmergencyEvent, zh: '突发事件', en: 'Emergency events' })
  emergencyEvents!: unknown;

  @RowsWithin({ of: () => EmergencySupply, zh: '应急物资', en: 'Emergency supplies' })
  emergencySupplies!: unknown;

  @RowsWithin({ of: () => MedicalInstitution, zh: '医疗机构', en: 'Medical institutions' })
  medicalInstitutions!: unknown;

  @RowsWithin({ of: () => IndustrialSite, zh: '矿山和工厂', en: 'Mines and plants' })
  industrialSites!: unknown;

  @RowsAbout({
    of: () => PopulationStatistic,
    zh: '人口分布（年龄、性别、街道乡镇）',
    en: 'Population by age, sex and town',
  })
  populationStatistics!: unknown;

  @RowsAbout({ of: () => EthnicGroupStatistic, zh: '人口民族构成', en: 'Population by ethnic group' })
  ethnicGroupStatistics!: unknown;

  @RowsAbout({ of: () => EducationStatistic, zh: '人口受教育程度', en: 'Population by education' })
  educationStatistics!: unknown;

  @RowsAbout({ of: () => EmploymentStatistic, zh: '就业情况', en: 'Employment' })
  employmentStatistics!: unknown;

  @RowsAbout({ of: () => InsuranceStatistic, zh: '社会保险参保', en: 'Participation in social insurance' })
  insuranceStatistics!: unknown;

  @RowsAbout({ of: () => MedicalVisitStatistic, zh: '就诊情况', en: 'Visits to medical institutions' })
  medicalVisitStatistics!: unknown;

  @RowsAbout({ of: () => EnterpriseStatistic, zh: '企业行业分布', en: 'Enterprises by industry' })
  enterpriseStatistics!: unknown;

  @RowsAbout({ of: () => SupervisionStatistic, zh: '监管执法', en: 'Licences, inspections and penalties' })
  supervisionStatistics!: unknown;

  @RowsAbout({ of: () => ServiceCaseStatistic, zh: '政务服务办件', en: 'Government service cases' })
  serviceCaseStatistics!: unknown;

  @RowsAbout({ of: () => ServiceChannelStatistic, zh: '办件申请渠道', en: 'Ways by which cases were applied for' })
  serviceChannelStatistics!: unknown;

  @RowsAbout({ of: () => EmergencyStatistic, zh: '突发事件统计', en: 'Emergency events, counted' })
  emergencyStatistics!: unknown;

  @RowsAbout({ of: () => EnergyStatistic, zh: '能源消费', en: 'Energy use' })
  energyStatistics!: unknown;
}
