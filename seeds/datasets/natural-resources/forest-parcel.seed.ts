/** Parcels of forest and grassland, more where there is more land: desert shrubs, planted pine, steppe. */
import { ForestParcel } from '../../../src/libraries/natural-resources/forest-parcel.js';
import { castYear } from '../../cast/calendar.js';
import { streamOf } from '../../cast/draw.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { drawDivisionByArea, drawPosition, drawTown } from '../geography.js';

const streams = {
  division: streamOf('forest-parcel.division'),
  town: streamOf('forest-parcel.town'),
  cover: streamOf('forest-parcel.cover'),
  vegetation: streamOf('forest-parcel.vegetation'),
  species: streamOf('forest-parcel.species'),
  area: streamOf('forest-parcel.area'),
  owner: streamOf('forest-parcel.owner'),
  origin: streamOf('forest-parcel.origin'),
  protection: streamOf('forest-parcel.protection'),
  stock: streamOf('forest-parcel.stock'),
  position: streamOf('forest-parcel.position'),
  village: streamOf('forest-parcel.village'),
};

interface Vegetation {
  readonly landUse: string;
  readonly species: readonly string[];
  readonly origins: readonly string[];
  /** Per cent, least and most. */
  readonly cover: readonly [number, number];
}

const chooseVegetation = chooseByWeight<Vegetation>([
  [
    {
      landUse: '0301',
      species: ['樟子松', '油松', '小叶杨', '新疆杨', '侧柏', '旱柳'],
      origins: ['PLANTED'],
      cover: [30, 75],
    },
    14,
  ],
  [
    {
      landUse: '0305',
      species: ['沙柳', '柠条锦鸡儿', '沙棘', '花棒', '杨柴', '沙地柏'],
      origins: ['PLANTED', 'AERIAL', 'NATURAL'],
      cover: [35, 80],
    },
    38,
  ],
  [{ landUse: '0307', species: ['樟子松', '山杏', '沙棘'], origins: ['PLANTED'], cover: [12, 35] }, 8],
  [
    {
      landUse: '0401',
      species: ['本氏针茅', '短花针茅', '油蒿', '芨芨草', '沙生针茅'],
      origins: ['NATURAL'],
      cover: [18, 60],
    },
    32,
  ],
  [{ landUse: '0403', species: ['紫花苜蓿', '沙打旺', '羊柴'], origins: ['PLANTED'], cover: [50, 90] }, 4],
  [{ landUse: '0404', species: ['油蒿', '沙米'], origins: ['NATURAL'], cover: [8, 25] }, 4],
]);

/** A parcel for every eight persons: only so that the numbers grow with the city. */
export const forestParcelSeed: DatasetSeed<SeedRow<ForestParcel>> = {
  dataset: ForestParcel,
  of: 'place',
  count: ({ persons }) => Math.ceil(persons / 8),
  rows({ draw }, index) {
    const division = drawDivisionByArea(draw, streams.division, index);
    const town = drawTown(draw, streams.town, index, division, ({ kind }) => kind !== 'subdistrict' && kind !== 'zone');
    const { landUse, species, origins, cover } = chooseVegetation(draw.unit(streams.vegetation, index));
    const isForest = landUse.startsWith('03');
    const area = 2 * 60 ** draw.unit(streams.area, index);
    return [
      {
        division,
        parcelCode: `${town.code}${String(draw.between(streams.village, index, 200, 219))}${String(index + 1).padStart(6, '0')}`,
        landUse,
        area: area.toFixed(4),
        ownership: draw.chance(streams.owner, index, 0.22) ? 'STATE' : 'COLLECTIVE',
        origin: draw.pick(streams.origin, index, origins),
        species: draw.pick(streams.species, index, species),
        protection: isForest
          ? draw.pick(streams.protection, index, [
              'NATIONAL_PUBLIC_BENEFIT',
              'NATIONAL_PUBLIC_BENEFIT',
              'LOCAL_PUBLIC_BENEFIT',
              'COMMERCIAL',
            ])
          : draw.pick(streams.protection, index, ['GRAZING_BAN', 'FORAGE_BALANCE', 'FORAGE_BALANCE']),
        cover: draw.between(streams.cover, index, ...cover),
        standingStock: landUse === '0301' ? (area * (12 + 50 * draw.unit(streams.stock, index))).toFixed(2) : null,
        hayYield: isForest ? null : (350 + 1500 * draw.unit(streams.stock, index)).toFixed(2),
        town: town.code,
        ...drawPosition(draw, streams.position, index, division),
        surveyYear: castYear,
      },
    ];
  },
};
