/** The stationary source of pollution of a firm: what its sites emit by what they make, and what a permit allows them. */
import type { Cast } from '../../cast/cast.js';
import { castYear } from '../../cast/calendar.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import { type Position, drawPosition } from '../geography.js';
import type { Emissions } from '../industry-energy/industries.js';
import { type Site, outputOf, sitesOf } from '../industry-energy/sites.js';
import { monthsToDate } from '../months.js';

export type Management = 'KEY' | 'SIMPLIFIED' | 'REGISTRATION';

/** Tonnes a year; null for what it does not emit. */
export type YearlyEmissions = { readonly [Pollutant in keyof Emissions]: number | null };

export interface Source {
  readonly firm: LegalPerson;
  /** HJ 608-2017: the credit code of the unit, the number of the place, P for a source. */
  readonly code: string;
  readonly sites: readonly Site[];
  readonly position: Position;
  readonly management: Management;
  readonly commissionedOn: string;
  readonly status: 'OPERATING' | 'SUSPENDED' | 'CLOSED';
  readonly closedOn: string | null;
  /** Of the last year of the cast. */
  readonly emissions: YearlyEmissions;
  /** By capacity, so that it suffices. */
  readonly limits: YearlyEmissions;
}

const managements: Readonly<Record<string, Management>> = {
  CASHMERE: 'KEY',
  COKE: 'KEY',
  METHANOL: 'KEY',
  UREA: 'KEY',
  CEMENT: 'KEY',
  FERROALLOY: 'KEY',
  POWER: 'KEY',
  BRICK: 'SIMPLIFIED',
  GAS: 'SIMPLIFIED',
  HEAT: 'SIMPLIFIED',
  SCRAP: 'SIMPLIFIED',
};
/** Groups without sites that pollute a little: car repair and hospitals. */
const small = new Set(['811', '841']);
const positionStream = streamOf('pollution-source.position');
const yearMonths = monthsToDate(castYear * 12 + 11);
const nothing: YearlyEmissions = { so2: null, nox: null, particulate: null, cod: null };
/** What is permitted against what full capacity would emit; output never exceeds 115 per cent. */
const permittedShare = 1.2;

export function sourceOf(cast: Cast, firmIndex: number): Source | undefined {
  const firm = cast.legalPerson(firmIndex);
  const sites = sitesOf(cast, firmIndex).filter(({ profile }) => profile.kind !== 'RENEWABLE_POWER_PLANT');
  if (sites.length === 0 && !(firm.form === 'company' && small.has(firm.industry))) return undefined;
  const first = sites[0];
  return {
    firm,
    code: `${firm.creditCode}001P`,
    sites,
    position: first?.position ?? drawPosition(cast.draw, positionStream, firmIndex, firm.division),
    management: managements[first?.profile.product ?? ''] ?? 'REGISTRATION',
    commissionedOn: first?.commissionedOn ?? firm.establishedOn,
    ...statusOf(firm, sites),
    emissions: emissionsOf(
      sites,
      (site) => yearMonths.reduce((sum, month) => sum + outputOf(cast, site, month), 0) / 100,
    ),
    limits: emissionsOf(sites, ({ capacity }) => capacity * permittedShare),
  };
}

/** Closed when its last site is. */
function statusOf(firm: LegalPerson, sites: readonly Site[]): Pick<Source, 'status' | 'closedOn'> {
  if (sites.length === 0)
    return { status: firm.closedOn === undefined ? 'OPERATING' : 'CLOSED', closedOn: firm.closedOn ?? null };
  if (sites.every(({ status }) => status === 'CLOSED')) {
    return {
      status: 'CLOSED',
      closedOn: sites
        .map(({ statusSince }) => statusSince!)
        .sort()
        .at(-1)!,
    };
  }
  return { status: sites.some(({ status }) => status === 'IN_PRODUCTION') ? 'OPERATING' : 'SUSPENDED', closedOn: null };
}

function emissionsOf(sites: readonly Site[], units: (site: Site) => number): YearlyEmissions {
  const amount = (pollutant: keyof Emissions): number | null => {
    if (!sites.some(({ profile }) => profile.emissions[pollutant] > 0)) return null;
    return sites.reduce((sum, site) => sum + (units(site) * site.profile.emissions[pollutant]) / 1000, 0);
  };
  return sites.length === 0
    ? nothing
    : { so2: amount('so2'), nox: amount('nox'), particulate: amount('particulate'), cod: amount('cod') };
}

/** Tonnes with three decimals. */
export function tonnes(amount: number | null): string | null {
  return amount === null ? null : amount.toFixed(3);
}
