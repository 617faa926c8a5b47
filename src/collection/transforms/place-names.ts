/**
 * What people call the city's divisions and towns besides their official names.
 *
 * Only names that mean one place and are in use stand here: spoken short forms, seats known by themselves, former names, and misspellings
 * that registers repeat. A name that two places share (前旗 within a longer name, 乌兰, 高新区) does not.
 */

/** Spellings of a division that mean it wherever they stand. */
export const divisionNames: Readonly<Record<string, readonly string[]>> = {
  '150602': ['东胜区', '东胜市'],
  '150603': ['康巴什区', '康巴什新区'],
  '150621': ['达拉特旗', '达旗'],
  '150622': ['准格尔旗', '准旗'],
  '150623': ['鄂托克前旗', '鄂前旗'],
  '150624': ['鄂托克旗', '鄂旗'],
  '150625': ['杭锦旗', '杭旗'],
  '150626': ['乌审旗', '乌旗'],
  '150627': ['伊金霍洛旗', '伊旗'],
};

/** Spellings that mean a division at the start of an address alone: further on they are streets, houses or parts of other names. */
export const leadingDivisionNames: Readonly<Record<string, readonly string[]>> = {
  '150602': ['东胜'],
  '150603': ['康巴什'],
  '150623': ['前旗'],
};

/** Other spellings of a town, by its code, as good as its own name: short forms with 镇, former names, misspellings. */
export const otherTownNames: Readonly<Record<string, readonly string[]>> = {
  '150602008': ['巴音孟克街道', '巴音孟克办事处'],
  '150602100': ['泊江海子镇', '泊江海镇'],
  '150602102': ['塔拉壕镇', '塔拉壕乡', '塔拉豪镇'],
  '150621100': ['树镇'],
  '150622101': ['沙镇'],
  '150622400': ['准格尔开发区'],
  '150623100': ['敖镇', '敖勒召旗镇'],
  '150624103': ['木肯淖尔镇', '木凯淖镇'],
  '150626100': ['嘎镇', '嘎鲁镇', '嘠鲁图镇', '达布察克镇'],
  '150626104': ['无定镇'],
  '150627100': ['阿镇', '阿勒席腾镇', '阿腾席热镇'],
  '150627101': ['扎萨克镇'],
  '150627102': ['乌兰木龙镇'],
};

/** Towns so well known that their bare name at the start of an address gives them, and with them their division. */
export const seatNames: Readonly<Record<string, string>> = {
  '150621100': '树林召',
  '150622100': '薛家湾',
  '150622101': '沙圪堵',
  '150623100': '敖勒召其',
  '150623101': '上海庙',
  '150624101': '棋盘井',
  '150624201': '阿尔巴斯',
  '150625103': '独贵塔拉',
  '150626100': '嘎鲁图',
  '150627100': '阿勒腾席热',
};

/** Bare names of towns that are ordinary words or stand in many other names: they want 镇, 苏木 or 街道, even behind their division. */
export const ordinaryTownWords: readonly string[] = ['乌兰', '大路', '锡尼', '昭君', '伊金霍洛', '准格尔召'];

/** Parts of towns that are called by the town's ordinary word and a word of their own. */
export const townQuarters: Readonly<Record<string, readonly string[]>> = {
  '150622102': ['大路新区', '大路工业园区', '大路煤化工基地'],
  '150622105': ['准格尔召'],
};

/** Zones that lie in more than one division, whatever the list of townships says. */
export const zonesAcrossDivisions: readonly string[] = ['高新技术产业开发区'];

/** The rest of the region and the other provinces: an address that begins with one of these lies outside the city. */
export const elsewhere: RegExp = new RegExp(
  '^(?:(?:呼和浩特|包头|乌海|赤峰|通辽|呼伦贝尔|巴彦淖尔|乌兰察布|北京|天津|上海|重庆)市' +
    '|(?:兴安|锡林郭勒|阿拉善)盟|乌拉特[前中后]旗|杭锦后旗' +
    '|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省' +
    '|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区|香港|澳门' +
    '|榆林市|延安市|西安市|银川市|石嘴山市|大同市|朔州市|忻州市|神木[市县]|府谷县)',
);
