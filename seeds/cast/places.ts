/** Divisions and towns by how many people and firms they have, and addresses in them. Weights are the census of 2020, rounded. */
import { divisions } from '../../src/model/code-lists/divisions.js';
import { type Town, towns, townsOf } from '../../src/model/code-lists/towns.js';
import { type Draw, streamOf } from './draw.js';
import { chooseByWeight } from './weighted-choice.js';

export interface Place {
  readonly division: string;
  readonly town: string;
  readonly urban: boolean;
  readonly address: string;
}

/** Where those move who do not stay in their banner. */
const chooseDestination = chooseByWeight([
  ['150602', 35],
  ['150603', 10],
  ['150621', 14],
  ['150622', 16],
  ['150627', 10],
  ['150626', 5],
  ['150624', 6],
  ['150625', 2],
  ['150623', 2],
]);
const chooseFirmDivision = chooseByWeight([
  ['150602', 38],
  ['150603', 9],
  ['150621', 10],
  ['150622', 14],
  ['150627', 14],
  ['150626', 8],
  ['150624', 7],
  ['150625', 4],
  ['150623', 3],
]);

/** The seat of a banner is the town whose code ends in 100; subdistricts and zones count as urban with it. */
const isUrban = (town: Town): boolean =>
  town.kind === 'subdistrict' || town.kind === 'zone' || (town.code.endsWith('100') && !town.code.startsWith('150602'));
const peopleWeight = (town: Town): number =>
  town.kind === 'subdistrict' ? 10 : town.kind === 'zone' ? 1 : isUrban(town) ? 14 : town.kind === 'town' ? 3 : 1.5;
const firmWeight = (town: Town): number => (town.kind === 'zone' ? 6 : peopleWeight(town));
const byTown = (weight: (town: Town) => number) =>
  new Map(
    divisions.entries
      .slice(1)
      .map(({ code }) => [code, chooseByWeight(townsOf(code).map((town) => [town, weight(town)] as const))]),
  );
const chooseTown = byTown(peopleWeight);
const chooseFirmTown = byTown(firmWeight);

const roads = [
  '鄂尔多斯',
  '天骄',
  '达拉特',
  '准格尔',
  '伊金霍洛',
  '团结',
  '民生',
  '迎宾',
  '文化',
  '建设',
  '东环',
  '西环',
  '通泰',
  '滨河',
  '文明',
  '康宁',
] as const;
const roadKinds = ['大街', '路', '南路', '北路', '东街', '西街'] as const;
const estates = [
  '金信',
  '天骄',
  '万正',
  '凤凰',
  '民和',
  '富民',
  '阳光',
  '锦绣',
  '东方',
  '绿园',
  '华府',
  '佳泰',
  '怡和',
  '景泰',
  '馨和',
  '巴音',
] as const;
const estateKinds = ['小区', '家园', '花园', '苑', '佳苑'] as const;
const villages = [
  '柴登',
  '巴音',
  '乌兰',
  '哈日',
  '沙日',
  '塔本',
  '召',
  '布拉格',
  '敖包',
  '查干',
  '木肯',
  '格点',
  '耳字',
  '碾房',
  '三眼',
  '马场',
] as const;
const villageTails = ['淖尔', '陶勒亥', '希里', '沟', '梁', '壕', '塔拉', '渠'] as const;

const streams = {
  stay: streamOf('place.stay'),
  division: streamOf('place.division'),
  town: streamOf('place.town'),
  road: streamOf('place.road'),
  number: streamOf('place.number'),
};

/** Where a household lives: more than half stay in the division that they come from, if it is one of the nine. */
export function drawResidence(draw: Draw, household: number, comesFrom: string | undefined): Place {
  const division =
    comesFrom !== undefined && draw.chance(streams.stay, household, 0.55)
      ? comesFrom
      : chooseDestination(draw.unit(streams.division, household));
  const town = chooseTown.get(division)!(draw.unit(streams.town, household));
  return placeIn(
    town,
    isUrban(town)
      ? `${estateOf(draw, household)}${draw.between(streams.number, household, 1, 36)}号楼${draw.between(streams.stay, household + 0x4000_0000, 1, 6)}单元${roomOf(draw, household)}室`
      : `${villageOf(draw, household)}${draw.between(streams.number, household, 1, 280)}号`,
  );
}

/** Where a firm sits; its index must not be one of a household's, so shift it. */
export function drawPremises(draw: Draw, firm: number, inDivision?: string): Place {
  const division = inDivision ?? chooseFirmDivision(draw.unit(streams.division, firm));
  const town = chooseFirmTown.get(division)!(draw.unit(streams.town, firm));
  const rest = isUrban(town)
    ? `${draw.pick(streams.road, firm, roads)}${draw.pick(streams.stay, firm, roadKinds)}${draw.between(streams.number, firm, 1, 199)}号`
    : villageOf(draw, firm);
  return placeIn(town, rest);
}

/** The registered address of someone from elsewhere: place of origin and a village or street. */
export function drawNativeAddress(draw: Draw, household: number, origin: string): string {
  return `${origin}${villageOf(draw, household + 0x4000_0000)}${draw.between(streams.number, household + 0x4000_0000, 1, 160)}号`;
}

/** The division of a town, the whole address up to it. */
export function addressOfTown(code: string): string {
  const town = towns.find(code);
  if (town === undefined) throw new RangeError('expected the code of a town of the city');
  return `内蒙古自治区鄂尔多斯市${divisions.find(town.division)!.zh}${town.zh}`;
}

function placeIn(town: Town, rest: string): Place {
  return { division: town.division, town: town.code, urban: isUrban(town), address: addressOfTown(town.code) + rest };
}

function estateOf(draw: Draw, household: number): string {
  return draw.pick(streams.road, household, estates) + draw.pick(streams.road, household + 0x4000_0000, estateKinds);
}

function roomOf(draw: Draw, household: number): string {
  return `${draw.between(streams.town, household + 0x4000_0000, 1, 18)}0${draw.between(streams.division, household + 0x4000_0000, 1, 3)}`;
}

function villageOf(draw: Draw, index: number): string {
  return `${draw.pick(streams.road, index, villages)}${draw.pick(streams.stay, index + 0x2000_0000, villageTails)}${draw.chance(streams.number, index + 0x2000_0000, 0.5) ? '嘎查' : '村'}`;
}
