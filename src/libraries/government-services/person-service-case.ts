/** Applications of persons for government services 办件. What someone applied for can tell of need or illness. Supplied by government services. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, SubjectKey } from '../../model/dataset.js';
import { serviceItemTypes } from '../../model/code-lists/service-item-types.js';
import { serviceRatings } from '../../model/code-lists/service-ratings.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, integer, label, reference, text } from '../../model/value-type.js';
import { caseChannel, caseResult, caseStatus } from './case-types.js';
import { ServiceItem } from './service-item.js';

@Dataset({
  library: 'government-services',
  table: 'person_service_case',
  list: 'personServiceCases',
  zh: '个人办件',
  en: 'PersonServiceCase: an application of a person for a service',
  provider: '150600-government-services',
  resource: '3/06/06/001/000002',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['caseNumber'],
})
export class PersonServiceCase extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '申请人画像',
    en: 'Portrait of the applicant',
    division: { level: 'L3', zh: '申请人居住地行政区划代码', en: "Division of the applicant's residence" },
  })
  person!: string;

  @Column({ type: reference(30), level: 'L3', required: true, find: true, zh: '办件编号', en: 'Number of the case' })
  caseNumber!: string;

  @Column({
    type: reference(31),
    level: 'L3',
    required: true,
    find: true,
    standard: 'GB/T 39554.1-2020',
    zh: '事项实施编码',
    en: 'Code of the item',
  })
  itemCode!: string;

  @Column({ type: text(200), level: 'L3', required: true, zh: '事项名称', en: 'Name of the item' })
  itemName!: string;

  @Link({ of: () => ServiceItem, own: 'itemCode', target: 'itemCode', zh: '政务服务事项', en: 'Item applied for' })
  item!: unknown;

  @Column({ type: code(serviceItemTypes), level: 'L3', find: true, zh: '事项类型代码', en: 'Type of item' })
  itemType!: string | null;

  @Column({ type: label(100), level: 'L3', find: true, zh: '受理部门', en: 'Department that handles it' })
  department!: string | null;

  @Column({ type: caseChannel, level: 'L3', zh: '申请渠道', en: 'How it was applied for' })
  channel!: string | null;

  @Column({ type: boolean, level: 'L3', zh: '是否代办', en: 'Whether someone else applied for the person' })
  isByAgent!: boolean | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['caseNumber']],
    required: true,
    find: true,
    zh: '申请日期',
    en: 'Date of application',
  })
  appliedOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['caseNumber'], ['completedOn'], ['promisedBy']],
    find: true,
    zh: '受理日期',
    en: 'Date of acceptance',
  })
  acceptedOn!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['caseNumber'], ['completedOn'], ['acceptedOn']],
    zh: '承诺办结日期',
    en: 'Date it is promised by',
  })
  promisedBy!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['caseNumber'], ['acceptedOn'], ['promisedBy']],
    find: true,
    zh: '办结日期',
    en: 'Date of completion; null while open',
  })
  completedOn!: string | null;

  @Column({ type: caseStatus, level: 'L3', required: true, find: true, zh: '办件状态', en: 'Status' })
  status!: string;

  @Column({ type: caseResult, level: 'L3', find: true, zh: '办理结果', en: 'Result; null while open' })
  result!: string | null;

  @Column({ type: boolean, level: 'L3', zh: '是否超期', en: 'Whether it took longer than promised' })
  isOverdue!: boolean | null;

  @Column({
    type: integer,
    level: 'L3',
    unit: '份 (documents)',
    zh: '免提交材料数',
    en: 'Documents not asked for, as the pool had them',
  })
  documentsSpared!: number | null;

  @Column({ type: text(60), level: 'L3', zh: '结果证照编号', en: 'Number of the licence or certificate issued' })
  licenceNumber!: string | null;

  @Column({
    type: code(serviceRatings),
    level: 'L3',
    zh: '好差评等级代码',
    en: 'Rating by the applicant; null where none was given',
  })
  rating!: string | null;
}
