/**
 * What every dataset of statistics has in common: how it is classified, and the columns about its edition. That they are open although
 * their sources are not is a policy act, see docs/statistics.md; the registry checks what `loweredBy` says.
 */
import type { DatasetOptions } from '../../model/dataset-options.js';
import { LibraryRow } from '../../model/declaration.js';
import { Column } from '../../model/dataset.js';
import { boolean, date, integer, moment, period, type ValueType } from '../../model/value-type.js';
import { periodLevel } from './dimension-terms.js';

type Given = 'table' | 'list' | 'zh' | 'en' | 'resource' | 'key' | 'derivedFrom' | 'loweredBy';

export function statistic(options: Pick<DatasetOptions, Given>): DatasetOptions {
  return {
    library: 'statistics',
    provider: '150600-data',
    existence: 'L1',
    sharing: 'unconditional',
    open: 'open',
    category: 'general',
    ...options,
    key: ['division', ...options.key],
  };
}

export const placeWords = {
  level: 'L1',
  zh: '行政区划代码（150600 为全市）',
  en: 'Division; 150600 for the whole city',
} as const;

/** A dimension or a measure: open, like all else here. */
export function dimension(type: ValueType, zh: string, en: string): PropertyDecorator {
  return Column({ type, level: 'L1', required: true, find: true, zh, en });
}

export function measure(
  type: ValueType,
  unit: string,
  zh: string,
  en: string,
  options: { readonly find?: boolean } = {},
): PropertyDecorator {
  return Column({ type, level: 'L1', unit, zh, en: `${en}; null where suppressed`, ...options });
}

export abstract class StatisticRow extends LibraryRow {
  suppressed!: boolean;
  edition!: number;
  referenceDate!: string;
  computedAt!: Date;
}

const editionLines: Readonly<Record<Exclude<keyof StatisticRow, keyof LibraryRow>, PropertyDecorator>> = {
  suppressed: dimension(boolean, '是否隐去', 'Whether the figures are withheld'),
  edition: Column({
    type: integer,
    level: 'L1',
    required: true,
    unit: '次序 (ordinal)',
    zh: '版次',
    en: 'Edition: one run of the computation',
  }),
  referenceDate: Column({
    type: date,
    level: 'L1',
    required: true,
    zh: '数据截至日期',
    en: 'Day as of which it counts',
  }),
  computedAt: Column({
    type: moment,
    level: 'L1',
    required: true,
    zh: '计算时间',
    en: 'When the edition was computed',
  }),
};

/** To stand below `@Dataset`: adds the columns of `StatisticRow` behind those of the class. */
export function EditionColumns() {
  return (target: abstract new () => StatisticRow): void => {
    for (const [name, decorate] of Object.entries(editionLines)) decorate(target.prototype as object, name);
  };
}

export abstract class TimedStatisticRow extends StatisticRow {
  period!: string;
  periodLevel!: string;
  periodStart!: string | null;
}

const periodLines: Readonly<Record<Exclude<keyof TimedStatisticRow, keyof StatisticRow>, PropertyDecorator>> = {
  period: Column({
    type: period,
    level: 'L1',
    required: true,
    find: true,
    standard: 'ISO 8601',
    zh: '时间（年、月或日；all 为合计）',
    en: 'Year, month or day; all for all time',
  }),
  periodLevel: dimension(periodLevel, '时间层级', 'Whether a year, a month, a day or all time'),
  periodStart: Column({ type: date, level: 'L1', find: true, zh: '时间首日', en: 'First day; null for all time' }),
};

/** To stand below `@Dataset`, in place of `@EditionColumns`. */
export function TimeAndEditionColumns() {
  return (target: abstract new () => TimedStatisticRow): void => {
    for (const [name, decorate] of Object.entries(periodLines)) decorate(target.prototype as object, name);
    EditionColumns()(target);
  };
}
