/** What civil affairs registers of the cast. */
import { SocialOrganisation } from '../../../src/libraries/legal-person/social-organisation.js';
import { castDate, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Authority, authorityName } from './authorities.js';
import { plusYears } from '../days.js';
import { lastDayOf, representativeOf } from './figures.js';

const gradeStream = streamOf('social-organisation.grade');
const memberStream = streamOf('social-organisation.members');
const charityStream = streamOf('social-organisation.charity');
const certificateYears = 5;
const association = '51';

/** Who looks after an organisation of this trade, besides who registers it. */
const supervisors: Readonly<Record<string, Authority>> = {
  '831': 'education',
  '839': 'labour',
  '852': 'civil',
  '952': 'civil',
};

export const socialOrganisationSeed: DatasetSeed<SeedRow<SocialOrganisation, 'legalPerson', 'creditCode'>> = {
  dataset: SocialOrganisation,
  of: 'legal-person',
  rows(cast, index) {
    const one = cast.legalPerson(index);
    if (one.form !== 'social-organisation') return [];
    const isAssociation = one.kind === association;
    const isCharity = one.industry === '852' && cast.draw.chance(charityStream, index, 0.4);
    const validFrom = certificateStart(one);
    return [
      {
        legalPerson: index,
        name: one.name,
        kind: one.kind,
        industry: one.industry,
        legalRepresentative: representativeOf(cast, index),
        supervisor: authorityName(supervisors[one.industry] ?? 'civil', one.division),
        registrationAuthority: one.registrationAuthority,
        registeredFunds: one.registeredCapital ?? null,
        activityScope: one.businessScope,
        activityArea: divisions.find(one.division)!.zh,
        establishedOn: one.establishedOn,
        certificateValidFrom: validFrom,
        certificateValidUntil: plusYears(validFrom, certificateYears),
        status: one.status,
        closedOn: one.closedOn ?? null,
        ...gradeOf(cast, one),
        isCharity,
        mayRaiseFunds: isCharity && cast.draw.chance(charityStream, index + 0x4000_0000, 0.3),
        memberCount: isAssociation ? cast.draw.between(memberStream, index, 30, 400) : null,
        staffCount: one.closedOn === undefined ? Math.max(1, cast.staffOf(index).length) : null,
        town: one.town,
        address: one.address,
        telephone: one.telephone,
      },
    ];
  },
};

/** Certificates are renewed every five years, as long as there is an organisation. */
function certificateStart({ establishedOn, closedOn }: LegalPerson): string {
  const last = closedOn ?? castDate;
  let start = establishedOn;
  for (let next = plusYears(start, certificateYears); next < last; next = plusYears(start, certificateYears))
    start = next;
  return start;
}

/** Assessed two years after the start at the earliest; a grade holds for five. */
function gradeOf(
  { draw }: Cast,
  one: LegalPerson,
): { assessmentGrade: string | null; assessmentValidUntil: string | null } {
  const [first, last] = [dayOf(one.establishedOn) + 730, lastDayOf(one)];
  if (first > last || !draw.chance(gradeStream, one.index, 0.35))
    return { assessmentGrade: null, assessmentValidUntil: null };
  const assessedOn = isoOf(draw.between(gradeStream, one.index + 0x4000_0000, Math.max(first, last - 1_800), last));
  return {
    assessmentGrade: draw.pick(gradeStream, one.index + 0x2000_0000, ['5A', '4A', '3A', '3A', '3A', '2A', '1A']),
    assessmentValidUntil: plusYears(assessedOn, 5),
  };
}
