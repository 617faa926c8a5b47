import { defineCodeRows } from './code-list.js';

/** Sex, GB/T 2261.1-2003, complete. */
export const sexes = defineCodeRows('sexes', 'GB/T 2261.1-2003', [
  ['0', '未知的性别', 'unknown'],
  ['1', '男性', 'male'],
  ['2', '女性', 'female'],
  ['9', '未说明的性别', 'not stated'],
]);
