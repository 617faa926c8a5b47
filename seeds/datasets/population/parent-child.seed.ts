/** Children of the cast with each parent that the cast knows. */
import { ParentChild } from '../../../src/libraries/population/parent-child.js';
import { ageOn, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { lastDayOf } from '../days.js';
import { policeStationOf } from './household-member.seed.js';
import { recallPerson } from './kin.js';

type Row = SeedRow<ParentChild, 'child' | 'parent'>;

const streams = {
  adopted: streamOf('parent-child.adopted'),
  registered: streamOf('parent-child.registered'),
  certificate: streamOf('parent-child.certificate'),
};
/** Medical certificates of birth have been given since this day. */
const firstCertificates = '1996-01-01';

export const parentChildSeed: DatasetSeed<Row> = {
  dataset: ParentChild,
  of: 'person',
  rows(cast, index) {
    const child = recallPerson(cast, index);
    return [child.father, child.mother].flatMap((parent) =>
      parent === undefined ? [] : [describeParent(cast, child, recallPerson(cast, parent))],
    );
  },
};

/** What both parents share is drawn at the child's index. */
function describeParent(cast: Cast, child: Person, parent: Person): Row {
  const { draw } = cast;
  const { index } = child;
  const adopted = draw.chance(streams.adopted, index, 0.006);
  const born = dayOf(child.birthDate);
  const delay = adopted
    ? draw.between(streams.registered, index, 200, 2000)
    : draw.below(streams.registered, index, 45);
  const certified = !adopted && child.birthDate >= firstCertificates;
  const siblings = parent.children.map((sibling) => recallPerson(cast, sibling).birthDate).sort();
  return {
    child: index,
    parent: parent.index,
    role: parent.sex === '1' ? 'FATHER' : 'MOTHER',
    kind: adopted ? 'ADOPTION' : 'BIRTH',
    birthOrder: siblings.indexOf(child.birthDate) + 1,
    isOnlyChild: siblings.length === 1,
    isGuardian: ageOn(child.birthDate) < 18 ? parent.status === 'normal' && child.status !== 'deceased' : null,
    isSameHousehold: parent.household === child.household,
    evidence: adopted ? 'ADOPTION_CERTIFICATE' : certified ? 'BIRTH_CERTIFICATE' : 'HOUSEHOLD_REGISTER',
    birthCertificateNumber: certified ? certificateOf(cast, child) : null,
    registeredOn: isoOf(Math.min(born + delay, lastDayOf(child))),
    policeStation: policeStationOf(child.town),
  };
}

/** A letter for the years of issue, the region's two digits, and seven of its own. */
function certificateOf({ draw }: Cast, { index, birthDate }: Person): string {
  const letter = String.fromCharCode(65 + ((Number(birthDate.slice(0, 4)) - 1996) % 26));
  return `${letter}15${String((index * 4 + draw.below(streams.certificate, index, 4)) % 10_000_000).padStart(7, '0')}`;
}
