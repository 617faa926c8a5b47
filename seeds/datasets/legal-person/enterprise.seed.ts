/** What market regulation registers of the cast: all but social organisations, which civil affairs registers. */
import { Enterprise } from '../../../src/libraries/legal-person/enterprise.js';
import { castDate, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';

const paidInStream = streamOf('enterprise.paid-in');
const approvedStream = streamOf('enterprise.approved');
const termStream = streamOf('enterprise.term');
const emailStream = streamOf('enterprise.email');

export const enterpriseSeed: DatasetSeed<SeedRow<Enterprise, 'legalPerson', 'creditCode'>> = {
  dataset: Enterprise,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    if (firm.form === 'social-organisation') return [];
    return [
      {
        legalPerson: index,
        name: firm.name,
        kind: firm.kind,
        enterpriseType: firm.enterpriseType,
        industry: firm.industry,
        registeredCapital: firm.registeredCapital ?? null,
        capitalCurrency: firm.registeredCapital === undefined ? null : 'CNY',
        paidInCapital: paidInOf(cast, firm),
        establishedOn: firm.establishedOn,
        approvedOn: approvedOnOf(cast, firm),
        termEndsOn: termEndOf(cast, firm),
        status: firm.status,
        closedOn: firm.closedOn ?? null,
        town: firm.town,
        address: firm.address,
        businessScope: firm.businessScope,
        registrationAuthority: firm.registrationAuthority,
        registrationRegion: firm.creditCode.slice(2, 8),
        staffCount: firm.closedOn === undefined ? Math.max(1, cast.staffOf(index).length) : null,
        telephone: firm.telephone,
        email: emailOf(cast, firm),
      },
    ];
  },
};

/** Companies alone report it, and many have paid in a part. */
export function paidInOf({ draw }: Cast, { index, form, registeredCapital }: LegalPerson): string | null {
  if (form !== 'company' || registeredCapital === undefined) return null;
  const percent = draw.chance(paidInStream, index, 0.4) ? 100 : draw.between(paidInStream, index + 0x4000_0000, 0, 95);
  return ((Number(registeredCapital) * percent) / 100).toFixed(2);
}

function approvedOnOf({ draw }: Cast, { index, establishedOn, closedOn }: LegalPerson): string {
  const from = dayOf(establishedOn);
  return isoOf(draw.between(approvedStream, index, from, dayOf(closedOn ?? castDate)));
}

function termEndOf({ draw }: Cast, { index, form, establishedOn }: LegalPerson): string | null {
  if (form !== 'company' || draw.chance(termStream, index, 0.55)) return null;
  return yearsAfter(
    establishedOn.replace(/-02-29$/, '-02-28'),
    draw.pick(termStream, index + 0x4000_0000, [20, 30, 50]),
  );
}

/** The top-level domain is reserved: mail to it reaches nobody. */
function emailOf({ draw }: Cast, { index, form }: LegalPerson): string | null {
  return form === 'company' && draw.chance(emailStream, index, 0.6) ? `office@firm${index + 1}.example` : null;
}
