/** Doses of the national schedule for children, and for others influenza each autumn, HPV for girls and pneumococcus for the old. */
import { Vaccination } from '../../../src/libraries/healthcare/vaccination.js';
import { vaccines } from '../../../src/model/code-lists/vaccines.js';
import { ageOn, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { lastDayOf } from '../days.js';
import { firstBirthDate, manufacturers, prices, scheduleOf } from './immunisation-schedule.js';
import { clinicOfTown, hospitalOfDivision } from './institutions.js';

type Row = SeedRow<Omit<Vaccination, 'institution'>, 'person'>;

interface Dose {
  readonly vaccine: string;
  readonly dose: number;
  readonly day: number;
}

/** Doses a person at most, so that each has an index of its own to draw at. */
const mostDoses = 40;
const streams = {
  given: streamOf('vaccination.given'),
  delay: streamOf('vaccination.delay'),
  chosen: streamOf('vaccination.chosen'),
  lot: streamOf('vaccination.lot'),
  vaccinator: streamOf('vaccination.vaccinator'),
  reaction: streamOf('vaccination.reaction'),
};
/** Vaccinators bear names drawn at indexes that no person has. */
const vaccinatorOffset = 0x3400_0000;
const thighVaccines = ['DTaP', 'MMR'];

export const vaccinationSeed: DatasetSeed<Row> = {
  dataset: Vaccination,
  of: 'person',
  rows(cast, index) {
    const person = cast.person(index);
    const last = lastDayOf(person);
    const doses = [...scheduledDoses(cast, person), ...chosenDoses(cast, person)].filter(({ day }) => day <= last);
    return doses
      .sort((a, b) => a.day - b.day)
      .map((dose, n) => describeDose(cast, person, dose, index * mostDoses + n));
  },
};

/** Seldom is one missed; then its successors are late enough to count as what they are. */
function scheduledDoses({ draw }: Cast, { index, birthDate }: Person): Dose[] {
  if (birthDate < firstBirthDate) return [];
  const born = dayOf(birthDate);
  const missed = draw.chance(streams.given, index, 0.03);
  return scheduleOf(birthDate)
    .filter(({ months }) => !missed || months < 12)
    .map(({ vaccine, dose, months }, n) => {
      const delay = months === 0 ? 0 : draw.below(streams.delay, index * mostDoses + n, 24);
      return { vaccine, dose, day: born + Math.ceil(months * 30.44) + delay };
    });
}

function chosenDoses({ draw }: Cast, { index, birthDate, sex }: Person): Dose[] {
  const age = ageOn(birthDate);
  const doses: Dose[] = [];
  const add = (vaccine: string, dose: number, from: string, within: number, salt: number): void => {
    doses.push({ vaccine, dose, day: dayOf(from) + draw.below(streams.delay, index + salt, within) });
  };
  if (birthDate >= firstBirthDate && draw.chance(streams.chosen, index, 0.6))
    add('VarV', 1, yearsAfter(birthDate, 1), 90, 1 << 28);
  const keen = age >= 60 ? 0.2 : age < 18 ? 0.12 : 0.03;
  for (const year of [2023, 2024, 2025]) {
    if (age - (2025 - year) < 1 || !draw.chance(streams.chosen, index + year * 0x10_0000, keen)) continue;
    add('IIV', 1, `${year}-09-15`, 75, (2 << 28) + year);
  }
  if (sex === '2' && age >= 13 && age < 27 && draw.chance(streams.chosen, index + (1 << 28), 0.4)) {
    add('HPV', 1, yearsAfter(birthDate, 13), 300, 3 << 28);
    add('HPV', 2, yearsAfter(birthDate, 14), 120, 4 << 28);
  }
  if (age >= 66 && draw.chance(streams.chosen, index + (2 << 28), 0.15))
    add('PPV23', 1, yearsAfter(birthDate, 65), 360, 5 << 28);
  // Bivalent HPV has been made in the country since the spring of 2020; nothing chosen is on record before that.
  return doses.filter(({ day }) => day >= dayOf('2020-05-01'));
}

function describeDose({ draw }: Cast, person: Person, { vaccine, dose, day }: Dose, at: number): Row {
  const vaccinatedOn = isoOf(day);
  const clinic =
    vaccinatedOn === person.birthDate ? hospitalOfDivision.get(person.division)! : clinicOfTown.get(person.town)!;
  const vaccinator = vaccinatorOffset + clinic.index * 4 + draw.below(streams.vaccinator, at, 4);
  const { programme } = vaccines.find(vaccine)!;
  const unit = draw.unit(streams.reaction, at);
  const made = isoOf(day - draw.between(streams.lot, at, 60, 300));
  return {
    person: person.index,
    vaccinationNumber: `${vaccinatedOn.replaceAll('-', '')}${String(at).padStart(10, '0')}`,
    vaccine,
    doseNumber: dose,
    isProgramme: programme,
    vaccinatedOn,
    institutionCode: clinic.code,
    institutionName: clinic.name,
    manufacturer: manufacturers[vaccine] ?? null,
    lotNumber: `${made.slice(0, 7).replace('-', '')}${String(draw.between(streams.lot, at + (1 << 29), 1, 48)).padStart(3, '0')}`,
    lotExpiresOn: isoOf(dayOf(made) + 730),
    site: siteOf(vaccine, ageOn(person.birthDate, vaccinatedOn)),
    vaccinator: drawSurname(draw, vaccinator) + drawGivenName(draw, vaccinator, 'female', 1988),
    selfPaid: programme ? '0.00' : `${prices[vaccine]}.00`,
    reaction: unit < 0.0004 ? 'ABNORMAL' : unit < 0.012 ? 'GENERAL' : 'NONE',
  };
}

function siteOf(vaccine: string, age: number): string {
  if (vaccine === 'bOPV') return 'ORAL';
  if (age < 1 && thighVaccines.includes(vaccine)) return 'LEFT_THIGH';
  return vaccine === 'HepB' || vaccine === 'JE-L' ? 'RIGHT_UPPER_ARM' : 'LEFT_UPPER_ARM';
}
