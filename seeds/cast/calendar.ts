/** Dates of the cast: ISO 8601 text outside, days since 1970-01-01 inside. */

/** The day on which the cast is told: nothing in it happens later. */
export const castDate = '2025-12-31';
export const castYear = 2025;

/** By arithmetic, as a Date takes its time and seeds ask some hundred million times. */
export function dayOf(iso: string): number {
  const month = digitsAt(iso, 5);
  // Counted from March on, so that a leap day ends its year.
  const year = digitsAt(iso, 0) * 100 + digitsAt(iso, 2) - (month <= 2 ? 1 : 0);
  const dayOfYear = floor((153 * ((month + 9) % 12) + 2) / 5) + digitsAt(iso, 8) - 1;
  return year * 365 + floor(year / 4) - floor(year / 100) + floor(year / 400) + dayOfYear - daysBefore1970;
}

/** From 0000-03-01. */
const daysBefore1970 = 719_468;
const { floor } = Math;

function digitsAt(iso: string, at: number): number {
  return iso.charCodeAt(at) * 10 + iso.charCodeAt(at + 1) - 528;
}

/** Each date is written once, and the same text serves all rows that have it. */
const written: string[] = [];
const firstWritten = -40_000;

export function isoOf(day: number): string {
  return (written[day - firstWritten] ??= new Date(day * 86_400_000).toISOString().slice(0, 10));
}

export const castDay = dayOf(castDate);

/** The date of the n-th day (0 to 364) of a year that is taken to have no 29 February. */
export function dateInYear(year: number, nthDay: number): string {
  return `${year}-${daysOfYear[nthDay]!}`;
}

/** `01-01` to `12-31`. */
const daysOfYear = Array.from({ length: 365 }, (_, nthDay) => isoOf(dayOf('2023-01-01') + nthDay).slice(5));

/** Full years between a date and the day of the cast. */
export function ageOn(birthDate: string, on: string = castDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The same month and day some years later; never a 29 February, since no birth date of the cast is one. */
export function yearsAfter(iso: string, years: number): string {
  return `${Number(iso.slice(0, 4)) + years}${iso.slice(4)}`;
}
