/** What of the cast the state owns: a company of type 151 that has no parent, and the companies below it. */
import type { Cast } from '../../cast/cast.js';
import type { LegalPerson } from '../../cast/legal-person.js';

export interface StateOwnership {
  /** 1 for the head of the group. */
  readonly level: number;
  readonly head: LegalPerson;
  readonly parent: number | undefined;
  /** The state's part through all levels, in per cent. */
  readonly percent: number;
}

export const investorBody = '鄂尔多斯市人民政府国有资产监督管理委员会';
const solelyStateOwned = '151';

/** Whether the state holds all of it directly. */
export function isHeldByState({ form, enterpriseType, parent }: LegalPerson): boolean {
  return form === 'company' && enterpriseType === solelyStateOwned && parent === undefined;
}

export function stateOwnershipOf(cast: Cast, index: number): StateOwnership | undefined {
  const firm = cast.legalPerson(index);
  if (firm.form !== 'company') return undefined;
  let [head, level, percent] = [firm, 1, 100];
  while (head.parent !== undefined) {
    percent = (percent * head.parentShare!) / 10_000;
    head = cast.legalPerson(head.parent);
    level++;
  }
  return isHeldByState(head) ? { level, head, parent: firm.parent, percent } : undefined;
}
