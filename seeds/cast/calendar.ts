/** Dates of the cast: ISO 8601 text outside, days since 1970-01-01 inside. */

/** The day on which the cast is told: nothing in it happens later. */
export const castDate = '2025-12-31';
export const castYear = 2025;

export function dayOf(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
}

export function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export const castDay = dayOf(castDate);

/** The date of the n-th day (0 to 364) of a year that is taken to have no 29 February. */
export function dateInYear(year: number, nthDay: number): string {
  let day = nthDay;
  let month = 0;
  while (day >= monthLengths[month]!) day -= monthLengths[month++]!;
  return `${year}-${String(month + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Full years between a date and the day of the cast. */
export function ageOn(birthDate: string, on: string = castDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The same month and day some years later; never a 29 February, since no birth date of the cast is one. */
export function yearsAfter(iso: string, years: number): string {
  return `${Number(iso.slice(0, 4)) + years}${iso.slice(4)}`;
}
