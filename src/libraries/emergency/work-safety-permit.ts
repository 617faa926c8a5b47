/** Work-safety permits of mines, hazardous-chemicals producers and construction firms. Supplied by emergency management. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { code, date, integer, label, oneOf, reference, text } from '../../model/value-type.js';
import { workSafetyGrades } from '../../model/code-lists/work-safety-grades.js';

/** 安全生产许可证条例, article 2. */
const workSafetyField = oneOf({
  name: 'WorkSafetyField',
  zh: '安全生产许可类别',
  en: 'What kind of production a work-safety permit is for',
  values: {
    COAL_MINE: { zh: '煤矿', en: 'Coal mine' },
    OTHER_MINE: { zh: '非煤矿山', en: 'Mine other than coal, oil and gas included' },
    HAZARDOUS_CHEMICALS: { zh: '危险化学品生产', en: 'Production of hazardous chemicals' },
    CONSTRUCTION: { zh: '建筑施工', en: 'Construction' },
    FIREWORKS: { zh: '烟花爆竹生产', en: 'Production of fireworks' },
    CIVIL_EXPLOSIVES: { zh: '民用爆炸物品生产', en: 'Production of civil explosives' },
  },
});

const workSafetyPermitStatus = oneOf({
  name: 'WorkSafetyPermitStatus',
  zh: '安全生产许可证状态',
  en: 'Status of a work-safety permit',
  values: {
    VALID: { zh: '有效', en: 'Valid' },
    SUSPENDED: { zh: '暂扣', en: 'Suspended' },
    EXPIRED: { zh: '到期', en: 'Expired' },
    REVOKED: { zh: '吊销', en: 'Revoked' },
    CANCELLED: { zh: '注销', en: 'Cancelled' },
  },
});

@Dataset({
  library: 'emergency',
  table: 'work_safety_permit',
  list: 'workSafetyPermits',
  zh: '安全生产许可证',
  en: 'WorkSafetyPermit: a work-safety permit of a legal person',
  provider: '150600-emergency',
  resource: '3/06/10/001/000003',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['permitNumber'],
})
export class WorkSafetyPermit extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '持证单位画像',
    en: 'Portrait of the holder',
    division: { level: 'L1', zh: '持证单位登记地行政区划代码', en: 'Division of registration of the holder' },
  })
  legalPerson!: string;

  @Column({
    type: reference(60),
    level: 'L1',
    required: true,
    find: true,
    zh: '许可证编号',
    en: 'Number of the permit',
  })
  permitNumber!: string;

  @Column({
    type: workSafetyField,
    level: 'L1',
    find: true,
    required: true,
    standard: '安全生产许可证条例',
    zh: '许可类别',
    en: 'Kind of production',
  })
  field!: string;

  @Column({ type: text(500), level: 'L1', required: true, zh: '许可范围', en: 'What is permitted' })
  scope!: string;

  @Column({ type: text(100), level: 'L1', mask: masks.firstCharacter, zh: '主要负责人', en: 'Person in charge' })
  personInCharge!: string | null;

  @Column({ type: label(100), level: 'L1', required: true, find: true, zh: '发证机关', en: 'Issuing authority' })
  authority!: string;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '发证日期', en: 'Issued on' })
  issuedOn!: string;

  @Column({ type: date, level: 'L1', required: true, zh: '有效期起', en: 'Valid from' })
  validFrom!: string;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '有效期止', en: 'Valid until' })
  validUntil!: string;

  @Column({ type: text(60), level: 'L2', zh: '延期前许可证编号', en: 'Number of the permit that it extends' })
  formerPermit!: string | null;

  @Column({ type: workSafetyPermitStatus, level: 'L1', find: true, required: true, zh: '许可证状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L1', zh: '状态变更日期', en: 'Date of suspension, revocation or cancellation' })
  statusSince!: string | null;

  @Column({
    type: code(workSafetyGrades),
    level: 'L1',
    find: true,
    zh: '安全生产标准化等级',
    en: 'Grade of work-safety standardisation',
  })
  standardisationGrade!: string | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '万吨/年 (10,000 t a year)',
    zh: '核定生产能力',
    en: 'Approved capacity of a mine',
  })
  approvedCapacity!: number | null;

  @Column({
    type: integer,
    level: 'L2',
    sharing: 'conditional',
    unit: '处 (sites)',
    zh: '重大危险源数量',
    en: 'Major hazard installations',
  })
  majorHazards!: number | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '人 (persons)',
    zh: '专职安全管理人员数',
    en: 'Full-time safety officers',
  })
  safetyOfficers!: number | null;

  @Column({ type: date, level: 'L2', zh: '最近安全评价日期', en: 'Last assessed on' })
  assessedOn!: string | null;
}
