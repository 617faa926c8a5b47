/** Hazard sites: ground that collapses over old coal workings, slopes of loess and soft rock. Most lie where coal is mined. */
import { HazardSite } from '../../../src/libraries/natural-resources/hazard-site.js';
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import { drawTelephone } from '../../cast/telephones.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { drawPosition, drawTown } from '../geography.js';

const siteCount = 130;
/** Watchers bear names and telephones drawn at indexes that no person has. */
const watcherOffset = 0x7000_0000;
const streams = {
  division: streamOf('hazard-site.division'),
  town: streamOf('hazard-site.town'),
  kind: streamOf('hazard-site.kind'),
  households: streamOf('hazard-site.households'),
  property: streamOf('hazard-site.property'),
  stability: streamOf('hazard-site.stability'),
  monitoring: streamOf('hazard-site.monitoring'),
  found: streamOf('hazard-site.found'),
  status: streamOf('hazard-site.status'),
  position: streamOf('hazard-site.position'),
};
const chooseDivision = chooseByWeight([
  ['150622', 40],
  ['150627', 26],
  ['150602', 16],
  ['150621', 8],
  ['150624', 6],
  ['150625', 2],
  ['150626', 2],
]);
const kinds = {
  ROCKFALL: ['崩塌', '冻融、降雨'],
  LANDSLIDE: ['滑坡', '降雨、切坡'],
  DEBRIS_FLOW: ['泥石流', '暴雨'],
  GROUND_COLLAPSE: ['地面塌陷', '地下采煤'],
  GROUND_FISSURE: ['地裂缝', '地下采煤'],
} as const;
const chooseKind = chooseByWeight<keyof typeof kinds>([
  ['ROCKFALL', 34],
  ['LANDSLIDE', 12],
  ['DEBRIS_FLOW', 9],
  ['GROUND_COLLAPSE', 35],
  ['GROUND_FISSURE', 10],
]);

export const hazardSiteSeed: DatasetSeed<SeedRow<HazardSite>> = {
  dataset: HazardSite,
  of: 'place',
  count: () => siteCount,
  rows(cast, index) {
    const { draw } = cast;
    const division = chooseDivision(draw.unit(streams.division, index));
    const town = drawTown(
      draw,
      streams.town,
      index,
      division,
      ({ kind }) => kind === 'town' || kind === 'township' || kind === 'sumu',
    );
    const kind = chooseKind(draw.unit(streams.kind, index));
    const [zh, cause] = kinds[kind];
    const households = Math.floor(60 * draw.unit(streams.households, index) ** 3);
    const people = households === 0 ? draw.below(streams.households, index + 0x2000_0000, 8) : households * 3;
    const property = households * 22 + draw.between(streams.property, index, 5, 900);
    const found = draw.between(streams.found, index, dayOf('2005-05-01'), dayOf('2025-08-31'));
    const { status, writtenOff } = statusOf(cast, index, found);
    const watcher = watcherOffset + index;
    return [
      {
        division,
        siteCode: `${division}${String(kindNumber(kind)).padStart(2, '0')}${String(index + 1).padStart(4, '0')}`,
        name: `${town.zh}${index + 1}号${zh}`,
        kind,
        danger: dangerOf(people, property),
        stability: draw.pick(streams.stability, index, ['STABLE', 'MODERATE', 'MODERATE', 'UNSTABLE']),
        cause,
        threatenedHouseholds: households,
        threatenedPeople: people,
        threatenedProperty: property.toFixed(2),
        monitoring: draw.pick(streams.monitoring, index, [
          'COMMUNITY',
          'COMMUNITY',
          'COMMUNITY',
          'BOTH',
          'INSTRUMENTS',
        ]),
        watcher: drawSurname(draw, watcher) + drawGivenName(draw, watcher, index % 4 === 0 ? 'female' : 'male', 1975),
        telephone: drawTelephone(draw, watcher),
        shelter: `${town.zh}${draw.pick(streams.town, index, ['中心学校', '文化广场', '综合服务中心'])}`,
        town: town.code,
        ...drawPosition(draw, streams.position, index, division),
        foundOn: isoOf(found),
        status,
        writtenOffOn: writtenOff === null ? null : isoOf(writtenOff),
      },
    ];
  },
};

function kindNumber(kind: keyof typeof kinds): number {
  return Object.keys(kinds).indexOf(kind) + 1;
}

/** 地质灾害防治条例: by the people threatened, or the property in 10,000 yuan. */
function dangerOf(people: number, property: number): string {
  if (people >= 1000 || property >= 10_000) return 'EXTREME';
  if (people >= 500 || property >= 5_000) return 'LARGE';
  return people >= 100 || property >= 500 ? 'MEDIUM' : 'SMALL';
}

function statusOf({ draw }: Cast, index: number, found: number): { status: string; writtenOff: number | null } {
  const unit = draw.unit(streams.status, index);
  if (unit < 0.2)
    return {
      status: 'WRITTEN_OFF',
      writtenOff: draw.between(streams.status, index + 0x2000_0000, found + 60, castDay),
    };
  return { status: unit < 0.3 ? 'UNDER_TREATMENT' : 'ACTIVE', writtenOff: null };
}
