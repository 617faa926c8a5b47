/** Everyone in the cast as a taxpayer. */
import { TaxRegistration } from '../../../src/libraries/legal-person/tax-registration.js';
import { castDay, castYear, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { authorityName } from './authorities.js';
import { yuan } from './figures.js';
import { type TaxStanding, taxStandingOf } from './tax-standing.js';

const kindStream = streamOf('tax-registration.kind');
const dayStream = streamOf('tax-registration.day');
const methodStream = streamOf('tax-registration.method');
const paidStream = streamOf('tax-registration.paid');
const declaredStream = streamOf('tax-registration.declared');

export const taxRegistrationSeed: DatasetSeed<SeedRow<TaxRegistration, 'legalPerson', 'taxpayerNumber'>> = {
  dataset: TaxRegistration,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    const standing = taxStandingOf(cast, index);
    const officers = cast.officersOf(index);
    const agentOffice = officers.find(({ position }) => position === 'FINANCE_OFFICER') ?? officers[0];
    const agent = agentOffice === undefined ? undefined : cast.person(agentOffice.person);
    const registered = dayOf(firm.establishedOn) + cast.draw.between(dayStream, index, 0, 30);
    const taxpayerKind = kindOf(cast, firm);
    return [
      {
        legalPerson: index,
        name: firm.name,
        taxpayerKind,
        status: standing.status,
        statusSince: standing.statusSince ?? null,
        registeredOn: isoOf(registered),
        taxAuthority: authorityName('tax', firm.division),
        industry: firm.industry,
        collectionMethod: methodOf(cast, firm),
        generalSince:
          taxpayerKind === 'GENERAL'
            ? isoOf(registered + cast.draw.between(kindStream, index + 0x4000_0000, 0, 50))
            : null,
        isSmallLowProfit: firm.form === 'company' ? Number(firm.registeredCapital) < 20_000_000 : null,
        creditGrade: standing.grade ?? null,
        creditGradeYear: standing.grade === undefined ? null : standing.gradeYear,
        paidLastYear: paidOf(cast, firm),
        arrears: standing.arrears === 0 ? null : yuan(standing.arrears),
        arrearsSince: standing.arrearsSince ?? null,
        lastDeclaredOn: declaredOf(cast, firm, standing),
        agentName: agent?.name ?? null,
        agentTelephone: agent?.telephone ?? null,
      },
    ];
  },
};

function kindOf({ draw }: Cast, { index, form, registeredCapital }: LegalPerson): string {
  if (form === 'social-organisation') return draw.chance(kindStream, index, 0.3) ? 'SMALL_SCALE' : 'NOT_VAT';
  const general =
    form === 'individually-owned'
      ? 0.02
      : form === 'cooperative'
        ? 0.08
        : Number(registeredCapital ?? 0) >= 10_000_000
          ? 0.85
          : 0.35;
  return draw.chance(kindStream, index, general) ? 'GENERAL' : 'SMALL_SCALE';
}

function methodOf({ draw }: Cast, { index, form }: LegalPerson): string {
  if (form === 'individually-owned') return draw.chance(methodStream, index, 0.8) ? 'FIXED_PERIODIC' : 'BY_ACCOUNTS';
  return draw.chance(methodStream, index, 0.93) ? 'BY_ACCOUNTS' : 'ASSESSED';
}

/** By the size of the firm, over three magnitudes; nothing where the law exempts small turnover. */
function paidOf(
  { draw }: Cast,
  { index, form, registeredCapital, establishedOn, closedOn }: LegalPerson,
): string | null {
  const year = castYear - 1;
  if (establishedOn > `${year}-12-31` || (closedOn !== undefined && closedOn < `${year}-01-01`)) return null;
  if (
    form === 'social-organisation' ||
    (form === 'individually-owned' && draw.chance(paidStream, index + 0x4000_0000, 0.6))
  )
    return yuan(0);
  const base = Number(registeredCapital ?? 1_000_000);
  return yuan(Math.round(base * 100 * 0.001 * 300 ** draw.unit(paidStream, index)));
}

/** Who is in good standing declared this month; who is not, before that began. */
function declaredOf({ draw }: Cast, { index, establishedOn }: LegalPerson, { statusSince }: TaxStanding): string {
  const last = statusSince === undefined ? castDay - 16 : dayOf(statusSince) - 1;
  return isoOf(
    Math.max(dayOf(establishedOn) + 31, last - draw.below(declaredStream, index, statusSince === undefined ? 14 : 60)),
  );
}
