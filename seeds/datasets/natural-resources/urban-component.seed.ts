/** Urban components: one for every four persons, where people live in towns; a sequence number of its own for each. */
import { UrbanComponent } from '../../../src/libraries/natural-resources/urban-component.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import { streamOf } from '../../cast/draw.js';
import { drawPremises } from '../../cast/places.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import { urbanComponentClasses } from '../../../src/model/code-lists/urban-component-classes.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { drawPosition } from '../geography.js';

const streams = {
  kind: streamOf('urban-component.kind'),
  position: streamOf('urban-component.position'),
  status: streamOf('urban-component.status'),
  surveyed: streamOf('urban-component.surveyed'),
  changed: streamOf('urban-component.changed'),
  grid: streamOf('urban-component.grid'),
};
/** Places are drawn at indexes that no household and no firm has. */
const placeOffset = 0x6000_0000;
/** The standard leaves six digits to the sequence of a class in a division. */
const mostComponents = 1_000_000;

const chooseClass = chooseByWeight(
  (
    [
      ['0101', 6, '水务'],
      ['0102', 8, '市政'],
      ['0103', 7, '市政'],
      ['0104', 12, '市政'],
      ['0105', 5, '供电'],
      ['0107', 8, '通信'],
      ['0110', 5, '热力'],
      ['0111', 3, '燃气'],
      ['0113', 3, '消防'],
      ['0115', 2, '通信'],
      ['0117', 4, '市政'],
      ['0118', 14, '市政'],
      ['0126', 2, '市政'],
      ['0201', 1, '市政'],
      ['0203', 2, '公交'],
      ['0209', 5, '交管'],
      ['0210', 2, '交管'],
      ['0301', 1, '环卫'],
      ['0305', 8, '环卫'],
      ['0402', 20, '园林'],
      ['0404', 3, '园林'],
      ['0407', 3, '园林'],
      ['0501', 1, '街道办事处'],
    ] as const
  ).map(([code, weight, owner]) => [{ code, owner }, weight] as const),
);
const chooseStatus = chooseByWeight([
  ['INTACT', 93],
  ['DAMAGED', 4],
  ['MISSING', 1],
  ['ABANDONED', 1],
  ['REMOVED', 1],
]);
const owners: Readonly<Record<string, string>> = {
  水务: '水务公司',
  市政: '市政公用服务中心',
  供电: '供电分局',
  通信: '通信管理办公室',
  热力: '热力公司',
  燃气: '燃气公司',
  消防: '消防救援大队',
  公交: '公共交通公司',
  交管: '公安交通管理大队',
  环卫: '环境卫生服务中心',
  园林: '园林绿化服务中心',
  街道办事处: '街道办事处',
};

export const urbanComponentSeed: DatasetSeed<SeedRow<UrbanComponent>> = {
  dataset: UrbanComponent,
  of: 'place',
  count: ({ persons }) => Math.min(mostComponents, Math.ceil(persons / 4)),
  rows({ draw }, index) {
    const { division, town, address } = drawPremises(draw, index + placeOffset);
    const { code, owner } = chooseClass(draw.unit(streams.kind, index));
    const status = chooseStatus(draw.unit(streams.status, index));
    const surveyed = draw.between(streams.surveyed, index, dayOf('2017-04-01'), dayOf('2023-10-31'));
    const hasChanged = status !== 'INTACT' || draw.chance(streams.changed, index, 0.2);
    const owned = divisions.find(division)!.zh + owners[owner]!;
    return [
      {
        division,
        componentCode: `${division}${code}${String(index).padStart(6, '0')}`,
        componentClass: code,
        name: urbanComponentClasses.find(code)!.zh,
        gridCode: `${town}${String(draw.between(streams.grid, index, 1, 12)).padStart(3, '0')}${String(draw.between(streams.grid, index + 0x2000_0000, 1, 40)).padStart(3, '0')}`,
        department: `${divisions.find(division)!.zh}城市管理综合执法局`,
        owner: owned,
        maintainer: owned,
        town,
        location: `${address}附近`,
        ...drawPosition(draw, streams.position, index, division),
        status,
        surveyedOn: isoOf(surveyed),
        changedOn: hasChanged ? isoOf(draw.between(streams.changed, index + 0x2000_0000, surveyed + 1, castDay)) : null,
      },
    ];
  },
};
