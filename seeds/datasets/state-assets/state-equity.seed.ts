/** State equity: of the head of a group the state holds all, of what is below it the parent holds its part. */
import { StateEquity } from '../../../src/libraries/state-assets/state-equity.js';
import { dayOf, isoOf } from '../../cast/calendar.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { paidInOf } from '../legal-person/enterprise.seed.js';
import { lastDayOf, yuan } from '../legal-person/figures.js';
import { propertyNumberOf } from './property-number.js';
import { investorBody, stateOwnershipOf } from './state-ownership.js';

const originStream = streamOf('state-equity.origin');
const valueStream = streamOf('state-equity.value');
const pledgeStream = streamOf('state-equity.pledge');

export const stateEquitySeed: DatasetSeed<SeedRow<StateEquity, 'legalPerson' | 'investor'>> = {
  dataset: StateEquity,
  of: 'legal-person',
  rows(cast, index) {
    const ownership = stateOwnershipOf(cast, index);
    if (ownership === undefined) return [];
    const { draw } = cast;
    const firm = cast.legalPerson(index);
    const { parent } = ownership;
    const share = parent === undefined ? 10_000 : firm.parentShare!;
    const capital = Number(firm.registeredCapital);
    const last = lastDayOf(firm);
    const registered = Math.min(last, dayOf(firm.establishedOn) + draw.between(originStream, index + 0x4000_0000, 10, 90));
    const hasValue = last - registered > 400 && draw.chance(valueStream, index, 0.6);
    const isPledged = parent !== undefined && firm.closedOn === undefined && draw.chance(pledgeStream, index, 0.08);
    return [
      {
        legalPerson: index,
        investor: parent ?? null,
        registrationNumber: propertyNumberOf(index, 1),
        investorName: parent === undefined ? investorBody : cast.legalPerson(parent).name,
        investorKind: parent === undefined ? 'INVESTOR_BODY' : 'STATE_OWNED_ENTERPRISE',
        registrationKind: firm.closedOn === undefined ? 'OCCUPATION' : 'CANCELLATION',
        sharePercent: (share / 100).toFixed(4),
        subscribedCapital: yuan(Math.round((capital * share) / 100)),
        paidCapital: yuan(Math.round((Number(paidInOf(cast, firm)) * share) / 100)),
        assessedValue: hasValue ? yuan(Math.round(((capital * share) / 100) * (0.7 + 1.8 * draw.unit(valueStream, index + 0x4000_0000)))) : null,
        assessedOn: hasValue ? isoOf(draw.between(valueStream, index + 0x2000_0000, registered + 30, last)) : null,
        origin: parent === undefined || draw.chance(originStream, index, 0.7) ? 'FOUNDATION' : 'TRANSFER_WITHOUT_PAYMENT',
        heldSince: firm.establishedOn,
        isPledged,
        pledgedPercent: isPledged ? draw.pick(pledgeStream, index + 0x4000_0000, ['30.0000', '49.0000', '100.0000']) : null,
        isFrozen: false,
        registeredOn: isoOf(registered),
        endedOn: firm.closedOn ?? null,
      },
    ];
  },
};
