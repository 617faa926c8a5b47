import { defineCodeRows } from './code-list.js';

/**
 * Kinds of social insurance (险种类型, data element AAE140), LB 101-2000: those that are collected today.
 * Medical and maternity insurance are in the list because employers register for all of them at once.
 */
export const insuranceTypes = defineCodeRows('insurance-types', 'LB 101-2000', [
  ['110', '企业职工基本养老保险', 'basic pension insurance of enterprise employees'],
  ['120', '机关事业单位基本养老保险', 'basic pension insurance of government organs and public institutions'],
  ['170', '城乡居民基本养老保险', 'basic pension insurance of urban and rural residents'],
  ['210', '失业保险', 'unemployment insurance'],
  ['310', '职工基本医疗保险', 'basic medical insurance of employees'],
  ['390', '城乡居民基本医疗保险', 'basic medical insurance of urban and rural residents'],
  ['410', '工伤保险', 'work injury insurance'],
  ['510', '生育保险', 'maternity insurance'],
]);
