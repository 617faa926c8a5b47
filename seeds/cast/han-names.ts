/** Chinese names: surnames by frequency as in the north-west, given names by sex and by the fashion of the birth year. */
import { type Draw, streamOf } from './draw.js';
import { chooseByWeight } from './weighted-choice.js';

const surnameWeights: readonly (readonly [string, number])[] = [
  ['王', 88],
  ['张', 84],
  ['李', 80],
  ['刘', 66],
  ['杨', 42],
  ['陈', 30],
  ['赵', 36],
  ['高', 30],
  ['郭', 26],
  ['白', 24],
  ['韩', 20],
  ['贺', 18],
  ['马', 18],
  ['苏', 14],
  ['郝', 16],
  ['乔', 15],
  ['折', 4],
  ['吕', 10],
  ['孙', 18],
  ['周', 14],
  ['吴', 14],
  ['徐', 10],
  ['胡', 10],
  ['朱', 9],
  ['何', 9],
  ['林', 6],
  ['罗', 5],
  ['梁', 9],
  ['宋', 10],
  ['郑', 6],
  ['谢', 5],
  ['唐', 4],
  ['冯', 9],
  ['董', 8],
  ['程', 6],
  ['曹', 7],
  ['袁', 5],
  ['邓', 4],
  ['许', 6],
  ['傅', 3],
  ['任', 8],
  ['姜', 4],
  ['魏', 7],
  ['薛', 9],
  ['阎', 4],
  ['武', 8],
  ['田', 8],
  ['康', 7],
  ['史', 6],
  ['侯', 7],
  ['邬', 6],
  ['訾', 3],
  ['奇', 5],
  ['牛', 5],
  ['温', 5],
  ['杜', 7],
  ['段', 5],
  ['雷', 4],
  ['贾', 7],
  ['思', 2],
];
const chooseSurname = chooseByWeight(surnameWeights);

const given: Record<'male' | 'female', Record<'old' | 'middle' | 'young', readonly (readonly string[])[]>> = {
  male: {
    old: [[...'建国志玉文永德福振金树长世明俊'], [...'国华生军民林才荣山海成贵忠义祥']],
    middle: [[...'海晓志建永瑞学俊宏利国文少立东'], [...'军强伟峰勇飞龙平斌杰刚涛辉鹏波']],
    young: [[...'子浩宇梓俊奕铭沐嘉睿泽天博明一'], [...'轩涵宇辰泽洋博豪然航阳哲霖恒瑞']],
  },
  female: {
    old: [[...'秀桂玉淑凤翠爱春素月改兰美金银'], [...'英兰珍梅花芳莲香娥琴云枝娃桃仙']],
    middle: [[...'海晓丽美小春燕艳红雪秀慧彩瑞文'], [...'霞燕丽娟敏静芳玲萍艳梅婷红琴英']],
    young: [[...'子梓欣雨诗思嘉可语若佳梦一沐心'], [...'涵萱怡琪彤妍瑶悦婷宁馨然桐雅菲']],
  },
};

const firstStream = streamOf('name.first-character');
const secondStream = streamOf('name.second-character');
const surnameStream = streamOf('name.surname');

/** The surname of a family by the person it begins with. */
export function drawSurname(draw: Draw, root: number): string {
  return chooseSurname(draw.unit(surnameStream, root));
}

export function drawGivenName(draw: Draw, person: number, sex: 'male' | 'female', birthYear: number): string {
  const [first, second] = given[sex][birthYear < 1965 ? 'old' : birthYear < 1998 ? 'middle' : 'young'];
  const tail = draw.pick(secondStream, person, second!);
  return draw.chance(firstStream, person, 0.22) ? tail : draw.pick(secondStream, person + 0x4000_0000, first!) + tail;
}
