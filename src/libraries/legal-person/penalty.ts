/**
 * Administrative penalties of legal persons, for as long as they are published. Supplied by market regulation, whose publicity system
 * takes them from every authority that punishes enterprises.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { penaltyKinds } from '../../model/code-lists/penalty-kinds.js';
import { masks } from '../../model/mask.js';
import { code, date, label, money, oneOf, reference, text } from '../../model/value-type.js';

const severity = oneOf({
  name: 'PenaltySeverity',
  zh: '违法情节',
  en: 'Gravity of a violation',
  values: {
    MINOR: { zh: '轻微', en: 'Minor' },
    ORDINARY: { zh: '一般', en: 'Ordinary' },
    SERIOUS: { zh: '严重', en: 'Serious' },
  },
});

const enforcement = oneOf({
  name: 'PenaltyEnforcement',
  zh: '处罚执行情况',
  en: 'How far a penalty has been carried out',
  values: {
    PENDING: { zh: '未到履行期限', en: 'Not due yet' },
    PERFORMED: { zh: '已履行', en: 'Performed' },
    BY_INSTALMENTS: { zh: '分期（延期）履行', en: 'Deferred or by instalments' },
    ENFORCED: { zh: '申请法院强制执行', en: 'Enforcement asked of the court' },
    OVERTURNED: { zh: '已撤销', en: 'Annulled on review' },
  },
});

@Dataset({
  library: 'legal-person',
  table: 'penalty',
  list: 'penalties',
  zh: '行政处罚',
  en: 'Penalty: a decision on an administrative penalty of a legal person',
  provider: '150600-market-regulation',
  resource: '3/06/02/001/000008',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['decisionNumber'],
  publishedUntil: 'publishedUntil',
})
export class Penalty extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '行政相对人画像',
    en: 'Portrait of the punished',
    division: { level: 'L1', zh: '行政相对人登记地行政区划代码', en: 'Division of registration of the punished' },
  })
  legalPerson!: string;

  @Column({
    type: reference(100),
    level: 'L1',
    required: true,
    find: true,
    zh: '行政处罚决定书文号',
    en: 'Number of the decision',
  })
  decisionNumber!: string;

  @Column({ type: text(100), level: 'L1', required: true, find: true, zh: '违法行为类型', en: 'Kind of violation' })
  violation!: string;

  @Column({ type: text(2000), level: 'L1', required: true, zh: '违法事实', en: 'Facts' })
  facts!: string;

  @Column({ type: severity, level: 'L1', find: true, zh: '违法情节', en: 'Gravity' })
  severity!: string | null;

  @Column({ type: text(500), level: 'L1', required: true, zh: '处罚依据', en: 'Legal basis' })
  legalBasis!: string;

  @Column({
    type: code(penaltyKinds),
    level: 'L1',
    find: true,
    required: true,
    zh: '处罚类别代码',
    en: 'Kind of penalty, the heaviest',
  })
  kind!: string;

  @Column({ type: text(1000), level: 'L1', zh: '处罚内容', en: 'Penalty in words' })
  content!: string | null;

  @Column({ type: money, level: 'L1', find: true, unit: '元 (CNY)', zh: '罚款金额', en: 'Fine' })
  fineAmount!: string | null;

  @Column({
    type: money,
    level: 'L1',
    unit: '元 (CNY)',
    zh: '没收违法所得、没收非法财物的金额',
    en: 'Unlawful gains and property confiscated',
  })
  confiscatedAmount!: string | null;

  @Column({ type: text(200), level: 'L1', zh: '暂扣或吊销证照名称及编号', en: 'Certificate suspended or revoked' })
  revokedCertificate!: string | null;

  @Column({
    type: text(100),
    level: 'L1',
    mask: masks.firstCharacter,
    zh: '法定代表人',
    en: 'Legal representative when it was decided',
  })
  legalRepresentative!: string | null;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '处罚决定日期', en: 'Date of the decision' })
  decidedOn!: string;

  @Column({ type: label(100), level: 'L1', required: true, find: true, zh: '处罚机关', en: 'Deciding authority' })
  authority!: string;

  @Column({
    type: text(100),
    level: 'L2',
    sharing: 'conditional',
    mask: masks.firstCharacter,
    zh: '办案人员',
    en: 'Officers who handled the case',
  })
  caseOfficers!: string | null;

  @Column({ type: enforcement, level: 'L2', zh: '处罚执行情况', en: 'How far it has been carried out' })
  enforcement!: string | null;

  @Column({ type: date, level: 'L2', zh: '履行完毕日期', en: 'Performed on' })
  performedOn!: string | null;

  @Column({
    type: date,
    level: 'L1',
    zh: '信用修复日期',
    en: 'Date on which credit was repaired, which ends the publication early',
  })
  repairedOn!: string | null;

  @Column({ type: date, level: 'L1', required: true, zh: '公示日期', en: 'Published since' })
  publishedOn!: string;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '公示截止期', en: 'Published until' })
  publishedUntil!: string;
}
