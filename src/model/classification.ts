/**
 * What the city's plan calls data classification and grading: how sensitive a field is, how it is shared and opened.
 *
 * Every library field, relation and dataset has one. It decides nothing by itself: `policy/decide.ts` does.
 */

/** 数据分级: L1 general, L2 low sensitivity, L3 sensitive, L4 highly sensitive. */
export const levels = ['L1', 'L2', 'L3', 'L4'] as const;
export type Level = (typeof levels)[number];

/** 共享类型: between departments. */
export const sharingTypes = ['unconditional', 'conditional', 'not-shared'] as const;
export type SharingType = (typeof sharingTypes)[number];

/** 开放类型: to the public. */
export const openTypes = ['open', 'conditionally-open', 'not-open'] as const;
export type OpenType = (typeof openTypes)[number];

/** GB/T 43697-2024: general 一般, important 重要, core 核心 data. Core is never served. */
export const categories = ['general', 'important', 'core'] as const;
export type Category = (typeof categories)[number];

export interface Classification {
  readonly level: Level;
  readonly sharing: SharingType;
  readonly open: OpenType;
  readonly category: Category;
}

export function compareLevels(a: Level, b: Level): number {
  return levels.indexOf(a) - levels.indexOf(b);
}

type Orders = { readonly [Dimension in keyof Classification]: readonly Classification[Dimension][] };

/** From lax to strict. */
const orders: Orders = { level: levels, sharing: sharingTypes, open: openTypes, category: categories };
export const dimensions = Object.keys(orders) as readonly (keyof Classification)[];

/** Below zero where `a` is laxer than `b` in this dimension, above where it is stricter. */
export function compareStrictness(dimension: keyof Classification, a: Classification, b: Classification): number {
  const order: readonly string[] = orders[dimension];
  return order.indexOf(a[dimension]) - order.indexOf(b[dimension]);
}

/** In which dimensions `a` is laxer than `b`. */
export function laxerDimensions(a: Classification, b: Classification): readonly (keyof Classification)[] {
  return dimensions.filter((dimension) => compareStrictness(dimension, a, b) < 0);
}

/** What is wrong with a classification, or null. Data open to everyone is general data of level L1: anything else is a slip of the pen. */
export function findClassificationFault(it: Partial<Classification>): string | null {
  if (!it.level || !levels.includes(it.level)) return `level must be one of ${levels.join(', ')}`;
  if (!it.sharing || !sharingTypes.includes(it.sharing)) return `sharing must be one of ${sharingTypes.join(', ')}`;
  if (!it.open || !openTypes.includes(it.open)) return `open must be one of ${openTypes.join(', ')}`;
  if (!it.category || !categories.includes(it.category)) return `category must be one of ${categories.join(', ')}`;
  if (it.open === 'open' && it.level !== 'L1') return `an open field is of level L1, this one is ${it.level}`;
  if (it.open === 'open' && it.sharing !== 'unconditional') return 'an open field is shared unconditionally';
  if (it.open === 'open' && it.category !== 'general') return 'important and core data is not open';
  return null;
}
