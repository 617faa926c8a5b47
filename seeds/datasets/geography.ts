/** Where things lie: for each division a box well inside it (WGS-84), so that what is drawn in a division lies in it, and boxes never overlap. */
import { townsOf, type Town } from '../../src/model/code-lists/towns.js';
import { type Draw, streamOf } from '../cast/draw.js';
import { chooseByWeight } from '../cast/weighted-choice.js';

export interface Position {
  readonly longitude: string;
  readonly latitude: string;
}

interface Area {
  readonly division: string;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
  /** Metres above sea level, of the seat. */
  readonly elevation: number;
  /** Square kilometres of the division, rounded. */
  readonly squareKilometres: number;
}

const rows: readonly (readonly [string, number, number, number, number, number, number])[] = [
  ['150602', 109.6, 110.2, 39.72, 39.92, 1460, 2160],
  ['150603', 109.74, 109.88, 39.57, 39.66, 1390, 370],
  ['150621', 109.4, 110.5, 40.12, 40.45, 1010, 8240],
  ['150622', 110.4, 111.3, 39.5, 40.0, 1220, 7560],
  ['150623', 107.0, 108.2, 37.9, 38.45, 1330, 12180],
  ['150624', 107.3, 108.5, 38.75, 39.7, 1380, 20370],
  ['150625', 107.6, 108.9, 39.8, 40.45, 1410, 18830],
  ['150626', 108.55, 109.25, 38.15, 39.1, 1310, 11650],
  ['150627', 109.3, 110.1, 39.1, 39.565, 1330, 5600],
];

export const areas: readonly Area[] = rows.map(([division, west, east, south, north, elevation, squareKilometres]) => ({
  division,
  west,
  east,
  south,
  north,
  elevation,
  squareKilometres,
}));

const areaByDivision = new Map(areas.map((area) => [area.division, area]));
const longitudeStream = streamOf('geography.longitude');
const latitudeStream = streamOf('geography.latitude');
const townStream = streamOf('geography.town');
const chooseArea = chooseByWeight(areas.map((area) => [area, area.squareKilometres] as const));

export function areaOf(division: string): Area {
  const area = areaByDivision.get(division);
  if (area === undefined) throw new RangeError('expected one of the nine divisions');
  return area;
}

/** A point of the division; `stream` keeps what is drawn at the same index for other reasons elsewhere. */
export function drawPosition(draw: Draw, stream: number, index: number, division: string): Position {
  const { west, east, south, north } = areaOf(division);
  return {
    longitude: (west + draw.unit(longitudeStream ^ stream, index) * (east - west)).toFixed(6),
    latitude: (south + draw.unit(latitudeStream ^ stream, index) * (north - south)).toFixed(6),
  };
}

/** A division by its size: for what covers the land and not for what people use. */
export function drawDivisionByArea(draw: Draw, stream: number, index: number): string {
  return chooseArea(draw.unit(stream, index)).division;
}

export function drawTown(
  draw: Draw,
  stream: number,
  index: number,
  division: string,
  among: (town: Town) => boolean,
): Town {
  const all = townsOf(division);
  const fitting = all.filter(among);
  return draw.pick(townStream ^ stream, index, fitting.length > 0 ? fitting : all);
}

/** The town in which the seat of a division lies, or where there is none its first subdistrict. */
export function seatOf(division: string): Town {
  const all = townsOf(division);
  return all.find(({ code }) => code.endsWith('100') && division !== '150602') ?? all[0]!;
}
