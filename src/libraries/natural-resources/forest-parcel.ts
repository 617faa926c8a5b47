/** Parcels (小班) of forest and grassland as the yearly survey finds them. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { landUses } from '../../model/code-lists/land-uses.js';
import { towns } from '../../model/code-lists/towns.js';
import { code, decimal, integer, label, oneOf, text } from '../../model/value-type.js';

const parcelOwnership = oneOf({
  name: 'ForestParcelOwnership',
  zh: '林草地权属',
  en: 'Who owns a parcel of forest or grassland',
  values: {
    STATE: { zh: '国有', en: 'The state' },
    COLLECTIVE: { zh: '集体', en: 'A collective' },
  },
});

const parcelOrigin = oneOf({
  name: 'ForestParcelOrigin',
  zh: '起源',
  en: 'How the vegetation of a parcel came to be',
  values: {
    NATURAL: { zh: '天然', en: 'Natural' },
    PLANTED: { zh: '人工', en: 'Planted or sown' },
    AERIAL: { zh: '飞播', en: 'Sown from the air' },
  },
});

const parcelProtection = oneOf({
  name: 'ForestParcelProtection',
  zh: '森林类别与草原管护类型',
  en: 'Category of a forest, or how a grassland is kept',
  values: {
    NATIONAL_PUBLIC_BENEFIT: { zh: '国家级公益林', en: 'National public-benefit forest' },
    LOCAL_PUBLIC_BENEFIT: { zh: '地方公益林', en: 'Local public-benefit forest' },
    COMMERCIAL: { zh: '商品林', en: 'Commercial forest' },
    GRAZING_BAN: { zh: '禁牧草原', en: 'Grassland where grazing is banned' },
    FORAGE_BALANCE: { zh: '草畜平衡草原', en: 'Grassland in balance of forage and livestock' },
  },
});

@Dataset({
  library: 'natural-resources',
  table: 'forest_parcel',
  list: 'forestParcels',
  zh: '林草地块',
  en: 'ForestParcel: a parcel of forest or grassland',
  provider: '150600-forestry',
  resource: '3/06/03/001/000006',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['parcelCode'],
})
export class ForestParcel extends LibraryRow {
  @Place({ level: 'L1', zh: '所在行政区划代码', en: 'Division where it lies' })
  division!: string;

  @Column({
    type: text(20),
    level: 'L1',
    required: true,
    zh: '小班编号',
    en: 'Number of the parcel: town, village, sequence',
  })
  parcelCode!: string;

  @Column({ type: code(landUses), level: 'L1', required: true, find: true, zh: '地类代码', en: 'Land use' })
  landUse!: string;

  @Column({ type: decimal(12, 4), level: 'L1', required: true, find: true, unit: '公顷 (ha)', zh: '面积', en: 'Area' })
  area!: string;

  @Column({ type: parcelOwnership, level: 'L1', zh: '权属', en: 'Ownership' })
  ownership!: string | null;

  @Column({ type: parcelOrigin, level: 'L1', zh: '起源', en: 'Origin of the vegetation' })
  origin!: string | null;

  @Column({ type: label(60), level: 'L1', find: true, zh: '优势树种（草种）', en: 'Dominant species' })
  species!: string | null;

  @Column({
    type: parcelProtection,
    level: 'L1',
    find: true,
    zh: '森林类别或草原管护类型',
    en: 'Category of the forest or how the grassland is kept',
  })
  protection!: string | null;

  @Column({ type: integer, level: 'L1', unit: '%', zh: '植被覆盖度', en: 'Cover of vegetation' })
  cover!: number | null;

  @Column({
    type: decimal(12, 2),
    level: 'L1',
    unit: '立方米 (m³)',
    zh: '活立木蓄积',
    en: 'Standing stock of trees; null without trees',
  })
  standingStock!: string | null;

  @Column({
    type: decimal(10, 2),
    level: 'L1',
    unit: '千克/公顷 (kg/ha)',
    zh: '干草产量',
    en: 'Yield of hay; null for forest',
  })
  hayYield!: string | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '所在街道（乡镇）代码', en: 'Town where it lies' })
  town!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '中心点经度', en: 'Longitude of the centre' })
  longitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L1', unit: '° (WGS-84)', zh: '中心点纬度', en: 'Latitude of the centre' })
  latitude!: string | null;

  @Column({
    type: integer,
    level: 'L1',
    find: true,
    unit: '公历年 (year, ISO 8601)',
    zh: '调查年度',
    en: 'Year of the survey',
  })
  surveyYear!: number | null;
}
