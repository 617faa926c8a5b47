/** Household registration of everyone in the cast but foreign permanent residents, who are in no household register. */
import { Resident } from '../../../src/libraries/population/resident.js';
import type { PersonStatus } from '../../cast/life.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';

const china = '156';
const statuses: Readonly<Record<PersonStatus, string>> = {
  normal: 'NORMAL',
  deceased: 'DECEASED',
  'moved-out': 'MOVED_OUT',
};

export const residentSeed: DatasetSeed<SeedRow<Resident, 'person', 'idNumber'>> = {
  dataset: Resident,
  of: 'person',
  rows(cast, index) {
    const person = cast.person(index);
    if (person.nationality !== china) return [];
    const household = cast.household(person.household);
    return [
      {
        person: index,
        name: person.name,
        formerName: person.formerName ?? null,
        sex: person.sex,
        birthDate: person.birthDate,
        ethnicGroup: person.ethnicGroup,
        birthplace: person.birthplace,
        nativePlace: person.nativePlace,
        maritalStatus: person.maritalStatus,
        educationLevel: person.educationLevel ?? null,
        occupation: person.occupation,
        householdNumber: household.number,
        householdType: household.kind === 'collective' ? 'COLLECTIVE' : 'FAMILY',
        relationToHead: person.relationToHead,
        town: person.town,
        address: person.address,
        registeredAddress: person.registeredAddress,
        telephone: person.telephone,
        status: statuses[person.status],
        statusSince: person.statusSince ?? null,
        movedInOn: person.movedInOn ?? null,
      },
    ];
  },
};
