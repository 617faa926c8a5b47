/** Emergencies in the city: what happened, where, how it was answered. About nobody: casualties are numbers. Supplied by emergency management. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { code, integer, label, moment, money, oneOf, reference, text } from '../../model/value-type.js';

/** 突发事件应对法 (2024), article 2. */
const emergencyCategory = oneOf({
  name: 'EmergencyCategory',
  zh: '突发事件类别',
  en: 'Category of an emergency',
  values: {
    NATURAL_DISASTER: { zh: '自然灾害', en: 'Natural disaster' },
    ACCIDENT: { zh: '事故灾难', en: 'Accident' },
    PUBLIC_HEALTH: { zh: '公共卫生事件', en: 'Public health' },
    SOCIAL_SECURITY: { zh: '社会安全事件', en: 'Public security' },
  },
});

const emergencyGrade = oneOf({
  name: 'EmergencyGrade',
  zh: '突发事件级别',
  en: 'Grade of an emergency',
  values: {
    EXTRAORDINARY: { zh: '特别重大（Ⅰ级）', en: 'Grade I: extraordinary' },
    MAJOR: { zh: '重大（Ⅱ级）', en: 'Grade II: major' },
    CONSIDERABLE: { zh: '较大（Ⅲ级）', en: 'Grade III: considerable' },
    ORDINARY: { zh: '一般（Ⅳ级）', en: 'Grade IV: ordinary' },
  },
});

const emergencyResponse = oneOf({
  name: 'EmergencyResponse',
  zh: '应急响应级别',
  en: 'Level of the response',
  values: {
    LEVEL_1: { zh: 'Ⅰ级响应', en: 'Level I' },
    LEVEL_2: { zh: 'Ⅱ级响应', en: 'Level II' },
    LEVEL_3: { zh: 'Ⅲ级响应', en: 'Level III' },
    LEVEL_4: { zh: 'Ⅳ级响应', en: 'Level IV' },
  },
});

const emergencyStatus = oneOf({
  name: 'EmergencyStatus',
  zh: '处置状态',
  en: 'How far an emergency has been dealt with',
  values: {
    REPORTED: { zh: '已接报', en: 'Reported' },
    RESPONDING: { zh: '处置中', en: 'Being dealt with' },
    RECOVERING: { zh: '恢复重建', en: 'Recovery' },
    CLOSED: { zh: '已结束', en: 'Closed' },
  },
});

@Dataset({
  library: 'emergency',
  table: 'emergency_event',
  list: 'emergencyEvents',
  zh: '突发事件',
  en: 'EmergencyEvent: an emergency in the city',
  provider: '150600-emergency',
  resource: '3/06/10/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['eventNumber'],
})
export class EmergencyEvent extends LibraryRow {
  @Place({ level: 'L1', zh: '发生地行政区划代码', en: 'Division where it happened' })
  division!: string;

  @Column({ type: reference(40), level: 'L1', required: true, find: true, zh: '事件编号', en: 'Number of the event' })
  eventNumber!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '事件名称', en: 'Title' })
  title!: string;

  @Column({
    type: emergencyCategory,
    level: 'L1',
    find: true,
    required: true,
    standard: '突发事件应对法',
    zh: '事件类别',
    en: 'Category',
  })
  category!: string;

  @Column({ type: label(60), level: 'L1', find: true, required: true, zh: '事件类型', en: 'Type within the category' })
  type!: string;

  @Column({ type: emergencyGrade, level: 'L1', find: true, required: true, zh: '事件级别', en: 'Grade' })
  grade!: string;

  @Column({ type: moment, level: 'L1', find: true, required: true, zh: '发生时间', en: 'When it happened' })
  occurredAt!: Date;

  @Column({ type: moment, level: 'L2', zh: '接报时间', en: 'When it was reported' })
  reportedAt!: Date | null;

  @Column({ type: moment, level: 'L1', zh: '处置结束时间', en: 'When the response ended' })
  endedAt!: Date | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '发生地街道（乡镇）代码', en: 'Town where it happened' })
  town!: string | null;

  @Column({ type: text(300), level: 'L2', zh: '发生地点', en: 'Place in words' })
  location!: string | null;

  @Column({ type: text(1000), level: 'L2', sharing: 'conditional', zh: '事件经过', en: 'What happened' })
  description!: string | null;

  @Column({ type: text(300), level: 'L2', sharing: 'conditional', zh: '原因', en: 'Cause' })
  cause!: string | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '死亡人数', en: 'Dead' })
  deaths!: number | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '失踪人数', en: 'Missing' })
  missing!: number | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '受伤人数', en: 'Injured' })
  injured!: number | null;

  @Column({ type: integer, level: 'L1', unit: '人 (persons)', zh: '受灾（受影响）人口', en: 'People affected' })
  affected!: number | null;

  @Column({ type: integer, level: 'L1', unit: '人 (persons)', zh: '紧急转移安置人数', en: 'People moved to safety' })
  evacuated!: number | null;

  @Column({
    type: money,
    level: 'L2',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '直接经济损失',
    en: 'Direct economic loss',
  })
  directLoss!: string | null;

  @Column({
    type: emergencyResponse,
    level: 'L1',
    zh: '应急响应级别',
    en: 'Level of the response, if one was declared',
  })
  response!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '处置牵头单位', en: 'Department that led the response' })
  leadDepartment!: string | null;

  @Column({
    type: emergencyStatus,
    level: 'L1',
    find: true,
    required: true,
    zh: '处置状态',
    en: 'How far it has been dealt with',
  })
  status!: string;
}
