/** Tax registration of a legal person: its kind, credit and arrears. Amounts are precise finances. Supplied by taxation. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Identifier, SubjectKey } from '../../model/dataset.js';
import { industries } from '../../model/code-lists/industries.js';
import { taxCreditGrades } from '../../model/code-lists/tax-credit-grades.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, integer, money, oneOf, telephone, text } from '../../model/value-type.js';

const taxpayerKind = oneOf({
  name: 'TaxpayerKind',
  zh: '纳税人类型',
  en: 'Kind of taxpayer of value-added tax',
  values: {
    GENERAL: { zh: '增值税一般纳税人', en: 'General taxpayer' },
    SMALL_SCALE: { zh: '增值税小规模纳税人', en: 'Small-scale taxpayer' },
    NOT_VAT: { zh: '非增值税纳税人', en: 'No taxpayer of value-added tax' },
  },
});

const taxpayerStatus = oneOf({
  name: 'TaxpayerStatus',
  zh: '纳税人状态',
  en: 'Status of a taxpayer',
  values: {
    NORMAL: { zh: '正常', en: 'Normal' },
    SUSPENDED: { zh: '停业', en: 'Out of business for a time' },
    ABNORMAL: { zh: '非正常', en: 'Abnormal: does not declare and cannot be reached' },
    CLEARING: { zh: '清算', en: 'In liquidation' },
    DEREGISTERED: { zh: '注销', en: 'Deregistered' },
  },
});

const collectionMethod = oneOf({
  name: 'TaxCollectionMethod',
  zh: '征收方式',
  en: 'Way in which income tax is collected',
  values: {
    BY_ACCOUNTS: { zh: '查账征收', en: 'By accounts' },
    ASSESSED: { zh: '核定征收', en: 'By assessment' },
    FIXED_PERIODIC: { zh: '定期定额征收', en: 'Fixed amount a period' },
  },
});

@Dataset({
  library: 'legal-person',
  table: 'tax_registration',
  list: 'taxRegistrations',
  zh: '税务登记',
  en: 'TaxRegistration: a legal person as a taxpayer',
  provider: '150600-taxation',
  resource: '3/06/02/001/000005',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['legalPerson'],
})
export class TaxRegistration extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    unique: true,
    required: true,
    level: 'L2',
    zh: '纳税人画像',
    en: 'Portrait of the taxpayer',
    division: { level: 'L2', zh: '登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Identifier({
    kind: 'unified-social-credit-code',
    level: 'L2',
    zh: '纳税人识别号',
    en: 'Taxpayer number, the unified social credit code (GB 32100)',
  })
  taxpayerNumber!: string;

  @Column({ type: text(200), level: 'L2', required: true, find: true, zh: '纳税人名称', en: 'Name of the taxpayer' })
  name!: string;

  @Column({ type: taxpayerKind, level: 'L2', find: true, zh: '纳税人类型', en: 'Kind of taxpayer' })
  taxpayerKind!: string | null;

  @Column({ type: taxpayerStatus, level: 'L2', find: true, required: true, zh: '纳税人状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L2', zh: '状态变更日期', en: 'Date of the change to this status' })
  statusSince!: string | null;

  @Column({ type: date, level: 'L2', find: true, zh: '税务登记日期', en: 'Date of tax registration' })
  registeredOn!: string | null;

  @Column({ type: text(100), level: 'L2', zh: '主管税务机关', en: 'Tax authority in charge' })
  taxAuthority!: string | null;

  @Column({ type: code(industries), level: 'L2', zh: '国民经济行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({ type: collectionMethod, level: 'L2', zh: '所得税征收方式', en: 'Way of collection' })
  collectionMethod!: string | null;

  @Column({ type: date, level: 'L2', zh: '一般纳税人生效日期', en: 'General taxpayer since' })
  generalSince!: string | null;

  @Column({ type: boolean, level: 'L2', zh: '是否小型微利企业', en: 'Whether a small enterprise with low profit' })
  isSmallLowProfit!: boolean | null;

  @Column({ type: code(taxCreditGrades), level: 'L2', find: true, zh: '纳税信用级别', en: 'Grade of tax credit' })
  creditGrade!: string | null;

  @Column({ type: integer, level: 'L2', unit: '年 (year)', zh: '纳税信用评价年度', en: 'Year that the grade is for' })
  creditGradeYear!: number | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '上年度入库税额',
    en: 'Tax paid in the last full year',
  })
  paidLastYear!: string | null;

  @Column({ type: money, level: 'L3', mask: masks.amountBand, unit: '元 (CNY)', zh: '欠税余额', en: 'Arrears of tax' })
  arrears!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '最早欠税日期', en: 'In arrears since' })
  arrearsSince!: string | null;

  @Column({ type: date, level: 'L2', zh: '最近申报日期', en: 'Date of the last declaration' })
  lastDeclaredOn!: string | null;

  @Column({
    type: text(100),
    level: 'L3',
    mask: masks.firstCharacter,
    zh: '办税人员姓名',
    en: 'Name of the person who handles tax',
  })
  agentName!: string | null;

  @Column({
    type: telephone,
    level: 'L3',
    mask: masks.telephoneEnds,
    zh: '办税人员电话',
    en: 'Telephone of the person who handles tax',
  })
  agentTelephone!: string | null;
}
