import { defineCodeRows } from './code-list.js';

/** How medical expenses are paid (医疗费用支付方式), as the personal form of the national basic public health services counts them. */
export const medicalPayments = defineCodeRows('medical-payments', '国家基本公共卫生服务规范（第三版）个人基本信息表', [
  ['1', '城镇职工基本医疗保险', 'basic medical insurance of urban employees'],
  ['2', '城镇居民基本医疗保险', 'basic medical insurance of urban residents'],
  ['3', '新型农村合作医疗', 'new rural cooperative medical care'],
  ['4', '贫困救助', 'poverty relief'],
  ['5', '商业医疗保险', 'commercial medical insurance'],
  ['6', '全公费', 'at public expense'],
  ['7', '全自费', 'at own expense'],
  ['8', '其他', 'other'],
]);
