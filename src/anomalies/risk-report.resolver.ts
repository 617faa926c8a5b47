/** `riskReport`: a month in review, for auditor and security officer. Reading it is on record like any query. */
import { GraphQLString } from 'graphql';
import { Arg, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { AlertContext } from './alert-context.js';
import { readRiskReport } from './read-risk.js';
import { writeRiskReport } from './write-risk-report.js';

@ObjectType({ description: '安全风险月报。The risk report of a month.' })
class RiskReportEntry {
  @Field(() => GraphQLString, { description: '月份。Month.' })
  month!: string;

  @Field(() => GraphQLString, {
    description: '报告正文（Markdown，中英文）。The report in Markdown, Chinese with English.',
  })
  markdown!: string;

  @Field(() => GraphQLString, { description: '报告数据（JSON）。The report as JSON.' })
  json!: string;
}

@Resolver()
export class RiskReportResolver {
  @Query(() => RiskReportEntry, {
    nullable: true,
    description: '某月的安全风险报告。The risk report of a month.',
  })
  async riskReport(
    @Arg('month', () => GraphQLString, { description: '月份，如 2026-10。Month, such as 2026-10.' }) month: string,
    @Ctx() { services }: AlertContext,
  ): Promise<RiskReportEntry> {
    const report = await readRiskReport(services.auditorPool, month);
    return { month, markdown: writeRiskReport(report), json: JSON.stringify(report) };
  }
}
