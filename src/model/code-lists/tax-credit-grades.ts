import { defineCodeRows } from './code-list.js';

/** Grades of tax credit: 纳税信用管理办法（试行）, and M for new and idle firms by 国家税务总局公告2018年第8号. */
export const taxCreditGrades = defineCodeRows(
  'tax-credit-grades',
  '纳税信用管理办法（试行）；国家税务总局公告2018年第8号',
  [
    ['A', 'A级', 'grade A: 90 points and more'],
    ['B', 'B级', 'grade B: 70 points and more, below 90'],
    ['M', 'M级', 'grade M: new, or without income from production and operation, and 70 points and more'],
    ['C', 'C级', 'grade C: 40 points and more, below 70'],
    ['D', 'D级', 'grade D: below 40 points, or judged so directly'],
  ],
);
