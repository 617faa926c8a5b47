import { defineCodeRows } from './code-list.js';

/** How satisfied an applicant is (好差评), GB/T 39735-2020: five grades, complete. */
export const serviceRatings = defineCodeRows('service-ratings', 'GB/T 39735-2020', [
  ['1', '非常不满意', 'very dissatisfied'],
  ['2', '不满意', 'dissatisfied'],
  ['3', '基本满意', 'fairly satisfied'],
  ['4', '满意', 'satisfied'],
  ['5', '非常满意', 'very satisfied'],
]);
