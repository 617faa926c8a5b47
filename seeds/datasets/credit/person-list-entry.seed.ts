/** Red and black lists of persons, each entry from a credit record of the same person. */
import { PersonListEntry } from '../../../src/libraries/credit/person-list-entry.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { plusYears } from '../days.js';
import { enforcementTitle, personRecordsOf } from './person-credit-record.seed.js';

type Row = SeedRow<PersonListEntry, 'person'>;
type Source = ReturnType<typeof personRecordsOf>[number];

const redStream = streamOf('person-list.red');

export const personListEntrySeed: DatasetSeed<Row> = {
  dataset: PersonListEntry,
  of: 'person',
  rows(cast, index) {
    return personRecordsOf(cast, index).flatMap((record) => {
      if (record.title === enforcementTitle) return [blackEntry(record)];
      return record.category === 'HONOUR' && cast.draw.chance(redStream, index, 0.15) ? [redEntry(record)] : [];
    });
  },
};

function blackEntry(record: Source): Row {
  return {
    ...common(record, 'H'),
    kind: 'BLACK',
    listName: '失信被执行人名单',
    reason: record.content!,
    legalBasis: '《最高人民法院关于公布失信被执行人名单信息的若干规定》',
    decisionNumber: record.documentNumber,
    measures: '限制高消费及非生活和工作必需的消费。',
    removedOn: record.repairedOn,
    removalReason: record.repairedOn === null ? null : '已履行生效法律文书确定的义务。',
    publishedUntil: record.publishedUntil,
  };
}

function redEntry(record: Source): Row {
  return {
    ...common(record, 'R'),
    kind: 'RED',
    listName: record.title === '无偿献血荣誉' ? '无偿献血奉献奖名单' : '优秀注册志愿者名单',
    reason: record.content!,
    legalBasis: record.title === '无偿献血荣誉' ? '《全国无偿献血表彰奖励办法》' : '《志愿服务条例》',
    decisionNumber: null,
    measures: '在公共服务中予以优先、便利。',
    removedOn: null,
    removalReason: null,
    publishedUntil: plusYears(record.occurredOn, 3),
  };
}

function common(
  record: Source,
  letter: string,
): Pick<Row, 'person' | 'entryNumber' | 'decidedBy' | 'listedOn' | 'publishedOn'> {
  const { person, recordNumber, source, occurredOn } = record;
  return {
    person,
    entryNumber: `${letter}${recordNumber.slice(2)}`,
    decidedBy: source,
    listedOn: occurredOn,
    publishedOn: occurredOn,
  };
}
