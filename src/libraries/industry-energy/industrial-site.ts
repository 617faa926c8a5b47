/** Mines and plants. What one makes and whether it runs is open; reserves and precise positions of what the city lives on are not. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { industrialProducts } from '../../model/code-lists/industrial-products.js';
import { industries } from '../../model/code-lists/industries.js';
import { towns } from '../../model/code-lists/towns.js';
import { boolean, code, date, decimal, integer, oneOf, text } from '../../model/value-type.js';

const industrialSiteKind = oneOf({
  name: 'IndustrialSiteKind',
  zh: '矿山与工厂类型',
  en: 'Kind of mine or plant',
  values: {
    UNDERGROUND_COAL_MINE: { zh: '井工煤矿', en: 'Underground coal mine' },
    OPEN_PIT_COAL_MINE: { zh: '露天煤矿', en: 'Open-pit coal mine' },
    GAS_FIELD: { zh: '天然气田', en: 'Natural gas field' },
    QUARRY: { zh: '采石（砂）场', en: 'Quarry or sand pit' },
    THERMAL_POWER_PLANT: { zh: '火力发电厂', en: 'Thermal power plant' },
    RENEWABLE_POWER_PLANT: { zh: '新能源电站', en: 'Wind or solar power plant' },
    HEATING_PLANT: { zh: '热力厂', en: 'Heating plant' },
    GAS_OR_WATER_WORKS: { zh: '供气、供水厂', en: 'Gas or water works' },
    COAL_CHEMICAL_PLANT: { zh: '煤化工厂', en: 'Coal chemical plant' },
    BUILDING_MATERIALS_PLANT: { zh: '建材厂', en: 'Building materials plant' },
    METALLURGICAL_PLANT: { zh: '冶金厂', en: 'Metallurgical plant' },
    TEXTILE_MILL: { zh: '绒纺织厂', en: 'Cashmere and textile mill' },
  },
});

const industrialSiteStatus = oneOf({
  name: 'IndustrialSiteStatus',
  zh: '矿山与工厂状态',
  en: 'Status of a mine or plant',
  values: {
    IN_PRODUCTION: { zh: '生产', en: 'In production' },
    SUSPENDED: { zh: '停产', en: 'Production suspended' },
    CLOSED: { zh: '关闭', en: 'Closed' },
  },
});

const mineGasGrade = oneOf({
  name: 'MineGasGrade',
  zh: '矿井瓦斯等级',
  en: 'Gas grade of a coal mine',
  values: {
    LOW: { zh: '低瓦斯', en: 'Low gas' },
    HIGH: { zh: '高瓦斯', en: 'High gas' },
    OUTBURST: { zh: '煤（岩）与瓦斯突出', en: 'Coal or rock and gas outburst' },
  },
});

@Dataset({
  library: 'industry-energy',
  table: 'industrial_site',
  list: 'industrialSites',
  zh: '矿山与工厂',
  en: 'IndustrialSite: a mine or plant of an enterprise',
  provider: '150600-industry',
  resource: '3/06/12/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['siteCode'],
})
export class IndustrialSite extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '所属企业画像',
    en: 'Portrait of the enterprise',
    division: { level: 'L1', zh: '所属企业登记地行政区划代码', en: 'Division of registration of the enterprise' },
  })
  legalPerson!: string;

  @Column({
    type: text(20),
    level: 'L1',
    required: true,
    standard: '自定 (own codes)',
    zh: '矿山（工厂）编码',
    en: 'Code of the site',
  })
  siteCode!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '矿山（工厂）名称', en: 'Name of the site' })
  name!: string;

  @Column({ type: industrialSiteKind, level: 'L1', required: true, find: true, zh: '类型', en: 'Kind of site' })
  kind!: string;

  @Column({ type: code(industries), level: 'L1', find: true, zh: '行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({
    type: code(industrialProducts),
    level: 'L1',
    required: true,
    find: true,
    zh: '主要产品代码',
    en: 'Main product',
  })
  product!: string;

  @Column({
    type: decimal(18, 2),
    level: 'L1',
    find: true,
    unit: '年产能计量单位 (unit of the product, a year)',
    zh: '核定年产能',
    en: 'Approved capacity a year',
  })
  capacity!: string | null;

  @Column({ type: text(40), level: 'L1', zh: '产能计量单位', en: 'Unit of product, in which capacity is given' })
  unit!: string | null;

  @Column({
    type: decimal(14, 2),
    level: 'L3',
    sharing: 'conditional',
    unit: '万吨 (10,000 t)',
    zh: '保有资源储量',
    en: 'Remaining reserves of a coal mine',
  })
  reserves!: string | null;

  @Column({ type: mineGasGrade, level: 'L1', zh: '瓦斯等级', en: 'Gas grade of an underground coal mine' })
  gasGrade!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    find: true,
    zh: '是否规模以上',
    en: 'Whether of an enterprise above the designated size',
  })
  isAboveScale!: boolean;

  @Column({
    type: integer,
    level: 'L2',
    sharing: 'conditional',
    unit: '人 (persons)',
    zh: '从业人数',
    en: 'Number of staff',
  })
  staffCount!: number | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '所在街道（乡镇）代码', en: 'Town where it lies' })
  town!: string | null;

  @Column({ type: decimal(9, 6), level: 'L2', sharing: 'conditional', unit: '° (WGS-84)', zh: '经度', en: 'Longitude' })
  longitude!: string | null;

  @Column({ type: decimal(9, 6), level: 'L2', sharing: 'conditional', unit: '° (WGS-84)', zh: '纬度', en: 'Latitude' })
  latitude!: string | null;

  @Column({ type: date, level: 'L1', zh: '投产日期', en: 'Date of commissioning' })
  commissionedOn!: string | null;

  @Column({ type: industrialSiteStatus, level: 'L1', required: true, find: true, zh: '生产状态', en: 'Status' })
  status!: string;

  @Column({
    type: date,
    level: 'L1',
    zh: '停产或关闭日期',
    en: 'Date of suspension or closing; null while in production',
  })
  statusSince!: string | null;
}
