import { defineCodeRows } from './code-list.js';

/** Education level (学历), GB/T 4658-2006: the levels, and under each what was completed. Unfinished studies (结业, 肄业) are left out. */
export const educationLevels = defineCodeRows('education-levels', 'GB/T 4658-2006', [
  ['10', '研究生教育', 'postgraduate'],
  ['11', '博士研究生毕业', 'doctorate completed'],
  ['14', '硕士研究生毕业', 'master completed'],
  ['20', '大学本科教育', 'undergraduate'],
  ['21', '大学本科毕业', 'undergraduate completed'],
  ['30', '大学专科教育', 'junior college'],
  ['31', '大学专科毕业', 'junior college completed'],
  ['40', '中等职业教育', 'secondary vocational'],
  ['41', '中等专科毕业', 'secondary specialised school completed'],
  ['44', '职业高中毕业', 'vocational senior secondary completed'],
  ['47', '技工学校毕业', 'skilled workers school completed'],
  ['60', '普通高级中学教育', 'senior secondary'],
  ['61', '普通高中毕业', 'senior secondary completed'],
  ['70', '初级中学教育', 'junior secondary'],
  ['71', '初中毕业', 'junior secondary completed'],
  ['80', '小学教育', 'primary'],
  ['81', '小学毕业', 'primary completed'],
  ['90', '其他', 'other'],
]);
