/** Schools of the city, a primary school for each town and secondary ones for each division, and universities of the region by their codes. */
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { towns } from '../../../src/model/code-lists/towns.js';

export interface School {
  /** 学校标识码, ten digits; those of universities are real, all others made up. */
  readonly code: string;
  readonly name: string;
}

export const primarySchoolOfTown: ReadonlyMap<string, School> = new Map(
  towns.entries.map(({ code, division, zh }, n) => [
    code,
    {
      code: `21${division}${String(n + 1).padStart(2, '0')}`,
      name: `${divisions.find(division)!.zh}${zh.replace(/(街道|镇|乡|苏木)$/, '')}小学`,
    },
  ]),
);

const numerals = ['一', '二', '三', '四', '五', '六'] as const;

function schoolsOf(
  kind: string,
  count: number,
  name: (place: string, numeral: string) => string,
): Map<string, School[]> {
  return new Map(
    divisions.entries
      .slice(1)
      .map(({ code, zh }) => [
        code,
        numerals.slice(0, count).map((numeral, n) => ({ code: `${kind}${code}0${n + 1}`, name: name(zh, numeral) })),
      ]),
  );
}

export const juniorSchoolsOf = schoolsOf('31', 6, (place, numeral) => `${place}第${numeral}初级中学`);
export const seniorSchoolsOf = schoolsOf('34', 2, (place, numeral) => `${place}第${numeral}高级中学`);
export const vocationalSchoolsOf = schoolsOf('36', 1, (place) => `${place}职业中学`);

const university = (code: string, name: string): School => ({ code: `41150${code}`, name });

export const universities: readonly School[] = [
  university('10126', '内蒙古大学'),
  university('10127', '内蒙古科技大学'),
  university('10128', '内蒙古工业大学'),
  university('10129', '内蒙古农业大学'),
  university('10132', '内蒙古医科大学'),
  university('10135', '内蒙古师范大学'),
  university('10139', '内蒙古财经大学'),
];

export const majors = [
  '采矿工程',
  '机械设计制造及其自动化',
  '电气工程及其自动化',
  '化学工程与工艺',
  '土木工程',
  '计算机科学与技术',
  '会计学',
  '汉语言文学',
  '临床医学',
  '护理学',
  '动物医学',
  '草业科学',
  '法学',
  '学前教育',
  '工商管理',
] as const;

export const trades = ['机电技术应用', '汽车运用与维修', '护理', '幼儿保育', '畜禽生产技术', '电子商务'] as const;
