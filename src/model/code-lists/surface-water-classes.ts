import { defineCodeRows } from './code-list.js';

/**
 * Classes of surface water, GB 3838-2002: the digits are its Roman numerals. What misses class V is called 劣Ⅴ类 in assessments
 * (环办〔2011〕22号); its code is ours.
 */
export const surfaceWaterClasses = defineCodeRows('surface-water-classes', 'GB 3838-2002', [
  ['1', 'Ⅰ类', 'class I'],
  ['2', 'Ⅱ类', 'class II'],
  ['3', 'Ⅲ类', 'class III'],
  ['4', 'Ⅳ类', 'class IV'],
  ['5', 'Ⅴ类', 'class V'],
  ['6', '劣Ⅴ类', 'worse than class V'],
]);
