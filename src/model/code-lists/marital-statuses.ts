import { defineCodeRows } from './code-list.js';

/** Marital status, GB/T 2261.2-2003, complete. 21 to 23 refine 20. */
export const maritalStatuses = defineCodeRows('marital-statuses', 'GB/T 2261.2-2003', [
  ['10', '未婚', 'never married'],
  ['20', '已婚', 'married'],
  ['21', '初婚', 'married for the first time'],
  ['22', '再婚', 'remarried'],
  ['23', '复婚', 'married again to the former spouse'],
  ['30', '丧偶', 'widowed'],
  ['40', '离婚', 'divorced'],
  ['90', '未说明的婚姻状况', 'not stated'],
]);
