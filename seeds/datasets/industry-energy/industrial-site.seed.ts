/** The register of mines and plants. */
import { IndustrialSite } from '../../../src/libraries/industry-energy/industrial-site.js';
import { industrialProducts } from '../../../src/model/code-lists/industrial-products.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Site, sitesOf } from './sites.js';

const reservesStream = streamOf('industrial-site.reserves');
const gasStream = streamOf('industrial-site.gas');
const chooseGasGrade = chooseByWeight([
  ['LOW', 88],
  ['HIGH', 10],
  ['OUTBURST', 2],
]);
/** Output value a year, in CNY, from which an enterprise is above the designated size (规模以上工业). */
const designatedSize = 20_000_000;

export const industrialSiteSeed: DatasetSeed<SeedRow<IndustrialSite, 'legalPerson'>> = {
  dataset: IndustrialSite,
  of: 'legal-person',
  rows(cast, index) {
    const sites = sitesOf(cast, index);
    const value = sites.reduce((sum, { capacity, profile }) => sum + capacity * profile.price * 0.7, 0);
    return sites.map((site) => ({
      legalPerson: index,
      siteCode: site.code,
      name: site.name,
      kind: site.profile.kind,
      industry: site.firm.industry,
      product: site.profile.product,
      capacity: site.capacity.toFixed(2),
      unit: industrialProducts.find(site.profile.product)!.unit,
      reserves: reservesOf(cast, site),
      gasGrade:
        site.profile.kind === 'UNDERGROUND_COAL_MINE' ? chooseGasGrade(cast.draw.unit(gasStream, site.at)) : null,
      isAboveScale: value >= designatedSize,
      staffCount: site.status === 'CLOSED' ? null : Math.max(1, Math.floor(cast.staffOf(index).length / sites.length)),
      town: site.firm.town,
      ...site.position,
      commissionedOn: site.commissionedOn,
      status: site.status,
      statusSince: site.statusSince,
    }));
  },
};

/** Of coal, for 15 to 60 years. */
function reservesOf({ draw }: Cast, { at, profile, capacity }: Site): string | null {
  if (profile.product !== 'COAL') return null;
  return ((capacity * draw.between(reservesStream, at, 15, 60)) / 10_000).toFixed(2);
}
