/** The seeds of natural resources, economy, ecology, industry and energy: every row by its declaration, and all of them by each other. */
import { describe, expect, test } from '@jest/globals';
import { AirReading } from '../../src/libraries/ecology/air-reading.js';
import { DischargePermit } from '../../src/libraries/ecology/discharge-permit.js';
import { ecology } from '../../src/libraries/ecology/library.js';
import { MonitoringStation } from '../../src/libraries/ecology/monitoring-station.js';
import { PollutionSource } from '../../src/libraries/ecology/pollution-source.js';
import { WaterReading } from '../../src/libraries/ecology/water-reading.js';
import { Indicator } from '../../src/libraries/economy/indicator.js';
import { IndicatorValue } from '../../src/libraries/economy/indicator-value.js';
import { economy } from '../../src/libraries/economy/library.js';
import { EnergyUse } from '../../src/libraries/industry-energy/energy-use.js';
import { IndustrialSite } from '../../src/libraries/industry-energy/industrial-site.js';
import { industryEnergy } from '../../src/libraries/industry-energy/library.js';
import { Production } from '../../src/libraries/industry-energy/production.js';
import { ForestParcel } from '../../src/libraries/natural-resources/forest-parcel.js';
import { HazardSite } from '../../src/libraries/natural-resources/hazard-site.js';
import { naturalResources } from '../../src/libraries/natural-resources/library.js';
import { Road } from '../../src/libraries/natural-resources/road.js';
import { UrbanComponent } from '../../src/libraries/natural-resources/urban-component.js';
import { WeatherObservation } from '../../src/libraries/natural-resources/weather-observation.js';
import { WeatherStation } from '../../src/libraries/natural-resources/weather-station.js';
import { isBanner } from '../../src/model/code-lists/divisions.js';
import { datasetOf } from '../../src/model/dataset.js';
import type { ColumnField, Dataset } from '../../src/model/declaration.js';
import { parseUnifiedSocialCreditCode } from '../../src/model/identifiers.js';
import { castDate, dayOf, isoOf } from '../../seeds/cast/calendar.js';
import { type Cast, createCast } from '../../seeds/cast/cast.js';
import { airQualityIndex, individualIndex } from '../../seeds/datasets/ecology/air-quality-index.js';
import { airReadingSeed } from '../../seeds/datasets/ecology/air-reading.seed.js';
import { dischargePermitSeed } from '../../seeds/datasets/ecology/discharge-permit.seed.js';
import { monitoringStationSeed } from '../../seeds/datasets/ecology/monitoring-station.seed.js';
import { pollutionSourceSeed } from '../../seeds/datasets/ecology/pollution-source.seed.js';
import { classOfItem, classOfWater } from '../../seeds/datasets/ecology/surface-water.js';
import { waterReadingSeed } from '../../seeds/datasets/ecology/water-reading.seed.js';
import { indicatorSeed } from '../../seeds/datasets/economy/indicator.seed.js';
import { indicatorValueSeed } from '../../seeds/datasets/economy/indicator-value.seed.js';
import { areaOf } from '../../seeds/datasets/geography.js';
import { energyUseSeed, standardCoal } from '../../seeds/datasets/industry-energy/energy-use.seed.js';
import { industrialSiteSeed } from '../../seeds/datasets/industry-energy/industrial-site.seed.js';
import { productionSeed } from '../../seeds/datasets/industry-energy/production.seed.js';
import { divisionSeed } from '../../seeds/datasets/natural-resources/division.seed.js';
import { forestParcelSeed } from '../../seeds/datasets/natural-resources/forest-parcel.seed.js';
import { hazardSiteSeed } from '../../seeds/datasets/natural-resources/hazard-site.seed.js';
import { roadSeed } from '../../seeds/datasets/natural-resources/road.seed.js';
import { urbanComponentSeed } from '../../seeds/datasets/natural-resources/urban-component.seed.js';
import { weatherObservationSeed } from '../../seeds/datasets/natural-resources/weather-observation.seed.js';
import { weatherStationSeed } from '../../seeds/datasets/natural-resources/weather-station.seed.js';
import type { DatasetSeed } from '../../seeds/datasets/dataset-seed.js';
import { seedScales } from '../../seeds/run-seeds.js';

/** Of any dataset, as its seed gives it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Row = Record<string, any>;

const seeds = [
  ...[
    divisionSeed,
    urbanComponentSeed,
    roadSeed,
    weatherStationSeed,
    weatherObservationSeed,
    hazardSiteSeed,
    forestParcelSeed,
  ],
  ...[indicatorSeed, indicatorValueSeed],
  ...[monitoringStationSeed, airReadingSeed, waterReadingSeed, pollutionSourceSeed, dischargePermitSeed],
  ...[industrialSiteSeed, productionSeed, energyUseSeed],
] as unknown as DatasetSeed[];
/** Lists that stand as they are. */
const sameForEverySeed = [divisionSeed, indicatorSeed] as unknown as readonly DatasetSeed[];
const scale = { seed: 1, ...seedScales.demo };
const cast = createCast(scale);
const rowsByDataset = new Map(seeds.map((seed) => [seed.dataset as object, rowsOf(seed, cast)]));
const rows = (dataset: object): Row[] => rowsByDataset.get(dataset)!;

function rowsOf(seed: DatasetSeed, of: Cast): Row[] {
  const size = seed.of === 'place' ? seed.count(of) : seed.of === 'person' ? of.persons : of.legalPersons;
  return Array.from({ length: size }, (_, index) => seed.rows(of, index)).flat();
}

const columnsOf = (dataset: Dataset): ColumnField[] =>
  [...dataset.fields.values()].filter((field) => field.kind === 'column').filter((field) => !field.provenance);
const hasSubject = (dataset: Dataset): boolean => [...dataset.fields.values()].some(({ kind }) => kind === 'subject');
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && isoOf(dayOf(text)) === text;
const number = (text: string): number => Number(text);

/** What is wrong with a value by its column, or null. */
function faultOf({ type, required }: ColumnField, value: unknown): string | null {
  if (value === undefined) return 'left out';
  if (value === null) return required ? 'required, and null' : null;
  if (type.codeList) return type.codeList.find(value as string) ? null : 'not in its list';
  if (type.enum) return Object.keys(type.enum.values).includes(value as string) ? null : 'not one of its values';
  const varchar = /^varchar\((\d+)\)$/.exec(type.sql);
  if (varchar)
    return typeof value === 'string' && value !== '' && value.length <= Number(varchar[1])
      ? null
      : 'no text of its length';
  const numeric = /^numeric\((\d+),(\d+)\)$/.exec(type.sql);
  if (numeric) {
    const [, whole, digits] = /^-?(\d+)(?:\.(\d+))?$/.exec(value as string) ?? [];
    const fits =
      whole !== undefined &&
      whole.length <= Number(numeric[1]) - Number(numeric[2]) &&
      (digits ?? '').length <= Number(numeric[2]);
    return fits ? null : 'no decimal of its precision';
  }
  if (type.sql === 'date') return isDate(value as string) ? null : 'no date';
  if (type.sql === 'int') return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? null : 'no integer';
  if (type.sql === 'boolean') return typeof value === 'boolean' ? null : 'no boolean';
  return `of an unknown type ${type.sql}`;
}

describe.each(seeds.map((seed) => [seed.dataset.name, seed] as const))('%s', (_, seed) => {
  const dataset = datasetOf(seed.dataset);
  const all = rows(seed.dataset);

  test('every row is as declared', () => {
    expect(all.length).toBeGreaterThan(5);
    const columns = columnsOf(dataset).filter((field) => !(field.control && hasSubject(dataset)));
    const subjects = [...dataset.fields.values()].filter(({ kind }) => kind === 'subject');
    const names = [...columns, ...subjects].map(({ name }) => name).sort();
    const faults = new Set<string>();
    for (const row of all) {
      if (Object.keys(row).length !== names.length) faults.add(`fields ${Object.keys(row).sort().join(' ')}`);
      for (const field of columns) {
        const fault = faultOf(field, row[field.name]);
        if (fault) faults.add(`${field.name}: ${fault}, ${JSON.stringify(row[field.name])}`);
      }
      for (const { name } of subjects)
        if (!(row[name] >= 0 && row[name] < scale.legalPersons)) faults.add(`${name}: no subject`);
    }
    expect([...faults]).toEqual([]);
  });

  test('its key is unique, and every column has a value somewhere', () => {
    const keys = all.map((row) => dataset.key.map((part) => row[part] as string).join('|'));
    expect(new Set(keys).size).toBe(keys.length);
    const columns = columnsOf(dataset).filter((field) => !field.control);
    expect(columns.filter(({ name }) => all.every((row) => row[name] === null)).map(({ name }) => name)).toEqual([]);
  });

  test('nothing happens after the day of the cast, save the end of a permit', () => {
    const dates = columnsOf(dataset).filter(({ type, name }) => type.sql === 'date' && name !== 'validUntil');
    for (const row of all) for (const { name } of dates) expect(row[name] === null || row[name] <= castDate).toBe(true);
  });

  test('comes out the same each time, in any order, and differently for another seed', () => {
    const again = createCast(scale);
    const size = seed.of === 'place' ? seed.count(again) : again.legalPersons;
    const indexes = Array.from({ length: Math.min(size, 60) }, (_, n) => Math.floor((n * size) / Math.min(size, 60)));
    for (const index of indexes.toReversed()) expect(seed.rows(again, index)).toEqual(seed.rows(cast, index));
    if (!sameForEverySeed.includes(seed)) expect(rowsOf(seed, createCast({ ...scale, seed: 2 }))).not.toEqual(all);
  });

  test('what lies somewhere lies in its division', () => {
    for (const row of all) {
      const division = (row.division ??
        (row.legalPerson === undefined ? undefined : cast.legalPerson(row.legalPerson).division)) as string;
      if (typeof row.town === 'string') expect(row.town.slice(0, 6)).toBe(division);
      for (const [longitude, latitude] of [
        [row.longitude, row.latitude],
        [row.startLongitude, row.startLatitude],
        [row.endLongitude, row.endLatitude],
      ]) {
        if (longitude === undefined) continue;
        const { west, east, south, north } = areaOf(division);
        expect([longitude >= west, longitude <= east, latitude >= south, latitude <= north]).toEqual([
          true,
          true,
          true,
          true,
        ]);
        expect([longitude > 106.7, longitude < 111.5, latitude > 37.6, latitude < 40.9]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }
    }
  });
});

test('together they are about ten thousand rows', () => {
  const total = [...rowsByDataset.values()].reduce((sum, all) => sum + all.length, 0);
  expect(total).toBeGreaterThan(8_000);
  expect(total).toBeLessThan(16_000);
});

test('four libraries hold these datasets and no other', () => {
  const held = [naturalResources, economy, ecology, industryEnergy].flatMap(({ datasets }) =>
    datasets.map(({ name }) => name),
  );
  expect(held.sort()).toEqual(seeds.map(({ dataset }) => dataset.name).sort());
});

describe('links lead somewhere, in the same division', () => {
  test.each([
    [AirReading, 'stationCode', MonitoringStation, 'stationCode'],
    [WaterReading, 'stationCode', MonitoringStation, 'stationCode'],
    [WeatherObservation, 'stationNumber', WeatherStation, 'stationNumber'],
    [IndicatorValue, 'indicatorCode', Indicator, 'indicatorCode'],
    [Production, 'siteCode', IndustrialSite, 'siteCode'],
    [DischargePermit, 'permitNumber', PollutionSource, 'sourceCode'],
  ])('%p.%s', (own, ownField, target, targetField) => {
    const known = new Map(rows(target).map((row) => [row[targetField], row]));
    for (const row of rows(own)) {
      const found = known.get(row[ownField]);
      expect(found).toBeDefined();
      expect(found!.legalPerson).toBe(row.legalPerson);
      if (own !== IndicatorValue) expect(found!.division).toBe(row.division);
    }
  });
});

describe('natural resources', () => {
  test('summers are warm and winters cold; it rains in summer; the lowest is below the mean and the highest above', () => {
    const mean = (month: string): number => {
      const all = rows(WeatherObservation).filter((row) => row.observedOn.slice(5, 7) === month);
      return all.reduce((sum, row) => sum + number(row.meanTemperature), 0) / all.length;
    };
    expect([mean('01') < -5, mean('07') > 18]).toEqual([true, true]);
    const rain = rows(WeatherObservation).map(
      (row) => [row.observedOn.slice(5, 7), number(row.precipitation)] as const,
    );
    const total = (months: string[]): number =>
      rain.reduce((sum, [month, amount]) => sum + (months.includes(month) ? amount : 0), 0);
    expect(total(['06', '07', '08'])).toBeGreaterThan(3 * total(['12', '01', '02']));
    expect(total(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']) / 9).toBeGreaterThan(180);
    for (const row of rows(WeatherObservation)) {
      expect([
        number(row.minTemperature) < number(row.meanTemperature),
        number(row.meanTemperature) < number(row.maxTemperature),
      ]).toEqual([true, true]);
      expect([
        row.humidity > 0,
        row.humidity <= 100,
        number(row.sunshine) < 16,
        number(row.meanWind) < number(row.maxWind),
      ]).toEqual([true, true, true, true]);
      if (row.snowDepth !== null) expect(row.phenomenon).toBe('SNOW');
      expect(['RAIN', 'THUNDERSTORM', 'SNOW'].includes(row.phenomenon)).toBe(number(row.precipitation) > 0);
    }
  });

  test('a code begins with the division or town, and the class of a component stands in its code', () => {
    for (const row of rows(UrbanComponent)) {
      expect(row.componentCode.slice(0, 10)).toBe(row.division + row.componentClass);
      expect(row.gridCode.slice(0, 9)).toBe(row.town);
      if (row.status !== 'INTACT') expect(row.changedOn > row.surveyedOn).toBe(true);
    }
    for (const row of rows(ForestParcel)) {
      expect(row.parcelCode.startsWith(row.town)).toBe(true);
      expect(row.standingStock !== null).toBe(row.landUse === '0301');
      expect(row.hayYield === null).toBe(row.landUse.startsWith('03'));
    }
    for (const row of rows(Road)) {
      expect(row.routeNumber[0]).toBe(row.highwayClass);
      expect(row.isTolled).toBe(row.grade === 'EXPRESSWAY');
    }
  });

  test('a hazard site is written off after it was found, and its danger follows from whom it threatens', () => {
    for (const row of rows(HazardSite)) {
      expect(row.writtenOffOn !== null).toBe(row.status === 'WRITTEN_OFF');
      if (row.writtenOffOn !== null) expect(row.writtenOffOn > row.foundOn).toBe(true);
      const isSmall = row.threatenedPeople < 100 && number(row.threatenedProperty) < 500;
      expect(row.danger === 'SMALL').toBe(isSmall);
    }
  });
});

describe('ecology', () => {
  test('the index of air quality is that of HJ 633', () => {
    expect([
      individualIndex('PM2_5', 35),
      individualIndex('PM2_5', 36),
      individualIndex('PM2_5', 75),
      individualIndex('PM10', 100),
      individualIndex('O3', 900),
    ]).toEqual([50, 52, 100, 75, 300]);
    for (const row of rows(AirReading)) {
      const values = { SO2: row.so2, NO2: row.no2, PM10: row.pm10, PM2_5: row.pm25, CO: number(row.co), O3: row.o3 };
      expect(airQualityIndex(values)).toEqual({
        aqi: row.aqi,
        level: row.airQualityLevel,
        primary: row.primaryPollutant,
      });
      expect(row.pm25).toBeLessThanOrEqual(row.pm10);
    }
  });

  test('ozone is a matter of summer and smoke one of winter; dust is where the weather has it', () => {
    const mean = (field: string, months: string[]): number => {
      const all = rows(AirReading).filter((row) => months.includes(row.observedOn.slice(5, 7)));
      return all.reduce((sum, row) => sum + row[field], 0) / all.length;
    };
    expect(mean('o3', ['06', '07'])).toBeGreaterThan(mean('o3', ['12', '01']) * 1.5);
    expect(mean('so2', ['12', '01'])).toBeGreaterThan(mean('so2', ['06', '07']) * 1.5);
    const dusty = new Set(
      rows(WeatherObservation)
        .filter(({ phenomenon }) => phenomenon === 'DUST')
        .map((row) => row.division + row.observedOn),
    );
    expect(dusty.size).toBeGreaterThan(10);
    for (const row of rows(AirReading)) expect(row.isDustAffected).toBe(dusty.has(row.division + row.observedOn));
  });

  test('the class of water follows from its items, and the target from its section', () => {
    expect([
      classOfItem('dissolvedOxygen', 7.5),
      classOfItem('cod', 20.1),
      classOfItem('ammoniaNitrogen', 2.1),
    ]).toEqual([1, 4, 6]);
    const targets = new Map(rows(MonitoringStation).map((row) => [row.stationCode, row.targetClass]));
    const kept = new Set<boolean>();
    for (const row of rows(WaterReading)) {
      const names = [
        'dissolvedOxygen',
        'permanganateIndex',
        'cod',
        'bod5',
        'ammoniaNitrogen',
        'totalPhosphorus',
        'fluoride',
      ] as const;
      const items = Object.fromEntries(names.map((name) => [name, number(row[name])])) as Record<
        (typeof names)[number],
        number
      >;
      expect(String(classOfWater(items))).toBe(row.waterClass);
      expect(row.meetsTarget).toBe(row.waterClass <= targets.get(row.stationCode));
      expect(row.exceededItems === null).toBe(row.meetsTarget);
      kept.add(row.meetsTarget);
    }
    expect(kept.size).toBe(2);
  });

  test('a source bears the credit code of its unit, and emits no more than it is permitted', () => {
    const limits = new Map(rows(DischargePermit).map((row) => [row.permitNumber, row]));
    for (const row of rows(PollutionSource)) {
      const { creditCode } = cast.legalPerson(row.legalPerson);
      expect(row.sourceCode).toBe(`${creditCode}001P`);
      expect(parseUnifiedSocialCreditCode(row.sourceCode.slice(0, 18)).ok).toBe(true);
      expect(row.closedOn !== null).toBe(row.status === 'CLOSED');
      const permit = limits.get(row.sourceCode);
      if (permit?.so2Limit && row.so2Emission)
        expect(number(row.so2Emission)).toBeLessThanOrEqual(number(permit.so2Limit));
      if (permit?.codLimit && row.codDischarge)
        expect(number(row.codDischarge)).toBeLessThanOrEqual(number(permit.codLimit));
    }
  });

  test('permits follow one another, the last decides, and that of a closed source is cancelled', () => {
    const sources = new Map(rows(PollutionSource).map((row) => [row.sourceCode, row]));
    const before = new Map<string, Row>();
    for (const row of rows(DischargePermit)) {
      const source = sources.get(row.permitNumber)!;
      expect([row.issuedOn <= row.validFrom, row.validFrom < row.validUntil]).toEqual([true, true]);
      expect(source.closedOn === null || row.issuedOn < source.closedOn).toBe(true);
      if (row.status === 'VALID') expect([row.validUntil >= castDate, source.closedOn]).toEqual([true, null]);
      if (row.application === 'FIRST' && cast.legalPerson(row.legalPerson).establishedOn > '2018-06-01') {
        const site = rows(IndustrialSite).find(({ legalPerson }) => legalPerson === row.legalPerson);
        if (site) expect(row.issuedOn <= site.commissionedOn).toBe(true);
      }
      if (row.status === 'EXPIRED') expect(row.validUntil < castDate).toBe(true);
      expect(row.endedOn !== null).toBe(row.status === 'CANCELLED');
      if (row.status === 'CANCELLED') expect(row.endedOn >= source.closedOn).toBe(true);
      const last = before.get(row.permitNumber);
      expect(row.application).toBe(last ? 'RENEWAL' : 'FIRST');
      if (last) expect([last.status, dayOf(row.validFrom)]).toEqual(['SUPERSEDED', dayOf(last.validUntil) + 1]);
      before.set(row.permitNumber, row);
    }
  });
});

describe('industry and energy', () => {
  const sites = new Map(rows(IndustrialSite).map((row) => [row.siteCode, row]));
  const nextMonth = (month: string): string =>
    `${month.slice(5, 7) === '12' ? Number(month.slice(0, 4)) + 1 : month.slice(0, 4)}-${String((Number(month.slice(5, 7)) % 12) + 1).padStart(2, '0')}-01`;

  test('sites run between commissioning and their end, and those of a closed firm are closed', () => {
    for (const row of sites.values()) {
      expect((row.statusSince === null) === (row.status === 'IN_PRODUCTION')).toBe(true);
      if (row.statusSince !== null) expect(row.commissionedOn < row.statusSince).toBe(true);
      const firm = cast.legalPerson(row.legalPerson);
      expect(row.commissionedOn >= firm.establishedOn).toBe(true);
      if (firm.closedOn !== undefined) expect([row.status, row.statusSince]).toEqual(['CLOSED', firm.closedOn]);
    }
    expect(new Set([...sites.values()].map(({ status }) => status)).size).toBe(3);
  });

  test('a closed mine produces nothing, and what stands still makes nothing', () => {
    let idle = 0;
    for (const row of rows(Production)) {
      const site = sites.get(row.siteCode)!;
      expect([row.product, row.unit]).toEqual([site.product, site.unit]);
      expect(nextMonth(row.month) > site.commissionedOn).toBe(true);
      if (site.status === 'CLOSED') expect(row.month < site.statusSince).toBe(true);
      if (site.status === 'SUSPENDED' && row.month >= site.statusSince) {
        idle++;
        expect(number(row.output)).toBe(0);
      }
      expect(number(row.output)).toBeLessThanOrEqual((number(site.capacity) / 12) * 1.15 + 0.01);
      expect(number(row.utilisation)).toBeLessThanOrEqual(115.01);
    }
    expect(idle).toBeGreaterThan(0);
  });

  test('output adds up over the year, against the year before, and with what is sold and stored', () => {
    const known = new Map(rows(Production).map((row) => [row.siteCode + row.month, row]));
    for (const row of rows(Production)) {
      const year = rows(Production).filter(
        (it) => it.siteCode === row.siteCode && it.month.slice(0, 4) === row.month.slice(0, 4) && it.month <= row.month,
      );
      expect(number(row.outputOfYear)).toBeCloseTo(
        year.reduce((sum, it) => sum + number(it.output), 0),
        2,
      );
      const before = known.get(`${row.siteCode}${Number(row.month.slice(0, 4)) - 1}${row.month.slice(4)}`);
      if (before)
        expect(row.yearOnYear).toBe(
          number(before.output) > 0
            ? ((Math.round(number(row.output) * 100) / Math.round(number(before.output) * 100) - 1) * 100).toFixed(2)
            : null,
        );
      expect(number(row.sales)).toBeGreaterThanOrEqual(0);
      const last = [...year].reverse().find((it) => it.month < row.month);
      if (last)
        expect(number(row.sales)).toBeCloseTo(number(last.stock ?? 0) + number(row.output) - number(row.stock ?? 0), 2);
    }
  });

  test('standard coal is what the quantities come to, follows production, and adds up', () => {
    const outputs = new Map<string, number>();
    for (const row of rows(Production)) {
      const at = `${row.legalPerson}|${row.month}`;
      outputs.set(at, (outputs.get(at) ?? 0) + number(row.output));
    }
    const told = new Map(rows(EnergyUse).map((row) => [`${row.legalPerson}|${row.month}`, row]));
    for (const at of outputs.keys()) expect(told.has(at)).toBe(true);
    for (const [at, row] of told) {
      const input = Object.entries(standardCoal).reduce(
        (sum, [carrier, tonnes]) => sum + number(row[carrier]) * tonnes,
        0,
      );
      expect(Math.abs(number(row.consumption) - (input - number(row.conversionOutput)))).toBeLessThan(0.011);
      expect(number(row.consumption)).toBeGreaterThanOrEqual(0);
      const output = outputs.get(at);
      if (output !== undefined && output > 0)
        expect(number(row.perProduct)).toBeCloseTo((number(row.consumption) * 1000) / output, 3);
      if (output === 0) expect([row.perProduct, number(row.rawCoal)]).toEqual([null, 0]);
      const year = row.month.slice(0, 4) as string;
      const months = Array.from({ length: 12 }, (_, n) => `${year}-${String(n + 1).padStart(2, '0')}-01`);
      const sum = (until: string): number =>
        months.reduce(
          (all, month) =>
            all + (month <= until ? number(told.get(`${row.legalPerson}|${month}`)?.consumption ?? '0') : 0),
          0,
        );
      expect(number(row.consumptionOfYear)).toBeCloseTo(sum(row.month), 2);
      expect(row.isKeyUser).toBe(sum(`${year}-12-01`) >= 10_000 - 1e-6);
      const { closedOn } = cast.legalPerson(row.legalPerson);
      if (closedOn !== undefined) expect(row.month < closedOn).toBe(true);
    }
  });
});

describe('economy', () => {
  const values = rows(IndicatorValue);
  const at = (code: string, division: string, kind: string, period: string): string =>
    [code, division, kind, period].join('|');
  const known = new Map(
    values.map((row) => [at(row.indicatorCode, row.division, row.periodKind, row.period), number(row.value)]),
  );
  const specs = new Map(rows(Indicator).map((row) => [row.indicatorCode, row]));

  test('a year is the sum of its months where these are told', () => {
    let compared = 0;
    for (const row of values.filter(({ periodKind }) => periodKind === 'YEAR')) {
      const months = Array.from({ length: 12 }, (_, n) =>
        known.get(at(row.indicatorCode, row.division, 'MONTH', `${row.period}-${String(n + 1).padStart(2, '0')}`)),
      );
      if (months.some((value) => value === undefined)) continue;
      compared++;
      const sum = months.reduce<number>((total, value) => total + value!, 0);
      const spec = specs.get(row.indicatorCode)!;
      if (spec.nature === 'FLOW') expect(number(row.value)).toBeCloseTo(sum, 2);
      else expect(Math.abs(number(row.value) - sum / 12)).toBeLessThan(0.51 / 10 ** spec.decimals);
    }
    expect(compared).toBeGreaterThan(40);
  });

  test('the city is the sum of its divisions where these are told', () => {
    const parts = new Map<string, { count: number; sum: number }>();
    for (const row of values.filter(({ division }) => isBanner(division))) {
      const key = at(row.indicatorCode, '150600', row.periodKind, row.period);
      const { count, sum } = parts.get(key) ?? { count: 0, sum: 0 };
      parts.set(key, { count: count + 1, sum: sum + number(row.value) });
    }
    expect(parts.size).toBeGreaterThan(100);
    for (const [key, { count, sum }] of parts) {
      expect(count).toBe(9);
      expect(known.get(key)).toBeCloseTo(sum, 2);
    }
  });

  test('year on year and totals of the year agree with the values', () => {
    for (const row of values) {
      const [year, month] = row.period.split('-') as [string, string | undefined];
      const before = known.get(
        at(row.indicatorCode, row.division, row.periodKind, [Number(year) - 1, month].filter(Boolean).join('-')),
      );
      const isIndex = specs.get(row.indicatorCode)!.nature === 'INDEX';
      if (isIndex) expect(number(row.yearOnYear)).toBeCloseTo(number(row.value) - 100, 2);
      else if (before !== undefined && row.yearOnYear !== null)
        expect(number(row.yearOnYear)).toBeCloseTo((number(row.value) / before - 1) * 100, 1);
      expect(row.periodEndsOn.startsWith(row.periodKind === 'CENSUS' ? year : row.period)).toBe(true);
      expect(row.publishedOn >= row.periodEndsOn).toBe(true);
      if (row.valueOfYear === null) continue;
      const months = Array.from({ length: Number(month) }, (_, n) =>
        known.get(at(row.indicatorCode, row.division, 'MONTH', `${year}-${String(n + 1).padStart(2, '0')}`))!,
      );
      expect(number(row.valueOfYear)).toBeCloseTo(
        months.reduce((sum, value) => sum + value, 0),
        2,
      );
    }
  });

  test('there is data by month, year, census and theme, from each of the five departments', () => {
    expect(new Set(values.map(({ periodKind }) => periodKind))).toEqual(
      new Set(['MONTH', 'YEAR', 'CENSUS', 'THEMATIC']),
    );
    expect(new Set(rows(Indicator).map(({ department }) => department)).size).toBe(5);
  });
});
