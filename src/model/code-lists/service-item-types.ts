import { defineCodeRows } from './code-list.js';

/** Types of government service items (事项类型), as the national government service platform codes them. */
export const serviceItemTypes = defineCodeRows('service-item-types', 'GB/T 39554.1-2020', [
  ['01', '行政许可', 'administrative licence'],
  ['02', '行政处罚', 'administrative penalty'],
  ['03', '行政强制', 'administrative coercion'],
  ['04', '行政征收', 'administrative levy'],
  ['05', '行政给付', 'administrative payment'],
  ['06', '行政检查', 'administrative inspection'],
  ['07', '行政确认', 'administrative confirmation'],
  ['08', '行政奖励', 'administrative reward'],
  ['09', '行政裁决', 'administrative adjudication'],
  ['10', '其他行政权力', 'other administrative power'],
  ['20', '公共服务', 'public service'],
]);
