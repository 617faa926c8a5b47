/**
 * What befell a legal person, day by day, from open facts alone. Computed, never supplied. An entry ends with the publication of what it
 * tells of.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { date, integer, oneOf, reference, text } from '../../model/value-type.js';

const timelineKind = oneOf({
  name: 'TimelineKind',
  zh: '时间轴事件类型',
  en: 'Kind of an entry in the time line of a legal person',
  values: {
    ESTABLISHED: { zh: '成立', en: 'Established' },
    CHANGED: { zh: '变更核准', en: 'Last change of the registration approved' },
    CLOSED: { zh: '注销、吊销或撤销', en: 'Deregistered, revoked or annulled' },
    LICENCE_GRANTED: { zh: '取得行政许可', en: 'Licence granted' },
    LICENCE_ENDED: { zh: '行政许可终止', en: 'Licence ended before its time' },
    INSPECTED: { zh: '接受监督检查', en: 'Inspected' },
    PENALISED: { zh: '行政处罚', en: 'Penalty decided' },
    RED_LISTED: { zh: '列入红名单', en: 'Entered on a red list' },
    BLACK_LISTED: { zh: '列入严重失信名单', en: 'Entered on a black list' },
    WORK_SAFETY_PERMIT_ISSUED: { zh: '取得安全生产许可', en: 'Work-safety permit issued' },
    WORK_SAFETY_PERMIT_ENDED: { zh: '安全生产许可暂扣或终止', en: 'Work-safety permit suspended or ended' },
    DISCHARGE_PERMIT_ISSUED: { zh: '取得排污许可', en: 'Discharge permit issued' },
    DISCHARGE_PERMIT_ENDED: { zh: '排污许可终止', en: 'Discharge permit cancelled or revoked' },
  },
});

@Dataset({
  library: 'portrait',
  table: 'enterprise_timeline_entry',
  list: 'enterpriseTimeline',
  zh: '企业时间轴',
  en: 'EnterpriseTimelineEntry: one event in the time line of a legal person',
  provider: '150600-data',
  resource: '3/06/13/001/000007',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['legalPerson', 'kind', 'reference', 'happenedOn'],
  derivedFrom: [
    'Enterprise',
    'Enterprise.establishedOn',
    'Enterprise.approvedOn',
    'Enterprise.closedOn',
    'Enterprise.registrationAuthority',
    'SocialOrganisation',
    'SocialOrganisation.establishedOn',
    'SocialOrganisation.closedOn',
    'SocialOrganisation.registrationAuthority',
    'Licence',
    'Licence.decisionNumber',
    'Licence.certificateName',
    'Licence.decidedOn',
    'Licence.endedOn',
    'Inspection',
    'Inspection.inspectionNumber',
    'Inspection.inspectedOn',
    'Inspection.publishedOn',
    'Inspection.subjectMatter',
    'Penalty',
    'Penalty.decisionNumber',
    'Penalty.decidedOn',
    'Penalty.violation',
    'Penalty.publishedOn',
    'Penalty.publishedUntil',
    'EnterpriseListEntry',
    'EnterpriseListEntry.entryNumber',
    'EnterpriseListEntry.kind',
    'EnterpriseListEntry.listName',
    'EnterpriseListEntry.listedOn',
    'EnterpriseListEntry.publishedOn',
    'EnterpriseListEntry.publishedUntil',
    'WorkSafetyPermit',
    'WorkSafetyPermit.permitNumber',
    'WorkSafetyPermit.scope',
    'WorkSafetyPermit.issuedOn',
    'WorkSafetyPermit.statusSince',
    'DischargePermit',
    'DischargePermit.permitNumber',
    'DischargePermit.issuedOn',
    'DischargePermit.endedOn',
  ],
  publishedUntil: 'publishedUntil',
})
export class EnterpriseTimelineEntry extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '法人画像',
    en: 'Portrait of the legal person',
    division: { level: 'L1', zh: '登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '日期', en: 'Date' })
  happenedOn!: string;

  @Column({ type: timelineKind, level: 'L1', find: true, required: true, zh: '事件类型', en: 'Kind of event' })
  kind!: string;

  @Column({ type: text(400), level: 'L1', required: true, zh: '事件标题', en: 'Title, in Chinese' })
  title!: string;

  @Column({
    type: text(100),
    level: 'L1',
    required: true,
    zh: '文书或证照编号',
    en: 'Number of the document; - where there is none',
  })
  reference!: string;

  @Column({
    type: reference(40),
    level: 'L1',
    find: true,
    required: true,
    zh: '来源数据集',
    en: 'Dataset it comes from',
  })
  sourceDataset!: string;

  @Column({
    type: integer,
    level: 'L1',
    required: true,
    unit: '次序 (ordinal)',
    zh: '版次',
    en: 'Edition: one run of the computation',
  })
  edition!: number;

  @Column({ type: date, level: 'L1', zh: '公示截止期', en: 'Published until; null where it does not end' })
  publishedUntil!: string | null;
}
