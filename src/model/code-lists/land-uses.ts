import { defineCodeRows } from './code-list.js';

/** Land use: the second-level classes of forest land (03) and grassland (04) of GB/T 21010-2017, complete for these two. */
export const landUses = defineCodeRows('land-uses', 'GB/T 21010-2017', [
  ['0301', '乔木林地', 'arbor forest land'],
  ['0302', '竹林地', 'bamboo forest land'],
  ['0303', '红树林地', 'mangrove land'],
  ['0304', '森林沼泽', 'forest swamp'],
  ['0305', '灌木林地', 'shrub land'],
  ['0306', '灌丛沼泽', 'shrub swamp'],
  ['0307', '其他林地', 'other forest land'],
  ['0401', '天然牧草地', 'natural pasture'],
  ['0402', '沼泽草地', 'swamp grassland'],
  ['0403', '人工牧草地', 'artificial pasture'],
  ['0404', '其他草地', 'other grassland'],
]);
