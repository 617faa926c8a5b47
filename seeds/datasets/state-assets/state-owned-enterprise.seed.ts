/** The roster: companies that the state holds alone, and the companies below them; closed ones until they left it. */
import { StateOwnedEnterprise } from '../../../src/libraries/state-assets/state-owned-enterprise.js';
import { dayOf, isoOf } from '../../cast/calendar.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { propertyNumberOf } from './property-number.js';
import { investorBody, stateHoldersOf, stateOwnershipOf } from './state-ownership.js';

const sinceStream = streamOf('state-owned.since');
const classStream = streamOf('state-owned.class');
/** Trades that serve the public, and those that are of weight for the city. */
const welfare = /^(443|451|461|772|784|841)/;
const strategic = /^(061|072|441|47|48|721)/;

export const stateOwnedEnterpriseSeed: DatasetSeed<
  SeedRow<StateOwnedEnterprise, 'legalPerson' | 'parent' | 'group', 'creditCode'>
> = {
  dataset: StateOwnedEnterprise,
  of: 'legal-person',
  rows(cast, index) {
    const ownership = stateOwnershipOf(cast, index);
    if (ownership === undefined) return [];
    const firm = cast.legalPerson(index);
    const { level, percent, parent, head } = ownership;
    const isWelfare = welfare.test(firm.industry);
    const isStrategic = strategic.test(firm.industry) && cast.draw.chance(classStream, index, 0.6);
    return [
      {
        legalPerson: index,
        parent: parent ?? null,
        group: head.index,
        name: firm.name,
        managementLevel: level,
        ownership:
          stateHoldersOf(firm).length === 1
            ? 'SOLE'
            : percent === 100
              ? 'WHOLE'
              : percent > 50
                ? 'CONTROLLED'
                : 'ACTUAL_CONTROL',
        statePercent: percent.toFixed(4),
        functionClass: isWelfare ? 'PUBLIC_WELFARE' : isStrategic ? 'COMMERCIAL_STRATEGIC' : 'COMMERCIAL_COMPETITIVE',
        mainIndustry: firm.industry,
        mainBusiness: firm.businessScope.replace(/（.*$/, ''),
        supervisor: investorBody,
        supervisedSince: isoOf(dayOf(firm.establishedOn) + cast.draw.between(sinceStream, index, 0, 60)),
        isConsolidated: firm.closedOn === undefined,
        isListed: false,
        propertyNumber: propertyNumberOf(index, 1),
        staffCount: firm.closedOn === undefined ? cast.staffOf(index).length : null,
        status: firm.status,
        leftOn: firm.closedOn ?? null,
      },
    ];
  },
};
