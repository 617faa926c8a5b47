/** Principal officers of what market regulation registers, former ones of closed firms included. */
import { Officer } from '../../../src/libraries/legal-person/officer.js';
import type { Position } from '../../cast/offices.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';

const appointments: Readonly<Record<Position, string>> = {
  CHAIRMAN: '董事会选举',
  EXECUTIVE_DIRECTOR: '股东会选举',
  GENERAL_MANAGER: '董事会聘任',
  SUPERVISOR: '股东会选举',
  FINANCE_OFFICER: '董事会聘任',
  OPERATOR: '经营者登记',
  PERSON_IN_CHARGE: '委派',
};

export const officerSeed: DatasetSeed<SeedRow<Officer, 'legalPerson' | 'person'>> = {
  dataset: Officer,
  of: 'legal-person',
  rows(cast, index) {
    const { form } = cast.legalPerson(index);
    if (form === 'social-organisation') return [];
    return cast.officersOf(index).map((office) => {
      const holder = cast.person(office.person);
      return {
        legalPerson: index,
        person: office.person,
        officerNumber: String(office.seat + 1),
        name: holder.name,
        position: office.position,
        isLegalRepresentative: office.isLegalRepresentative,
        appointedOn: office.appointedOn,
        leftOn: office.leftOn ?? null,
        appointedBy: form === 'cooperative' ? '成员大会选举' : appointments[office.position],
        // The register asks it of the legal representative and of the head of finance.
        telephone: office.isLegalRepresentative || office.position === 'FINANCE_OFFICER' ? holder.telephone : null,
      };
    });
  },
};
