import { defineCodeRows } from './code-list.js';

const standard = '国家基本公共卫生服务规范（第三版）个人基本信息表';

/** ABO blood group (血型), as the personal form of the national basic public health services counts them. */
export const aboBloodTypes = defineCodeRows('abo-blood-types', standard, [
  ['1', 'A型', 'A'],
  ['2', 'B型', 'B'],
  ['3', 'O型', 'O'],
  ['4', 'AB型', 'AB'],
  ['5', '不详', 'unknown'],
]);

/** Rh(D) blood group, of the same form. */
export const rhBloodTypes = defineCodeRows('rh-blood-types', standard, [
  ['1', '阴性', 'negative'],
  ['2', '阳性', 'positive'],
  ['3', '不详', 'unknown'],
]);
