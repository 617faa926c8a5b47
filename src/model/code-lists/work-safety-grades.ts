import { defineCodeRows } from './code-list.js';

/** Grades of work-safety standardisation, from the highest down. 企业安全生产标准化建设定级办法 (应急〔2021〕83号). */
export const workSafetyGrades = defineCodeRows('work-safety-grades', '企业安全生产标准化建设定级办法', [
  ['1', '一级', 'grade one'],
  ['2', '二级', 'grade two'],
  ['3', '三级', 'grade three'],
]);
