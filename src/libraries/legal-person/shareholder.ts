/**
 * Shareholders of a company and contributing members of a cooperative, as the register publishes them. That a *person* holds shares
 * elsewhere is more than it publishes, and what was really paid is not published either. Supplied by market regulation.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { boolean, date, decimal, money, oneOf, text } from '../../model/value-type.js';

const shareholderKind = oneOf({
  name: 'ShareholderKind',
  zh: '股东（发起人）类型',
  en: 'Kind of shareholder',
  values: {
    NATURAL_PERSON: { zh: '自然人股东', en: 'Natural person' },
    ENTERPRISE: { zh: '企业法人', en: 'Enterprise with legal personality' },
    STATE: { zh: '国家出资人机构', en: 'Body that holds for the state' },
    COOPERATIVE_MEMBER: { zh: '合作社成员', en: 'Member of a cooperative' },
    OTHER: { zh: '其他投资者', en: 'Other investor' },
  },
});

const contributionForm = oneOf({
  name: 'ContributionForm',
  zh: '出资方式',
  en: 'Form of a contribution of capital',
  values: {
    MONEY: { zh: '货币', en: 'Money' },
    IN_KIND: { zh: '实物', en: 'In kind' },
    INTELLECTUAL_PROPERTY: { zh: '知识产权', en: 'Intellectual property' },
    LAND_USE_RIGHT: { zh: '土地使用权', en: 'Right to use land' },
    EQUITY: { zh: '股权', en: 'Equity in another company' },
    OTHER: { zh: '其他', en: 'Other' },
  },
});

@Dataset({
  library: 'legal-person',
  table: 'shareholder',
  list: 'shareholders',
  zh: '股东及出资',
  en: 'Shareholder: a shareholder of a company, or a contributing member of a cooperative',
  provider: '150600-market-regulation',
  resource: '3/06/02/001/000003',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['legalPerson', 'holderNumber'],
})
export class Shareholder extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '被投资单位画像',
    en: 'Portrait of the legal person whose shares are held',
    division: { level: 'L1', zh: '被投资单位登记地行政区划代码', en: 'Division of registration of that legal person' },
  })
  legalPerson!: string;

  @SubjectKey({
    kind: 'person',
    level: 'L2',
    sharing: 'conditional',
    zh: '自然人股东画像',
    en: 'Portrait of the holder, where a person',
  })
  person!: string | null;

  @SubjectKey({
    kind: 'legal-person',
    level: 'L1',
    zh: '法人股东画像',
    en: 'Portrait of the holder, where a legal person of the pool',
  })
  holderLegalPerson!: string | null;

  @Column({ type: text(20), level: 'L2', required: true, zh: '股东序号', en: 'Number of the holder in the register' })
  holderNumber!: string;

  @Column({
    type: text(200),
    level: 'L1',
    mask: masks.firstCharacter,
    required: true,
    find: true,
    zh: '股东名称',
    en: 'Name of the holder',
  })
  name!: string;

  @Column({ type: shareholderKind, level: 'L1', find: true, required: true, zh: '股东类型', en: 'Kind of holder' })
  kind!: string;

  @Column({
    type: decimal(7, 4),
    level: 'L1',
    find: true,
    required: true,
    unit: '% (per cent)',
    zh: '持股比例',
    en: 'Share held',
  })
  sharePercent!: string;

  @Column({
    type: money,
    level: 'L1',
    unit: '元 (unit of the currency)',
    zh: '认缴出资额',
    en: 'Subscribed contribution',
  })
  subscribedAmount!: string | null;

  @Column({ type: contributionForm, level: 'L1', zh: '认缴出资方式', en: 'Form of the subscribed contribution' })
  subscribedForm!: string | null;

  @Column({ type: date, level: 'L1', zh: '认缴出资期限', en: 'Day by which it is to be paid' })
  subscribedUntil!: string | null;

  @Column({
    type: money,
    level: 'L2',
    mask: masks.amountBand,
    unit: '元 (unit of the currency)',
    zh: '实缴出资额',
    en: 'Paid-in contribution',
  })
  paidAmount!: string | null;

  @Column({ type: contributionForm, level: 'L2', zh: '实缴出资方式', en: 'Form of the paid-in contribution' })
  paidForm!: string | null;

  @Column({ type: date, level: 'L2', zh: '实缴出资日期', en: 'Date of the last payment' })
  paidOn!: string | null;

  @Column({ type: text(3), level: 'L1', standard: 'ISO 4217', zh: '出资币种', en: 'Currency of the contribution' })
  currency!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    find: true,
    required: true,
    zh: '是否控股股东',
    en: 'Whether the controlling holder (more than half)',
  })
  isControlling!: boolean;

  @Column({ type: boolean, level: 'L1', required: true, zh: '是否股权出质', en: 'Whether the share is pledged' })
  isPledged!: boolean;

  @Column({ type: date, level: 'L1', find: true, zh: '入股日期', en: 'Holder since' })
  heldSince!: string | null;
}
