/** The class of surface water by its single worst item, GB 3838-2002, table 1; total phosphorus by the limits for rivers. */

export interface WaterItems {
  readonly dissolvedOxygen: number;
  readonly permanganateIndex: number;
  readonly cod: number;
  readonly bod5: number;
  readonly ammoniaNitrogen: number;
  readonly totalPhosphorus: number;
  readonly fluoride: number;
}

/** Limits of classes I to V. Of oxygen there must be at least so much, of all else at most. */
const limits: Readonly<Record<keyof WaterItems, readonly number[]>> = {
  dissolvedOxygen: [7.5, 6, 5, 3, 2],
  permanganateIndex: [2, 4, 6, 10, 15],
  cod: [15, 15, 20, 30, 40],
  bod5: [3, 3, 4, 6, 10],
  ammoniaNitrogen: [0.15, 0.5, 1, 1.5, 2],
  totalPhosphorus: [0.02, 0.1, 0.2, 0.3, 0.4],
  fluoride: [1, 1, 1, 1.5, 1.5],
};

export const waterItemNames: Readonly<Record<keyof WaterItems, string>> = {
  dissolvedOxygen: '溶解氧',
  permanganateIndex: '高锰酸盐指数',
  cod: '化学需氧量',
  bod5: '五日生化需氧量',
  ammoniaNitrogen: '氨氮',
  totalPhosphorus: '总磷',
  fluoride: '氟化物',
};

const names = Object.keys(limits) as (keyof WaterItems)[];

/** 1 to 5; 6 for what misses class V. */
export function classOfItem(item: keyof WaterItems, value: number): number {
  const met = limits[item].findIndex((limit) => (item === 'dissolvedOxygen' ? value >= limit : value <= limit));
  return met === -1 ? 6 : met + 1;
}

export function classOfWater(items: WaterItems): number {
  return Math.max(...names.map((item) => classOfItem(item, items[item])));
}

export function exceededItems(items: WaterItems, target: number): string[] {
  return names.filter((item) => classOfItem(item, items[item]) > target).map((item) => waterItemNames[item]);
}
