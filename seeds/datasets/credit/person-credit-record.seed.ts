/** Credit records of adults: titles of profession, honours, and now and then a debt that a court enforces. None after death or departure. */
import { PersonCreditRecord } from '../../../src/libraries/credit/person-credit-record.js';
import { ageOn, castDay, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Authority, authorityName, documentNumber } from '../legal-person/authorities.js';
import { plusYears } from '../days.js';
import { yuan } from '../legal-person/figures.js';

type Row = SeedRow<PersonCreditRecord, 'person'>;

interface Kind extends Pick<Row, 'category' | 'nature' | 'title' | 'content'> {
  /** In a thousand. */
  readonly held: number;
  readonly authority: Authority;
  readonly gravity?: string;
  readonly amounts?: readonly [from: number, to: number];
  /** For how long it is disclosed. */
  readonly years: number;
  /** Of those alone who have completed higher education. */
  readonly graduates?: true;
}

const firstDay = dayOf('2022-01-01');
const mostRecords = 8;
const chanceStream = streamOf('person-credit.chance');
const dayStream = streamOf('person-credit.day');
const amountStream = streamOf('person-credit.amount');
const repairStream = streamOf('person-credit.repair');

/** The title by which other seeds know the records that put a person on a black list. */
export const enforcementTitle = '列为失信被执行人';

const kinds: readonly Kind[] = [
  {
    held: 60,
    authority: 'labour',
    category: 'PROFESSION',
    nature: 'NEUTRAL',
    title: '专业技术职称',
    content: '取得专业技术职务任职资格。',
    years: 10,
    graduates: true,
  },
  {
    held: 45,
    authority: 'labour',
    category: 'PROFESSION',
    nature: 'NEUTRAL',
    title: '职业资格证书',
    content: '取得国家职业资格证书。',
    years: 10,
  },
  {
    held: 30,
    authority: 'health',
    category: 'HONOUR',
    nature: 'POSITIVE',
    title: '无偿献血荣誉',
    content: '多次参加无偿献血。',
    years: 5,
  },
  {
    held: 40,
    authority: 'civil',
    category: 'HONOUR',
    nature: 'POSITIVE',
    title: '注册志愿者服务',
    content: '注册志愿者，年度服务时长达到表彰标准。',
    years: 3,
  },
  {
    held: 12,
    authority: 'approval',
    category: 'COMMITMENT',
    nature: 'POSITIVE',
    title: '告知承诺履约',
    content: '以告知承诺方式办理证明事项，经核查承诺属实。',
    years: 3,
  },
  {
    held: 8,
    authority: 'court',
    category: 'JUDICIAL',
    nature: 'NEGATIVE',
    title: enforcementTitle,
    content: '有履行能力而拒不履行生效法律文书确定的义务。',
    gravity: 'SERIOUS',
    amounts: [8_000, 3_000_000],
    years: 2,
  },
  {
    held: 4,
    authority: 'approval',
    category: 'COMMITMENT',
    nature: 'NEGATIVE',
    title: '告知承诺失信',
    content: '经核查，承诺内容与事实不符。',
    gravity: 'ORDINARY',
    years: 1,
  },
  {
    held: 5,
    authority: 'enforcement',
    category: 'ADMINISTRATIVE',
    nature: 'NEGATIVE',
    title: '行政处罚',
    content: '违反城市管理法律法规受到行政处罚。',
    gravity: 'MINOR',
    amounts: [200, 5_000],
    years: 1,
  },
];

export const personCreditRecordSeed: DatasetSeed<Row> = {
  dataset: PersonCreditRecord,
  of: 'person',
  rows: personRecordsOf,
};

export function personRecordsOf(cast: Cast, index: number): Row[] {
  let person: Person | undefined;
  const rows: Row[] = [];
  kinds.forEach((kind, n) => {
    const at = index * mostRecords + n;
    if (cast.draw.below(chanceStream, at, 1_000) >= kind.held) return;
    person ??= cast.person(index);
    const row = describe(cast, person, kind, at);
    if (row !== undefined) rows.push(row);
  });
  return rows;
}

/** Of adults alone: of whom is younger nothing is kept. */
function describe({ draw }: Cast, person: Person, kind: Kind, at: number): Row | undefined {
  const { birthDate, statusSince, division } = person;
  const last = statusSince === undefined ? castDay : dayOf(statusSince);
  const first = Math.max(firstDay, dayOf(yearsAfter(birthDate, kind.graduates ? 24 : 18)));
  if (first > last || ageOn(birthDate) > 90 || (kind.graduates && !/^[123]/.test(person.educationLevel ?? '')))
    return undefined;
  const day = draw.between(dayStream, at, first, last);
  const occurredOn = isoOf(day);
  const isNegative = kind.nature === 'NEGATIVE';
  const repaired = day + draw.between(repairStream, at, 30, 300);
  const isRepaired = isNegative && repaired < last && draw.chance(repairStream, at + 0x4000_0000, 0.4);
  const { amounts } = kind;
  return {
    person: person.index,
    recordNumber: `XP${occurredOn.slice(0, 4)}${String(at).padStart(10, '0')}`,
    category: kind.category,
    nature: kind.nature,
    title: kind.title,
    content: kind.content,
    gravity: kind.gravity ?? null,
    source: authorityName(kind.authority, division),
    documentNumber: documentNumber(kind.authority, division, '信', occurredOn.slice(0, 4), at),
    amount:
      amounts === undefined
        ? null
        : yuan(Math.round(amounts[0] * (amounts[1] / amounts[0]) ** draw.unit(amountStream, at)) * 100),
    occurredOn,
    repair: isNegative ? (isRepaired ? 'REPAIRED' : 'NOT_APPLIED') : null,
    repairedOn: isRepaired ? isoOf(repaired) : null,
    publishedOn: occurredOn,
    publishedUntil: isRepaired ? isoOf(repaired) : plusYears(occurredOn, kind.years),
  };
}
