/** What mines and plants of each industry make, by unit of product: its price, the energy that goes in and out, what is emitted, and the season. */

export interface EnergyQuantities {
  /** 10,000 kWh. */
  readonly electricity: number;
  /** Tonnes. */
  readonly rawCoal: number;
  /** 10,000 cubic metres. */
  readonly naturalGas: number;
  /** Tonnes. */
  readonly diesel: number;
  /** GJ. */
  readonly heat: number;
  /** Tonnes; no energy. */
  readonly water: number;
}

/** Kilograms. */
export interface Emissions {
  readonly so2: number;
  readonly nox: number;
  readonly particulate: number;
  readonly cod: number;
}

export interface IndustryProfile {
  readonly kind: string;
  readonly product: string;
  readonly siteNoun: string;
  /** CNY for one unit. */
  readonly price: number;
  readonly energy: EnergyQuantities;
  /** Tonnes of standard coal that leave the plant as another form of energy. */
  readonly conversion: number;
  readonly emissions: Emissions;
  readonly season: readonly number[];
  readonly isStorable: boolean;
}

const flat = [0.97, 0.9, 1.02, 1.02, 1.02, 1.01, 1, 1, 1.02, 1.01, 1.02, 1.01];
const winter = [1.06, 0.9, 0.98, 0.96, 0.96, 0.98, 1, 1.01, 1, 1.02, 1.06, 1.07];
const building = [0.15, 0.1, 0.7, 1.2, 1.35, 1.35, 1.3, 1.3, 1.3, 1.2, 0.85, 0.4];
const heating = [2.1, 1.85, 1.35, 0.5, 0, 0, 0, 0, 0, 0.55, 1.5, 2];
const autumn = [0.9, 0.7, 0.85, 0.9, 0.95, 1.05, 1.1, 1.15, 1.15, 1.15, 1.1, 1];
const sunshine = [0.75, 0.85, 1.05, 1.15, 1.2, 1.15, 1.1, 1.1, 1.05, 1, 0.8, 0.7];

type Row = readonly [
  industry: string,
  kind: string,
  product: string,
  siteNoun: string,
  price: number,
  energy: Partial<EnergyQuantities>,
  conversion: number,
  emissions: readonly [so2: number, nox: number, particulate: number, cod: number],
  season: readonly number[],
];

const none = [0, 0, 0, 0] as const;
const coalMine: Partial<EnergyQuantities> = { electricity: 0.0014, water: 0.1 };

const rows: readonly Row[] = [
  ['061', 'UNDERGROUND_COAL_MINE', 'COAL', '煤矿', 420, coalMine, 0, [0, 0, 0.003, 0.002], winter],
  [
    '061-open-pit',
    'OPEN_PIT_COAL_MINE',
    'COAL',
    '露天煤矿',
    400,
    { ...coalMine, electricity: 0.0006, diesel: 0.0015 },
    0,
    [0, 0, 0.006, 0.001],
    winter,
  ],
  [
    '072',
    'GAS_FIELD',
    'GAS',
    '采气厂',
    14_000,
    { electricity: 0.02, naturalGas: 0.01, water: 0.5 },
    0,
    [0, 0.5, 0, 0.02],
    winter,
  ],
  [
    '101',
    'QUARRY',
    'SAND',
    '采石场',
    40,
    { electricity: 0.0003, diesel: 0.0008, water: 0.05 },
    0,
    [0, 0, 0.02, 0],
    building,
  ],
  [
    '172',
    'TEXTILE_MILL',
    'CASHMERE',
    '绒纺厂',
    480_000,
    { electricity: 0.8, heat: 60, water: 120 },
    0,
    [0, 0, 0, 8],
    autumn,
  ],
  [
    '182',
    'TEXTILE_MILL',
    'KNITWEAR',
    '针织厂',
    300,
    { electricity: 0.0003, heat: 0.02, water: 0.03 },
    0,
    [0, 0, 0, 0.002],
    autumn,
  ],
  [
    '252',
    'COAL_CHEMICAL_PLANT',
    'COKE',
    '焦化厂',
    1_500,
    { electricity: 0.004, rawCoal: 1.45, water: 1.5 },
    0.9714,
    [0.3, 0.5, 0.2, 0.01],
    flat,
  ],
  [
    '261',
    'COAL_CHEMICAL_PLANT',
    'METHANOL',
    '甲醇厂',
    2_000,
    { electricity: 0.03, rawCoal: 1.5, heat: 2, water: 8 },
    0,
    [0.15, 0.3, 0.1, 0.05],
    flat,
  ],
  [
    '262',
    'COAL_CHEMICAL_PLANT',
    'UREA',
    '化肥厂',
    1_750,
    { electricity: 0.05, rawCoal: 0.75, water: 5 },
    0,
    [0.1, 0.25, 0.1, 0.04],
    flat,
  ],
  [
    '301',
    'BUILDING_MATERIALS_PLANT',
    'CEMENT',
    '水泥厂',
    300,
    { electricity: 0.008, rawCoal: 0.12, diesel: 0.0005, water: 0.3 },
    0,
    [0.05, 0.6, 0.1, 0],
    building,
  ],
  [
    '302',
    'BUILDING_MATERIALS_PLANT',
    'CONCRETE',
    '搅拌站',
    360,
    { electricity: 0.0003, diesel: 0.0006, water: 0.2 },
    0,
    [0, 0, 0.01, 0],
    building,
  ],
  [
    '303',
    'BUILDING_MATERIALS_PLANT',
    'BRICK',
    '建材厂',
    180,
    { electricity: 0.002, rawCoal: 0.05, water: 0.1 },
    0,
    [0.08, 0.1, 0.05, 0],
    building,
  ],
  [
    '314',
    'METALLURGICAL_PLANT',
    'FERROALLOY',
    '冶炼厂',
    6_500,
    { electricity: 0.85, rawCoal: 0.4, water: 3 },
    0,
    [0.8, 0.5, 0.6, 0],
    flat,
  ],
  [
    '421',
    'METALLURGICAL_PLANT',
    'SCRAP',
    '加工厂',
    2_600,
    { electricity: 0.01, diesel: 0.002, water: 0.1 },
    0,
    [0, 0, 0.03, 0],
    flat,
  ],
  [
    '441',
    'THERMAL_POWER_PLANT',
    'POWER',
    '电厂',
    2_900,
    { electricity: 0.06, rawCoal: 4.2, water: 15 },
    1.229,
    [1, 1.6, 0.2, 0],
    [1.1, 0.95, 0.98, 0.9, 0.9, 0.98, 1.1, 1.1, 0.95, 0.92, 1.02, 1.12],
  ],
  [
    '441-renewable',
    'RENEWABLE_POWER_PLANT',
    'POWER',
    '电站',
    2_500,
    { electricity: 0.02, water: 0.01 },
    0,
    none,
    sunshine,
  ],
  [
    '443',
    'HEATING_PLANT',
    'HEAT',
    '热源厂',
    38,
    { electricity: 0.0006, rawCoal: 0.056, water: 0.05 },
    0.03412,
    [0.03, 0.05, 0.008, 0],
    heating,
  ],
  ['451', 'GAS_OR_WATER_WORKS', 'CITYGAS', '门站', 26_000, { electricity: 0.01, naturalGas: 0.02 }, 0, none, winter],
  ['461', 'GAS_OR_WATER_WORKS', 'WATER', '水厂', 28_000, { electricity: 0.4 }, 0, none, sunshine],
];

const noEnergy: EnergyQuantities = { electricity: 0, rawCoal: 0, naturalGas: 0, diesel: 0, heat: 0, water: 0 };
const unstorable = new Set(['POWER', 'HEAT', 'CITYGAS', 'WATER', 'CONCRETE']);

/** By group of GB/T 4754, with a suffix where one group has two kinds of site. */
export const industryProfiles: ReadonlyMap<string, IndustryProfile> = new Map(
  rows.map(([industry, kind, product, siteNoun, price, energy, conversion, [so2, nox, particulate, cod], season]) => [
    industry,
    {
      kind,
      product,
      siteNoun,
      price,
      energy: { ...noEnergy, ...energy },
      conversion,
      emissions: { so2, nox, particulate, cod },
      season,
      isStorable: !unstorable.has(product),
    },
  ]),
);

/** What firms outside industry consume in a month for each million of capital. */
export const tradeEnergy: ReadonlyMap<string, EnergyQuantities> = new Map(
  (
    [
      ['481', { diesel: 0.9, electricity: 0.05 }],
      ['521', { electricity: 1.2, heat: 12, water: 30 }],
      ['543', { diesel: 2.4, electricity: 0.04 }],
      ['611', { electricity: 0.9, naturalGas: 0.05, heat: 20, water: 160 }],
      ['702', { electricity: 0.5, heat: 15, water: 80 }],
      ['841', { electricity: 0.7, naturalGas: 0.03, heat: 18, water: 120 }],
    ] as const
  ).map(([industry, energy]) => [industry, { ...noEnergy, ...energy }]),
);
