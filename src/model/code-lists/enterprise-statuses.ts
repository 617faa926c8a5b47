import { defineCodeRows } from './code-list.js';

/** Status of a legal person in its register, as market regulation exchanges it; no national standard fixes these codes. */
export const enterpriseStatuses = defineCodeRows('enterprise-statuses', '市场主体登记数据交换惯例（无国家标准）', [
  ['1', '存续（在营、开业、在册）', 'in operation'],
  ['2', '吊销，未注销', 'licence revoked, not yet deregistered'],
  ['3', '吊销，已注销', 'licence revoked and deregistered'],
  ['4', '注销', 'deregistered'],
  ['5', '撤销', 'registration annulled'],
  ['6', '迁出', 'moved to another registration authority'],
  ['9', '其他', 'other'],
]);
