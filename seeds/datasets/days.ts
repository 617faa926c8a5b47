/** Days and dates as the seeds of datasets need them, beyond those of the cast. */
import { castDay, dayOf, isoOf, yearsAfter } from '../cast/calendar.js';
import type { Person } from '../cast/person.js';

/** The same day some years later; of 29 February the day before. */
export function plusYears(iso: string, years: number): string {
  return yearsAfter(iso.replace(/-02-29$/, '-02-28'), years);
}

/** Months from one date to another, both of their months counted. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [from, to].map((iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)));
  return b! - a! + 1;
}

/** The last day on which a person of the cast is here: of death, of moving out, or of the cast itself. */
export function lastDayOf({ statusSince }: Person): number {
  return statusSince === undefined ? castDay : dayOf(statusSince);
}

export function lastDateOf(person: Person): string {
  return isoOf(lastDayOf(person));
}

export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

export function later(a: string, b: string): string {
  return a > b ? a : b;
}
