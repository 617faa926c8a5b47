/**
 * Permits of sources, renewed before they run out: first ones for three years, those since March 2021 for five (排污许可管理条例). A new
 * source has its permit before it starts. One that had closed before there were permits never had one; one that closes has it cancelled.
 */
import { DischargePermit } from '../../../src/libraries/ecology/discharge-permit.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Source, sourceOf, tonnes } from './sources.js';

type Row = SeedRow<DischargePermit, 'legalPerson', 'source'>;

interface Term {
  readonly issued: number;
  readonly from: number;
  readonly until: number;
}

const streams = {
  first: streamOf('discharge-permit.first'),
  early: streamOf('discharge-permit.early'),
  renewed: streamOf('discharge-permit.renewed'),
  outlets: streamOf('discharge-permit.outlets'),
};
const firstPermits = dayOf('2018-06-01');
const fiveYearsSince = dayOf('2021-03-01');
const mostTerms = 4;

export const dischargePermitSeed: DatasetSeed<Row> = {
  dataset: DischargePermit,
  of: 'legal-person',
  rows(cast, index) {
    const source = sourceOf(cast, index);
    if (source === undefined) return [];
    const terms = termsOf(cast, source);
    return terms.map((_, n) => describeTerm(cast, source, terms, n));
  },
};

function termsOf({ draw }: Cast, { firm, commissionedOn, closedOn }: Source): Term[] {
  const end = closedOn === null ? castDay : dayOf(closedOn);
  const commissioned = dayOf(commissionedOn);
  const from =
    commissioned > firstPermits
      ? Math.max(dayOf(firm.establishedOn), commissioned - draw.between(streams.first, firm.index, 5, 60))
      : firstPermits + draw.between(streams.first, firm.index, 0, 900);
  const terms: Term[] = [];
  let next: { issued: number; from: number } = { issued: from, from };
  while (next.issued < end && terms.length < mostTerms) {
    const until = next.from + (next.issued < fiveYearsSince ? 3 : 5) * 365 - 1;
    terms.push({ ...next, until });
    const at = firm.index * mostTerms + terms.length;
    if (!draw.chance(streams.renewed, at, 0.93)) break;
    next = { issued: until - draw.between(streams.early, at, 10, 60), from: until + 1 };
  }
  return terms;
}

function describeTerm(cast: Cast, source: Source, terms: readonly Term[], n: number): Row {
  const { firm, management, limits, closedOn } = source;
  const { issued, from, until } = terms[n]!;
  const hasLimits = management !== 'REGISTRATION';
  const { status, endedOn } = statusOf(terms, n, closedOn);
  return {
    legalPerson: firm.index,
    permitNumber: source.code,
    holderName: firm.name,
    industry: firm.industry,
    management,
    application: n === 0 ? 'FIRST' : 'RENEWAL',
    issuedOn: isoOf(issued),
    validFrom: isoOf(from),
    validUntil: isoOf(until),
    issuingAuthority: `鄂尔多斯市生态环境局${divisions.find(firm.division)!.zh}分局`,
    gasOutlets: cast.draw.between(streams.outlets, firm.index, 1, management === 'KEY' ? 18 : 3),
    waterOutlets: limits.cod === null ? 0 : 1,
    so2Limit: hasLimits ? tonnes(limits.so2) : null,
    noxLimit: hasLimits ? tonnes(limits.nox) : null,
    particulateLimit: hasLimits ? tonnes(limits.particulate) : null,
    codLimit: hasLimits ? tonnes(limits.cod) : null,
    status,
    endedOn,
  };
}

function statusOf(terms: readonly Term[], n: number, closedOn: string | null): Pick<Row, 'status' | 'endedOn'> {
  if (n < terms.length - 1) return { status: 'SUPERSEDED', endedOn: null };
  const { until } = terms[n]!;
  if (closedOn !== null && dayOf(closedOn) <= until) {
    return { status: 'CANCELLED', endedOn: isoOf(Math.min(castDay, dayOf(closedOn) + 30)) };
  }
  return { status: until < castDay ? 'EXPIRED' : 'VALID', endedOn: null };
}
