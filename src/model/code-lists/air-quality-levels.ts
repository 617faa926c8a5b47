import { defineCodeRows } from './code-list.js';

/** Levels of the air quality index, HJ 633-2012: up to 50, 100, 150, 200, 300, and above. The standard writes 一级 to 六级; the digits are its numbers. */
export const airQualityLevels = defineCodeRows('air-quality-levels', 'HJ 633-2012', [
  ['1', '一级（优）', 'level 1, excellent'],
  ['2', '二级（良）', 'level 2, good'],
  ['3', '三级（轻度污染）', 'level 3, lightly polluted'],
  ['4', '四级（中度污染）', 'level 4, moderately polluted'],
  ['5', '五级（重度污染）', 'level 5, heavily polluted'],
  ['6', '六级（严重污染）', 'level 6, severely polluted'],
]);
