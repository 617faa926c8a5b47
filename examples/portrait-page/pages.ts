/** The two pages: which fields of an answer make which section. Documents are typed, so that a field that is gone does not compile. */
import { EnterprisePageDocument, PersonPageDocument } from '../../generated/operations.js';
import { ask } from '../graphql-client.js';
import { renderPage } from './html.js';
import { createSections, denialOf } from './sections.js';

export interface Caller {
  readonly name: string;
  readonly token: string;
}

export async function personPage(caller: Caller, idNumber: string): Promise<string> {
  const { data, errors = [], extensions } = await ask(PersonPageDocument, { idNumber }, caller.token);
  const person = data?.personPortrait;
  const section = createSections('personPortrait', errors);
  const registration = person?.registration;
  return renderPage({
    title: registration?.name ?? '人口画像 Portrait of a person',
    subtitle: '人口画像 Portrait of a person',
    badges: (person?.tags?.nodes ?? []).map(({ tag }) => tag ?? '').filter((tag) => tag !== ''),
    consumer: caller.name,
    recordId: extensions.usage.recordId,
    refusal: person ? null : refusalOf(errors),
    sections: [
      section('registration', ['户籍信息', 'Identity and residence'], registration, [
        ['身份证号', (it) => it.idNumber],
        ['性别', (it) => (it.sex === '1' ? '男' : it.sex === '2' ? '女' : it.sex)],
        ['出生日期', (it) => it.birthDate],
        ['民族', (it) => it.ethnicGroup],
        ['区划', (it) => it.division],
        ['住址', (it) => it.address],
        ['电话', (it) => it.telephone],
        ['状态', (it) => it.status],
      ]),
      section('household', ['家庭户', 'Household'], person?.household, [
        ['户号', (it) => it.householdNumber],
        ['户主', (it) => it.headName],
        ['与户主关系', (it) => it.relationToHead],
        ['人口数', (it) => it.memberCount],
      ]),
      section('educationRecords', ['教育', 'Education'], person?.educationRecords?.nodes, [
        ['阶段', (it) => it.stage],
        ['学校', (it) => it.schoolName],
        ['状态', (it) => it.status],
        ['入学', (it) => it.enrolledOn],
      ]),
      section('employments', ['就业', 'Employment'], person?.employments?.nodes, [
        ['单位', (it) => it.employerName],
        ['岗位', (it) => it.post],
        ['状态', (it) => it.status],
        ['登记', (it) => it.registeredOn],
      ]),
      section('offices', ['企业任职', 'Offices'], person?.offices?.nodes, [
        ['企业', (it) => it.legalPerson?.registration?.name],
        ['职务', (it) => it.position],
        ['任职', (it) => it.appointedOn],
      ]),
      section('insuranceParticipations', ['社会保险', 'Insurance'], person?.insuranceParticipations?.nodes, [
        ['险种', (it) => it.insuranceType],
        ['状态', (it) => it.status],
        ['参保', (it) => it.insuredOn],
        ['累计月数', (it) => it.monthsPaid],
      ]),
      section('medicalVisits', ['就诊', 'Medical visits'], person?.medicalVisits?.nodes, [
        ['日期', (it) => it.visitedOn],
        ['机构', (it) => it.institutionName],
        ['科室', (it) => it.department],
        ['诊断', (it) => it.diagnosisText],
        ['费用（元）', (it) => it.totalCost],
      ]),
      section('creditRecords', ['信用', 'Credit'], person?.creditRecords?.nodes, [
        ['事项', (it) => it.title],
        ['性质', (it) => it.nature],
        ['日期', (it) => it.occurredOn],
      ]),
      section('serviceCases', ['政务服务', 'Government services'], person?.serviceCases?.nodes, [
        ['事项', (it) => it.itemName],
        ['状态', (it) => it.status],
        ['申请', (it) => it.appliedOn],
        ['办结', (it) => it.completedOn],
      ]),
    ],
  });
}

export async function enterprisePage(caller: Caller, creditCode: string): Promise<string> {
  const { data, errors = [], extensions } = await ask(EnterprisePageDocument, { creditCode }, caller.token);
  const enterprise = data?.enterprisePortrait;
  const section = createSections('enterprisePortrait', errors);
  const registration = enterprise?.registration;
  const closed = registration?.closedOn ? [`已于 ${registration.closedOn} 注销或吊销`] : [];
  const risk = enterprise?.riskScore?.score ? [`风险评分 ${enterprise.riskScore.score}`] : [];
  return renderPage({
    title: registration?.name ?? '企业画像 Portrait of an enterprise',
    subtitle: '企业画像 Portrait of an enterprise',
    badges: [...closed, ...risk],
    consumer: caller.name,
    recordId: extensions.usage.recordId,
    refusal: enterprise ? null : refusalOf(errors),
    sections: [
      section('registration', ['登记信息', 'Registration'], registration, [
        ['统一社会信用代码', (it) => it.creditCode],
        ['行业', (it) => it.industry],
        ['注册资本', (it) => `${it.registeredCapital ?? '—'} ${it.capitalCurrency ?? ''}`],
        ['成立日期', (it) => it.establishedOn],
        ['状态', (it) => it.status],
        ['住所', (it) => it.address],
        ['经营范围', (it) => it.businessScope],
        ['电话', (it) => it.telephone],
      ]),
      section('riskScore', ['风险评分', 'Risk score'], enterprise?.riskScore, [
        ['得分', (it) => it.score],
        ['等级', (it) => it.grade],
        ['截至', (it) => it.asOf],
      ]),
      section('riskParts', ['评分项', 'What the score is made of'], enterprise?.riskParts?.nodes, [
        ['说明', (it) => it.explanationZh],
        ['计分', (it) => it.contribution],
      ]),
      section('officers', ['主要人员', 'Officers'], enterprise?.officers?.nodes, [
        ['姓名', (it) => it.name],
        ['职务', (it) => it.position],
        ['法定代表人', (it) => it.isLegalRepresentative],
        ['电话', (it) => it.telephone],
      ]),
      section('shareholders', ['股东', 'Shareholders'], enterprise?.shareholders?.nodes, [
        ['名称', (it) => it.name],
        ['类型', (it) => it.kind],
        ['比例（%）', (it) => it.sharePercent],
        ['认缴（元）', (it) => it.subscribedAmount],
      ]),
      section('successions', ['承继单位', 'Successors'], enterprise?.successions?.nodes, [
        ['承继单位', (it) => it.successorName],
        ['方式', (it) => it.kind],
        ['生效', (it) => it.effectiveOn],
        ['文号', (it) => it.documentNumber],
      ]),
      section('predecessors', ['被承继单位', 'Predecessors'], enterprise?.predecessors?.nodes, [
        ['单位', (it) => it.legalPerson?.registration?.name],
        ['方式', (it) => it.kind],
        ['生效', (it) => it.effectiveOn],
      ]),
      section('taxRegistration', ['税务', 'Tax'], enterprise?.taxRegistration, [
        ['纳税人类型', (it) => it.taxpayerKind],
        ['状态', (it) => it.status],
        ['信用等级', (it) => it.creditGrade],
        ['上年纳税（元）', (it) => it.paidLastYear],
      ]),
      section('licences', ['行政许可', 'Licences'], enterprise?.licences?.nodes, [
        ['证照', (it) => it.certificateName],
        ['机关', (it) => it.authority],
        ['有效期至', (it) => it.validUntil],
        ['状态', (it) => it.status],
      ]),
      section('inspections', ['监督检查', 'Inspections'], enterprise?.inspections?.nodes, [
        ['日期', (it) => it.inspectedOn],
        ['机关', (it) => it.authority],
        ['事项', (it) => it.subjectMatter],
        ['结果', (it) => it.result],
      ]),
      section('penalties', ['行政处罚', 'Penalties'], enterprise?.penalties?.nodes, [
        ['日期', (it) => it.decidedOn],
        ['机关', (it) => it.authority],
        ['违法行为', (it) => it.violation],
        ['罚款（元）', (it) => it.fineAmount],
      ]),
      section('creditRecords', ['信用记录', 'Credit'], enterprise?.creditRecords?.nodes, [
        ['事项', (it) => it.title],
        ['性质', (it) => it.nature],
        ['日期', (it) => it.occurredOn],
      ]),
      section('timeline', ['时间轴', 'Time line'], enterprise?.timeline?.nodes, [
        ['日期', (it) => it.happenedOn],
        ['事件', (it) => it.title],
      ]),
    ],
  });
}

/** Nobody by that identifier, or nobody for this caller: the service does not tell which, and neither does the page. */
function refusalOf(errors: Parameters<typeof createSections>[1]): ReturnType<typeof denialOf> {
  const [first] = errors;
  return first
    ? denialOf(first)
    : {
        coordinate: '—',
        level: '',
        reasonZh: '没有可供查看的主体',
        remedy: 'there is no such subject, or not for this caller',
      };
}
