/** The values that credit data of legal persons and of persons have in common. */
import { oneOf } from '../../model/value-type.js';

/** 全国公共信用信息基础目录: what public credit information may be collected at all. */
export const creditCategory = oneOf({
  name: 'CreditCategory',
  zh: '公共信用信息类别',
  en: 'Category of public credit information, after the national basic catalogue',
  values: {
    REGISTRATION: { zh: '登记注册基本信息', en: 'Registration' },
    JUDICIAL: { zh: '司法裁判及执行信息', en: 'Judgments and their enforcement' },
    ADMINISTRATIVE: { zh: '行政管理信息', en: 'Licences, penalties and other administration' },
    PROFESSION: { zh: '职称和职业信息', en: 'Titles and occupations' },
    ABNORMAL_OPERATION: { zh: '经营（活动）异常名录（状态）信息', en: 'Lists of abnormal operation' },
    SERIOUS_DISHONESTY: { zh: '严重失信主体名单信息', en: 'Lists of the seriously dishonest' },
    CONTRACT: { zh: '合同履行信息', en: 'Performance of contracts with public bodies' },
    COMMITMENT: { zh: '信用承诺及履行情况信息', en: 'Credit commitments and how they are kept' },
    EVALUATION: { zh: '信用评价结果信息', en: 'Results of credit evaluation' },
    COMPLIANCE: { zh: '遵守法律法规情况信息', en: 'Compliance with laws and regulations' },
    HONOUR: { zh: '诚实守信相关荣誉信息', en: 'Honours for honesty' },
    VOLUNTARY: { zh: '信用主体自愿提供的信用信息', en: 'Provided by the subject of its own accord' },
  },
});

export const creditNature = oneOf({
  name: 'CreditNature',
  zh: '信用信息性质',
  en: 'Whether a credit record speaks for or against its subject',
  values: {
    POSITIVE: { zh: '守信信息', en: 'For it' },
    NEUTRAL: { zh: '基础信息', en: 'Neither' },
    NEGATIVE: { zh: '失信信息', en: 'Against it' },
  },
});

export const creditGravity = oneOf({
  name: 'CreditGravity',
  zh: '失信程度',
  en: 'Gravity of dishonesty',
  values: {
    MINOR: { zh: '轻微失信', en: 'Minor' },
    ORDINARY: { zh: '一般失信', en: 'Ordinary' },
    SERIOUS: { zh: '严重失信', en: 'Serious' },
  },
});

export const creditRepair = oneOf({
  name: 'CreditRepair',
  zh: '信用修复状态',
  en: 'Whether credit has been repaired',
  values: {
    NOT_APPLIED: { zh: '未申请', en: 'Not applied for' },
    IN_PROGRESS: { zh: '修复中', en: 'Under examination' },
    REPAIRED: { zh: '已修复', en: 'Repaired' },
    REFUSED: { zh: '不予修复', en: 'Refused' },
  },
});

export const creditListKind = oneOf({
  name: 'CreditListKind',
  zh: '名单类型',
  en: 'Red list or black list',
  values: {
    RED: { zh: '守信激励名单（红名单）', en: 'Red list: of the honest' },
    BLACK: { zh: '严重失信主体名单（黑名单）', en: 'Black list: of the seriously dishonest' },
  },
});

export const creditGrade = oneOf({
  name: 'CreditGrade',
  zh: '信用等级',
  en: 'Grade of a credit score',
  values: {
    EXCELLENT: { zh: '优', en: 'Excellent: 900 and more' },
    GOOD: { zh: '良', en: 'Good: 750 and more' },
    FAIR: { zh: '中', en: 'Fair: 600 and more' },
    POOR: { zh: '差', en: 'Poor: below 600, or judged so directly' },
  },
});
