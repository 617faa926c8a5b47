/**
 * The mines and plants of a firm and what they make each month. All that is told of them - registers, output, energy, emissions, permits -
 * comes from here, so that it agrees: what is not yet commissioned, stands still or is closed makes nothing.
 */
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import { type Position, drawPosition } from '../geography.js';
import { daysIn, firstDayOf, placeInYear, yearOfMonth } from '../months.js';
import { type IndustryProfile, industryProfiles } from './industries.js';

export interface Site {
  readonly firm: LegalPerson;
  readonly code: string;
  readonly name: string;
  /** Its index for draws: four to a firm. */
  readonly at: number;
  readonly profile: IndustryProfile;
  /** Units of product a year, whole. */
  readonly capacity: number;
  readonly position: Position;
  readonly commissionedOn: string;
  readonly status: 'IN_PRODUCTION' | 'SUSPENDED' | 'CLOSED';
  /** Of suspension or closing: the first day without production. */
  readonly statusSince: string | null;
}

const sitesToFirm = 4;
const streams = {
  kind: streamOf('site.kind'),
  second: streamOf('site.second'),
  turnover: streamOf('site.turnover'),
  position: streamOf('site.position'),
  commissioned: streamOf('site.commissioned'),
  status: streamOf('site.status'),
  since: streamOf('site.since'),
  utilisation: streamOf('site.utilisation'),
  month: streamOf('site.month'),
};
const ordinals = ['一', '二'] as const;

/** None for a firm that makes nothing, and for a branch, whose sites are its company's. */
export function sitesOf(cast: Cast, firmIndex: number): Site[] {
  const firm = cast.legalPerson(firmIndex);
  const first = profileAt(cast, firm, firmIndex * sitesToFirm);
  if (firm.form !== 'company' || first === undefined) return [];
  const isLarge = Number(firm.registeredCapital) >= 50_000_000;
  const count = firm.industry === '061' && isLarge && cast.draw.chance(streams.second, firmIndex, 0.5) ? 2 : 1;
  return Array.from({ length: count }, (_, n) => describeSite(cast, firm, n, count));
}

function profileAt({ draw }: Cast, { industry, name }: LegalPerson, at: number): IndustryProfile | undefined {
  if (industry === '061' && draw.chance(streams.kind, at, 0.4)) return industryProfiles.get('061-open-pit');
  if (industry === '441' && /光伏|新能源/.test(name)) return industryProfiles.get('441-renewable');
  return industryProfiles.get(industry);
}

function describeSite(cast: Cast, firm: LegalPerson, n: number, count: number): Site {
  const { draw } = cast;
  const at = firm.index * sitesToFirm + n;
  const profile = profileAt(cast, firm, at)!;
  const isMine = /MINE|FIELD|QUARRY/.test(profile.kind);
  const turnover = (Number(firm.registeredCapital) * draw.between(streams.turnover, at, 80, 200)) / 100 / count;
  const { status, since } = statusAt(cast, firm, at);
  const limit = since ?? castDay;
  const commissioned = Math.min(dayOf(firm.establishedOn) + draw.between(streams.commissioned, at, 30, 900), limit - 1);
  return {
    firm,
    code: `${firm.division}${isMine ? 'M' : 'P'}${String(firm.index).padStart(7, '0')}${n + 1}`,
    name: `${firm.name}${count > 1 ? `第${ordinals[n]}` : ''}${profile.siteNoun}`,
    at,
    profile,
    capacity: twoDigits(turnover / profile.price),
    position: drawPosition(draw, streams.position, at, firm.division),
    commissionedOn: isoOf(commissioned),
    status,
    statusSince: since === null ? null : isoOf(since),
  };
}

function statusAt({ draw }: Cast, firm: LegalPerson, at: number): { status: Site['status']; since: number | null } {
  if (firm.closedOn !== undefined) return { status: 'CLOSED', since: dayOf(firm.closedOn) };
  const established = dayOf(firm.establishedOn);
  const unit = draw.unit(streams.status, at);
  if (unit < 0.07) return { status: 'CLOSED', since: draw.between(streams.since, at, established + 100, castDay) };
  if (unit < 0.16)
    return {
      status: 'SUSPENDED',
      since: draw.between(streams.since, at, Math.max(established + 100, castDay - 500), castDay),
    };
  return { status: 'IN_PRODUCTION', since: null };
}

function twoDigits(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.max(1, Math.round(value / unit)) * unit;
}

/** Whether anything is to be told of it in a month: from the month of commissioning to that of closing. */
export function isReported(site: Site, month: number): boolean {
  const [first, next] = [firstDayOf(month), firstDayOf(month + 1)];
  return site.commissionedOn < next && !(site.status === 'CLOSED' && site.statusSince! <= first);
}

/** In hundredths of a unit. Never more than 115 per cent of capacity. */
export function outputOf({ draw }: Cast, site: Site, month: number): number {
  if (!isReported(site, month)) return 0;
  const steady = 0.6 + 0.25 * draw.unit(streams.utilisation, site.at);
  const trend = 0.02 * (yearOfMonth(month) - 2024);
  const ofMonth = 0.12 * (draw.unit(streams.month, site.at * 1200 + (month % 1200)) - 0.5);
  const use = Math.min((steady + trend + ofMonth) * site.profile.season[placeInYear(month)]!, 1.15);
  return Math.max(0, Math.round(((site.capacity * 100) / 12) * use * shareOfDays(site, month)));
}

function shareOfDays(site: Site, month: number): number {
  const first = dayOf(firstDayOf(month));
  const days = daysIn(month);
  const from = Math.max(first, dayOf(site.commissionedOn));
  const until = Math.min(first + days, site.statusSince === null ? Infinity : dayOf(site.statusSince));
  return Math.max(0, until - from) / days;
}
