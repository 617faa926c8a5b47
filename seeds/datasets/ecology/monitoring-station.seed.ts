/** The register of monitoring stations. */
import { MonitoringStation } from '../../../src/libraries/ecology/monitoring-station.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { stationAt, stationCount } from './stations.js';

export const monitoringStationSeed: DatasetSeed<SeedRow<MonitoringStation>> = {
  dataset: MonitoringStation,
  of: 'place',
  count: () => stationCount,
  rows(cast, index) {
    const { code, name, division, town, position, control, startedOn, water } = stationAt(cast, index);
    return [
      {
        division,
        stationCode: code,
        name,
        medium: water === null ? 'AIR' : 'SURFACE_WATER',
        control,
        airZone: water === null ? '2' : null,
        waterBody: water?.body ?? null,
        targetClass: water?.targetClass ?? null,
        isAutomatic: water === null,
        items:
          water === null
            ? '二氧化硫、二氧化氮、可吸入颗粒物、细颗粒物、一氧化碳、臭氧'
            : '水温、pH值、溶解氧、高锰酸盐指数、化学需氧量、五日生化需氧量、氨氮、总磷、氟化物',
        town,
        ...position,
        startedOn,
        status: 'OPERATING',
        operator: control === 'NATIONAL' ? '中国环境监测总站委托运维单位' : '内蒙古自治区环境监测总站鄂尔多斯分站',
      },
    ];
  },
};
