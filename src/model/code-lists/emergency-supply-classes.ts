import { defineCodeRows } from './code-list.js';

/** Classes (大类) of emergency supplies, GB/T 38565-2020: the first of its four layers, complete. The layers below are not kept. */
export const emergencySupplyClasses = defineCodeRows('emergency-supply-classes', 'GB/T 38565-2020', [
  ['1', '基本生活保障物资', 'supplies for basic living'],
  ['2', '应急装备及配套物资', 'emergency equipment and what goes with it'],
  ['3', '工程材料与机械加工设备', 'engineering materials and machines'],
]);
