/**
 * The city and its nine districts and banners, GB/T 2260. This is the list that grants, statistics and portraits mean by 'division'.
 *
 * Three more codes of the same shape stand in credit codes and licences and are no divisions: registration authorities were given
 * them, and what they registered lies in one of the nine.
 */
import { defineCodeRows } from './code-list.js';

export const cityCode = '150600';

export const divisions = defineCodeRows('divisions', 'GB/T 2260', [
  ['150600', '鄂尔多斯市', 'Ordos City'],
  ['150602', '东胜区', 'Dongsheng District'],
  ['150603', '康巴什区', 'Kangbashi District'],
  ['150621', '达拉特旗', 'Dalad Banner'],
  ['150622', '准格尔旗', 'Jungar Banner'],
  ['150623', '鄂托克前旗', 'Otog Front Banner'],
  ['150624', '鄂托克旗', 'Otog Banner'],
  ['150625', '杭锦旗', 'Hanggin Banner'],
  ['150626', '乌审旗', 'Uxin Banner'],
  ['150627', '伊金霍洛旗', 'Ejin Horo Banner'],
]);

/** Codes that registration authorities use and GB/T 2260 does not have: never a division of residence, of registration or of a grant. */
export const registrationOnlyCodes: readonly string[] = Object.freeze(['150691', '150693', '150694']);

/** True for one of the nine; false for the city itself and for registration-only codes. */
export function isBanner(code: string): boolean {
  return code !== cityCode && divisions.find(code) !== undefined;
}
