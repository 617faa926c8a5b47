/** Decisions on administrative licences, with what is published of them within seven working days. Supplied by government services. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { date, label, oneOf, reference, text } from '../../model/value-type.js';

const licenceKind = oneOf({
  name: 'LicenceKind',
  zh: '许可类别',
  en: 'Kind of administrative licence',
  values: {
    ORDINARY: { zh: '普通', en: 'Ordinary licence' },
    FRANCHISE: { zh: '特许', en: 'Franchise' },
    RECOGNITION: { zh: '认可', en: 'Recognition of a qualification' },
    APPROVAL: { zh: '核准', en: 'Approval against a technical standard' },
    REGISTRATION: { zh: '登记', en: 'Registration' },
    OTHER: { zh: '其他', en: 'Other' },
  },
});

const licenceStatus = oneOf({
  name: 'LicenceStatus',
  zh: '许可状态',
  en: 'Status of a licence',
  values: {
    VALID: { zh: '有效', en: 'Valid' },
    EXPIRED: { zh: '已过期', en: 'Expired' },
    CANCELLED: { zh: '注销', en: 'Cancelled' },
    ANNULLED: { zh: '撤销', en: 'Annulled, as unlawfully granted' },
    REVOKED: { zh: '吊销', en: 'Revoked as a penalty' },
  },
});

@Dataset({
  library: 'legal-person',
  table: 'licence',
  list: 'licences',
  zh: '行政许可',
  en: 'Licence: a decision that grants an administrative licence',
  provider: '150600-government-services',
  resource: '3/06/02/001/000006',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['decisionNumber'],
})
export class Licence extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '行政相对人画像',
    en: 'Portrait of the holder',
    division: { level: 'L1', zh: '行政相对人登记地行政区划代码', en: 'Division of registration of the holder' },
  })
  legalPerson!: string;

  @Column({
    type: reference(100),
    level: 'L1',
    required: true,
    find: true,
    zh: '行政许可决定文书号',
    en: 'Number of the decision',
  })
  decisionNumber!: string;

  @Column({ type: text(200), level: 'L1', zh: '行政许可决定文书名称', en: 'Title of the decision' })
  decisionTitle!: string | null;

  @Column({
    type: text(200),
    level: 'L1',
    required: true,
    find: true,
    zh: '许可证书名称',
    en: 'Name of the certificate',
  })
  certificateName!: string;

  @Column({ type: reference(100), level: 'L1', find: true, zh: '许可编号', en: 'Number of the certificate' })
  certificateNumber!: string | null;

  @Column({ type: licenceKind, level: 'L1', find: true, zh: '许可类别', en: 'Kind of licence' })
  kind!: string | null;

  @Column({ type: text(2000), level: 'L1', zh: '许可内容', en: 'What is licensed' })
  content!: string | null;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '许可决定日期', en: 'Date of the decision' })
  decidedOn!: string;

  @Column({ type: date, level: 'L1', required: true, zh: '有效期自', en: 'Valid from' })
  validFrom!: string;

  @Column({ type: date, level: 'L1', find: true, zh: '有效期至', en: 'Valid until; null where unlimited' })
  validUntil!: string | null;

  @Column({ type: label(100), level: 'L1', required: true, find: true, zh: '许可机关', en: 'Licensing authority' })
  authority!: string;

  @Column({ type: licenceStatus, level: 'L1', find: true, required: true, zh: '许可状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L1', zh: '许可终止日期', en: 'Date on which it ended before its time' })
  endedOn!: string | null;

  @Column({ type: text(60), level: 'L2', zh: '办件编号', en: 'Number of the case by which it was applied for' })
  caseNumber!: string | null;

  @Column({ type: text(200), level: 'L1', zh: '备注', en: 'Remark' })
  remark!: string | null;
}
