/** What enterprises consume of energy, month by month, in kind and in standard coal (GB/T 2589-2020, electricity by its calorific value). */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { industries } from '../../model/code-lists/industries.js';
import { boolean, code, date, decimal } from '../../model/value-type.js';

@Dataset({
  library: 'industry-energy',
  table: 'energy_use',
  list: 'energyUses',
  zh: '企业能耗月报',
  en: 'EnergyUse: the energy that an enterprise consumed in one month',
  provider: '150600-industry',
  resource: '3/06/12/001/000003',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['legalPerson', 'month'],
})
export class EnergyUse extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L2',
    zh: '用能企业画像',
    en: 'Portrait of the enterprise',
    division: { level: 'L2', zh: '用能企业登记地行政区划代码', en: 'Division of registration of the enterprise' },
  })
  legalPerson!: string;

  @Column({
    type: date,
    level: 'L2',
    required: true,
    find: true,
    zh: '所属月份（首日）',
    en: 'Month, as its first day',
  })
  month!: string;

  @Column({ type: code(industries), level: 'L2', find: true, zh: '行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    find: true,
    zh: '是否重点用能单位',
    en: 'Whether a key energy user: 10,000 tce and more in the year',
  })
  isKeyUser!: boolean;

  @Column({ type: decimal(16, 2), level: 'L2', unit: '万千瓦时 (10,000 kWh)', zh: '电力消费量', en: 'Electricity' })
  electricity!: string | null;

  @Column({ type: decimal(16, 2), level: 'L2', unit: '吨 (t)', zh: '原煤消费量', en: 'Raw coal' })
  rawCoal!: string | null;

  @Column({ type: decimal(16, 2), level: 'L2', unit: '万立方米 (10,000 m³)', zh: '天然气消费量', en: 'Natural gas' })
  naturalGas!: string | null;

  @Column({ type: decimal(16, 2), level: 'L2', unit: '吨 (t)', zh: '柴油消费量', en: 'Diesel oil' })
  diesel!: string | null;

  @Column({ type: decimal(16, 2), level: 'L2', unit: '吉焦 (GJ)', zh: '热力消费量', en: 'Heat' })
  heat!: string | null;

  @Column({ type: decimal(16, 2), level: 'L2', unit: '吨 (t)', zh: '取水量', en: 'Water taken; no energy' })
  water!: string | null;

  @Column({
    type: decimal(16, 2),
    level: 'L2',
    unit: '吨标准煤 (tce)',
    zh: '加工转换产出',
    en: 'Energy put out by conversion, such as electricity, heat and coke',
  })
  conversionOutput!: string | null;

  @Column({
    type: decimal(16, 2),
    level: 'L2',
    required: true,
    find: true,
    unit: '吨标准煤 (tce)',
    zh: '综合能源消费量',
    en: 'Comprehensive energy consumption: what was consumed less what was put out',
  })
  consumption!: string;

  @Column({
    type: decimal(16, 2),
    level: 'L2',
    required: true,
    unit: '吨标准煤 (tce)',
    zh: '本年累计综合能源消费量',
    en: 'Comprehensive energy consumption since January',
  })
  consumptionOfYear!: string;

  @Column({
    type: decimal(10, 2),
    level: 'L2',
    unit: '%',
    zh: '综合能源消费量同比增速',
    en: 'Against the same month of the year before; null where there was none',
  })
  yearOnYear!: string | null;

  @Column({
    type: decimal(14, 4),
    level: 'L2',
    unit: '千克标准煤/产品计量单位 (kgce per unit of product)',
    zh: '单位产品综合能耗',
    en: 'Consumption per unit of product; null without output',
  })
  perProduct!: string | null;
}
