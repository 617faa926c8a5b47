/**
 * Shareholders of companies and members of cooperatives: the parent, and those of the officers who hold a share. Of a company that is
 * the state's alone, its bodies hold what the cast gives to officers. Shares add up to the whole, amounts to the capital.
 */
import { Shareholder } from '../../../src/libraries/legal-person/shareholder.js';
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { stateHoldersOf } from '../state-assets/state-ownership.js';
import { paidInOf } from './enterprise.seed.js';
import { plusYears } from '../days.js';
import { lastDayOf, yuan } from './figures.js';

type Row = SeedRow<Shareholder, 'legalPerson' | 'person' | 'holderLegalPerson'>;
interface Holder {
  readonly person: number | null;
  readonly holderLegalPerson: number | null;
  readonly name: string;
  readonly kind: string;
  /** Hundredths of a per cent. */
  readonly share: number;
  readonly since: string;
}

const mostHolders = 4;
const formStream = streamOf('shareholder.form');
const untilStream = streamOf('shareholder.until');
const paidStream = streamOf('shareholder.paid');
const pledgeStream = streamOf('shareholder.pledge');

export const shareholderSeed: DatasetSeed<Row> = {
  dataset: Shareholder,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    if (firm.form !== 'company' && firm.form !== 'cooperative') return [];
    const capital = Number(firm.registeredCapital);
    const paid = Number(paidInOf(cast, firm) ?? 0);
    return holdersOf(cast, firm).map((holder, n) => describeHolder(cast, firm, holder, { capital, paid }, n));
  },
};

function holdersOf(cast: Cast, firm: LegalPerson): Holder[] {
  const since = firm.establishedOn;
  const state = stateHoldersOf(firm);
  if (state.length > 0) {
    return state.map((holder) => ({ person: null, holderLegalPerson: null, kind: 'STATE', since, ...holder }));
  }
  const kind = firm.form === 'cooperative' ? 'COOPERATIVE_MEMBER' : 'NATURAL_PERSON';
  const holders = cast
    .officersOf(firm.index)
    .filter(({ share }) => share > 0)
    .map(({ person, share, appointedOn }): Holder => {
      return { person, holderLegalPerson: null, name: cast.person(person).name, kind, share, since: appointedOn };
    });
  if (firm.parent === undefined || firm.parentShare === undefined) return holders;
  const { name } = cast.legalPerson(firm.parent);
  const parent: Holder = {
    person: null,
    holderLegalPerson: firm.parent,
    name,
    kind: 'ENTERPRISE',
    share: firm.parentShare,
    since,
  };
  return [parent, ...holders];
}

function describeHolder(
  { draw }: Cast,
  firm: LegalPerson,
  { person, holderLegalPerson, name, kind, share, since }: Holder,
  { capital, paid }: { readonly capital: number; readonly paid: number },
  n: number,
): Row {
  const at = firm.index * mostHolders + n;
  const form = draw.chance(formStream, at, 0.92)
    ? 'MONEY'
    : draw.pick(formStream, at + 0x4000_0000, ['IN_KIND', 'INTELLECTUAL_PROPERTY', 'LAND_USE_RIGHT'] as const);
  const day = dayOf(since);
  const hasPaid = paid > 0 && share > 0;
  return {
    legalPerson: firm.index,
    person,
    holderLegalPerson,
    holderNumber: String(n + 1),
    name,
    kind,
    sharePercent: (share / 100).toFixed(4),
    subscribedAmount: yuan(Math.round((capital * share) / 100)),
    subscribedForm: form,
    subscribedUntil: plusYears(since, draw.between(untilStream, at, 5, 30)),
    paidAmount: firm.form === 'company' ? yuan(Math.round((paid * share) / 100)) : null,
    paidForm: hasPaid ? form : null,
    paidOn: hasPaid ? isoOf(Math.min(castDay, lastDayOf(firm), day + draw.between(paidStream, at, 0, 900))) : null,
    currency: 'CNY',
    isControlling: share > 5_000,
    isPledged: firm.form === 'company' && firm.closedOn === undefined && draw.chance(pledgeStream, at, 0.04),
    heldSince: since,
  };
}
