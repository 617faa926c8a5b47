/** Everyone in the household register; who died or moved away has left the household. */
import { HouseholdMember } from '../../../src/libraries/population/household-member.js';
import { towns } from '../../../src/model/code-lists/towns.js';
import { yearsAfter } from '../../cast/calendar.js';
import type { Household } from '../../cast/household.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { earlier, lastDateOf } from '../days.js';
import { recallPerson } from './kin.js';

const china = '156';

export const householdMemberSeed: DatasetSeed<SeedRow<HouseholdMember, 'person'>> = {
  dataset: HouseholdMember,
  of: 'person',
  rows(cast, index) {
    const person = recallPerson(cast, index);
    if (person.nationality !== china) return [];
    const household = cast.household(person.household);
    const members = household.members.map((member) => recallPerson(cast, member));
    const { joinedOn, joinReason } = describeJoining(person, household);
    return [
      {
        person: index,
        householdNumber: household.number,
        isHead: index === household.head,
        relationToHead: person.relationToHead,
        headName: household.kind === 'collective' ? null : recallPerson(cast, household.head).name,
        memberCount: members.filter(({ nationality, status }) => nationality === china && status === 'normal').length,
        town: household.town,
        householdAddress: person.registeredAddress,
        policeStation: policeStationOf(household.town),
        joinedOn: earlier(joinedOn, lastDateOf(person)),
        joinReason,
        leftOn: person.statusSince ?? null,
        leaveReason: person.status === 'deceased' ? 'DEATH' : person.status === 'moved-out' ? 'MOVED_OUT' : null,
      },
    ];
  },
};

export function policeStationOf(town: string): string {
  return `${towns.find(town)!.zh.replace(/(街道|镇|乡|苏木)$/, '')}派出所`;
}

function describeJoining(person: Person, { kind }: Household): { joinedOn: string; joinReason: string } {
  const own = describeOwnJoining(person, kind);
  if (person.movedInOn !== undefined && person.movedInOn > own.joinedOn)
    return { joinedOn: person.movedInOn, joinReason: 'MOVED_IN' };
  return own;
}

/** Children are born into it, wives marry into it, parents follow at 60; a head sets it up. */
function describeOwnJoining(person: Person, kind: Household['kind']): { joinedOn: string; joinReason: string } {
  const { birthDate, marriedOn, relationToHead } = person;
  if (kind === 'collective') return { joinedOn: yearsAfter(birthDate, 18), joinReason: 'WORK_OR_STUDY' };
  if (relationToHead === '2' || relationToHead === '3') return { joinedOn: birthDate, joinReason: 'BIRTH' };
  if (relationToHead === '5') return { joinedOn: yearsAfter(birthDate, 60), joinReason: 'JOINED_RELATIVES' };
  const settled = marriedOn ?? yearsAfter(birthDate, 18);
  return { joinedOn: settled, joinReason: relationToHead === '1' ? 'MARRIAGE' : 'ESTABLISHED' };
}
