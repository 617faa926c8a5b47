/** Who has what, how often, and what treating it takes. Weights are a guess at a county hospital's year, not statistics. */
import { type WeightedChoice, chooseByWeight } from '../../cast/weighted-choice.js';

export interface Illness {
  /** Of the code list `diagnoses`. */
  readonly diagnosis: string;
  readonly department: string;
  /** Full years, both ends included. */
  readonly ages: readonly [from: number, to: number];
  readonly weight: number;
  /** How many of a hundred such visits are admissions. */
  readonly admitted: number;
  /** Days in hospital at most. */
  readonly days: number;
  readonly sex?: '1' | '2';
  /** An occupational disease of those who work, or worked, here. */
  readonly occupation?: string;
  /** Treated by clinics as well as hospitals. */
  readonly mild?: true;
  readonly emergency?: true;
  readonly mental?: true;
}

type Row = readonly [
  diagnosis: string,
  department: string,
  from: number,
  to: number,
  weight: number,
  admitted: number,
  days: number,
  more?: Partial<Illness>,
];
const mild = { mild: true } as const;
const mental = { mental: true } as const;
const emergency = { emergency: true } as const;

const rows: readonly Row[] = [
  ['A09', '消化内科', 0, 120, 8, 3, 5, mild],
  ['A15.0', '感染科', 15, 120, 0.5, 40, 25],
  ['A23.9', '感染科', 15, 75, 1.6, 25, 20],
  ['B01.9', '皮肤科', 1, 14, 2, 2, 6, mild],
  ['B02.9', '皮肤科', 40, 120, 1.4, 6, 9],
  ['B18.1', '感染科', 20, 80, 1, 10, 14],
  ['C16.9', '肿瘤科', 40, 120, 0.6, 70, 22],
  ['C22.0', '肿瘤科', 40, 120, 0.4, 70, 22],
  ['C34.9', '肿瘤科', 45, 120, 0.8, 70, 22],
  ['C50.9', '肿瘤科', 30, 120, 0.7, 60, 20, { sex: '2' }],
  ['D25.9', '妇科', 28, 54, 1.2, 35, 9, { sex: '2' }],
  ['D50.9', '血液内科', 1, 60, 1, 4, 6],
  ['E03.9', '内分泌科', 25, 120, 1, 2, 6],
  ['E04.9', '内分泌科', 25, 120, 1.2, 6, 7],
  ['E11.9', '内分泌科', 35, 120, 7, 9, 12, mild],
  ['E78.5', '心血管内科', 35, 120, 4, 1, 5, mild],
  ['F20.9', '精神科', 18, 75, 0.3, 45, 45, mental],
  ['F32.9', '精神科', 14, 85, 0.9, 12, 28, mental],
  ['F41.1', '精神科', 18, 80, 0.9, 4, 20, mental],
  ['G40.9', '神经内科', 3, 80, 0.4, 14, 8],
  ['G43.9', '神经内科', 15, 65, 1.6, 1, 4],
  ['G47.0', '神经内科', 25, 120, 2, 1, 5],
  ['H10.9', '眼科', 0, 120, 2, 0, 0, mild],
  ['H25.9', '眼科', 55, 120, 1.6, 50, 4],
  ['H52.1', '眼科', 6, 25, 3, 0, 0],
  ['H66.9', '耳鼻咽喉科', 0, 20, 2, 4, 6],
  ['I10', '心血管内科', 35, 120, 14, 4, 9, mild],
  ['I20.9', '心血管内科', 45, 120, 2.4, 40, 9],
  ['I21.9', '心血管内科', 45, 120, 0.5, 95, 14, emergency],
  ['I25.1', '心血管内科', 45, 120, 5, 22, 11],
  ['I48', '心血管内科', 55, 120, 1.2, 20, 9],
  ['I50.9', '心血管内科', 60, 120, 1.4, 60, 12],
  ['I61.9', '神经外科', 45, 120, 0.4, 97, 24, emergency],
  ['I63.9', '神经内科', 50, 120, 2.6, 65, 15],
  ['J00', '全科医学科', 0, 120, 9, 0, 0, mild],
  ['J03.9', '耳鼻咽喉科', 1, 40, 4, 4, 6, mild],
  ['J06.9', '呼吸内科', 0, 120, 18, 1, 5, mild],
  ['J18.9', '呼吸内科', 0, 120, 3, 45, 12],
  ['J20.9', '呼吸内科', 0, 120, 6, 8, 8, mild],
  ['J30.4', '耳鼻咽喉科', 4, 60, 4, 0, 0, mild],
  ['J44.9', '呼吸内科', 50, 120, 2.4, 35, 13],
  ['J45.9', '呼吸内科', 3, 75, 1.4, 10, 8],
  ['J60', '职业病科', 45, 120, 6, 40, 20, { sex: '1', occupation: '煤矿工人' }],
  ['K02.9', '口腔科', 3, 80, 6, 0, 0],
  ['K21.9', '消化内科', 20, 120, 2.4, 3, 6],
  ['K25.9', '消化内科', 25, 120, 1.4, 20, 9],
  ['K29.7', '消化内科', 15, 120, 7, 4, 7, mild],
  ['K35.8', '普外科', 5, 75, 1, 85, 7, emergency],
  ['K80.2', '普外科', 25, 120, 1.6, 35, 8],
  ['L20.9', '皮肤科', 0, 40, 2.4, 0, 0, mild],
  ['L50.9', '皮肤科', 1, 70, 2, 2, 4, mild],
  ['M06.9', '风湿免疫科', 30, 120, 1, 16, 12],
  ['M17.9', '骨科', 45, 120, 4, 10, 12],
  ['M51.2', '骨科', 20, 75, 4, 14, 12],
  ['M81.9', '骨科', 55, 120, 2, 8, 10],
  ['N18.9', '肾内科', 35, 120, 1, 40, 14],
  ['N20.0', '泌尿外科', 20, 75, 2, 24, 6, emergency],
  ['N39.0', '肾内科', 5, 120, 2, 6, 7],
  ['N40', '泌尿外科', 50, 120, 2.4, 20, 10, { sex: '1' }],
  ['S06.0', '神经外科', 3, 120, 0.6, 55, 7, emergency],
  ['S52.5', '骨科', 4, 120, 0.9, 35, 9, emergency],
  ['S72.0', '骨科', 60, 120, 0.5, 90, 18, emergency],
  ['Z00.0', '健康管理科', 3, 120, 12, 0, 0],
];

export const illnesses: readonly Illness[] = rows.map(
  ([diagnosis, department, from, to, weight, admitted, days, more]) =>
    Object.freeze({ diagnosis, department, ages: [from, to] as const, weight, admitted, days, ...more }),
);

export const checkUp = 'Z00.0';
/** Childbirth is not drawn: it happens on the birthday of a child. */
export const childbirth: readonly Illness[] = [
  { diagnosis: 'O80.9', department: '产科', ages: [18, 50], weight: 60, admitted: 100, days: 4, sex: '2' },
  { diagnosis: 'O82.9', department: '产科', ages: [18, 50], weight: 40, admitted: 100, days: 7, sex: '2' },
];
/** What people of middle and old age die of in hospital. */
export const fatalIllnesses: readonly Illness[] = illnesses.filter(({ diagnosis }) =>
  ['C16.9', 'C22.0', 'C34.9', 'I21.9', 'I50.9', 'I61.9', 'I63.9', 'J44.9'].includes(diagnosis),
);

const choices = new Map<string, WeightedChoice<Illness>>();

/** An illness of this age, sex and occupation; everyone has one of them at some time. */
export function chooseIllness(age: number, sex: string, occupation: string): WeightedChoice<Illness> {
  const trade = illnesses.some((illness) => illness.occupation === occupation) ? occupation : '';
  const key = `${age} ${sex} ${trade}`;
  const found = choices.get(key);
  if (found) return found;
  const possible = illnesses.filter(
    (illness) =>
      age >= illness.ages[0] &&
      age <= illness.ages[1] &&
      (illness.sex ?? sex) === sex &&
      (illness.occupation ?? trade) === trade,
  );
  const choice = chooseByWeight(possible.map((illness) => [illness, illness.weight] as const));
  choices.set(key, choice);
  return choice;
}
