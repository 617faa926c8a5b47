/** What the cases of persons and of legal persons have in common: their values, declared once. */
import { oneOf } from '../../model/value-type.js';

export const caseStatus = oneOf({
  name: 'ServiceCaseStatus',
  zh: '办件状态',
  en: 'Status of a case',
  values: {
    ACCEPTED: { zh: '已受理', en: 'Accepted' },
    IN_PROGRESS: { zh: '在办', en: 'In progress' },
    SUPPLEMENT: { zh: '补正', en: 'Waiting for documents' },
    REFUSED: { zh: '不予受理', en: 'Not accepted' },
    COMPLETED: { zh: '已办结', en: 'Completed' },
    WITHDRAWN: { zh: '撤回', en: 'Withdrawn' },
  },
});

export const caseResult = oneOf({
  name: 'ServiceCaseResult',
  zh: '办理结果',
  en: 'Result of a case',
  values: {
    GRANTED: { zh: '准予', en: 'Granted' },
    DENIED: { zh: '不予', en: 'Denied' },
  },
});

export const caseChannel = oneOf({
  name: 'ServiceChannel',
  zh: '申请渠道',
  en: 'How someone applied',
  values: {
    WINDOW: { zh: '政务服务大厅窗口', en: 'At a window' },
    WEB: { zh: '政务服务网', en: 'On the web' },
    MOBILE: { zh: '移动端', en: 'By mobile application' },
    TERMINAL: { zh: '自助终端', en: 'At a terminal' },
  },
});
