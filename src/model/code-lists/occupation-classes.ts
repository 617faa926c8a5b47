import { defineCodeRows } from './code-list.js';

/** Major classes of occupations (职业大类), GB/T 6565-2015, complete; minor classes are not kept. */
export const occupationClasses = defineCodeRows('occupation-classes', 'GB/T 6565-2015', [
  [
    '10000',
    '党的机关、国家机关、群众团体和社会组织、企事业单位负责人',
    'heads of organs, organisations and enterprises',
  ],
  ['20000', '专业技术人员', 'professionals and technicians'],
  ['30000', '办事人员和有关人员', 'clerks and related staff'],
  ['40000', '社会生产服务和生活服务人员', 'service workers'],
  ['50000', '农、林、牧、渔业生产及辅助人员', 'workers in agriculture, forestry, husbandry and fishery'],
  ['60000', '生产制造及有关人员', 'production and manufacturing workers'],
  ['70000', '军人', 'members of the armed forces'],
  ['80000', '不便分类的其他从业人员', 'others who cannot be classified'],
]);
