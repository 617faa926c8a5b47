/** The dimensions that cubes are broken down by, each with its fixed hierarchy. */
import { departments } from '../model/code-lists/departments.js';
import { educationLevels } from '../model/code-lists/education-levels.js';
import { industryDivisions } from '../model/code-lists/industry-divisions.js';
import { industrySectionOf, industrySections } from '../model/code-lists/industry-sections.js';
import { insuranceTypes } from '../model/code-lists/insurance-types.js';
import { serviceItemTypes } from '../model/code-lists/service-item-types.js';
import { sexes } from '../model/code-lists/sexes.js';
import type { CodeList } from '../model/code-lists/code-list.js';
import { all, broadBands, ethnicBands, fiveYearBands, unknown } from '../libraries/statistics/dimension-terms.js';
import type { Dimension, Level } from './cube.js';

const levels = (...names: string[]): readonly Level[] => names.map((name) => ({ name }));

function flat(field: string, members: readonly string[] | null, options: Partial<Dimension> = {}): Dimension {
  return { field, total: all, levelField: null, levels: levels(field), pathOf: (raw) => [raw], members, ...options };
}

function codesOf({ entries }: CodeList): string[] {
  return [...entries.map(({ code }) => code), unknown];
}

export const sex = flat('sex', codesOf(sexes));
export const insuranceType = flat('insuranceType', codesOf(insuranceTypes));
export const itemType = flat('itemType', codesOf(serviceItemTypes));
export const department = flat('department', codesOf(departments));
export const library = flat('library', null);
export const authority = flat('authority', null);
export const eventType = flat('type', null);
export const act = flat('act', ['LICENCE', 'INSPECTION', 'PENALTY'], { total: 'ALL', hasTotal: false });
export const applicant = flat('applicant', ['PERSON', 'LEGAL_PERSON'], { total: 'ALL' });
export const channel = flat('channel', ['WINDOW', 'WEB', 'MOBILE', 'TERMINAL', unknown], {
  total: 'ALL',
  pathOf: (raw) => [raw.toUpperCase()],
});
export const eventCategory = flat('category', null, { total: 'ALL' });

/** The level alone, whatever was completed of it. */
export const educationLevel = flat('educationLevel', codesOf(educationLevels), {
  pathOf: (raw) => [raw === unknown ? raw : `${raw[0]}0`],
});

const named = new Set(['01', '02', unknown]);
export const ethnicGroup = flat('ethnicGroup', [...ethnicBands.map(([code]) => code), unknown], {
  pathOf: (raw) => [named.has(raw) ? raw : 'other'],
});

/** Of the five-year bands: where each begins, but for the first. */
export const ageBounds = fiveYearBands.slice(1).map((_, index) => (index + 1) * 5);

/** Values are numbers of five-year bands. */
export const age: Dimension = {
  field: 'age',
  total: all,
  levelField: 'ageLevel',
  levels: levels('BROAD', 'FIVE_YEARS'),
  pathOf: (raw) => {
    if (raw === unknown) return [unknown, unknown];
    const band = Number(raw);
    return [broadBands[band < 3 ? 0 : band < 12 ? 1 : 2]![0], fiveYearBands[band]![0]];
  },
  members: [...fiveYearBands.map((_, index) => String(index)), unknown],
};

/** Sections, and divisions within; groups count as their division. */
export const industry: Dimension = {
  field: 'industry',
  total: all,
  levelField: 'industryLevel',
  levels: levels('SECTION', 'DIVISION'),
  pathOf: (raw) => {
    if (raw === unknown) return [unknown, unknown];
    const section = industrySectionOf(raw);
    return section ? [section.code, raw.slice(0, 2)] : [raw, `${raw}-`];
  },
  members: [
    ...industrySections.entries.map(({ code }) => code),
    ...industryDivisions.entries.map(({ code }) => code),
    unknown,
  ],
};

export const industrySection = flat('industry', [...industrySections.entries.map(({ code }) => code), unknown], {
  pathOf: (raw) => [industrySectionOf(raw)?.code ?? raw],
});

type TimeLevel = 'YEAR' | 'MONTH' | 'DAY';
const lengths: Readonly<Record<TimeLevel, number>> = { YEAR: 4, MONTH: 7, DAY: 10 };

/** Years, months and days, ISO 8601. */
export function period(...depths: readonly TimeLevel[]): Dimension {
  return {
    field: 'period',
    total: all,
    levelField: 'periodLevel',
    levels: levels(...depths),
    pathOf: (raw) => depths.map((depth) => (raw === unknown ? raw : raw.slice(0, lengths[depth]))),
    members: null,
    more: (code) => ({ periodStart: code === all || code === unknown ? null : `${code}-01-01`.slice(0, 10) }),
  };
}
