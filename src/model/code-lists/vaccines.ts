import { type CodeEntry, defineCodeList } from './code-list.js';

export interface Vaccine extends CodeEntry {
  /** Of the national immunisation programme (免疫规划疫苗): free of charge. */
  readonly programme: boolean;
}

type Row = readonly [code: string, zh: string, en: string];

const ofProgramme: readonly Row[] = [
  ['HepB', '乙型肝炎疫苗', 'hepatitis B vaccine'],
  ['BCG', '卡介苗', 'Bacillus Calmette-Guerin vaccine'],
  ['IPV', '脊髓灰质炎灭活疫苗', 'inactivated poliovirus vaccine'],
  ['bOPV', '二价脊髓灰质炎减毒活疫苗', 'bivalent oral poliovirus vaccine'],
  ['DTaP', '百白破疫苗', 'diphtheria, tetanus and acellular pertussis vaccine'],
  ['DT', '白破疫苗', 'diphtheria and tetanus vaccine'],
  ['MMR', '麻腮风疫苗', 'measles, mumps and rubella vaccine'],
  ['JE-L', '乙型脑炎减毒活疫苗', 'live attenuated Japanese encephalitis vaccine'],
  ['JE-I', '乙型脑炎灭活疫苗', 'inactivated Japanese encephalitis vaccine'],
  ['MPSV-A', 'A群流脑多糖疫苗', 'group A meningococcal polysaccharide vaccine'],
  ['MPSV-AC', 'A群C群流脑多糖疫苗', 'groups A and C meningococcal polysaccharide vaccine'],
  ['HepA-L', '甲型肝炎减毒活疫苗', 'live attenuated hepatitis A vaccine'],
  ['HepA-I', '甲型肝炎灭活疫苗', 'inactivated hepatitis A vaccine'],
];

const others: readonly Row[] = [
  ['Hib', 'b型流感嗜血杆菌疫苗', 'Haemophilus influenzae type b vaccine'],
  ['PCV13', '13价肺炎球菌多糖结合疫苗', '13-valent pneumococcal conjugate vaccine'],
  ['PPV23', '23价肺炎球菌多糖疫苗', '23-valent pneumococcal polysaccharide vaccine'],
  ['EV71', '肠道病毒71型灭活疫苗', 'enterovirus 71 vaccine'],
  ['RV5', '五价轮状病毒疫苗', 'pentavalent rotavirus vaccine'],
  ['VarV', '水痘减毒活疫苗', 'varicella vaccine'],
  ['IIV', '流感灭活疫苗', 'inactivated influenza vaccine'],
  ['HPV', '人乳头瘤病毒疫苗', 'human papillomavirus vaccine'],
  ['RZV', '重组带状疱疹疫苗', 'recombinant zoster vaccine'],
  ['RabV', '人用狂犬病疫苗', 'rabies vaccine'],
];

/**
 * Vaccines by the English abbreviations of the national childhood schedule, complete for the programme as of that edition; what stands
 * outside it is a choice, under the abbreviations in common use. HPV joined the programme in November 2025 and stands as it was before.
 */
export const vaccines = defineCodeList<Vaccine>('vaccines', '国家免疫规划疫苗儿童免疫程序及说明（2021年版）', [
  ...ofProgramme.map(([code, zh, en]) => ({ code, zh, en, programme: true })),
  ...others.map(([code, zh, en]) => ({ code, zh, en, programme: false })),
]);
