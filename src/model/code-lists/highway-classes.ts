import { defineCodeRows } from './code-list.js';

/** Administrative class of a highway: the letter that its route number begins with, GB/T 917-2017. */
export const highwayClasses = defineCodeRows('highway-classes', 'GB/T 917-2017', [
  ['G', '国道', 'national highway'],
  ['S', '省道', 'provincial highway'],
  ['X', '县道', 'county road'],
  ['Y', '乡道', 'township road'],
  ['C', '村道', 'village road'],
  ['Z', '专用公路', 'special-purpose road'],
]);
