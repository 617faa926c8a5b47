/** What became of a person by the day of the cast: status, marriage, education, occupation. Years follow the layout of the family. */
import { ageOn, castDay, castYear, dayOf, isoOf, yearsAfter } from './calendar.js';
import { type Draw, streamOf } from './draw.js';
import { blockSize, officePlaces } from './family-templates.js';
import type { Families } from './families.js';
import type { ResidentNumbers } from './resident-numbers.js';
import { chooseByWeight } from './weighted-choice.js';

export type PersonStatus = 'normal' | 'deceased' | 'moved-out';

export interface Lives {
  statusOf(person: number): { readonly status: PersonStatus; readonly since: string | undefined };
  /** GB/T 2261.2. */
  maritalStatusOf(person: number): string;
  marriedOn(person: number): string | undefined;
  /** GB/T 4658; undefined before school. */
  educationOf(person: number): string | undefined;
  occupationOf(person: number, urban: boolean): string;
}

const streams = {
  death: streamOf('life.death'),
  deathDay: streamOf('life.death-day'),
  move: streamOf('life.move'),
  wedding: streamOf('life.wedding'),
  school: streamOf('life.school'),
  work: streamOf('life.work'),
};

const educationByCohort = {
  elder: chooseByWeight([
    ['90', 20],
    ['81', 42],
    ['71', 24],
    ['61', 8],
    ['41', 3],
    ['31', 2],
    ['21', 1],
  ]),
  middle: chooseByWeight([
    ['81', 12],
    ['71', 38],
    ['61', 17],
    ['44', 5],
    ['41', 8],
    ['31', 12],
    ['21', 8],
  ]),
  adult: chooseByWeight([
    ['71', 16],
    ['61', 14],
    ['44', 6],
    ['47', 4],
    ['41', 7],
    ['31', 24],
    ['21', 25],
    ['14', 3.5],
    ['11', 0.5],
  ]),
};
const urbanWork = chooseByWeight([
  ['企业职工', 22],
  ['个体经营者', 13],
  ['煤矿工人', 8],
  ['货车司机', 8],
  ['教师', 6],
  ['医生', 2],
  ['护士', 3],
  ['公务员', 6],
  ['事业单位工作人员', 7],
  ['销售人员', 8],
  ['工程技术人员', 6],
  ['餐饮服务员', 4],
  ['建筑工人', 4],
  ['会计', 3],
  ['网约车司机', 2],
  ['待业', 5],
]);
const ruralWork = chooseByWeight([
  ['农民', 40],
  ['牧民', 26],
  ['煤矿工人', 8],
  ['货车司机', 7],
  ['个体经营者', 8],
  ['建筑工人', 6],
  ['外出务工', 5],
]);

export function createLives(draw: Draw, families: Families, numbers: ResidentNumbers): Lives {
  /** Those who may hold offices die in the last half year of the cast or not at all, so that no office begins after its holder's death. */
  function deathOf(person: number): string | undefined {
    const age = castYear - families.birthYearOf(person);
    const unit = draw.unit(streams.death, person);
    if (age >= 64 && person % blockSize >= officePlaces) {
      const risk = age >= 85 ? 0.4 : age >= 75 ? 0.16 : 0.05;
      return unit < risk ? isoOf(castDay - draw.below(streams.deathDay, person, 8 * 365)) : undefined;
    }
    if (age < 2 || unit >= 0.003) return undefined;
    return isoOf(castDay - draw.below(streams.deathDay, person, 180));
  }

  function statusOf(person: number): { status: PersonStatus; since: string | undefined } {
    const died = deathOf(person);
    if (died !== undefined) return { status: 'deceased', since: died };
    if (
      person % blockSize >= officePlaces &&
      castYear - families.birthYearOf(person) >= 16 &&
      draw.chance(streams.move, person, 0.012)
    ) {
      return { status: 'moved-out', since: isoOf(castDay - draw.below(streams.move, person + 0x4000_0000, 3 * 365)) };
    }
    return { status: 'normal', since: undefined };
  }

  /** Some weeks after both are of age (20 and 22); drawn at the smaller index, so that it is one day for both. */
  function marriedOn(person: number): string | undefined {
    const { spouse, sex } = families.memberAt(person);
    const other = families.kinOf(person, spouse);
    if (other === undefined) return undefined;
    const [wife, husband] = sex === 'female' ? [person, other] : [other, person];
    const ofAge = Math.max(
      dayOf(yearsAfter(numbers.birthDateOf(wife), 20)),
      dayOf(yearsAfter(numbers.birthDateOf(husband), 22)),
    );
    return isoOf(ofAge + 20 + draw.below(streams.wedding, Math.min(wife, husband), 310));
  }

  function maritalStatusOf(person: number): string {
    const { spouse, marital } = families.memberAt(person);
    const other = families.kinOf(person, spouse);
    if (other === undefined) return marital ?? '10';
    const died = deathOf(other);
    const ownEnd = deathOf(person);
    // The first of two to die died married.
    return died !== undefined && (ownEnd === undefined || died < ownEnd) ? '30' : (marital ?? '20');
  }

  function educationOf(person: number): string | undefined {
    const age = ageOn(numbers.birthDateOf(person));
    if (age < 6) return undefined;
    if (age < 15) return '80';
    if (age < 18) return '70';
    if (age < 22) return draw.chance(streams.school, person, 0.7) ? '61' : '41';
    const cohort = age >= 65 ? 'elder' : age >= 45 ? 'middle' : 'adult';
    return educationByCohort[cohort](draw.unit(streams.school, person));
  }

  return {
    statusOf,
    marriedOn,
    maritalStatusOf,
    educationOf,
    occupationOf(person, urban) {
      const age = ageOn(numbers.birthDateOf(person));
      if (age < 6) return '学龄前儿童';
      if (age < 18 || (age < 22 && draw.chance(streams.work, person + 0x4000_0000, 0.7))) return '学生';
      if (age >= 60) return urban ? '退休人员' : draw.chance(streams.work, person, 0.4) ? '牧民' : '农民';
      return (urban ? urbanWork : ruralWork)(draw.unit(streams.work, person));
    },
  };
}
