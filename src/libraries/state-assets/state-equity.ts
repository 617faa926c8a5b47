/** State equity as it stands in the register of state property: who holds it, of which enterprise. Supplied by the state assets commission. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { boolean, date, decimal, money, oneOf, reference, text } from '../../model/value-type.js';

const stateInvestorKind = oneOf({
  name: 'StateInvestorKind',
  zh: '国有出资人类别',
  en: 'Kind of holder of state equity',
  values: {
    INVESTOR_BODY: { zh: '履行出资人职责机构', en: "Body that acts as the state's investor" },
    STATE_OWNED_ENTERPRISE: { zh: '国有出资企业', en: 'State-owned enterprise' },
    PUBLIC_INSTITUTION: { zh: '事业单位', en: 'Public institution' },
  },
});

const equityOrigin = oneOf({
  name: 'StateEquityOrigin',
  zh: '国有股权取得方式',
  en: 'How state equity was acquired',
  values: {
    FOUNDATION: { zh: '投资设立', en: 'On foundation' },
    CAPITAL_INCREASE: { zh: '增资', en: 'By an increase of capital' },
    TRANSFER_WITHOUT_PAYMENT: { zh: '无偿划转', en: 'By transfer without payment' },
    PURCHASE: { zh: '协议受让', en: 'Bought by agreement' },
    PUBLIC_TENDER: { zh: '产权交易机构受让', en: 'Bought at a property exchange' },
  },
});

const registrationKind = oneOf({
  name: 'StateEquityRegistration',
  zh: '产权登记类别',
  en: 'Kind of registration of state property',
  values: {
    OCCUPATION: { zh: '占有产权登记', en: 'First registration' },
    CHANGE: { zh: '变动产权登记', en: 'Change' },
    CANCELLATION: { zh: '注销产权登记', en: 'Cancellation' },
  },
});

@Dataset({
  library: 'state-assets',
  table: 'state_equity',
  list: 'stateEquities',
  zh: '国有股权',
  en: 'StateEquity: equity that is held for the state',
  provider: '150600-state-assets',
  resource: '3/06/11/001/000002',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['registrationNumber'],
})
export class StateEquity extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L2',
    zh: '被投资企业画像',
    en: 'Portrait of the enterprise whose equity it is',
    division: { level: 'L2', zh: '被投资企业登记地行政区划代码', en: 'Division of registration of that enterprise' },
  })
  legalPerson!: string;

  @SubjectKey({
    kind: 'legal-person',
    level: 'L2',
    zh: '国有出资企业画像',
    en: 'Portrait of the holder, where an enterprise of the pool',
  })
  investor!: string | null;

  @Column({
    type: reference(60),
    level: 'L2',
    required: true,
    find: true,
    zh: '产权登记证编号',
    en: 'Number of the registration',
  })
  registrationNumber!: string;

  @Column({ type: text(200), level: 'L2', required: true, find: true, zh: '国有出资人名称', en: 'Name of the holder' })
  investorName!: string;

  @Column({
    type: stateInvestorKind,
    level: 'L2',
    find: true,
    required: true,
    zh: '国有出资人类别',
    en: 'Kind of holder',
  })
  investorKind!: string;

  @Column({ type: registrationKind, level: 'L2', zh: '产权登记类别', en: 'Kind of registration' })
  registrationKind!: string | null;

  @Column({
    type: decimal(7, 4),
    level: 'L2',
    find: true,
    required: true,
    unit: '% (per cent)',
    zh: '持股比例',
    en: 'Share held',
  })
  sharePercent!: string;

  @Column({
    type: money,
    level: 'L2',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '认缴国有资本',
    en: 'State capital subscribed',
  })
  subscribedCapital!: string | null;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '实缴国有资本',
    en: 'State capital paid in',
  })
  paidCapital!: string | null;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '评估备案价值',
    en: 'Value as last assessed and filed',
  })
  assessedValue!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '评估基准日', en: 'Day to which it was assessed' })
  assessedOn!: string | null;

  @Column({ type: equityOrigin, level: 'L2', find: true, zh: '取得方式', en: 'How acquired' })
  origin!: string | null;

  @Column({ type: date, level: 'L2', find: true, required: true, zh: '取得日期', en: 'Held since' })
  heldSince!: string;

  @Column({ type: boolean, level: 'L2', required: true, zh: '是否质押', en: 'Whether pledged' })
  isPledged!: boolean;

  @Column({
    type: decimal(7, 4),
    level: 'L2',
    unit: '% (per cent of the share)',
    zh: '质押比例',
    en: 'Part of it that is pledged',
  })
  pledgedPercent!: string | null;

  @Column({ type: boolean, level: 'L2', required: true, zh: '是否司法冻结', en: 'Whether frozen by a court' })
  isFrozen!: boolean;

  @Column({ type: date, level: 'L2', required: true, zh: '产权登记日期', en: 'Registered on' })
  registeredOn!: string;

  @Column({ type: date, level: 'L2', zh: '注销登记日期', en: 'Registration cancelled on' })
  endedOn!: string | null;
}
