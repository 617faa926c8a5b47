/**
 * What of the cast the state owns: of companies that have no parent those of type 151, by one body, and those of type 159 that mine coal,
 * make power or serve the public, by two; and the companies below them.
 */
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
const otherLimited = '159';
const stateTrades = /^(061|072|441|443|451|461|721)/;

export interface StateHolder {
  readonly name: string;
  /** Hundredths of a per cent; together the whole. */
  readonly share: number;
}

const oneHolder: readonly StateHolder[] = [{ name: investorBody, share: 10_000 }];
const twoHolders: readonly StateHolder[] = [
  { name: investorBody, share: 7_000 },
  { name: '鄂尔多斯市财政局', share: 3_000 },
];

/** Who holds a company for the state directly; none of most. */
export function stateHoldersOf({ form, enterpriseType, industry, parent }: LegalPerson): readonly StateHolder[] {
  if (form !== 'company' || parent !== undefined) return [];
  if (enterpriseType === solelyStateOwned) return oneHolder;
  return enterpriseType === otherLimited && stateTrades.test(industry) ? twoHolders : [];
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
  return stateHoldersOf(head).length > 0 ? { level, head, parent: firm.parent, percent } : undefined;
}
