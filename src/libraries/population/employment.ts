/** Employment as registered: at an employer, on one's own account, or none. Supplied by human resources and social security. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { industries } from '../../model/code-lists/industries.js';
import { occupationClasses } from '../../model/code-lists/occupation-classes.js';
import { masks } from '../../model/mask.js';
import { code, date, money, oneOf, text } from '../../model/value-type.js';

const employmentForm = oneOf({
  name: 'EmploymentForm',
  zh: '就业形式',
  en: 'Form of employment',
  values: {
    EMPLOYER: { zh: '单位就业', en: 'At an employer' },
    SELF_EMPLOYED: { zh: '自主创业', en: 'Self-employed' },
    FLEXIBLE: { zh: '灵活就业', en: 'Flexible employment' },
    PUBLIC_WELFARE: { zh: '公益性岗位', en: 'Post of public welfare' },
    UNEMPLOYED: { zh: '登记失业', en: 'Registered as unemployed' },
  },
});

const contractTerm = oneOf({
  name: 'ContractTerm',
  zh: '劳动合同期限类型',
  en: 'Term of a labour contract',
  values: {
    FIXED: { zh: '固定期限', en: 'Fixed term' },
    OPEN_ENDED: { zh: '无固定期限', en: 'Without a fixed term' },
    BY_TASK: { zh: '以完成一定工作任务为期限', en: 'Until a task is completed' },
  },
});

const status = oneOf({
  name: 'EmploymentStatus',
  zh: '就业登记状态',
  en: 'Status of a registration',
  values: {
    ACTIVE: { zh: '有效', en: 'In force' },
    ENDED: { zh: '已终止', en: 'Ended' },
  },
});

@Dataset({
  library: 'population',
  table: 'employment',
  list: 'employments',
  zh: '就业失业登记',
  en: 'Employment: registration of employment or unemployment',
  provider: '150600-human-resources',
  resource: '3/06/01/001/000005',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['registrationNumber'],
})
export class Employment extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '劳动者画像',
    en: 'Portrait of the worker',
    division: { level: 'L3', zh: '劳动者居住地行政区划代码', en: "Division of the worker's residence" },
  })
  person!: string;

  @SubjectKey({ kind: 'legal-person', level: 'L3', zh: '用人单位画像', en: 'Portrait of the employer' })
  legalPerson!: string | null;

  @Column({ type: text(30), level: 'L3', required: true, zh: '就业失业登记编号', en: 'Number of the registration' })
  registrationNumber!: string;

  @Column({ type: employmentForm, level: 'L3', required: true, find: true, zh: '就业形式', en: 'Form of employment' })
  form!: string;

  @Column({ type: text(200), level: 'L3', find: true, zh: '用人单位名称', en: 'Name of the employer' })
  employerName!: string | null;

  @Column({ type: code(industries), level: 'L3', find: true, zh: '行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({
    type: code(occupationClasses),
    level: 'L3',
    find: true,
    zh: '职业大类代码',
    en: 'Major class of the occupation',
  })
  occupationClass!: string | null;

  @Column({ type: text(60), level: 'L3', zh: '岗位（工种）名称', en: 'Post' })
  post!: string | null;

  @Column({ type: contractTerm, level: 'L3', zh: '劳动合同期限类型', en: 'Term of the labour contract' })
  contractTerm!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['contractEndsOn'], ['registeredOn']],
    zh: '劳动合同起始日期',
    en: 'Date the contract starts',
  })
  contractStartsOn!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['contractStartsOn']],
    zh: '劳动合同终止日期',
    en: 'Date the contract ends; null where open-ended',
  })
  contractEndsOn!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元/月 (CNY a month)',
    zh: '合同约定月工资',
    en: 'Monthly wage agreed',
  })
  monthlyWage!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['contractStartsOn']],
    required: true,
    find: true,
    zh: '登记日期',
    en: 'Date of registration',
  })
  registeredOn!: string;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '终止日期', en: 'Date of ending; null while in force' })
  endedOn!: string | null;

  @Column({ type: status, level: 'L3', required: true, find: true, zh: '登记状态', en: 'Status' })
  status!: string;

  @Column({ type: text(100), level: 'L3', zh: '经办机构', en: 'Employment service that registered it' })
  agency!: string | null;
}
