/**
 * Industry at every depth in one list, for columns that take whatever depth a register holds: section letter, division, group.
 * Classes (小类) are not kept; see industry-groups.ts.
 */
import { defineCodeList } from './code-list.js';
import { industryDivisions } from './industry-divisions.js';
import { industryGroups } from './industry-groups.js';
import { industrySections } from './industry-sections.js';

export const industries = defineCodeList('industries', 'GB/T 4754-2017', [
  ...industrySections.entries,
  ...industryDivisions.entries,
  ...industryGroups.entries,
]);
