/** Three years of applications of grown persons for what fits age and sex at the time. */
import { PersonServiceCase } from '../../../src/libraries/government-services/person-service-case.js';
import { ageOn, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import { streamOf } from '../../cast/draw.js';
import { type WeightedChoice, chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { lastDayOf } from '../days.js';
import { countOf, describeCourse, mostCases } from './case-course.js';
import { type Item, itemsForPersons } from './service-items.js';

type Row = SeedRow<Omit<PersonServiceCase, 'item'>, 'person'>;

const streams = {
  count: streamOf('person-case.count'),
  day: streamOf('person-case.day'),
  item: streamOf('person-case.item'),
  agent: streamOf('person-case.agent'),
};
const firstDay = dayOf('2023-01-01');
const china = '156';

export const personServiceCaseSeed: DatasetSeed<Row> = {
  dataset: PersonServiceCase,
  of: 'person',
  rows(cast, index) {
    const { draw } = cast;
    const count = countOf(cast, streams.count, index, 0.6);
    if (count === 0) return [];
    const person = cast.person(index);
    const last = lastDayOf(person);
    const from = Math.max(firstDay, dayOf(yearsAfter(person.birthDate, 18)));
    if (from > last || person.nationality !== china) return [];
    const days = Array.from({ length: count }, (_, n) => draw.between(streams.day, index * mostCases + n, from, last));
    return days
      .sort((a, b) => a - b)
      .map((day, n): Row => {
        const at = index * mostCases + n;
        const age = ageOn(person.birthDate, isoOf(day));
        const item = chooseItem(age, person.sex)(draw.unit(streams.item, at));
        const isByAgent = draw.chance(streams.agent, at, age >= 75 ? 0.35 : 0.04);
        return { person: index, ...describeCourse(cast, item, 'P', day, last, at), isByAgent };
      });
  },
};

const choices = new Map<string, WeightedChoice<Item>>();

function chooseItem(age: number, sex: string): WeightedChoice<Item> {
  const key = `${age} ${sex}`;
  const found = choices.get(key);
  if (found) return found;
  const fits = ({ ages, sex: only }: Item): boolean => (only ?? sex) === sex && age >= ages![0] && age <= ages![1];
  const choice = chooseByWeight(itemsForPersons.filter(fits).map((item) => [item, item.weight] as const));
  choices.set(key, choice);
  return choice;
}
