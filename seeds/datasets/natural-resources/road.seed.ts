/** The main roads of the city, each cut at the borders of divisions, and county and township roads of every division. */
import { Road } from '../../../src/libraries/natural-resources/road.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { townsOf } from '../../../src/model/code-lists/towns.js';
import { dayOf, isoOf } from '../../cast/calendar.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { areas, drawPosition, seatOf } from '../geography.js';

type Grade = 'EXPRESSWAY' | 'CLASS_1' | 'CLASS_2' | 'CLASS_3' | 'CLASS_4';

/** Width in metres, lanes, design speed, usual length of a section in kilometres. */
const grades: Readonly<Record<Grade, readonly [width: number, lanes: number, speed: number, length: number]>> = {
  EXPRESSWAY: [22.5, 4, 100, 48],
  CLASS_1: [21.5, 4, 80, 40],
  CLASS_2: [9, 2, 80, 44],
  CLASS_3: [7.5, 2, 40, 30],
  CLASS_4: [6, 2, 20, 16],
};

interface Section {
  readonly route: string;
  readonly name: string;
  readonly grade: Grade;
  readonly division: string;
}

const mainRoads: readonly (readonly [route: string, name: string, grade: Grade, through: string])[] = [
  ['G65', '包头—茂名高速公路', 'EXPRESSWAY', '150621 150602 150627'],
  ['G18', '荣成—乌海高速公路', 'EXPRESSWAY', '150622 150602 150625 150624'],
  ['G109', '北京—拉萨公路', 'CLASS_2', '150622 150602 150625 150624'],
  ['G210', '满都拉—防城港公路', 'CLASS_1', '150621 150602 150627'],
  ['G242', '甘其毛都—钦州公路', 'CLASS_2', '150625 150624 150626'],
  ['G338', '海兴—天峻公路', 'CLASS_2', '150627 150626 150624 150623'],
  ['S24', '兴和—巴拉贡高速公路', 'EXPRESSWAY', '150622 150621 150625'],
  ['S31', '呼和浩特—鄂尔多斯高速公路', 'EXPRESSWAY', '150622 150602'],
  ['S214', '沿河公路', 'CLASS_2', '150621 150625'],
  ['S215', '乌审旗—鄂托克前旗公路', 'CLASS_2', '150626 150623'],
];

const streams = {
  length: streamOf('road.length'),
  condition: streamOf('road.condition'),
  opened: streamOf('road.opened'),
  start: streamOf('road.start'),
  end: streamOf('road.end'),
  surface: streamOf('road.surface'),
};
const localKinds: readonly (readonly [letter: string, first: number, grade: Grade])[] = [
  ['X', 601, 'CLASS_3'],
  ['Y', 101, 'CLASS_4'],
];
const conditions = ['EXCELLENT', 'EXCELLENT', 'EXCELLENT', 'GOOD', 'GOOD', 'MEDIUM', 'INFERIOR', 'POOR'] as const;

/** From the seat of a division to each of its other towns there is a county road, and from one town to the next a township road. */
function localRoads(division: string): Section[] {
  const [seat, towns] = [seatOf(division), townsOf(division).filter((town) => town.kind !== 'subdistrict')];
  const others = towns.filter((town) => town !== seat);
  return localKinds.flatMap(([letter, first, grade]) =>
    others.map((town, n) => ({
      route: `${letter}${first + n}`,
      name: `${short(letter === 'X' ? seat.zh : others[(n + 1) % others.length]!.zh)}—${short(town.zh)}公路`,
      grade,
      division,
    })),
  );
}

const short = (town: string): string => town.replace(/(街道|镇|乡|苏木)$/, '');

const sections: readonly Section[] = [
  ...mainRoads.flatMap(([route, name, grade, through]) =>
    through.split(' ').map((division) => ({ route, name, grade, division })),
  ),
  ...areas.flatMap(({ division }) => localRoads(division)),
];

export const roadSeed: DatasetSeed<SeedRow<Road>> = {
  dataset: Road,
  of: 'place',
  count: () => sections.length,
  rows({ draw }, index) {
    const { route, name, grade, division } = sections[index]!;
    const [width, lanes, designSpeed, length] = grades[grade];
    const start = drawPosition(draw, streams.start, index, division);
    const end = drawPosition(draw, streams.end, index, division);
    const zh = divisions.find(division)!.zh;
    const isLocal = /^[XY]/.test(route);
    const [from, to] = isLocal ? name.replace(/公路$/, '').split('—') : [`${zh}界`, `${zh}界（出）`];
    return [
      {
        division,
        sectionCode: `${route}${division}`,
        routeNumber: route,
        name,
        highwayClass: route[0]!,
        grade,
        startPlace: from ?? null,
        endPlace: to ?? null,
        length: (length * (0.6 + 0.8 * draw.unit(streams.length, index))).toFixed(3),
        width: width.toFixed(2),
        lanes,
        designSpeed,
        surface: !isLocal
          ? 'ASPHALT'
          : draw.pick(streams.surface, index, [
              'ASPHALT',
              'ASPHALT',
              'CEMENT',
              grade === 'CLASS_4' ? 'GRAVEL' : 'CEMENT',
            ]),
        condition: draw.pick(streams.condition, index, isLocal ? conditions : conditions.slice(0, 6)),
        isTolled: grade === 'EXPRESSWAY',
        openedOn: isoOf(draw.between(streams.opened, index, dayOf('1998-09-01'), dayOf('2023-10-30'))),
        maintainer:
          grade === 'EXPRESSWAY'
            ? '内蒙古公路交通投资发展有限公司鄂尔多斯分公司'
            : isLocal
              ? `${zh}交通运输局`
              : '鄂尔多斯市公路养护中心',
        startLongitude: start.longitude,
        startLatitude: start.latitude,
        endLongitude: end.longitude,
        endLatitude: end.latitude,
      },
    ];
  },
};
