/** Vaccinations given, a row a dose. What was given is health data; that anything was, is sensitive. Supplied by the health commission. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, SubjectKey } from '../../model/dataset.js';
import { vaccines } from '../../model/code-lists/vaccines.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, integer, money, oneOf, reference, text } from '../../model/value-type.js';
import { MedicalInstitution } from './medical-institution.js';

const injectionSite = oneOf({
  name: 'InjectionSite',
  zh: '接种部位',
  en: 'Where a vaccine was given',
  values: {
    LEFT_UPPER_ARM: { zh: '左上臂', en: 'Left upper arm' },
    RIGHT_UPPER_ARM: { zh: '右上臂', en: 'Right upper arm' },
    LEFT_THIGH: { zh: '左大腿', en: 'Left thigh' },
    RIGHT_THIGH: { zh: '右大腿', en: 'Right thigh' },
    ORAL: { zh: '口服', en: 'By mouth' },
  },
});

const reaction = oneOf({
  name: 'VaccinationReaction',
  zh: '疑似预防接种异常反应',
  en: 'Adverse event following immunisation',
  values: {
    NONE: { zh: '无', en: 'None' },
    GENERAL: { zh: '一般反应', en: 'General reaction' },
    ABNORMAL: { zh: '异常反应', en: 'Abnormal reaction' },
  },
});

@Dataset({
  library: 'healthcare',
  table: 'vaccination',
  list: 'vaccinations',
  zh: '预防接种',
  en: 'Vaccination: a dose of a vaccine given to a person',
  provider: '150600-health',
  resource: '3/06/05/001/000003',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['vaccinationNumber'],
})
export class Vaccination extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '受种者画像',
    en: 'Portrait of the person vaccinated',
    division: { level: 'L3', zh: '受种者居住地行政区划代码', en: "Division of the person's residence" },
  })
  person!: string;

  @Column({ type: text(30), level: 'L3', required: true, zh: '接种流水号', en: 'Number of the vaccination' })
  vaccinationNumber!: string;

  @Column({ type: code(vaccines), level: 'L4', required: true, zh: '疫苗代码', en: 'Vaccine' })
  vaccine!: string;

  @Column({ type: integer, level: 'L4', required: true, unit: '剂次 (dose)', zh: '接种剂次', en: 'Number of the dose' })
  doseNumber!: number;

  @Column({
    type: boolean,
    level: 'L3',
    find: true,
    zh: '是否免疫规划疫苗',
    en: 'Whether of the national programme, free of charge',
  })
  isProgramme!: boolean | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['vaccinationNumber']],
    required: true,
    find: true,
    zh: '接种日期',
    en: 'Date of vaccination',
  })
  vaccinatedOn!: string;

  @Column({
    type: reference(22),
    level: 'L3',
    required: true,
    find: true,
    standard: 'WS 218',
    zh: '接种单位代码',
    en: 'Code of the institution',
  })
  institutionCode!: string;

  @Column({ type: text(200), level: 'L3', zh: '接种单位名称', en: 'Name of the institution' })
  institutionName!: string | null;

  @Link({
    of: () => MedicalInstitution,
    own: 'institutionCode',
    target: 'institutionCode',
    zh: '接种单位',
    en: 'Institution where it was given',
  })
  institution!: unknown;

  @Column({ type: text(100), level: 'L3', zh: '疫苗生产企业', en: 'Manufacturer of the vaccine' })
  manufacturer!: string | null;

  @Column({ type: text(30), level: 'L3', zh: '疫苗批号', en: 'Lot of the vaccine' })
  lotNumber!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '疫苗有效期至', en: 'Date the lot expires' })
  lotExpiresOn!: string | null;

  @Column({ type: injectionSite, level: 'L4', zh: '接种部位', en: 'Site of the injection' })
  site!: string | null;

  @Column({ type: text(100), level: 'L3', mask: masks.firstCharacter, zh: '接种医生', en: 'Who gave it' })
  vaccinator!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '自费金额',
    en: 'Paid by the person',
  })
  selfPaid!: string | null;

  @Column({ type: reaction, level: 'L4', zh: '接种反应', en: 'Reaction' })
  reaction!: string | null;
}
