/** The course of one case, the same for persons and legal persons: from application to completion, as far as it came by the last day. */
import type { PersonServiceCase } from '../../../src/libraries/government-services/person-service-case.js';
import { castDay, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { SeedRow } from '../dataset-seed.js';
import type { Item } from './service-items.js';

/** Cases a subject at most, so that each has an index of its own to draw at. */
export const mostCases = 12;
const streams = {
  fate: streamOf('case.fate'),
  accepted: streamOf('case.accepted'),
  taken: streamOf('case.taken'),
  channel: streamOf('case.channel'),
  rating: streamOf('case.rating'),
  spared: streamOf('case.spared'),
};
const chooseChannel = chooseByWeight([
  ['WINDOW', 42],
  ['WEB', 22],
  ['MOBILE', 30],
  ['TERMINAL', 6],
]);
const chooseRating = chooseByWeight([
  ['5', 88],
  ['4', 8],
  ['3', 2.5],
  ['2', 1],
  ['1', 0.5],
]);

type Course = Omit<SeedRow<Omit<PersonServiceCase, 'item'>, 'person'>, 'person' | 'isByAgent'>;

/** @param last the last day on which anything can happen: what is not completed by then was withdrawn, or is still in progress */
export function describeCourse(
  { draw }: Cast,
  item: Item,
  letter: 'P' | 'E',
  applied: number,
  last: number,
  at: number,
): Course {
  const fate = draw.unit(streams.fate, at);
  const accepted = Math.min(last, applied + draw.below(streams.accepted, at, 3));
  const promisedBy = accepted + Math.ceil(item.promised * 1.5);
  const overdue = fate > 0.985 && item.promised > 0;
  const completed = overdue ? promisedBy + 4 : accepted + draw.below(streams.taken, at, promisedBy - accepted + 1);
  const done = completed <= last;
  const refused = fate < 0.01;
  const withdrawn = !refused && (fate < 0.03 || (!done && last < castDay));
  const status = refused
    ? 'REFUSED'
    : withdrawn
      ? 'WITHDRAWN'
      : done
        ? 'COMPLETED'
        : fate < 0.1
          ? 'SUPPLEMENT'
          : 'IN_PROGRESS';
  const closed = status === 'COMPLETED';
  const granted = closed && fate < 0.97;
  const appliedOn = isoOf(applied);
  return {
    caseNumber: `${letter}${appliedOn.replaceAll('-', '')}${String(at).padStart(10, '0')}`,
    itemCode: item.code,
    itemName: item.name,
    itemType: item.type,
    department: `鄂尔多斯${item.department}`,
    channel: chooseChannel(draw.unit(streams.channel, at)),
    appliedOn,
    acceptedOn: refused ? null : isoOf(accepted),
    promisedBy: refused ? null : isoOf(promisedBy),
    completedOn: closed ? isoOf(completed) : null,
    status,
    result: closed ? (granted ? 'GRANTED' : 'DENIED') : null,
    isOverdue: closed ? overdue : null,
    documentsSpared: draw.below(streams.spared, at, 4),
    licenceNumber:
      granted && item.licence
        ? `${item.code.slice(18, 25)}${isoOf(completed).slice(0, 4)}${String(at).padStart(9, '0')}`
        : null,
    rating:
      closed && draw.chance(streams.rating, at, 0.7) ? chooseRating(draw.unit(streams.rating, at + 0x2000_0000)) : null,
  };
}

export function countOf({ draw }: Cast, stream: number, index: number, mean: number): number {
  return Math.min(mostCases, Math.floor(-Math.log(1 - draw.unit(stream, index)) * mean + 0.3));
}
