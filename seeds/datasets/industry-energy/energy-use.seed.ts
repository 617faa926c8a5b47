/** Two years of monthly energy consumption: of industry by what its sites make, of some trades by their size and the season. */
import { EnergyUse } from '../../../src/libraries/industry-energy/energy-use.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { firstDayOf, growth, monthsToDate, placeInYear, reportedMonths } from '../months.js';
import { type EnergyQuantities, tradeEnergy } from './industries.js';
import { type Site, isReported, outputOf, sitesOf } from './sites.js';

type Row = SeedRow<EnergyUse, 'legalPerson'>;
type Carrier = keyof EnergyQuantities;

/** Tonnes of standard coal for one unit of each carrier, GB/T 2589-2020, annex A; electricity by its calorific value (当量值). */
export const standardCoal: Readonly<Record<Exclude<Carrier, 'water'>, number>> = {
  electricity: 1.229,
  rawCoal: 0.7143,
  naturalGas: 12.143,
  diesel: 1.4571,
  heat: 0.03412,
};

/** Tonnes of standard coal a year from which an enterprise is a key energy user (重点用能单位). */
export const keyUserFrom = 10_000;

/** Output and all quantities in hundredths. */
interface Consumption {
  readonly quantities: EnergyQuantities;
  readonly conversion: number;
  readonly total: number;
  readonly output: number;
}

const carriers: readonly Carrier[] = ['electricity', 'rawCoal', 'naturalGas', 'diesel', 'heat', 'water'];
/** What runs when nothing is made, as a share of what capacity would take. */
const idleShare = 0.02;
/** Space heating in a year's months. */
const heatingSeason = [2.2, 2, 1.4, 0.5, 0, 0, 0, 0, 0, 0.6, 1.6, 2.1];
const tradeStream = streamOf('energy-use.trade');

export const energyUseSeed: DatasetSeed<Row> = {
  dataset: EnergyUse,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    if (firm.form !== 'company') return [];
    const sites = sitesOf(cast, index);
    const isTold = (month: number): boolean =>
      sites.length > 0 ? sites.some((site) => isReported(site, month)) : isOpen(firm, month);
    if (sites.length === 0 && !tradeEnergy.has(firm.industry)) return [];
    const known = new Map<number, Consumption>();
    const consumption = (month: number): Consumption => {
      const found =
        known.get(month) ?? (sites.length > 0 ? industrial(cast, sites, month) : commercial(cast, firm, month));
      known.set(month, found);
      return found;
    };
    return reportedMonths.filter(isTold).map((month) => describeMonth(firm, month, consumption));
  },
};

function describeMonth(firm: LegalPerson, month: number, consumption: (month: number) => Consumption): Row {
  const { quantities, conversion, total, output } = consumption(month);
  const sumOf = (months: readonly number[]): number => months.reduce((sum, it) => sum + consumption(it).total, 0);
  const december = month - placeInYear(month) + 11;
  return {
    legalPerson: firm.index,
    month: firstDayOf(month),
    industry: firm.industry,
    isKeyUser: sumOf(monthsToDate(december)) >= keyUserFrom * 100,
    electricity: hundredths(quantities.electricity),
    rawCoal: hundredths(quantities.rawCoal),
    naturalGas: hundredths(quantities.naturalGas),
    diesel: hundredths(quantities.diesel),
    heat: hundredths(quantities.heat),
    water: hundredths(quantities.water),
    conversionOutput: hundredths(conversion),
    consumption: hundredths(total),
    consumptionOfYear: hundredths(sumOf(monthsToDate(month))),
    yearOnYear: growth(total, consumption(month - 12).total),
    perProduct: output > 0 ? ((total * 1000) / output).toFixed(4) : null,
  };
}

function industrial(cast: Cast, sites: readonly Site[], month: number): Consumption {
  const told = sites.filter((site) => isReported(site, month));
  const outputs = told.map((site) => outputOf(cast, site, month));
  const load = (n: number): number => outputs[n]! + (told[n]!.capacity * 100 * idleShare) / 12;
  const sum = (of: (site: Site, n: number) => number): number =>
    Math.round(told.reduce((all, site, n) => all + of(site, n), 0));
  return total(
    quantitiesBy((carrier) =>
      sum(({ profile }, n) => profile.energy[carrier] * (carrier === 'rawCoal' ? outputs[n]! : load(n))),
    ),
    sum(({ profile }, n) => profile.conversion * outputs[n]!),
    sum((_, n) => outputs[n]!),
  );
}

function commercial({ draw }: Cast, firm: LegalPerson, month: number): Consumption {
  const share = isOpen(firm, month) ? 0.85 + 0.3 * draw.unit(tradeStream, firm.index * 1200 + (month % 1200)) : 0;
  const size = (Number(firm.registeredCapital) / 1_000_000) * share * 100;
  const perMillion = tradeEnergy.get(firm.industry)!;
  const season = heatingSeason[placeInYear(month)]!;
  return total(
    quantitiesBy((carrier) => Math.round(perMillion[carrier] * size * (carrier === 'heat' ? season : 1))),
    0,
    0,
  );
}

function isOpen(firm: LegalPerson, month: number): boolean {
  return (
    firm.establishedOn < firstDayOf(month + 1) && (firm.closedOn === undefined || firm.closedOn > firstDayOf(month))
  );
}

function total(quantities: EnergyQuantities, conversion: number, output: number): Consumption {
  const input = carriers.reduce((sum, it) => sum + (it === 'water' ? 0 : quantities[it] * standardCoal[it]), 0);
  return { quantities, conversion, total: Math.round(input) - conversion, output };
}

function quantitiesBy(of: (carrier: Carrier) => number): EnergyQuantities {
  return Object.fromEntries(carriers.map((carrier) => [carrier, of(carrier)])) as unknown as EnergyQuantities;
}

function hundredths(value: number): string {
  return (value / 100).toFixed(2);
}
