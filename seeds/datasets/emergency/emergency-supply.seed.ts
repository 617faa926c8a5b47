/** What lies in the stores of the city, of each division and of each town: the larger the store, the more of it. */
import { EmergencySupply } from '../../../src/libraries/emergency/emergency-supply.js';
import { cityCode, divisions } from '../../../src/model/code-lists/divisions.js';
import { type Town, towns } from '../../../src/model/code-lists/towns.js';
import { castDate, castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { addressOfTown } from '../../cast/places.js';
import { drawTelephone } from '../../cast/telephones.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { plusYears } from '../days.js';
import { seatOf } from '../geography.js';
import { yuan } from '../legal-person/figures.js';

type Row = SeedRow<EmergencySupply>;

interface Store {
  readonly index: number;
  readonly code: string;
  readonly name: string;
  readonly level: 'CITY' | 'BANNER' | 'TOWN';
  readonly town: Town;
  readonly keeper: string;
}

type Material = readonly [
  supplyClass: string,
  name: string,
  specification: string,
  unit: string,
  /** In CNY, of one. */
  price: number,
  /** What a store of a division keeps. */
  quantity: number,
  /** Years for which it is good. */
  years?: number,
];

const materials: readonly Material[] = [
  ['1', '棉帐篷', '12平方米', '顶', 2_500, 200],
  ['1', '棉大衣', '加厚', '件', 150, 800],
  ['1', '棉被', '2.5公斤', '床', 120, 1_000],
  ['1', '折叠床', '190×65厘米', '张', 180, 600],
  ['1', '睡袋', '零下15摄氏度', '个', 220, 400],
  ['1', '瓶装饮用水', '24×550毫升', '箱', 30, 500, 1],
  ['1', '方便食品', '12份装', '箱', 60, 400, 1],
  ['1', '家庭应急包', '标准型', '个', 180, 300, 3],
  ['2', '应急照明灯', '移动升降式', '台', 3_000, 30],
  ['2', '发电机', '5千瓦', '台', 8_000, 20],
  ['2', '排水泵', '100立方米/时', '台', 6_000, 30],
  ['2', '救生衣', '成人型', '件', 80, 400, 5],
  ['2', '冲锋舟', '8人', '艘', 45_000, 4],
  ['2', '风力灭火机', '背负式', '台', 2_800, 60],
  ['2', '二号灭火工具', '普通型', '把', 35, 500],
  ['2', '正压式空气呼吸器', '6.8升', '套', 4_500, 24],
  ['2', '防毒面具', '全面罩', '个', 260, 150, 5],
  ['2', '急救箱', '含耗材', '个', 300, 60, 2],
  ['2', '对讲机', '数字', '部', 1_500, 50],
  ['2', '卫星电话', '手持', '部', 8_000, 4],
  ['3', '编织袋', '55×95厘米', '条', 2, 20_000, 3],
  ['3', '土工布', '400克', '平方米', 8, 5_000],
  ['3', '融雪剂', '袋装', '吨', 900, 80, 2],
  ['3', '铁锹', '钢柄', '把', 25, 400],
  ['3', '装载机', '50型', '台', 350_000, 3],
  ['3', '挖掘机', '20吨', '台', 600_000, 2],
];

/** In a store of a town: things that need no machine and no specialist. */
const townKeeps = new Set([
  '棉大衣',
  '棉被',
  '瓶装饮用水',
  '方便食品',
  '应急照明灯',
  '二号灭火工具',
  '急救箱',
  '编织袋',
  '铁锹',
]);

const banners = divisions.entries.filter(({ code }) => code !== cityCode);
const store = (index: number, code: string, name: string, level: Store['level'], town: Town, keeper: string): Store => {
  return { index, code: `YJ${code}`, name, level, town, keeper };
};
const stores: readonly Store[] = [
  store(0, cityCode, '鄂尔多斯市应急物资储备库', 'CITY', seatOf('150603'), '鄂尔多斯市应急管理局'),
  ...banners.map(({ code, zh }, n) =>
    store(n + 1, code, `${zh}应急物资储备库`, 'BANNER', seatOf(code), `${zh}应急管理局`),
  ),
  ...towns.entries.map((town, n) => {
    const name = divisions.find(town.division)!.zh + town.zh;
    return store(banners.length + 1 + n, town.code, `${name}应急物资储备点`, 'TOWN', town, `${name}应急管理办公室`);
  }),
];

const streams = {
  quantity: streamOf('emergency-supply.quantity'),
  stored: streamOf('emergency-supply.stored'),
  counted: streamOf('emergency-supply.counted'),
  repair: streamOf('emergency-supply.repair'),
};
/** Telephones are drawn at indexes that neither a person nor a legal person has. */
const telephoneOffset = 0x2800_0000;
const sizes = { CITY: 4, BANNER: 1, TOWN: 0.1 };

export const emergencySupplySeed: DatasetSeed<Row> = {
  dataset: EmergencySupply,
  of: 'place',
  count: () => stores.length,
  rows(cast, index) {
    const place = stores[index]!;
    return materials.flatMap((material, n) => {
      if (place.level === 'TOWN' && !townKeeps.has(material[1])) return [];
      return [describeStock(cast, place, material, index * materials.length + n)];
    });
  },
};

function describeStock({ draw }: Cast, place: Store, material: Material, at: number): Row {
  const [supplyClass, name, specification, unit, price, usual, years] = material;
  const minimum = Math.max(1, Math.round(usual * sizes[place.level] * 0.8));
  const quantity = Math.max(1, Math.round(minimum * (0.85 + 0.8 * draw.unit(streams.quantity, at))));
  // What expires is turned over; a little of it is overlooked.
  const age = years === undefined ? 2_500 : Math.round(years * 365 * 1.04);
  const storedOn = isoOf(castDay - draw.between(streams.stored, at, 10, age));
  const expiresOn = years === undefined ? null : plusYears(storedOn, years);
  return {
    division: place.town.division,
    storeCode: place.code,
    stockNumber: `${place.code}${String(at).padStart(6, '0')}`,
    storeName: place.name,
    storeLevel: place.level,
    town: place.town.code,
    address: addressOfTown(place.town.code),
    supplyClass,
    name,
    specification,
    quantity,
    quantityUnit: unit,
    minimumQuantity: minimum,
    value: yuan(quantity * price * 100),
    storedOn,
    expiresOn,
    countedOn: isoOf(castDay - draw.below(streams.counted, at, Math.min(90, castDay - dayOf(storedOn)))),
    condition: conditionOf(
      expiresOn,
      quantity < minimum,
      years === undefined && price >= 1_000 && draw.chance(streams.repair, at, 0.05),
    ),
    keeper: place.keeper,
    telephone: drawTelephone(draw, telephoneOffset + place.index),
  };
}

function conditionOf(expiresOn: string | null, isBelow: boolean, isInRepair: boolean): string {
  if (expiresOn !== null && expiresOn < castDate) return 'EXPIRED';
  if (expiresOn !== null && dayOf(expiresOn) - castDay < 60) return 'EXPIRING';
  return isInRepair ? 'IN_REPAIR' : isBelow ? 'BELOW_MINIMUM' : 'READY';
}
