/**
 * The 89 towns, subdistricts, townships, sumus and zones of the city: the six digits of the division and three of their own (GB/T 10114).
 *
 * Source: Administrative-divisions-of-China (github.com/modood/Administrative-divisions-of-China), dist/streets.csv, copyright (c) 2017 mwn,
 * MIT License, compiled from the statistical division codes of the National Bureau of Statistics. English names are plain pinyin.
 */
import { type CodeEntry, defineCodeList } from './code-list.js';

/** 街道, 镇, 乡, 苏木 (a township of pastoral Mongolian banners), and zones and parks that are counted like one of them. */
export type TownKind = 'subdistrict' | 'town' | 'township' | 'sumu' | 'zone';

export interface Town extends CodeEntry {
  /** The division it lies in: the first six digits. */
  readonly division: string;
  readonly kind: TownKind;
}

const rows: readonly (readonly [code: string, zh: string, en: string, kind: TownKind])[] = [
  ['150602001', '交通街道', 'Jiaotong Subdistrict', 'subdistrict'],
  ['150602002', '公园街道', 'Gongyuan Subdistrict', 'subdistrict'],
  ['150602003', '林荫街道', 'Linyin Subdistrict', 'subdistrict'],
  ['150602004', '建设街道', 'Jianshe Subdistrict', 'subdistrict'],
  ['150602005', '富兴街道', 'Fuxing Subdistrict', 'subdistrict'],
  ['150602006', '天骄街道', 'Tianjiao Subdistrict', 'subdistrict'],
  ['150602007', '诃额伦街道', 'Heelun Subdistrict', 'subdistrict'],
  ['150602008', '巴音门克街道', 'Bayinmenke Subdistrict', 'subdistrict'],
  ['150602010', '幸福街道', 'Xingfu Subdistrict', 'subdistrict'],
  ['150602011', '纺织街道', 'Fangzhi Subdistrict', 'subdistrict'],
  ['150602012', '兴胜街道', 'Xingsheng Subdistrict', 'subdistrict'],
  ['150602013', '民族街道', 'Minzu Subdistrict', 'subdistrict'],
  ['150602100', '泊尔江海子镇', 'Boerjianghaizi Town', 'town'],
  ['150602101', '罕台镇', 'Hantai Town', 'town'],
  ['150602102', '铜川镇', 'Tongchuan Town', 'town'],
  ['150602405', '鄂尔多斯高新技术产业开发区', 'Ordos High-tech Industrial Development Zone', 'zone'],
  ['150603001', '哈巴格希街道', 'Habagexi Subdistrict', 'subdistrict'],
  ['150603002', '青春山街道', 'Qingchunshan Subdistrict', 'subdistrict'],
  ['150603003', '滨河街道', 'Binhe Subdistrict', 'subdistrict'],
  ['150603008', '康新街道', 'Kangxin Subdistrict', 'subdistrict'],
  ['150603400', '鄂尔多斯市高新技术产业园区', 'Ordos High-tech Industrial Park', 'zone'],
  ['150621001', '工业街道', 'Gongye Subdistrict', 'subdistrict'],
  ['150621002', '昭君街道', 'Zhaojun Subdistrict', 'subdistrict'],
  ['150621003', '锡尼街道', 'Xini Subdistrict', 'subdistrict'],
  ['150621004', '白塔街道', 'Baita Subdistrict', 'subdistrict'],
  ['150621005', '西园街道', 'Xiyuan Subdistrict', 'subdistrict'],
  ['150621006', '平原街道', 'Pingyuan Subdistrict', 'subdistrict'],
  ['150621100', '树林召镇', 'Shulinzhao Town', 'town'],
  ['150621101', '吉格斯太镇', 'Jigesitai Town', 'town'],
  ['150621102', '白泥井镇', 'Bainijing Town', 'town'],
  ['150621103', '王爱召镇', "Wang'aizhao Town", 'town'],
  ['150621104', '昭君镇', 'Zhaojun Town', 'town'],
  ['150621105', '恩格贝镇', 'Engebei Town', 'town'],
  ['150621106', '中和西镇', 'Zhonghexi Town', 'town'],
  ['150621107', '风水梁镇', 'Fengshuiliang Town', 'town'],
  ['150621200', '展旦召苏木', 'Zhandanzhao Sumu', 'sumu'],
  ['150621400', '达拉特经济开发区', 'Dalad Economic Development Zone', 'zone'],
  ['150621401', '鄂尔多斯市生态示范区', 'Ordos Ecological Demonstration Zone', 'zone'],
  ['150622001', '兴隆街道', 'Xinglong Subdistrict', 'subdistrict'],
  ['150622002', '迎泽街道', 'Yingze Subdistrict', 'subdistrict'],
  ['150622003', '蓝天街道', 'Lantian Subdistrict', 'subdistrict'],
  ['150622004', '友谊街道', 'Youyi Subdistrict', 'subdistrict'],
  ['150622100', '薛家湾镇', 'Xuejiawan Town', 'town'],
  ['150622101', '沙圪堵镇', 'Shagedu Town', 'town'],
  ['150622102', '大路镇', 'Dalu Town', 'town'],
  ['150622103', '纳日松镇', 'Narisong Town', 'town'],
  ['150622104', '龙口镇', 'Longkou Town', 'town'],
  ['150622105', '准格尔召镇', 'Zhungeerzhao Town', 'town'],
  ['150622106', '魏家峁镇', 'Weijiamao Town', 'town'],
  ['150622200', '暖水乡', 'Nuanshui Township', 'township'],
  ['150622201', '十二连城乡', 'Shierliancheng Township', 'township'],
  ['150622202', '布尔陶亥苏木', 'Buertaohai Sumu', 'sumu'],
  ['150622400', '准格尔经济开发区', 'Jungar Economic Development Zone', 'zone'],
  ['150623100', '敖勒召其镇', 'Aolezhaoqi Town', 'town'],
  ['150623101', '上海庙镇', 'Shanghaimiao Town', 'town'],
  ['150623102', '城川镇', 'Chengchuan Town', 'town'],
  ['150623103', '昂素镇', 'Angsu Town', 'town'],
  ['150623400', '上海庙经济开发区', 'Shanghaimiao Economic Development Zone', 'zone'],
  ['150624100', '乌兰镇', 'Wulan Town', 'town'],
  ['150624101', '棋盘井镇', 'Qipanjing Town', 'town'],
  ['150624102', '蒙西镇', 'Mengxi Town', 'town'],
  ['150624103', '木凯淖尔镇', 'Mukainaoer Town', 'town'],
  ['150624200', '苏米图苏木', 'Sumitu Sumu', 'sumu'],
  ['150624201', '阿尔巴斯苏木', 'Aerbasi Sumu', 'sumu'],
  ['150624404', '内蒙古鄂托克经济开发区', 'Otog Economic Development Zone', 'zone'],
  ['150625100', '锡尼镇', 'Xini Town', 'town'],
  ['150625101', '巴拉贡镇', 'Balagong Town', 'town'],
  ['150625102', '吉日嘎朗图镇', 'Jirigalangtu Town', 'town'],
  ['150625103', '独贵塔拉镇', 'Duguitala Town', 'town'],
  ['150625104', '呼和木独镇', 'Huhemudu Town', 'town'],
  ['150625200', '伊和乌素苏木', 'Yihewusu Sumu', 'sumu'],
  ['150625400', '内蒙古鄂尔多斯杭锦经济开发区', 'Hanggin Economic Development Zone', 'zone'],
  ['150626100', '嘎鲁图镇', 'Galutu Town', 'town'],
  ['150626101', '乌审召镇', 'Wushenzhao Town', 'town'],
  ['150626102', '图克镇', 'Tuke Town', 'town'],
  ['150626103', '乌兰陶勒盖镇', 'Wulantaolegai Town', 'town'],
  ['150626104', '无定河镇', 'Wudinghe Town', 'town'],
  ['150626200', '苏力德苏木', 'Sulide Sumu', 'sumu'],
  ['150626410', '苏里格经济开发区', 'Sulige Economic Development Zone', 'zone'],
  ['150627100', '阿勒腾席热镇', 'Aletengxire Town', 'town'],
  ['150627101', '札萨克镇', 'Zhasake Town', 'town'],
  ['150627102', '乌兰木伦镇', 'Wulanmulun Town', 'town'],
  ['150627103', '纳林陶亥镇', 'Nalintaohai Town', 'town'],
  ['150627104', '苏布尔嘎镇', 'Subuerga Town', 'town'],
  ['150627105', '红庆河镇', 'Hongqinghe Town', 'town'],
  ['150627106', '伊金霍洛镇', 'Yijinhuoluo Town', 'town'],
  ['150627400', '鄂尔多斯蒙苏经济开发区', 'Ordos Mengsu Economic Development Zone', 'zone'],
  ['150627407', '鄂尔多斯空港物流园区', 'Ordos Airport Logistics Park', 'zone'],
];

export const towns = defineCodeList<Town>(
  'towns',
  'GB/T 10114-2003; 国家统计局统计用区划代码',
  rows.map(([code, zh, en, kind]) => ({ code, zh, en, kind, division: code.slice(0, 6) })),
);

/** The towns of one division, in the order of their codes. */
export function townsOf(division: string): readonly Town[] {
  return towns.entries.filter((town) => town.division === division);
}
