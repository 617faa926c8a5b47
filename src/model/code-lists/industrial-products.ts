/** The main products of mines and plants, each with the unit in which its output and capacity are reported. Codes are our own; they follow no standard. */
import { type CodeEntry, defineCodeList } from './code-list.js';

export interface IndustrialProduct extends CodeEntry {
  readonly unit: string;
}

const rows: readonly (readonly [code: string, zh: string, en: string, unit: string])[] = [
  ['COAL', '原煤', 'raw coal', '吨 (t)'],
  ['GAS', '天然气', 'natural gas', '万立方米 (10,000 m3)'],
  ['SAND', '建筑用砂石', 'construction sand and stone', '吨 (t)'],
  ['CASHMERE', '羊绒及绒线', 'dehaired cashmere and yarn', '吨 (t)'],
  ['KNITWEAR', '羊绒针织服装', 'cashmere knitwear', '件 (pieces)'],
  ['COKE', '焦炭', 'coke', '吨 (t)'],
  ['METHANOL', '甲醇', 'methanol', '吨 (t)'],
  ['UREA', '尿素', 'urea', '吨 (t)'],
  ['CEMENT', '水泥', 'cement', '吨 (t)'],
  ['CONCRETE', '商品混凝土', 'ready-mixed concrete', '立方米 (m3)'],
  ['BRICK', '新型墙体材料', 'wall materials', '立方米 (m3)'],
  ['FERROALLOY', '铁合金', 'ferroalloy', '吨 (t)'],
  ['SCRAP', '再生金属', 'recovered metal', '吨 (t)'],
  ['POWER', '发电量', 'electricity', '万千瓦时 (10,000 kWh)'],
  ['HEAT', '供热量', 'heat', '吉焦 (GJ)'],
  ['CITYGAS', '供气量', 'gas supplied', '万立方米 (10,000 m3)'],
  ['WATER', '供水量', 'water supplied', '万立方米 (10,000 m3)'],
];

export const industrialProducts = defineCodeList<IndustrialProduct>(
  'industrial-products',
  '自定代码（无国家标准）',
  rows.map(([code, zh, en, unit]) => ({ code, zh, en, unit })),
);
