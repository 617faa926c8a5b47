/** Health files of five in six: opened since 2009, closed by death or departure. Height, weight and pressure go with age and sex. */
import { HealthFile } from '../../../src/libraries/population/health-file.js';
import { ageOn, castDate, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import type { Person } from '../../cast/person.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { lastDayOf } from '../days.js';
import { clinicOfTown } from '../healthcare/institutions.js';
import { recallPerson } from './kin.js';

type Row = SeedRow<HealthFile, 'person'>;

const streams = {
  kept: streamOf('health-file.kept'),
  opened: streamOf('health-file.opened'),
  checked: streamOf('health-file.checked'),
  doctor: streamOf('health-file.doctor'),
  contracted: streamOf('health-file.contracted'),
  blood: streamOf('health-file.blood'),
  body: streamOf('health-file.body'),
  pressure: streamOf('health-file.pressure'),
  chronic: streamOf('health-file.chronic'),
  allergy: streamOf('health-file.allergy'),
  disability: streamOf('health-file.disability'),
  smoking: streamOf('health-file.smoking'),
};
/** The files of everyone began with the national basic public health services. */
const firstDay = dayOf('2009-07-01');
/** Doctors bear names drawn at indexes that no person has. */
const doctorOffset = 0x3100_0000;
const chooseAbo = chooseByWeight([
  ['1', 27],
  ['2', 30],
  ['3', 31],
  ['4', 9],
  ['5', 3],
]);
const allergies = ['青霉素', '青霉素', '磺胺', '链霉素', '头孢类'] as const;
const disabilities = ['肢体残疾', '肢体残疾', '听力残疾', '视力残疾', '言语残疾', '智力残疾', '精神残疾'] as const;
const statuses = { normal: 'ACTIVE', deceased: 'CLOSED_DEATH', 'moved-out': 'CLOSED_MOVED' } as const;

export const healthFileSeed: DatasetSeed<Row> = {
  dataset: HealthFile,
  of: 'person',
  rows(cast, index) {
    const { draw } = cast;
    if (!draw.chance(streams.kept, index, 0.84)) return [];
    const person = recallPerson(cast, index);
    const last = lastDayOf(person);
    const opened = draw.between(streams.opened, index, Math.max(firstDay, dayOf(person.birthDate)), last);
    const checked = Math.max(opened, draw.between(streams.checked, index, last - 500, last));
    const clinic = clinicOfTown.get(person.town)!;
    const doctor = doctorOffset + clinic.index * 8 + draw.below(streams.doctor, index, 8);
    return [
      {
        person: index,
        fileNumber: person.town + String(index).padStart(8, '0'),
        institutionName: clinic.name,
        openedOn: isoOf(opened),
        status: statuses[person.status],
        familyDoctor: drawSurname(draw, doctor) + drawGivenName(draw, doctor, doctor % 2 ? 'male' : 'female', 1980),
        isContracted: draw.chance(streams.contracted, index, ageOn(person.birthDate) >= 60 ? 0.85 : 0.4),
        aboBloodType: chooseAbo(draw.unit(streams.blood, index)),
        rhBloodType: draw.below(streams.blood, index + 0x4000_0000, 1000) < 4 ? '1' : '2',
        ...describeBody(cast, person),
        drugAllergies: draw.chance(streams.allergy, index, 0.05)
          ? draw.pick(streams.allergy, index + 0x4000_0000, allergies)
          : null,
        disabilities: draw.chance(streams.disability, index, 0.025)
          ? draw.pick(streams.disability, index + 0x4000_0000, disabilities)
          : null,
        smoking: smokingOf(cast, person),
        medicalPayment: paymentOf(cast, person),
        lastCheckedOn: isoOf(checked),
      },
    ];
  },
};

type Body = Pick<
  Row,
  'height' | 'weight' | 'systolicPressure' | 'diastolicPressure' | 'hasHypertension' | 'hasDiabetes'
>;

/** Pressure is taken, and chronic illness managed, from 35 on. */
function describeBody({ draw }: Cast, { index, birthDate, sex, statusSince }: Person): Body {
  const age = ageOn(birthDate, statusSince ?? castDate);
  const grown = (sex === '1' ? 1715 : 1600) + draw.between(streams.body, index, -95, 95);
  const height = age >= 17 ? grown : Math.round(500 + ((grown - 500) * (age + 0.5) ** 0.75) / 17.5 ** 0.75);
  const massIndex = (age < 17 ? 15 + age / 4 : 19) + draw.unit(streams.body, index + 0x4000_0000) * (age < 17 ? 4 : 10);
  const measured = { height: (height / 10).toFixed(1), weight: (massIndex * (height / 1000) ** 2).toFixed(1) };
  if (age < 35)
    return { ...measured, systolicPressure: null, diastolicPressure: null, hasHypertension: false, hasDiabetes: false };
  const hasHypertension = draw.chance(streams.chronic, index, age >= 65 ? 0.5 : 0.18);
  const systolic = (hasHypertension ? 138 : 116) + draw.between(streams.pressure, index, -12, 16);
  return {
    ...measured,
    systolicPressure: systolic,
    diastolicPressure: Math.round(systolic * 0.62) + draw.below(streams.pressure, index + 0x4000_0000, 9),
    hasHypertension,
    hasDiabetes: draw.chance(streams.chronic, index + 0x4000_0000, age >= 65 ? 0.19 : 0.08),
  };
}

function smokingOf({ draw }: Cast, { index, birthDate, sex }: Person): string {
  const unit = draw.unit(streams.smoking, index);
  if (ageOn(birthDate) < 18 || sex === '2') return unit < 0.02 && ageOn(birthDate) >= 18 ? 'CURRENT' : 'NEVER';
  return unit < 0.45 ? 'CURRENT' : unit < 0.57 ? 'FORMER' : 'NEVER';
}

function paymentOf(cast: Cast, { index, nationality, occupation }: Person): string {
  if (cast.employmentOf(index) !== undefined || occupation === '退休人员') return '1';
  if (nationality !== '156') return '7';
  return ['农民', '牧民'].includes(occupation) ? '3' : '2';
}
