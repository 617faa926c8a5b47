/** Registered employment of those of working age: staff of the cast's firms, owners of shops, those in flexible work, and the jobless. */
import { Employment } from '../../../src/libraries/population/employment.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { ageOn, castDay, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { Employment as Post } from '../../cast/employment.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { plusYears } from '../days.js';
import { flexibleOccupations, isJobless, joblessSince, wageOf } from './working-life.js';

type Row = SeedRow<Employment, 'person' | 'legalPerson'>;

const streams = { post: streamOf('employment-record.post'), since: streamOf('employment-record.since') };

/** Posts by the beginning of the industry's code, each with its major class of GB/T 6565. */
const posts: readonly (readonly [
  industries: RegExp,
  posts: readonly (readonly [name: string, occupation: string])[],
])[] = [
  [
    /^(06|07|10|11)/,
    [
      ['采矿工', '60000'],
      ['掘进工', '60000'],
      ['矿山机电工', '60000'],
      ['安全员', '20000'],
      ['采矿工程师', '20000'],
    ],
  ],
  [
    /^0[1-5]/,
    [
      ['饲养员', '50000'],
      ['农机操作员', '50000'],
      ['畜牧技术员', '20000'],
    ],
  ],
  [
    /^(1[3-9]|[23]\d|4[0-3])/,
    [
      ['操作工', '60000'],
      ['质检员', '60000'],
      ['设备维修工', '60000'],
      ['工艺工程师', '20000'],
    ],
  ],
  [
    /^4[4-6]/,
    [
      ['运行值班员', '60000'],
      ['巡检工', '60000'],
      ['电气工程师', '20000'],
    ],
  ],
  [
    /^(4[7-9]|50)/,
    [
      ['施工员', '20000'],
      ['建筑工', '60000'],
      ['造价员', '20000'],
    ],
  ],
  [
    /^5[1-2]/,
    [
      ['营业员', '40000'],
      ['采购员', '40000'],
      ['仓库管理员', '40000'],
    ],
  ],
  [
    /^5[3-9]/,
    [
      ['货车司机', '40000'],
      ['调度员', '40000'],
      ['装卸工', '60000'],
    ],
  ],
  [
    /^6[1-2]/,
    [
      ['餐厅服务员', '40000'],
      ['厨师', '40000'],
      ['客房服务员', '40000'],
    ],
  ],
  [
    /^6[3-6]/,
    [
      ['软件工程师', '20000'],
      ['网络工程师', '20000'],
      ['客户服务员', '40000'],
    ],
  ],
  [
    /^8[3-5]/,
    [
      ['教师', '20000'],
      ['护士', '20000'],
      ['社会工作者', '20000'],
    ],
  ],
];
const officePosts = [
  ['行政专员', '30000'],
  ['会计', '20000'],
  ['人事专员', '30000'],
  ['部门经理', '10000'],
  ['保洁员', '40000'],
] as const;

export const employmentSeed: DatasetSeed<Row> = {
  dataset: Employment,
  of: 'person',
  rows(cast, index) {
    const post = cast.employmentOf(index);
    const person = cast.person(index);
    if (post !== undefined) return [describePost(cast, person, post)];
    const age = ageOn(person.birthDate);
    if (person.status !== 'normal' || age < 18 || age >= 60) return [];
    if (isJobless(cast, person)) return describeJobless(person, joblessSince(cast, index));
    const shop = cast.officesOf(index).find((office) => office.position === 'OPERATOR' && office.leftOn === undefined);
    if (shop !== undefined) return [describeShop(cast, person, shop.legalPerson, shop.appointedOn)];
    if (!flexibleOccupations.includes(person.occupation)) return [];
    const from = Math.max(dayOf('2008-01-01'), dayOf(yearsAfter(person.birthDate, 18)));
    const since = isoOf(cast.draw.between(streams.since, index, from, castDay));
    return [{ ...describeOwn(person, since), form: 'FLEXIBLE' }];
  },
};

/** The flexible work that came to an end, and the registration as unemployed from that day. */
function describeJobless(person: Person, since: string): Row[] {
  const unemployed: Row = { ...describeOwn(person, since), form: 'UNEMPLOYED', post: null };
  const before = describeOwn(person, plusYears(since, -1));
  return [
    { ...before, registrationNumber: `${before.registrationNumber}-1`, status: 'ENDED', endedOn: since },
    unemployed,
  ];
}

/** Two contracts of three years, then one without a fixed term. */
function describePost(cast: Cast, person: Person, { legalPerson, since }: Post): Row {
  const { draw } = cast;
  const { name, industry } = cast.legalPerson(legalPerson);
  const [post, occupationClass] = draw.chance(streams.post, person.index, 0.25)
    ? draw.pick(streams.post, person.index + 0x4000_0000, officePosts)
    : draw.pick(
        streams.post,
        person.index + 0x4000_0000,
        posts.find(([those]) => those.test(industry))?.[1] ?? officePosts,
      );
  const terms = Math.min(2, Math.floor(ageOn(since) / 3));
  const contractStartsOn = terms === 0 ? since : plusYears(since, terms * 3);
  return {
    ...describeOwn(person, since),
    legalPerson,
    form: 'EMPLOYER',
    employerName: name,
    industry,
    occupationClass,
    post,
    contractTerm: terms === 2 ? 'OPEN_ENDED' : 'FIXED',
    contractStartsOn,
    contractEndsOn: terms === 2 ? null : isoOf(dayOf(plusYears(since, terms * 3 + 3)) - 1),
    monthlyWage: `${wageOf(cast, person.index, industry)}.00`,
  };
}

function describeShop(cast: Cast, person: Person, legalPerson: number, since: string): Row {
  const { name, industry } = cast.legalPerson(legalPerson);
  const own = describeOwn(person, since);
  return {
    ...own,
    legalPerson,
    form: 'SELF_EMPLOYED',
    employerName: name,
    industry,
    occupationClass: '40000',
    post: '经营者',
  };
}

/** What is registered of who has no employer; the rest is put over it. */
function describeOwn({ index, division, occupation }: Person, registeredOn: string): Row {
  return {
    person: index,
    legalPerson: null,
    registrationNumber: `${division}${String(index).padStart(10, '0')}`,
    form: 'FLEXIBLE',
    employerName: null,
    industry: null,
    occupationClass: null,
    post: occupation,
    contractTerm: null,
    contractStartsOn: null,
    contractEndsOn: null,
    monthlyWage: null,
    registeredOn,
    endedOn: null,
    status: 'ACTIVE',
    agency: `${divisions.find(division)!.zh}就业服务中心`,
  };
}
