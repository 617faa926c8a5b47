/** Medical institutions that hold a practice licence: published by law. Supplied by the health commission. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { hospitalGrades } from '../../model/code-lists/hospital-grades.js';
import { towns } from '../../model/code-lists/towns.js';
import { boolean, code, date, integer, oneOf, reference, telephone, text } from '../../model/value-type.js';

const institutionKind = oneOf({
  name: 'MedicalInstitutionKind',
  zh: '医疗机构类别',
  en: 'Kind of medical institution',
  values: {
    GENERAL_HOSPITAL: { zh: '综合医院', en: 'General hospital' },
    ETHNIC_HOSPITAL: { zh: '民族医医院', en: 'Hospital of ethnic medicine' },
    SPECIAL_HOSPITAL: { zh: '专科医院', en: 'Special hospital' },
    MATERNITY: { zh: '妇幼保健院', en: 'Maternity and child care hospital' },
    COMMUNITY_CENTRE: { zh: '社区卫生服务中心', en: 'Community health centre' },
    TOWNSHIP_CENTRE: { zh: '卫生院', en: 'Township health centre' },
    CLINIC: { zh: '诊所、卫生所', en: 'Clinic' },
    OTHER: { zh: '其他', en: 'Other' },
  },
});

const ownership = oneOf({
  name: 'MedicalOwnership',
  zh: '举办主体',
  en: 'Who runs a medical institution',
  values: {
    PUBLIC: { zh: '公立', en: 'Public' },
    PRIVATE: { zh: '民营', en: 'Private' },
    COLLECTIVE: { zh: '集体', en: 'Collective' },
  },
});

const status = oneOf({
  name: 'PracticeStatus',
  zh: '执业状态',
  en: 'Status of a practice licence',
  values: {
    OPEN: { zh: '执业', en: 'Practising' },
    SUSPENDED: { zh: '歇业', en: 'Suspended' },
    CLOSED: { zh: '注销', en: 'Deregistered' },
  },
});

@Dataset({
  library: 'healthcare',
  table: 'medical_institution',
  list: 'medicalInstitutions',
  zh: '医疗机构',
  en: 'MedicalInstitution: a licensed medical institution',
  provider: '150600-health',
  resource: '3/06/05/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['institutionCode'],
})
export class MedicalInstitution extends LibraryRow {
  @Place({ level: 'L1', zh: '所在地行政区划代码', en: 'Division where it lies' })
  division!: string | null;

  @Column({
    type: reference(22),
    level: 'L1',
    required: true,
    find: true,
    standard: 'WS 218',
    zh: '医疗机构代码',
    en: 'Code of the institution',
  })
  institutionCode!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '医疗机构名称', en: 'Name' })
  name!: string;

  @Column({ type: institutionKind, level: 'L1', find: true, zh: '机构类别', en: 'Kind of institution' })
  kind!: string | null;

  @Column({ type: code(hospitalGrades), level: 'L1', find: true, zh: '医院等级代码', en: 'Grade of the hospital' })
  grade!: string | null;

  @Column({ type: ownership, level: 'L1', find: true, zh: '举办主体', en: 'Who runs it' })
  ownership!: string | null;

  @Column({ type: boolean, level: 'L1', zh: '是否非营利', en: 'Whether not for profit' })
  isNonProfit!: boolean | null;

  @Column({ type: integer, level: 'L1', find: true, unit: '张 (beds)', zh: '核定床位数', en: 'Beds approved' })
  bedCount!: number | null;

  @Column({ type: integer, level: 'L1', unit: '人 (persons)', zh: '卫生技术人员数', en: 'Medical staff' })
  medicalStaffCount!: number | null;

  @Column({ type: text(1000), level: 'L1', zh: '诊疗科目', en: 'Medical subjects licensed' })
  subjects!: string | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '所在街道（乡镇）代码', en: 'Town' })
  town!: string | null;

  @Column({ type: text(300), level: 'L1', zh: '地址', en: 'Address' })
  address!: string | null;

  @Column({ type: telephone, level: 'L1', zh: '联系电话', en: 'Telephone for the public' })
  telephone!: string | null;

  @Column({ type: boolean, level: 'L1', zh: '是否医保定点', en: 'Whether designated by medical insurance' })
  isInsuranceDesignated!: boolean | null;

  @Column({ type: boolean, level: 'L1', zh: '是否设预防接种门诊', en: 'Whether it vaccinates' })
  hasVaccinationClinic!: boolean | null;

  @Column({ type: date, level: 'L1', zh: '执业许可有效期起', en: 'Start of the practice licence' })
  licensedFrom!: string | null;

  @Column({ type: date, level: 'L1', find: true, zh: '执业许可有效期止', en: 'End of the practice licence' })
  licensedUntil!: string | null;

  @Column({ type: status, level: 'L1', required: true, find: true, zh: '执业状态', en: 'Status' })
  status!: string;

  @Column({ type: text(100), level: 'L2', sharing: 'conditional', zh: '主要负责人', en: 'Person in charge' })
  personInCharge!: string | null;
}
