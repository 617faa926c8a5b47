/** Why a verdict is as it is and what would give access, in words. Says nothing that the schema does not say already. */
import type { Reason } from '../model/verdict.js';

export interface Explanation {
  readonly zh: string;
  readonly en: string;
  /** What to apply for; null where nothing can give it. */
  readonly remedyZh: string | null;
  readonly remedyEn: string | null;
}

const applyZh = '由所属部门提出共享申请，写明用途和依据，获批后在请求头 X-Grant 中给出授权编号';
const applyEn = 'have your department apply for sharing with purpose and legal basis, then name the grant in X-Grant';

const explanations: Record<Reason, Explanation> = {
  open: { zh: '无条件开放', en: 'open to everyone', remedyZh: null, remedyEn: null },
  'not-open': {
    zh: '未向社会开放',
    en: 'not open to the public',
    remedyZh: '使用已登记的应用凭证',
    remedyEn: 'use the credential of a registered application',
  },
  unconditional: {
    zh: '无条件共享，在应用的级别之内',
    en: 'shared unconditionally, within the clearance',
    remedyZh: null,
    remedyEn: null,
  },
  granted: { zh: '已授权', en: 'granted in plain', remedyZh: null, remedyEn: null },
  'granted-masked': {
    zh: '已授权，脱敏提供',
    en: 'granted masked',
    remedyZh: '申请明文',
    remedyEn: 'apply for it in plain',
  },
  'granted-aggregate': {
    zh: '仅可用于统计',
    en: 'granted inside declared statistics alone',
    remedyZh: applyZh,
    remedyEn: applyEn,
  },
  'own-provider': {
    zh: '本部门提供的数据',
    en: 'provided by your own department, under a standing grant',
    remedyZh: null,
    remedyEn: null,
  },
  'grant-needed': {
    zh: '本次请求没有包含该项的授权',
    en: 'no grant of this request names it',
    remedyZh: applyZh,
    remedyEn: applyEn,
  },
  'match-only': {
    zh: '仅可用于匹配，不可读取',
    en: 'granted for matching alone',
    remedyZh: applyZh,
    remedyEn: applyEn,
  },
  'not-shared': { zh: '不予共享', en: 'not shared with other departments', remedyZh: null, remedyEn: null },
  'second-approval-needed': {
    zh: '重要数据，授权须经二次批准',
    en: 'important data: the grant needs a second approval',
    remedyZh: '申请二次批准',
    remedyEn: 'ask for the second approval',
  },
  'core-data': { zh: '核心数据，不提供服务', en: 'core data is never served', remedyZh: null, remedyEn: null },
  'role-sees-no-data': {
    zh: '该角色不可读取库中数据',
    en: 'officials read no library data by their role',
    remedyZh: '使用已登记的应用和授权',
    remedyEn: 'use a registered application with a grant',
  },
  unclassified: { zh: '未分级', en: 'not classified', remedyZh: null, remedyEn: null },
  'switched-off': {
    zh: '已由安全管理员紧急停用',
    en: 'switched off for now by the security officer',
    remedyZh: null,
    remedyEn: null,
  },
};

export function explain(reason: Reason): Explanation {
  return explanations[reason];
}
