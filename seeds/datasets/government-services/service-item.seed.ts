/** The items that cases are about. They are about nobody, so all of them come with the first person. */
import { ServiceItem } from '../../../src/libraries/government-services/service-item.js';
import { streamOf } from '../../cast/draw.js';
import { drawTelephone } from '../../cast/telephones.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { itemsForLegalPersons, itemsForPersons, settingUp, windingUp } from './service-items.js';

const streams = { depth: streamOf('service-item.depth'), year: streamOf('service-item.year') };
/** Telephones of service desks are drawn at indexes that no person has. */
const deskOffset = 0x3500_0000;
const items = [...itemsForPersons, ...itemsForLegalPersons, settingUp, windingUp];

export const serviceItemSeed: DatasetSeed<SeedRow<ServiceItem, never>> = {
  dataset: ServiceItem,
  of: 'person',
  rows({ draw }, index) {
    if (index !== 0) return [];
    return items.map((item, n) => {
      const isOnline = draw.chance(streams.depth, n, 0.7);
      const personal = itemsForPersons.includes(item);
      return {
        itemCode: item.code,
        name: item.name,
        itemType: item.type,
        department: `鄂尔多斯${item.department}`,
        applicantKind: personal ? 'PERSON' : 'LEGAL_PERSON',
        handling: item.promised === 0 ? 'IMMEDIATE' : 'PROMISED',
        statutoryDays: item.statutory,
        promisedDays: item.promised,
        visitsNeeded: isOnline ? 0 : 1,
        onlineDepth: isOnline ? 'FULL' : 'ACCEPT',
        hasFee: ['居民身份证', '普通护照', '机动车驾驶证'].includes(item.result),
        legalBasis: item.basis,
        materials: personal ? '申请表；居民身份证；相关证明材料' : '申请书；营业执照；法定代表人身份证明；相关证明材料',
        resultName: item.result,
        telephone: drawTelephone(draw, deskOffset + n),
        effectiveOn: `${draw.between(streams.year, n, 2019, 2022)}-07-01`,
        status: 'IN_USE',
      };
    });
  },
};
