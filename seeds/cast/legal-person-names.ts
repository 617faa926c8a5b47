/** Names of legal persons in the pattern of the city: where, brand, trade, legal form. */
import { divisions } from '../../src/model/code-lists/divisions.js';
import { type Draw, streamOf } from './draw.js';
import type { LegalPersonForm } from './legal-person-groups.js';
import type { Trade } from './trades.js';

const first = [...'鑫恒泰宏瑞盛兴金福祥广东天中华永万汇德正博亿嘉聚腾通新安荣利'];
const second = [...'源达隆泰丰盛通恒业昌腾远诚和顺亨信茂祥海泽润轩峰博鑫图雅宇安'];
const mongol = [
  '巴音',
  '乌兰',
  '查干',
  '敖包',
  '苏和',
  '吉祥',
  '哈达',
  '腾格里',
  '呼伦',
  '赛罕',
  '阿吉奈',
  '塔拉',
  '蒙根',
  '阿拉坦',
  '额尔敦',
  '宝日',
] as const;

const streams = {
  where: streamOf('firm-name.where'),
  brand: streamOf('firm-name.brand'),
  noun: streamOf('firm-name.noun'),
  tail: streamOf('firm-name.tail'),
};

export function drawBrand(draw: Draw, legalPerson: number): string {
  if (draw.chance(streams.where, legalPerson + 0x4000_0000, 0.15)) return draw.pick(streams.brand, legalPerson, mongol);
  return draw.pick(streams.brand, legalPerson, first) + draw.pick(streams.brand, legalPerson + 0x4000_0000, second);
}

export function drawCompanyName(
  draw: Draw,
  legalPerson: number,
  brand: string,
  trade: Trade,
  division: string,
  isJointStock: boolean,
): string {
  const unit = draw.unit(streams.where, legalPerson);
  const banner = divisions.find(division)!.zh;
  const where =
    unit < 0.5 ? '鄂尔多斯市' : unit < 0.75 ? '内蒙古' : banner.endsWith('区') ? `鄂尔多斯市${banner}` : banner;
  const form = isJointStock
    ? '股份有限公司'
    : draw.chance(streams.tail, legalPerson, 0.55)
      ? '有限责任公司'
      : '有限公司';
  return where + brand + draw.pick(streams.noun, legalPerson, trade.nouns) + form;
}

export function drawOtherName(
  draw: Draw,
  legalPerson: number,
  form: LegalPersonForm,
  trade: Trade,
  division: string,
): string {
  const banner = divisions.find(division)!.zh;
  const noun = draw.pick(streams.noun, legalPerson, trade.nouns);
  const known = form === 'social-organisation' && noun.endsWith('会');
  // An association is the one of its place; whatever else is named so needs a brand.
  return banner + (known && draw.chance(streams.tail, legalPerson, 0.3) ? '' : drawBrand(draw, legalPerson)) + noun;
}
