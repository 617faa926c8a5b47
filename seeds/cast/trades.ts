/** What firms of the city do: industry group (GB/T 4754-2017), how common it is, how it is named, what its licence says. */
import { chooseByWeight } from './weighted-choice.js';

export interface Trade {
  readonly industry: string;
  readonly nouns: readonly string[];
  readonly scope: string;
  /** Registered capital in CNY, from and to. */
  readonly capital: readonly [from: number, to: number];
}

type Row = readonly [industry: string, weight: number, nouns: string, scope: string, from: number, to: number];

const [small, middle, large, huge] = [100_000, 2_000_000, 20_000_000, 500_000_000];

const companies: readonly Row[] = [
  ['061', 5, '煤炭 煤业 矿业', '煤炭开采、洗选；煤炭销售', large, huge],
  ['111', 3, '矿山工程 煤矿服务', '煤矿土石方剥离工程；矿山设备维修；煤炭开采技术服务', middle, large],
  ['072', 1, '天然气', '天然气勘探、开采、集输', large, huge],
  ['101', 2, '砂石 石料', '建筑用砂石开采、加工、销售', middle, large],
  ['172', 2, '绒毛 羊绒制品 毛纺', '山羊绒分梳、纺纱、染整；羊绒制品销售', middle, large],
  ['182', 2, '羊绒服饰 针织', '羊绒衫、针织服装生产、销售', small, large],
  ['252', 2, '焦化 煤化工', '焦炭、煤焦油、煤制品生产、销售', large, huge],
  ['261', 2, '化工 化学', '甲醇、烯烃、聚氯乙烯等基础化学原料生产、销售', large, huge],
  ['262', 1, '化肥', '尿素、复合肥生产、销售', large, huge],
  ['301', 1, '水泥', '水泥、熟料生产、销售', middle, huge],
  ['302', 2, '商砼 水泥制品', '商品混凝土、水泥制品生产、销售', middle, large],
  ['303', 1, '新型建材', '砖瓦、墙体材料生产、销售', middle, large],
  ['314', 1, '冶金 硅业', '铁合金、工业硅冶炼、销售', large, huge],
  ['421', 1, '再生资源', '废旧金属回收、加工、销售', small, large],
  ['441', 3, '发电 新能源 光伏', '火力、风力、太阳能发电；电力销售', large, huge],
  ['443', 1, '热力 供热', '热力生产和供应；供热设备维护', middle, large],
  ['451', 1, '燃气', '燃气经营；燃气管网建设、维护', middle, large],
  ['461', 1, '水务 供水', '自来水生产和供应；供水设施维护', middle, large],
  ['471', 3, '建筑工程 建设', '房屋建筑工程施工', middle, large],
  ['481', 2, '路桥工程', '公路、桥梁、隧道工程施工', middle, huge],
  ['501', 2, '装饰工程', '建筑装饰装修工程设计、施工', small, middle],
  ['516', 8, '煤炭运销 建材 物资', '煤炭及制品、建材、化工产品（不含危险品）批发', middle, large],
  ['517', 5, '机电设备 工程机械', '机械设备、五金产品、电子产品批发', small, large],
  ['519', 10, '商贸 工贸 贸易', '日用百货、劳保用品、五金交电、建筑材料销售', small, middle],
  ['521', 3, '超市 百货', '食品、日用百货零售', small, middle],
  ['526', 3, '汽车销售 石化', '汽车及零配件销售；成品油零售', small, large],
  ['543', 8, '运输 物流', '道路普通货物运输；货物专用运输', small, large],
  ['582', 1, '货运代理', '国内货物运输代理', small, middle],
  ['611', 1, '酒店', '住宿、餐饮、会议服务', middle, large],
  ['621', 3, '餐饮', '餐饮服务', small, middle],
  ['651', 3, '软件 信息技术', '软件开发；信息系统集成服务', small, middle],
  ['653', 1, '网络科技', '信息系统集成；物联网技术服务', small, middle],
  ['663', 1, '小额贷款', '小额贷款业务', large, huge],
  ['701', 3, '房地产开发', '房地产开发、销售', large, huge],
  ['702', 3, '物业服务', '物业管理；保洁服务；停车场服务', small, middle],
  ['711', 2, '机械租赁', '建筑工程机械与设备经营租赁', small, middle],
  ['721', 2, '投资', '以自有资金从事投资活动；企业管理', large, huge],
  ['724', 2, '财务咨询 税务师事务所', '财务咨询；税务代理；企业管理咨询', small, middle],
  ['726', 3, '劳务服务 人力资源', '劳务派遣；人力资源服务', small, middle],
  ['748', 1, '工程监理 勘测设计', '工程勘察设计；工程监理服务', small, middle],
  ['772', 1, '环保科技', '环境治理；污水、固体废物处理', middle, large],
  ['784', 3, '园林绿化 生态建设', '园林绿化工程施工；苗木种植、销售', small, large],
  ['811', 2, '汽车维修', '汽车修理与维护', small, middle],
  ['841', 1, '医院', '医疗服务', middle, large],
  ['018', 2, '草业', '饲草料种植、加工、销售', small, middle],
  ['031', 4, '农牧业开发 养殖', '牛羊养殖、销售；饲草料种植', small, middle],
];

const shops: readonly Row[] = [
  ['521', 14, '超市 便利店 百货店', '食品、日用百货零售', 10_000, 200_000],
  ['621', 16, '饭馆 餐厅 牛羊肉馆 火锅店', '餐饮服务', 10_000, 300_000],
  ['523', 8, '服装店 鞋店', '服装、鞋帽零售', 10_000, 100_000],
  ['525', 3, '大药房', '药品、医疗器械零售', 50_000, 300_000],
  ['528', 6, '五金店 建材店', '五金、建筑装饰材料零售', 10_000, 200_000],
  ['543', 8, '货运部', '道路普通货物运输', 50_000, 500_000],
  ['804', 8, '理发店 美容院', '理发、美容服务', 5_000, 100_000],
  ['811', 6, '汽车修理部 轮胎店', '汽车修理与维护', 10_000, 200_000],
  ['612', 4, '宾馆 旅店', '住宿服务', 20_000, 300_000],
  ['522', 6, '蔬菜水果店 牛羊肉店', '食品零售', 5_000, 100_000],
  ['031', 5, '养殖场 牧场', '牛羊养殖、销售', 20_000, 500_000],
];

const cooperatives: readonly Row[] = [
  ['031', 6, '养殖专业合作社 农牧业专业合作社', '组织成员养殖、销售牛羊；提供技术、信息服务', 100_000, 5_000_000],
  ['011', 3, '种植专业合作社', '组织成员种植、销售玉米、杂粮', 100_000, 3_000_000],
  ['018', 2, '草业专业合作社', '组织成员种植、加工饲草料', 100_000, 3_000_000],
];

const organisations: readonly Row[] = [
  [
    '952',
    6,
    '煤炭行业协会 羊绒行业协会 商会 书法家协会 摄影协会 马术协会 沙产业协会',
    '行业服务、交流、培训',
    30_000,
    300_000,
  ],
  ['831', 3, '幼儿园', '学前教育', 50_000, 500_000],
  ['839', 2, '培训学校', '技能培训', 50_000, 500_000],
  ['852', 2, '社会工作服务中心 志愿服务中心', '社会工作服务', 30_000, 200_000],
];

const toChoice = (rows: readonly Row[]) =>
  chooseByWeight(
    rows.map(([industry, weight, nouns, scope, from, to]): readonly [Trade, number] => [
      { industry, nouns: nouns.split(' '), scope, capital: [from, to] },
      weight,
    ]),
  );

export const chooseCompanyTrade = toChoice(companies);
export const chooseShopTrade = toChoice(shops);
export const chooseCooperativeTrade = toChoice(cooperatives);
export const chooseOrganisationTrade = toChoice(organisations);
