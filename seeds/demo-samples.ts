/** Identifiers to try the demo with: of living adults, some of whom clinic-app may see, and of firms with officers. */
import { ageOn } from './cast/calendar.js';
import type { Cast } from './cast/cast.js';
import { medicalVisitSeed } from './datasets/healthcare/medical-visit.seed.js';
import { enterpriseSeed } from './datasets/legal-person/enterprise.seed.js';
import { officerSeed } from './datasets/legal-person/officer.seed.js';
import { residentSeed } from './datasets/population/resident.seed.js';

export interface DemoSamples {
  readonly idNumbers: readonly string[];
  readonly creditCodes: readonly string[];
}

const patients = 8;
const officers = 6;
const inAll = 20;

/** @param division the first of the samples live there and have been to a doctor */
export function chooseSamples(cast: Cast, division: string): DemoSamples {
  const chosen = new Set<number>();
  const choose = (until: number, fits: (person: number) => boolean): void => {
    for (const index of cast.personIndexes()) {
      if (chosen.size >= until) return;
      if (isAdult(cast, index) && fits(index)) chosen.add(index);
    }
  };
  const isFrom = (person: number): boolean => cast.person(person).division === division;
  choose(patients, (person) => isFrom(person) && medicalVisitSeed.rows(cast, person).length > 0);
  choose(patients + officers, (person) => cast.officesOf(person).length > 0);
  choose(inAll, (person) => !isFrom(person));
  return { idNumbers: [...chosen].map((person) => cast.person(person).idNumber), creditCodes: chooseCreditCodes(cast) };
}

/** Registered, living and protected by nothing, so that who may see anyone here may see them. */
function isAdult(cast: Cast, index: number): boolean {
  const { status, birthDate, isProtected } = cast.person(index);
  return status === 'normal' && !isProtected && ageOn(birthDate) >= 18 && residentSeed.rows(cast, index).length > 0;
}

function chooseCreditCodes(cast: Cast): string[] {
  const codes: string[] = [];
  for (const index of cast.legalPersonIndexes()) {
    if (codes.length >= inAll) break;
    if (enterpriseSeed.rows(cast, index).length === 0 || officerSeed.rows(cast, index).length === 0) continue;
    codes.push(cast.legalPerson(index).creditCode);
  }
  return codes;
}
