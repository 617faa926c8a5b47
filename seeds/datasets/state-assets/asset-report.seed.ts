/** Reports of three years, for each state-owned company that was there through the year and still was when it reported. */
import { AssetReport } from '../../../src/libraries/state-assets/asset-report.js';
import { castYear } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { yuan } from '../legal-person/figures.js';
import { stateOwnershipOf } from './state-ownership.js';

type Row = SeedRow<AssetReport, 'legalPerson'>;

/** The report of a year is due in April of the next. */
const years = [castYear - 3, castYear - 2, castYear - 1];
const submittedIn = '-04-2';
const sizeStream = streamOf('asset-report.size');
const growthStream = streamOf('asset-report.growth');
const debtStream = streamOf('asset-report.debt');
const profitStream = streamOf('asset-report.profit');
const wageStream = streamOf('asset-report.wage');
const auditStream = streamOf('asset-report.audit');
/** Made up. */
const auditors = [
  '内蒙古中天华正会计师事务所',
  '鄂尔多斯市东审会计师事务所',
  '内蒙古誉华联合会计师事务所',
  '鄂尔多斯市诚达会计师事务所',
];

export const assetReportSeed: DatasetSeed<Row> = {
  dataset: AssetReport,
  of: 'legal-person',
  rows(cast, index) {
    const ownership = stateOwnershipOf(cast, index);
    if (ownership === undefined) return [];
    const firm = cast.legalPerson(index);
    const staff = cast.staffOf(index).length;
    return years
      .filter(
        (year) =>
          firm.establishedOn < `${year}-01-01` && (firm.closedOn === undefined || firm.closedOn > `${year + 1}-04-30`),
      )
      .map((year) => reportOf(cast, firm, ownership.percent, year, staff));
  },
};

/** In hundredths of CNY. */
function balanceOf(
  { draw }: Cast,
  { index, registeredCapital }: LegalPerson,
  year: number,
): { assets: number; liabilities: number } {
  const size = Number(registeredCapital) * 100 * 1.4 * 5 ** draw.unit(sizeStream, index);
  const growth = 0.97 + 0.11 * draw.unit(growthStream, index);
  const assets = Math.round(size * growth ** (year - years[0]!));
  const debt =
    0.32 +
    0.45 * draw.unit(debtStream, index) +
    0.02 * (draw.unit(debtStream, index * 4 + (year % 4) + 0x4000_0000) - 0.5);
  return { assets, liabilities: Math.round(assets * debt) };
}

function reportOf(cast: Cast, firm: LegalPerson, percent: number, year: number, staff: number): Row {
  const { draw } = cast;
  const at = firm.index * 4 + (year % 4);
  const { assets, liabilities } = balanceOf(cast, firm, year);
  const equity = assets - liabilities;
  const before = balanceOf(cast, firm, year - 1);
  const revenue = Math.round(assets * (0.15 + 0.8 * draw.unit(sizeStream, at + 0x4000_0000)));
  const profit = Math.round(revenue * (0.2 * draw.unit(profitStream, at) - 0.06));
  const net = profit > 0 ? Math.round(profit * 0.75) : profit;
  return {
    legalPerson: firm.index,
    year,
    totalAssets: yuan(assets),
    totalLiabilities: yuan(liabilities),
    ownersEquity: yuan(equity),
    stateEquity: yuan(Math.round((equity * percent) / 100)),
    operatingRevenue: yuan(revenue),
    operatingCost: yuan(revenue - profit),
    totalProfit: yuan(profit),
    netProfit: yuan(net),
    taxesPaid: yuan(Math.round(revenue * 0.03 + Math.max(0, profit - net))),
    debtRatio: ((100 * liabilities) / assets).toFixed(2),
    preservationRate: ((100 * equity) / (before.assets - before.liabilities)).toFixed(2),
    returnOnEquity: ((100 * net) / equity).toFixed(2),
    staffCount: staff,
    payroll: yuan(staff * draw.between(wageStream, at, 78_000, 156_000) * 100),
    auditor: draw.pick(auditStream, firm.index, auditors),
    auditOpinion: draw.chance(auditStream, at + 0x4000_0000, 0.93)
      ? 'UNQUALIFIED'
      : draw.pick(auditStream, at, ['UNQUALIFIED_EMPHASIS', 'QUALIFIED']),
    submittedOn: `${year + 1}${submittedIn}${draw.below(auditStream, at + 0x2000_0000, 9)}`,
  };
}
