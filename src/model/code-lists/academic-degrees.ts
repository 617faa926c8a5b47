import { defineCodeRows } from './code-list.js';

/** Academic degrees (学位), GB/T 6864-2003: the levels; the fields under each are not kept. */
export const academicDegrees = defineCodeRows('academic-degrees', 'GB/T 6864-2003', [
  ['1', '名誉博士', 'honorary doctor'],
  ['2', '博士', 'doctor'],
  ['3', '硕士', 'master'],
  ['4', '学士', 'bachelor'],
]);
