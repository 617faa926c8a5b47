/** Amounts, dates and officials as the seeds of this pool write them. */
import { castDay, dayOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { type Draw, streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import type { LegalPerson } from '../../cast/legal-person.js';

const officialStream = streamOf('official');
/** Officials bear names drawn at indexes that no person has; each authority of a division has forty. */
const officialOffset = 0x3800_0000;
const officialsAnAuthority = 40;

/** CNY with two decimals, from hundredths. */
export function yuan(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}

/** The last day on which anything happens to a legal person. */
export function lastDayOf({ closedOn }: Pick<LegalPerson, 'closedOn'>): number {
  return closedOn === undefined ? castDay : dayOf(closedOn);
}

/** How often something happens that happens `mean` times on average: exponential, so that most have few and few have many. */
export function occurrences(draw: Draw, stream: number, index: number, mean: number, most: number): number {
  return mean <= 0 ? 0 : Math.min(most, Math.floor(-Math.log(1 - draw.unit(stream, index)) * mean + 0.5));
}

/** Two of those who work at an authority. */
export function drawOfficials(draw: Draw, authority: string, at: number): string {
  const first = draw.below(officialStream, at, officialsAnAuthority);
  const second =
    (first + draw.between(officialStream, at + 0x4000_0000, 1, officialsAnAuthority - 1)) % officialsAnAuthority;
  return [first, second].map((one) => officialName(draw, authority, one)).join('、');
}

function officialName(draw: Draw, authority: string, one: number): string {
  const who = officialOffset + (streamOf(authority) % 100_000) * officialsAnAuthority + one;
  return drawSurname(draw, who) + drawGivenName(draw, who, who % 3 === 0 ? 'female' : 'male', 1984);
}

/** The legal representative's name. */
export function representativeOf(cast: Cast, legalPerson: number): string | null {
  const head = cast.officersOf(legalPerson)[0];
  return head === undefined ? null : cast.person(head.person).name;
}
