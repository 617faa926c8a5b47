/** Applications of legal persons for government services 办件: ordinary business, though what is pending is not for everyone. Supplied by government services. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, SubjectKey } from '../../model/dataset.js';
import { serviceItemTypes } from '../../model/code-lists/service-item-types.js';
import { serviceRatings } from '../../model/code-lists/service-ratings.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, integer, label, reference, telephone, text } from '../../model/value-type.js';
import { caseChannel, caseResult, caseStatus } from './case-types.js';
import { ServiceItem } from './service-item.js';

@Dataset({
  library: 'government-services',
  table: 'enterprise_service_case',
  list: 'enterpriseServiceCases',
  zh: '法人办件',
  en: 'EnterpriseServiceCase: an application of a legal person for a service',
  provider: '150600-government-services',
  resource: '3/06/06/001/000003',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['caseNumber'],
})
export class EnterpriseServiceCase extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L2',
    zh: '申请单位画像',
    en: 'Portrait of the applicant',
    division: { level: 'L2', zh: '申请单位登记地行政区划代码', en: 'Division of registration of the applicant' },
  })
  legalPerson!: string;

  @Column({ type: reference(30), level: 'L2', required: true, find: true, zh: '办件编号', en: 'Number of the case' })
  caseNumber!: string;

  @Column({
    type: reference(31),
    level: 'L2',
    required: true,
    find: true,
    standard: 'GB/T 39554.1-2020',
    zh: '事项实施编码',
    en: 'Code of the item',
  })
  itemCode!: string;

  @Column({ type: text(200), level: 'L2', required: true, zh: '事项名称', en: 'Name of the item' })
  itemName!: string;

  @Link({ of: () => ServiceItem, own: 'itemCode', target: 'itemCode', zh: '政务服务事项', en: 'Item applied for' })
  item!: unknown;

  @Column({ type: code(serviceItemTypes), level: 'L2', find: true, zh: '事项类型代码', en: 'Type of item' })
  itemType!: string | null;

  @Column({ type: label(100), level: 'L2', find: true, zh: '受理部门', en: 'Department that handles it' })
  department!: string | null;

  @Column({ type: caseChannel, level: 'L2', zh: '申请渠道', en: 'How it was applied for' })
  channel!: string | null;

  @Column({
    type: text(100),
    level: 'L3',
    mask: masks.firstCharacter,
    zh: '经办人姓名',
    en: 'Name of who applied for the legal person',
  })
  agentName!: string | null;

  @Column({ type: telephone, level: 'L3', mask: masks.telephoneEnds, zh: '经办人电话', en: 'Telephone of who applied' })
  agentTelephone!: string | null;

  @Column({ type: date, level: 'L2', required: true, find: true, zh: '申请日期', en: 'Date of application' })
  appliedOn!: string;

  @Column({ type: date, level: 'L2', find: true, zh: '受理日期', en: 'Date of acceptance' })
  acceptedOn!: string | null;

  @Column({ type: date, level: 'L2', zh: '承诺办结日期', en: 'Date it is promised by' })
  promisedBy!: string | null;

  @Column({ type: date, level: 'L2', find: true, zh: '办结日期', en: 'Date of completion; null while open' })
  completedOn!: string | null;

  @Column({ type: caseStatus, level: 'L2', required: true, find: true, zh: '办件状态', en: 'Status' })
  status!: string;

  @Column({ type: caseResult, level: 'L2', find: true, zh: '办理结果', en: 'Result; null while open' })
  result!: string | null;

  @Column({ type: boolean, level: 'L2', zh: '是否超期', en: 'Whether it took longer than promised' })
  isOverdue!: boolean | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '份 (documents)',
    zh: '免提交材料数',
    en: 'Documents not asked for, as the pool had them',
  })
  documentsSpared!: number | null;

  @Column({ type: text(60), level: 'L2', zh: '结果证照编号', en: 'Number of the licence or certificate issued' })
  licenceNumber!: string | null;

  @Column({
    type: code(serviceRatings),
    level: 'L2',
    zh: '好差评等级代码',
    en: 'Rating by the applicant; null where none was given',
  })
  rating!: string | null;
}
