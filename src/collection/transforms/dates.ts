/**
 * Dates as offices write them, to an ISO 8601 calendar date (`YYYY-MM-DD`). A day that the calendar does not have is refused, never
 * rolled over; so is a year of two digits. No Date object carries a value, so no time zone can move a day.
 *
 * Moments as offices write them, by the clock on their wall, with the zone that the mapping declares, to ISO 8601 with that offset.
 */
import type { MappingNode } from '../mapping-node.js';
import { removeBlanks, toHalfWidth } from './text.js';
import { type TransformDefinition, type TransformResult, refused, taken } from './transform.js';

const forms = {
  iso: /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  slash: /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  dot: /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  chinese: /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  compact: /^(\d{4})(\d{2})(\d{2})$/,
} as const;
type Form = keyof typeof forms;
const formNames = Object.keys(forms) as Form[];

/** A time of day behind a date, as spreadsheets and databases export it. */
const timeOfDay = /(?:[T ])\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

interface DateOptions {
  readonly forms: readonly Form[];
  readonly excelSerial: boolean;
  readonly time: 'refuse' | 'drop';
  readonly earliest: string | null;
  readonly latest: string | null;
}

export function readDate(value: string, options: DateOptions): TransformResult {
  const half = toHalfWidth(value).trim();
  const day = removeBlanks(options.time === 'drop' ? half.replace(timeOfDay, '') : half);
  const iso =
    options.excelSerial && /^\d{1,6}$/.test(day) ? fromExcelSerial(Number(day)) : fromForms(day, options.forms);
  if (iso === 'unknown') return refused('not-a-date');
  if (iso === null) return refused('impossible-date');
  const tooEarly = options.earliest !== null && iso < options.earliest;
  return tooEarly || (options.latest !== null && iso > options.latest) ? refused('date-out-of-range') : taken(iso);
}

function fromForms(text: string, allowed: readonly Form[]): string | null {
  for (const form of allowed) {
    const found = forms[form].exec(text);
    if (found) return toIso(Number(found[1]), Number(found[2]), Number(found[3]));
  }
  return 'unknown';
}

function toIso(year: number, month: number, day: number): string | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** Days of Excel's 1900 system. It counts a 29 February 1900 that never was: day 60 is no day, and those before it count from one later. */
function fromExcelSerial(serial: number): string | null {
  if (serial < 1 || serial === 60 || serial > 2_958_465) return null;
  const start = serial < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  return new Date(start + serial * 86_400_000).toISOString().slice(0, 10);
}

function limitOf(node: MappingNode): string | null {
  if (!node.present) return null;
  const limit = fromForms(node.text('a date YYYY-MM-DD'), ['iso']);
  return limit === null || limit === 'unknown' ? node.fail('a date YYYY-MM-DD') : limit;
}

/** A day as above, and hours and minutes behind it: `2024-05-01 8:30`, `2024年5月1日8时30分`. */
const clock = /^(.*?)[T ]*(\d{1,2})(?::|时)(\d{1,2})(?:分|:)?(?:(\d{1,2})(?:\.(\d{1,3})\d*)?秒?)?$/;
const zones = /^(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

export function readMoment(value: string, zone: string): TransformResult {
  const half = toHalfWidth(value).trim();
  const own = /(?:Z|[+-]\d{2}:\d{2})$/.exec(half)?.[0];
  const found = clock.exec(own === undefined ? half : half.slice(0, -own.length));
  if (!found) return refused('not-a-moment');
  const [, day = '', hour = '', minute = '', second = '0', fraction = ''] = found;
  const iso = fromForms(removeBlanks(day), formNames);
  if (iso === 'unknown') return refused('not-a-moment');
  if (iso === null) return refused('impossible-date');
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return refused('not-a-moment');
  const [hh, mm, ss] = [hour, minute, second].map((part) => part.padStart(2, '0'));
  return taken(`${iso}T${hh}:${mm}:${ss}.${fraction.padEnd(3, '0')}${own ?? zone}`);
}

export const dateTransforms: readonly TransformDefinition[] = [
  {
    name: 'date',
    yields: 'text',
    build: (args) => {
      args.allow('forms', 'excel-serial', 'time', 'earliest', 'latest');
      const allowed = args.get('forms');
      const options: DateOptions = {
        forms: allowed.present ? allowed.list().map((node) => node.oneOf(formNames)) : formNames,
        excelSerial: args.get('excel-serial').flag(false),
        time: args.get('time').oneOf(['refuse', 'drop'], 'refuse'),
        earliest: limitOf(args.get('earliest')),
        latest: limitOf(args.get('latest')),
      };
      return (value) => readDate(value, options);
    },
  },
  {
    name: 'moment',
    yields: 'text',
    build: (args) => {
      const node = args.allow('zone').get('zone');
      const zone = node.present ? node.text('an offset such as +08:00') : '+08:00';
      if (!zones.test(zone)) node.fail('an offset such as +08:00');
      return (value) => readMoment(value, zone);
    },
  },
];
