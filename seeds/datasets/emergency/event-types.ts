/** What may happen in the city: when in the year, where, who answers it, how much harm it does. */
import type { Authority } from '../legal-person/authorities.js';

export interface EventType {
  readonly category: 'NATURAL_DISASTER' | 'ACCIDENT' | 'PUBLIC_HEALTH' | 'SOCIAL_SECURITY';
  readonly type: string;
  readonly weight: number;
  /** Months 1 to 12 in which it happens. */
  readonly months: readonly number[];
  /** Divisions in which it happens; undefined for all. */
  readonly divisions: readonly string[] | undefined;
  readonly lead: Authority;
  readonly cause: string;
  readonly description: string;
  /** People affected at most, and direct loss at most in CNY. */
  readonly affected: number;
  readonly loss: number;
}

type Row = readonly [
  category: EventType['category'],
  type: string,
  weight: number,
  months: readonly number[],
  divisions: readonly string[] | undefined,
  lead: Authority,
  cause: string,
  description: string,
  affected: number,
  loss: number,
];

const all = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const alongTheRiver = ['150621', '150622', '150625'];
const coal = ['150602', '150622', '150624', '150627'];
const chemistry = ['150621', '150622', '150624', '150626'];

const rows: readonly Row[] = [
  [
    'NATURAL_DISASTER',
    '暴雨洪涝',
    16,
    [6, 7, 8],
    undefined,
    'emergency',
    '短时强降雨',
    '强降雨引发山洪和城镇内涝，部分道路、农田和房屋受淹。',
    6_000,
    60_000_000,
  ],
  [
    'NATURAL_DISASTER',
    '冰雹',
    7,
    [6, 7, 8],
    undefined,
    'emergency',
    '强对流天气',
    '局地冰雹造成农作物和温室大棚受损。',
    3_000,
    20_000_000,
  ],
  [
    'NATURAL_DISASTER',
    '大风沙尘',
    9,
    [3, 4, 5],
    undefined,
    'emergency',
    '冷空气和气旋影响',
    '大风沙尘造成棚圈、广告牌损坏，部分线路停电。',
    2_000,
    8_000_000,
  ],
  [
    'NATURAL_DISASTER',
    '雪灾',
    6,
    [1, 2, 11, 12],
    undefined,
    'emergency',
    '强降雪',
    '降雪造成牧区交通中断、牲畜饲草料短缺。',
    4_000,
    15_000_000,
  ],
  [
    'NATURAL_DISASTER',
    '凌汛',
    2,
    [3],
    alongTheRiver,
    'water',
    '黄河开河期冰凌壅塞',
    '河段壅冰水位上涨，滩区部分耕地受淹。',
    1_500,
    12_000_000,
  ],
  [
    'NATURAL_DISASTER',
    '森林草原火灾',
    7,
    [3, 4, 5, 9, 10],
    undefined,
    'emergency',
    '野外违规用火',
    '草原明火，经扑火队伍处置后全线合围扑灭。',
    200,
    3_000_000,
  ],
  ['ACCIDENT', '道路交通事故', 18, all, undefined, 'police', '疲劳驾驶、超速', '货运车辆与小型客车相撞。', 12, 800_000],
  ['ACCIDENT', '煤矿事故', 4, all, coal, 'energy', '顶板管理不到位', '采掘工作面局部冒顶。', 10, 6_000_000],
  [
    'ACCIDENT',
    '危险化学品泄漏',
    3,
    all,
    chemistry,
    'emergency',
    '设备密封失效',
    '装置区物料泄漏，经切断、稀释后得到控制。',
    300,
    4_000_000,
  ],
  [
    'ACCIDENT',
    '火灾',
    10,
    all,
    undefined,
    'fire',
    '电气线路故障',
    '商铺、仓库起火，消防救援力量到场扑灭。',
    60,
    3_000_000,
  ],
  [
    'ACCIDENT',
    '建筑施工事故',
    5,
    [4, 5, 6, 7, 8, 9, 10],
    undefined,
    'housing',
    '高处作业防护缺失',
    '施工现场人员高处坠落。',
    5,
    1_500_000,
  ],
  [
    'ACCIDENT',
    '燃气泄漏',
    3,
    all,
    undefined,
    'housing',
    '第三方施工破坏管道',
    '燃气管道受损泄漏，周边居民疏散后抢修恢复。',
    800,
    500_000,
  ],
  [
    'PUBLIC_HEALTH',
    '食源性疾病',
    3,
    [5, 6, 7, 8, 9],
    undefined,
    'health',
    '食品加工储存不当',
    '聚餐后多人出现胃肠道症状，经救治好转。',
    60,
    100_000,
  ],
  [
    'PUBLIC_HEALTH',
    '流感聚集性疫情',
    3,
    [1, 2, 11, 12],
    undefined,
    'health',
    '流感病毒传播',
    '学校出现聚集性发热病例，已采取停课等措施。',
    120,
    50_000,
  ],
  [
    'PUBLIC_HEALTH',
    '动物疫情',
    2,
    [3, 4, 5, 6],
    undefined,
    'agriculture',
    '引进牲畜未按规定隔离',
    '养殖场牛羊布鲁氏菌病检测阳性，已扑杀和无害化处理。',
    40,
    900_000,
  ],
  [
    'SOCIAL_SECURITY',
    '涉众型经济案件',
    1,
    all,
    ['150602', '150603'],
    'police',
    '非法吸收公众存款',
    '投资人聚集反映诉求，经引导有序疏散。',
    150,
    20_000_000,
  ],
];

export const eventTypes: readonly EventType[] = rows.map(
  ([category, type, weight, months, divisions, lead, cause, description, affected, loss]) => ({
    category,
    type,
    weight,
    months,
    divisions,
    lead,
    cause,
    description,
    affected,
    loss,
  }),
);
