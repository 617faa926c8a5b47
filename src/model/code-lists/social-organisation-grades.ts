import { defineCodeRows } from './code-list.js';

/** Grades of the assessment of social organisations, from the highest down. 社会组织评估管理办法 (民政部令第39号). */
export const socialOrganisationGrades = defineCodeRows('social-organisation-grades', '社会组织评估管理办法', [
  ['5A', '5A级', 'grade 5A'],
  ['4A', '4A级', 'grade 4A'],
  ['3A', '3A级', 'grade 3A'],
  ['2A', '2A级', 'grade 2A'],
  ['1A', '1A级', 'grade 1A'],
]);
