import { defineCodeRows } from './code-list.js';

/** Kinds of administrative penalty, article 9 of the law of 2021, from its first item to its last; the law gives no codes: items, and places in them. */
export const penaltyKinds = defineCodeRows('penalty-kinds', '中华人民共和国行政处罚法（2021）第九条', [
  ['11', '警告', 'warning'],
  ['12', '通报批评', 'public criticism'],
  ['21', '罚款', 'fine'],
  ['22', '没收违法所得', 'confiscation of unlawful gains'],
  ['23', '没收非法财物', 'confiscation of unlawful property'],
  ['31', '暂扣许可证件', 'suspension of a licence'],
  ['32', '降低资质等级', 'lowering of a grade of qualification'],
  ['33', '吊销许可证件', 'revocation of a licence'],
  ['41', '限制开展生产经营活动', 'restriction of production or operation'],
  ['42', '责令停产停业', 'order to stop production or business'],
  ['43', '责令关闭', 'order to close'],
  ['44', '限制从业', 'restriction of employment'],
  ['51', '行政拘留', 'administrative detention'],
  ['91', '法律、行政法规规定的其他行政处罚', 'other penalty provided for by law or administrative regulation'],
]);
