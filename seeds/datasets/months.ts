/** Months as numbers: 12 times the year and the month from 0. What is told by month is told from the first of these to the last. */
import { castDate, dayOf } from '../cast/calendar.js';

export const firstReportedMonth = monthOf('2024-01-01');
export const lastReportedMonth = monthOf(castDate);
export const reportedMonths: readonly number[] = Array.from(
  { length: lastReportedMonth - firstReportedMonth + 1 },
  (_, n) => firstReportedMonth + n,
);

export function monthOf(iso: string): number {
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
}

export const yearOfMonth = (month: number): number => Math.floor(month / 12);

/** 0 is January. */
export const placeInYear = (month: number): number => month % 12;

/** Its first day. */
export function firstDayOf(month: number): string {
  return `${yearOfMonth(month)}-${String(placeInYear(month) + 1).padStart(2, '0')}-01`;
}

export function daysIn(month: number): number {
  return dayOf(firstDayOf(month + 1)) - dayOf(firstDayOf(month));
}

/** The months of the same year up to and with this one. */
export function monthsToDate(month: number): number[] {
  const january = yearOfMonth(month) * 12;
  return Array.from({ length: month - january + 1 }, (_, n) => january + n);
}

/** Per cent by which a value is above that of a year before, two decimals; null where that is none. */
export function growth(value: number, before: number): string | null {
  return before > 0 ? ((value / before - 1) * 100).toFixed(2) : null;
}
