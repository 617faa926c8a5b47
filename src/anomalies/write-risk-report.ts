/** The risk report for people: Markdown, Chinese with English. Its order and its words follow from the data alone. */
import type { RiskReport } from './read-risk.js';

export function writeRiskReport(report: RiskReport): string {
  const { month, consumers, others, alerts, endingGrants, unusedGrants, measures, switchesInForce, tree } = report;
  const denied = consumers.reduce((sum, it) => sum + it.denied, 0);
  const requests = consumers.reduce((sum, it) => sum + it.requests, 0);
  const unsettled = alerts.filter(({ status }) => status !== 'closed').length;
  const sections = [
    `# 安全风险月报 Risk report ${month}`,
    [
      `- 应用请求 Requests of consumers: ${requests}，其中有拒绝 with denials: ${denied}`,
      `- 告警 Alerts: ${alerts.length}，未关闭 not closed: ${unsettled}`,
      `- 生效中的紧急停用 Emergency switches in force: ${switchesInForce.length}`,
    ].join('\n'),
    section(
      '各应用使用情况 Use by consumer',
      '应用 Consumer | 部门 Department | 状态 Status | 活跃天数 Active days | 请求 Requests | 拒绝 Denied | 非工作时间 Out of hours | 单日最多主体 Most subjects a day | 单日最多坐标 Most coordinates a day',
      consumers.map((it) => [
        ...[it.consumer, it.department, it.status, it.activeDays, it.requests, it.denied, it.outOfHours],
        ...[it.mostSubjectsADay, it.mostCoordinatesADay],
      ]),
    ),
    section(
      '其他主体 Other principals',
      '类别 Kind | 个数 Principals | 请求 Requests | 拒绝 Denied',
      others.map((it) => [it.principalKind, it.principals, it.requests, it.denied]),
    ),
    section(
      '告警 Alerts',
      '编号 Id | 检测器 Detector | 程度 Severity | 对象 Principal | 授权 Grant | 时间窗 Window | 数值/阈值 Value/threshold | 记录 Records | 状态 Status | 处置 What was done',
      alerts.map((it) => [
        ...[it.id, it.detector, it.severity, it.principal, it.grant, `${it.windowStart} – ${it.windowEnd}`],
        ...[`${show(it.value)}/${show(it.threshold)}`, it.records, it.status],
        it.actions
          .filter(({ action }) => action !== 'raised')
          .map(({ action, actor, reason }) => `${action} (${actor}${reason === null ? '' : `: ${reason}`})`)
          .join('; '),
      ]),
    ),
    section(
      '未使用的授权项 Granted and unused',
      '授权 Grant | 应用 Consumer | 授权项 Items | 未使用 Unused',
      unusedGrants.map((it) => [it.grant, it.consumer, it.items, it.unused]),
    ),
    section(
      '临近到期的授权 Grants near their end',
      '授权 Grant | 应用 Consumer | 到期 Ends',
      endingGrants.map((it) => [it.grant, it.consumer, it.validUntil]),
    ),
    section(
      '暂停、撤销与停用 Suspensions, revocations and switches',
      '时间 When | 措施 What | 对象 Whom | 操作人 By | 理由 Why',
      measures.map((it) => [it.at, it.action, it.target, it.actor, it.reason]),
    ),
    section(
      '月末生效中的紧急停用 Emergency switches in force at the end of the month',
      '范围 Scope | 对象 Target | 自 Since',
      switchesInForce.map((it) => [it.scope, it.target, it.since]),
    ),
    [
      '## 使用日志树 The usage log’s tree',
      [
        `- 最近检查点 Last checkpoint: ${tree.signedAt === null ? '无 none' : `${tree.size} 叶 leaves, 根 root \`${show(tree.root)}\`, ${tree.signedAt}`}`,
        `- 当月检查点 Checkpoints in the month: ${tree.checkpointsInMonth}`,
        `- 统计是否覆盖至检查点 Figures reach the checkpoint: ${tree.counted ? '是 yes' : '否 no'}`,
        `- 已归档月份 Archived months: ${tree.archivedMonths.join(', ') || '无 none'}`,
      ].join('\n'),
    ].join('\n\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

type Cell = string | number | null;

function section(title: string, headings: string, rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return `## ${title}\n\n无 none`;
  const columns = headings.split(' | ').length;
  const lines = rows.map((row) => `| ${row.map(cell).join(' | ')} |`);
  return [`## ${title}`, [`| ${headings} |`, `|${' --- |'.repeat(columns)}`, ...lines].join('\n')].join('\n\n');
}

function cell(value: Cell): string {
  return show(value).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').replaceAll('<', '&lt;');
}

function show(value: Cell): string {
  return value === null ? '–' : String(value);
}
