/** The national childhood schedule, edition of 2021, with the pertussis doses as changed from 2025, and what people choose beside it. */
export interface ScheduledDose {
  readonly vaccine: string;
  readonly dose: number;
  /** Due at this age. */
  readonly months: number;
}

type Row = readonly [vaccine: string, ...months: number[]];

const common: readonly Row[] = [
  ['HepB', 0, 1, 6],
  ['BCG', 0],
  ['IPV', 2, 3],
  ['bOPV', 4, 48],
  ['MPSV-A', 6, 9],
  ['MMR', 8, 18],
  ['JE-L', 8, 24],
  ['HepA-L', 18],
  ['MPSV-AC', 36, 72],
];
const dosesOf = (rows: readonly Row[]): readonly ScheduledDose[] =>
  rows
    .flatMap(([vaccine, ...ages]) => ages.map((months, n) => ({ vaccine, dose: n + 1, months })))
    .sort((a, b) => a.months - b.months);

const until2024 = dosesOf([...common, ['DTaP', 3, 4, 5, 18, 72]]);
const since2025 = dosesOf([...common, ['DTaP', 2, 4, 6, 18, 72]]);

/** Of those born since this day, no dose falls under an older edition; the sixth birthday lies in the time of the new pertussis doses. */
export const firstBirthDate = '2019-11-01';

export function scheduleOf(birthDate: string): readonly ScheduledDose[] {
  return birthDate >= '2025-01-01' ? since2025 : until2024;
}

export const manufacturers: Readonly<Record<string, string>> = {
  HepB: '深圳康泰生物制品股份有限公司',
  BCG: '成都生物制品研究所有限责任公司',
  IPV: '北京生物制品研究所有限责任公司',
  bOPV: '北京生物制品研究所有限责任公司',
  'MPSV-A': '兰州生物制品研究所有限责任公司',
  'MPSV-AC': '兰州生物制品研究所有限责任公司',
  MMR: '上海生物制品研究所有限责任公司',
  'JE-L': '成都生物制品研究所有限责任公司',
  'HepA-L': '长春生物制品研究所有限责任公司',
  DTaP: '武汉生物制品研究所有限责任公司',
  VarV: '长春祈健生物制品有限公司',
  IIV: '华兰生物疫苗股份有限公司',
  HPV: '厦门万泰沧海生物技术有限公司',
  PPV23: '成都生物制品研究所有限责任公司',
};
/** In yuan, of what people pay for themselves. */
export const prices: Readonly<Record<string, number>> = { VarV: 158, IIV: 128, HPV: 344, PPV23: 224 };
