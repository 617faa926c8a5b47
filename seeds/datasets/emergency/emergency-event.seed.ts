/** Three years of emergencies, each in its season and where it may happen. The grade of an accident follows from the dead. */
import { EmergencyEvent } from '../../../src/libraries/emergency/emergency-event.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { castDay, castYear, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { type Draw, streamOf } from '../../cast/draw.js';
import { addressOfTown } from '../../cast/places.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { drawDivisionByArea, drawTown } from '../geography.js';
import { authorityName } from '../legal-person/authorities.js';
import { yuan } from '../legal-person/figures.js';
import { type EventType, eventTypes } from './event-types.js';

type Moments = 'occurredAt' | 'reportedAt' | 'endedAt';
/** Moments are written as ISO 8601 in UTC. */
type Row = Omit<SeedRow<EmergencyEvent>, Moments> & {
  readonly [Field in Moments]: Field extends 'occurredAt' ? string : string | null;
};

const firstYear = castYear - 2;
const streams = {
  type: streamOf('emergency-event.type'),
  day: streamOf('emergency-event.day'),
  place: streamOf('emergency-event.place'),
  time: streamOf('emergency-event.time'),
  harm: streamOf('emergency-event.harm'),
  grade: streamOf('emergency-event.grade'),
};
const chooseType = chooseByWeight(eventTypes.map((type) => [type, type.weight] as const));
const chooseDead = chooseByWeight([
  [0, 62],
  [1, 28],
  [2, 7],
  [3, 2],
  [4, 1],
]);
const minute = 60_000;

export const emergencyEventSeed: DatasetSeed<Row> = {
  dataset: EmergencyEvent,
  of: 'place',
  /** A city as large as Ordos has some hundreds in three years. */
  count: (cast) => 60 + Math.floor(cast.persons / 4_000),
  rows(cast, index) {
    const event = chooseType(cast.draw.unit(streams.type, index));
    return [describeEvent(cast, event, index)];
  },
};

function describeEvent({ draw }: Cast, event: EventType, index: number): Row {
  const day = dayWhen(draw, event, index);
  const division = divisionOf(draw, event, index);
  const town = drawTown(draw, streams.place, index, division, () => true);
  const occurred = day * 1_440 * minute + draw.below(streams.time, index, 1_440) * minute - 8 * 60 * minute;
  const hours = event.category === 'NATURAL_DISASTER' || event.category === 'PUBLIC_HEALTH' ? 240 : 20;
  const ended = occurred + draw.between(streams.time, index + 0x4000_0000, 2, hours) * 60 * minute;
  const isOver = ended < castDay * 1_440 * minute;
  const { deaths, injured, affected, loss } = harmOf(draw, event, index);
  const grade = gradeOf(draw, event, deaths, index);
  const date = isoOf(day);
  const where = divisions.find(division)!.zh + town.zh;
  return {
    division,
    eventNumber: `TF${division}${date.replaceAll('-', '')}${String(index).padStart(5, '0')}`,
    title: `${where}“${Number(date.slice(5, 7))}·${Number(date.slice(8))}”${event.type}`,
    category: event.category,
    type: event.type,
    grade,
    occurredAt: new Date(occurred).toISOString(),
    reportedAt: new Date(occurred + draw.between(streams.time, index + 0x2000_0000, 5, 110) * minute).toISOString(),
    endedAt: isOver ? new Date(ended).toISOString() : null,
    town: town.code,
    location: addressOfTown(town.code),
    description: event.description,
    cause: event.cause,
    deaths,
    missing: 0,
    injured,
    affected,
    evacuated:
      event.category === 'NATURAL_DISASTER' || event.type === '燃气泄漏'
        ? Math.floor(affected * 0.3 * draw.unit(streams.harm, index + 0x2000_0000))
        : 0,
    directLoss: yuan(loss * 100),
    response: responseOf(draw, grade, index),
    leadDepartment: authorityName(event.lead, division),
    status: !isOver ? 'RESPONDING' : grade !== 'ORDINARY' && day > castDay - 120 ? 'RECOVERING' : 'CLOSED',
  };
}

function dayWhen(draw: Draw, { months }: EventType, index: number): number {
  const year = draw.between(streams.day, index, firstYear, castYear);
  const month = draw.pick(streams.day, index + 0x4000_0000, months);
  const first = dayOf(`${year}-${String(month).padStart(2, '0')}-01`);
  // As many days as the shortest month has.
  return Math.min(castDay - 1, first + draw.below(streams.day, index + 0x2000_0000, 28));
}

function divisionOf(draw: Draw, { divisions: among }: EventType, index: number): string {
  return among === undefined ? drawDivisionByArea(draw, streams.place, index) : draw.pick(streams.place, index, among);
}

function harmOf(
  draw: Draw,
  event: EventType,
  index: number,
): { deaths: number; injured: number; affected: number; loss: number } {
  const part = draw.unit(streams.harm, index) ** 3;
  const deadly = event.category === 'ACCIDENT' && event.type !== '燃气泄漏';
  const deaths = deadly ? chooseDead(draw.unit(streams.harm, index + 0x4000_0000)) : 0;
  const injured = deadly ? draw.below(streams.grade, index + 0x2000_0000, 5) : 0;
  const affected = Math.max(deaths + injured, Math.round(event.affected * part));
  return { deaths, injured, affected, loss: Math.round((event.loss * Math.max(0.005, part)) / 100) * 100 };
}

/** 生产安全事故报告和调查处理条例, article 3, for accidents; for the rest as their plans say, drawn. */
function gradeOf(draw: Draw, { category }: EventType, deaths: number, index: number): string {
  if (category === 'ACCIDENT') return deaths >= 3 ? 'CONSIDERABLE' : 'ORDINARY';
  const unit = draw.unit(streams.grade, index);
  return unit < 0.01 ? 'MAJOR' : unit < 0.1 ? 'CONSIDERABLE' : 'ORDINARY';
}

function responseOf(draw: Draw, grade: string, index: number): string | null {
  if (grade === 'MAJOR') return 'LEVEL_2';
  if (grade === 'CONSIDERABLE') return 'LEVEL_3';
  return draw.chance(streams.grade, index + 0x4000_0000, 0.4) ? 'LEVEL_4' : null;
}
