/**
 * The rules over a principal's day: pure, from figures to findings. The same figures and settings give the same findings, and each finding
 * carries the figures it rests on. `docs/anomalies.md` says why each is as it is.
 */
import type { AnomalySettings } from './settings.js';

export const detectors = {
  canary: 'critical',
  enumeration: 'high',
  volume: 'high',
  breadth: 'medium',
  denials: 'medium',
  'out-of-hours': 'medium',
  'grant-unused': 'low',
  'grant-ending': 'low',
} as const satisfies Record<string, Severity>;

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type Detector = keyof typeof detectors;

/** What a principal did on a day. */
export interface DayFigures {
  readonly requests: number;
  readonly denied: number;
  readonly outOfHours: number;
  readonly releasing: number;
  readonly subjects: number;
  readonly coordinates: number;
}

export interface Finding {
  readonly detector: Detector;
  readonly figures: Readonly<Record<string, number>>;
}

/** @param past the days before it on which the principal was active, within the baseline */
export function detectDay(day: DayFigures, past: readonly DayFigures[], settings: AnomalySettings): Finding[] {
  return [
    ...volume(day, past, settings),
    ...breadth(day, past, settings),
    ...denials(day, past, settings),
    ...outOfHours(day, past, settings),
  ];
}

function volume({ subjects }: DayFigures, past: readonly DayFigures[], settings: AnomalySettings): Finding[] {
  const { volumeFloor, volumeFactor, volumeNewcomer, leastDays } = settings;
  const known = past.length >= leastDays;
  const usual = median(past.map((it) => it.subjects));
  const threshold = known ? Math.max(volumeFloor, volumeFactor * usual) : volumeNewcomer;
  return exceeds('volume', subjects, threshold, { usual, activeDays: past.length });
}

/** One without a past has no breadth to be held against: what it may see at all, its grants say. */
function breadth({ coordinates }: DayFigures, past: readonly DayFigures[], settings: AnomalySettings): Finding[] {
  if (past.length < settings.leastDays) return [];
  const usual = median(past.map((it) => it.coordinates));
  const threshold = Math.max(settings.breadthFloor, settings.breadthFactor * usual);
  return exceeds('breadth', coordinates, threshold, { usual, activeDays: past.length });
}

function denials(
  { denied, requests }: DayFigures,
  past: readonly DayFigures[],
  { deniedFloor, deniedFactor }: AnomalySettings,
): Finding[] {
  const usual = median(past.map((it) => it.denied));
  const threshold = Math.max(deniedFloor, deniedFactor * usual);
  return exceeds('denials', denied, threshold, { usual, activeDays: past.length, requests });
}

function outOfHours(
  day: DayFigures,
  past: readonly DayFigures[],
  { outOfHoursFloor, outOfHoursShare }: AnomalySettings,
): Finding[] {
  const releasing = sum(past.map((it) => it.releasing));
  const pastShare = releasing === 0 ? 0 : Math.round((100 * sum(past.map((it) => it.outOfHours))) / releasing);
  if (pastShare >= outOfHoursShare) return [];
  return exceeds('out-of-hours', day.outOfHours, outOfHoursFloor, { pastShare, activeDays: past.length });
}

function exceeds(
  detector: Detector,
  value: number,
  threshold: number,
  figures: Readonly<Record<string, number>>,
): Finding[] {
  return value > threshold ? [{ detector, figures: { value, threshold, ...figures } }] : [];
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
