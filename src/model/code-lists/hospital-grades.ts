import { defineCodeRows } from './code-list.js';

/** Grade of a hospital (医院等级): the level and, within it, the class of the accreditation (医院分级管理办法). The numbering follows no standard. */
export const hospitalGrades = defineCodeRows('hospital-grades', '医院分级管理办法（试行草案）；代码无国家标准', [
  ['30', '三级特等', 'level three, special class'],
  ['31', '三级甲等', 'level three, class A'],
  ['32', '三级乙等', 'level three, class B'],
  ['33', '三级丙等', 'level three, class C'],
  ['21', '二级甲等', 'level two, class A'],
  ['22', '二级乙等', 'level two, class B'],
  ['23', '二级丙等', 'level two, class C'],
  ['11', '一级甲等', 'level one, class A'],
  ['12', '一级乙等', 'level one, class B'],
  ['13', '一级丙等', 'level one, class C'],
  ['90', '未定级', 'not graded'],
]);
