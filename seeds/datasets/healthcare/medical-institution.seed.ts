/** The institutions that all seeds of the library share. They are about nobody, so all of them come with the first person. */
import { MedicalInstitution } from '../../../src/libraries/healthcare/medical-institution.js';
import { townsOf } from '../../../src/model/code-lists/towns.js';
import { addressOfTown } from '../../cast/places.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import { drawTelephone } from '../../cast/telephones.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Institution, clinicOfTown, hospitalOfDivision, hospitalsOfCity } from './institutions.js';

type Row = SeedRow<MedicalInstitution, never>;

interface Profile {
  readonly kind: string;
  readonly grade: string;
  readonly beds: readonly [from: number, to: number];
  readonly subjects: string;
}

/** By the class of WS 218 that stands in the code. */
const profiles: Readonly<Record<string, Profile>> = {
  A100: {
    kind: 'GENERAL_HOSPITAL',
    grade: '21',
    beds: [260, 620],
    subjects: '内科；外科；妇产科；儿科；急诊医学科；麻醉科；医学检验科；医学影像科',
  },
  A411: {
    kind: 'ETHNIC_HOSPITAL',
    grade: '31',
    beds: [600, 900],
    subjects: '民族医学科（蒙医学）；中医科；内科；外科；康复医学科；医学检验科',
  },
  G100: {
    kind: 'MATERNITY',
    grade: '31',
    beds: [300, 500],
    subjects: '妇产科；儿科；妇女保健科；儿童保健科；预防保健科；医学检验科',
  },
  A515: { kind: 'SPECIAL_HOSPITAL', grade: '22', beds: [240, 420], subjects: '精神科；临床心理专业；内科；医学检验科' },
  B100: {
    kind: 'COMMUNITY_CENTRE',
    grade: '90',
    beds: [0, 40],
    subjects: '全科医疗科；中医科；预防保健科；医学检验科',
  },
  C220: {
    kind: 'TOWNSHIP_CENTRE',
    grade: '11',
    beds: [10, 60],
    subjects: '全科医疗科；内科；外科；中医科；预防保健科',
  },
};
const streams = {
  beds: streamOf('institution.beds'),
  staff: streamOf('institution.staff'),
  licence: streamOf('institution.licence'),
};
/** Heads and telephones are drawn at indexes that no person has. */
const headOffset = 0x3300_0000;

export const medicalInstitutionSeed: DatasetSeed<Row> = {
  dataset: MedicalInstitution,
  of: 'person',
  rows(cast, index) {
    if (index !== 0) return [];
    return [
      ...hospitalsOfCity.map((institution) =>
        describe(cast, institution, townsOf(institution.division)[0]!.code, true),
      ),
      ...[...hospitalOfDivision].map(([division, institution]) =>
        describe(cast, institution, townsOf(division)[0]!.code, false),
      ),
      ...[...clinicOfTown].map(([town, institution]) => describe(cast, institution, town, false)),
    ];
  },
};

function describe({ draw }: Cast, { index, code, name, division }: Institution, town: string, ofCity: boolean): Row {
  const profile = profiles[code.slice(17, 21)]!;
  const great = ofCity && profile.kind === 'GENERAL_HOSPITAL';
  const beds = draw.between(streams.beds, index, ...profile.beds) + (great ? 700 : 0);
  const head = headOffset + index;
  const licensed = 2020 + draw.below(streams.licence, index, 5);
  const years = beds >= 100 ? 15 : 5;
  const day = `-0${draw.between(streams.licence, head, 1, 9)}-18`;
  const hospital = ['B100', 'C220'].includes(code.slice(17, 21)) === false;
  return {
    division,
    institutionCode: code,
    name,
    kind: profile.kind,
    grade: great ? '31' : profile.grade,
    ownership: 'PUBLIC',
    isNonProfit: true,
    bedCount: beds,
    medicalStaffCount: Math.round(beds * 1.2) + draw.between(streams.staff, index, 8, 40),
    subjects: profile.subjects,
    town,
    address: `${addressOfTown(town)}${hospital ? '医院路' : '中心街'}${index + 1}号`,
    telephone: drawTelephone(draw, head),
    isInsuranceDesignated: true,
    hasVaccinationClinic: !hospital || profile.kind === 'MATERNITY',
    licensedFrom: `${licensed}${day}`,
    licensedUntil: `${licensed + years}${day}`,
    status: 'OPEN',
    personInCharge: drawSurname(draw, head) + drawGivenName(draw, head, index % 3 === 0 ? 'female' : 'male', 1972),
  };
}
