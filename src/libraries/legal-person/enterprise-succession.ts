/**
 * What became of an enterprise that was merged, divided or converted: who took over its assets and debts, as the register publishes it. A row for
 * each successor; a chain of successions is read from portrait to portrait. Supplied by market regulation.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { boolean, date, oneOf, reference, text } from '../../model/value-type.js';

const successionKind = oneOf({
  name: 'SuccessionKind',
  zh: '承继方式（《公司法》合并、分立及登记变更）',
  en: 'How one enterprise succeeds another (Company Law: merger, division; conversion in the register)',
  values: {
    MERGER: { zh: '吸收合并', en: 'Merger by absorption: the successor stays, the other is closed' },
    CONSOLIDATION: { zh: '新设合并', en: 'Merger into a new enterprise: all that were merged are closed' },
    DIVISION: { zh: '解散分立', en: 'Division into new enterprises: the divided one is closed' },
    SPIN_OFF: { zh: '存续分立', en: 'Division that the divided one survives' },
    CONVERSION: { zh: '个体工商户转为企业', en: 'Individually-owned business converted to an enterprise' },
    TAKEOVER: { zh: '其他承继', en: 'Rights and debts taken over in another way' },
  },
});

@Dataset({
  library: 'legal-person',
  table: 'enterprise_succession',
  list: 'enterpriseSuccessions',
  zh: '企业承继',
  en: 'EnterpriseSuccession: who succeeded an enterprise that was merged, divided or converted',
  provider: '150600-market-regulation',
  resource: '3/06/02/001/000009',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['legalPerson', 'successionNumber'],
})
export class EnterpriseSuccession extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '被承继单位画像',
    en: 'Portrait of the legal person that was succeeded: closed, or divided',
    division: { level: 'L1', zh: '被承继单位登记地行政区划代码', en: 'Division of registration of that legal person' },
  })
  legalPerson!: string;

  @SubjectKey({
    kind: 'legal-person',
    level: 'L1',
    zh: '承继单位画像',
    en: 'Portrait of the successor, where a legal person of the pool',
  })
  successor!: string | null;

  @Column({
    type: text(20),
    level: 'L1',
    required: true,
    zh: '承继序号',
    en: 'Number of the succession in the register, counted for each legal person that was succeeded',
  })
  successionNumber!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '承继单位名称', en: 'Name of the successor' })
  successorName!: string;

  @Column({ type: successionKind, level: 'L1', required: true, find: true, zh: '承继方式', en: 'Kind of succession' })
  kind!: string;

  @Column({
    type: date,
    level: 'L1',
    required: true,
    find: true,
    zh: '承继生效日期',
    en: 'Date from which the successor stands in its place',
  })
  effectiveOn!: string;

  @Column({ type: date, level: 'L1', zh: '公告日期', en: 'Date of the announcement to creditors' })
  announcedOn!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    zh: '是否承继债权债务',
    en: 'Whether claims and debts pass to this successor',
  })
  assumesDebts!: boolean;

  @Column({
    type: reference(60),
    level: 'L1',
    find: true,
    zh: '登记文号',
    en: 'Number of the document of registration',
  })
  documentNumber!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '登记机关', en: 'Registration authority' })
  registrationAuthority!: string | null;
}
