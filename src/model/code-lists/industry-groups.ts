/**
 * Groups (中类) of industry, GB/T 4754-2017, complete: 473. The standard's classes (小类, four digits) are not kept: where a register
 * holds classes, the first three digits are the group.
 */
import { defineCodeList } from './code-list.js';
import { manufacturingGroups } from './industry-groups-of-manufacturing.js';
import { productionGroups } from './industry-groups-of-production.js';
import { serviceGroups } from './industry-groups-of-services.js';

const rows = [...productionGroups, ...manufacturingGroups, ...serviceGroups].sort(([a], [b]) => (a < b ? -1 : 1));

export const industryGroups = defineCodeList(
  'industry-groups',
  'GB/T 4754-2017',
  rows.map(([code, zh, en]) => ({ code, zh, en })),
);
