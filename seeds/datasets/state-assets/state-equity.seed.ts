/** State equity: of the head of a group the state's bodies hold all, of what is below it the parent holds its part. */
import { StateEquity } from '../../../src/libraries/state-assets/state-equity.js';
import { dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { paidInOf } from '../legal-person/enterprise.seed.js';
import { lastDayOf, yuan } from '../legal-person/figures.js';
import { propertyNumberOf } from './property-number.js';
import { stateHoldersOf, stateOwnershipOf } from './state-ownership.js';

const originStream = streamOf('state-equity.origin');
const valueStream = streamOf('state-equity.value');
const pledgeStream = streamOf('state-equity.pledge');

type Row = SeedRow<StateEquity, 'legalPerson' | 'investor'>;

interface Investor {
  readonly name: string;
  readonly legalPerson: number | null;
  /** Hundredths of a per cent. */
  readonly share: number;
}

/** Holders of state equity in an enterprise at most. */
const mostHolders = 2;

export const stateEquitySeed: DatasetSeed<Row> = {
  dataset: StateEquity,
  of: 'legal-person',
  rows(cast, index) {
    const ownership = stateOwnershipOf(cast, index);
    if (ownership === undefined) return [];
    const firm = cast.legalPerson(index);
    const { parent } = ownership;
    const investors: Investor[] =
      parent === undefined
        ? stateHoldersOf(firm).map((holder) => ({ ...holder, legalPerson: null }))
        : [{ name: cast.legalPerson(parent).name, legalPerson: parent, share: firm.parentShare! }];
    return investors.map((investor, n) => describeEquity(cast, firm, investor, n));
  },
};

function describeEquity(cast: Cast, firm: LegalPerson, { name, legalPerson, share }: Investor, n: number): Row {
  const { draw } = cast;
  const at = firm.index * mostHolders + n;
  const { closedOn, establishedOn } = firm;
  const last = lastDayOf(firm);
  const registered = Math.min(last, dayOf(establishedOn) + draw.between(originStream, at + 0x4000_0000, 10, 90));
  const hasValue = last - registered > 400 && draw.chance(valueStream, at, 0.6);
  const isPledged = legalPerson !== null && closedOn === undefined && draw.chance(pledgeStream, at, 0.08);
  // In hundredths of CNY.
  const subscribed = Math.round(Number(firm.registeredCapital) * share) / 100;
  return {
    legalPerson: firm.index,
    investor: legalPerson,
    registrationNumber: propertyNumberOf(firm.index, n + 1),
    investorName: name,
    investorKind: legalPerson === null ? 'INVESTOR_BODY' : 'STATE_OWNED_ENTERPRISE',
    registrationKind: closedOn === undefined ? 'OCCUPATION' : 'CANCELLATION',
    sharePercent: (share / 100).toFixed(4),
    subscribedCapital: yuan(subscribed),
    paidCapital: yuan(Math.round((Number(paidInOf(cast, firm)) * share) / 100)),
    assessedValue: hasValue
      ? yuan(Math.round(subscribed * (0.7 + 1.8 * draw.unit(valueStream, at + 0x4000_0000))))
      : null,
    assessedOn: hasValue ? isoOf(draw.between(valueStream, at + 0x2000_0000, registered + 30, last)) : null,
    origin: legalPerson === null || draw.chance(originStream, at, 0.7) ? 'FOUNDATION' : 'TRANSFER_WITHOUT_PAYMENT',
    heldSince: establishedOn,
    isPledged,
    pledgedPercent: isPledged ? draw.pick(pledgeStream, at + 0x4000_0000, ['30.0000', '49.0000', '100.0000']) : null,
    isFrozen: false,
    registeredOn: isoOf(registered),
    endedOn: closedOn ?? null,
  };
}
