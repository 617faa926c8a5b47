import { defineCodeRows } from './code-list.js';

/** Relation to the head of the household (家庭关系), GB/T 4761-2008: the one-digit form, complete. */
export const householdRelations = defineCodeRows('household-relations', 'GB/T 4761-2008', [
  ['0', '本人或户主', 'self or head of household'],
  ['1', '配偶', 'spouse'],
  ['2', '子', 'son'],
  ['3', '女', 'daughter'],
  ['4', '孙子、孙女或外孙子、外孙女', 'grandchild'],
  ['5', '父母', 'parent'],
  ['6', '祖父母或外祖父母', 'grandparent'],
  ['7', '兄、弟、姐、妹', 'brother or sister'],
  ['8', '其他', 'other'],
]);
