/** What employment and social insurance say of one working life, told once so that both agree: the wage, and since when without work. */
import { castDay, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { Person } from '../../cast/person.js';

const wageStream = streamOf('working-life.wage');
const jobless = streamOf('working-life.jobless');

/** Monthly, in whole yuan: mines, energy and chemistry pay best. */
export function wageOf({ draw }: Pick<Cast, 'draw'>, person: number, industry: string | undefined): number {
  const least = industry !== undefined && /^(06|07|11|25|26|44|66)/.test(industry) ? 5200 : 3300;
  return Math.round((least * 3.4 ** (draw.unit(wageStream, person) ** 1.6)) / 50) * 50;
}

/** Of who is out of work: a day of the last two years, at which the last employment ended. */
export function joblessSince({ draw }: Pick<Cast, 'draw'>, person: number): string {
  return isoOf(castDay - draw.between(jobless, person, 20, 700));
}

export function isJobless(cast: Cast, person: Person): boolean {
  return person.occupation === '待业' && person.status === 'normal' && cast.employmentOf(person.index) === undefined;
}

/** Public service, whose bodies are no legal persons of the cast. */
export const publicOccupations: readonly string[] = ['公务员', '事业单位工作人员', '教师', '医生', '护士'];
export const flexibleOccupations: readonly string[] = [
  '个体经营者',
  '货车司机',
  '网约车司机',
  '建筑工人',
  '外出务工',
  '销售人员',
];
