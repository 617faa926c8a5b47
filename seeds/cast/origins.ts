/**
 * Where the families of the cast come from: the banners of the city and counties around it.
 *
 * Origins are dealt out to blocks from a deck of a thousand cards, always in the same order, so that how many blocks of an origin came
 * before a block is computed and not counted. Resident ID numbers rest on that.
 */
import { type Draw, streamOf } from './draw.js';

export interface Origin {
  readonly index: number;
  /** Code in numbers issued for births up to the year of the change, and after it (the same where it never changed). */
  readonly oldCode: string;
  readonly newCode: string;
  readonly lastOldYear: number;
  readonly place: string;
  /** The division of the city that it is, or undefined for a county elsewhere. */
  readonly division: string | undefined;
  /** Cards of a thousand. */
  readonly cards: number;
  /** Share of Mongols among those who come from here. */
  readonly mongols: number;
}

const home = '内蒙古自治区鄂尔多斯市';
const rows: readonly (readonly [
  oldCode: string,
  newCode: string,
  lastOldYear: number,
  place: string,
  cards: number,
  mongols: number,
])[] = [
  ['152701', '150602', 2001, `${home}东胜区`, 120, 0.06],
  ['152722', '150621', 2001, `${home}达拉特旗`, 120, 0.04],
  ['152723', '150622', 2001, `${home}准格尔旗`, 120, 0.08],
  ['152724', '150623', 2001, `${home}鄂托克前旗`, 55, 0.26],
  ['152725', '150624', 2001, `${home}鄂托克旗`, 65, 0.24],
  ['152726', '150625', 2001, `${home}杭锦旗`, 80, 0.17],
  ['152727', '150626', 2001, `${home}乌审旗`, 75, 0.26],
  ['152728', '150627', 2001, `${home}伊金霍洛旗`, 100, 0.08],
  ['612722', '610821', 2000, '陕西省神木市', 32, 0.01],
  ['612723', '610822', 2000, '陕西省榆林市府谷县', 28, 0.01],
  ['612701', '610802', 2000, '陕西省榆林市榆阳区', 22, 0.01],
  ['612724', '610823', 2000, '陕西省榆林市横山区', 12, 0.01],
  ['612725', '610824', 2000, '陕西省榆林市靖边县', 12, 0.01],
  ['612726', '610825', 2000, '陕西省榆林市定边县', 9, 0.01],
  ['142230', '140930', 2000, '山西省忻州市河曲县', 14, 0.01],
  ['142232', '140932', 2000, '山西省忻州市偏关县', 9, 0.01],
  ['152823', '150821', 2004, '内蒙古自治区巴彦淖尔市五原县', 15, 0.04],
  ['152826', '150826', 2004, '内蒙古自治区巴彦淖尔市杭锦后旗', 13, 0.04],
  ['152801', '150802', 2004, '内蒙古自治区巴彦淖尔市临河区', 13, 0.05],
  ['150221', '150221', 2001, '内蒙古自治区包头市土默特右旗', 16, 0.05],
  ['150222', '150222', 2001, '内蒙古自治区包头市固阳县', 12, 0.03],
  ['150202', '150202', 2001, '内蒙古自治区包头市东河区', 12, 0.05],
  ['150124', '150124', 2001, '内蒙古自治区呼和浩特市清水河县', 10, 0.03],
  ['150122', '150122', 2001, '内蒙古自治区呼和浩特市托克托县', 9, 0.04],
  ['150102', '150102', 2001, '内蒙古自治区呼和浩特市新城区', 9, 0.12],
  ['152629', '150925', 2003, '内蒙古自治区乌兰察布市凉城县', 9, 0.04],
  ['642123', '640323', 1998, '宁夏回族自治区吴忠市盐池县', 9, 0.01],
];

export const origins: readonly Origin[] = rows.map(([oldCode, newCode, lastOldYear, place, cards, mongols], index) => ({
  index,
  oldCode,
  newCode,
  lastOldYear,
  place,
  division: newCode.startsWith('1506') ? newCode : undefined,
  cards,
  mongols,
}));

const deckSize = 1000;
const deckStream = streamOf('origin.deck');

export interface OriginDeck {
  originOf(block: number): Origin;
  /** How many blocks of the same origin stand before this one. */
  rankOf(block: number): number;
}

export function createOriginDeck(draw: Draw): OriginDeck {
  const deck = origins.flatMap((origin) => Array.from({ length: origin.cards }, () => origin.index));
  if (deck.length !== deckSize) throw new RangeError('the cards of the origins do not add up to a thousand');
  for (let last = deckSize - 1; last > 0; last--) {
    const other = draw.below(deckStream, last, last + 1);
    [deck[last], deck[other]] = [deck[other]!, deck[last]!];
  }
  const seen = new Array<number>(origins.length).fill(0);
  const rankInDeck = deck.map((origin) => seen[origin]!++);
  return {
    originOf: (block) => origins[deck[block % deckSize]!]!,
    rankOf(block) {
      const card = block % deckSize;
      return Math.floor(block / deckSize) * origins[deck[card]!]!.cards + rankInDeck[card]!;
    },
  };
}
