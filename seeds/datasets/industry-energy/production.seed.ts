/** Two years of monthly output. Stock at the end of a month is what was there before and what was made, less what was sold. */
import { Production } from '../../../src/libraries/industry-energy/production.js';
import { industrialProducts } from '../../../src/model/code-lists/industrial-products.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { firstDayOf, growth, monthsToDate, reportedMonths } from '../months.js';
import { type Site, isReported, outputOf, sitesOf } from './sites.js';

type Row = SeedRow<Production, 'legalPerson', 'site'>;

const stockStream = streamOf('production.stock');
const priceStream = streamOf('production.price');

export const productionSeed: DatasetSeed<Row> = {
  dataset: Production,
  of: 'legal-person',
  rows(cast, index) {
    return sitesOf(cast, index).flatMap((site) =>
      reportedMonths.filter((month) => isReported(site, month)).map((month) => describeMonth(cast, site, month)),
    );
  },
};

function describeMonth(cast: Cast, site: Site, month: number): Row {
  const { profile, capacity } = site;
  const output = outputOf(cast, site, month);
  const ofYear = monthsToDate(month).reduce((sum, it) => sum + outputOf(cast, site, it), 0);
  const stock = stockAt(cast, site, month);
  const price = profile.price * (0.9 + 0.2 * cast.draw.unit(priceStream, month));
  return {
    legalPerson: site.firm.index,
    siteCode: site.code,
    month: firstDayOf(month),
    product: profile.product,
    unit: industrialProducts.find(profile.product)!.unit,
    output: hundredths(output),
    outputOfYear: hundredths(ofYear),
    yearOnYear: growth(output, outputOf(cast, site, month - 12)),
    utilisation: ((output * 12) / capacity).toFixed(2),
    sales: hundredths(stockAt(cast, site, month - 1) + output - stock),
    stock: profile.isStorable ? hundredths(stock) : null,
    outputValue: ((output * price) / 100).toFixed(2),
  };
}

/** Never more than the month has made, so that nothing negative is sold after. */
function stockAt(cast: Cast, site: Site, month: number): number {
  if (!site.profile.isStorable) return 0;
  const share = 0.02 + 0.1 * cast.draw.unit(stockStream, site.at * 1200 + (month % 1200));
  return Math.floor(outputOf(cast, site, month) * share);
}

function hundredths(value: number): string {
  return (value / 100).toFixed(2);
}
