/** `alerts`, for auditor and security officer, and what the security officer does about one. */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { DateTimeScalar } from '../model/scalars.js';
import { type AlertContext, alertManagerFor } from './alert-context.js';
import { detectors } from './detectors.js';
import { type ReadAlert, readAlerts } from './read-alerts.js';

@ObjectType({ description: '对告警的一次处置。What was done about an alert.' })
class AlertAction {
  @Field(() => GraphQLString, {
    description:
      '处置：raised 发出、reopened 重开、acknowledged 确认、closed 关闭、suspended 暂停。raised, reopened, acknowledged, closed or suspended.',
  })
  action!: string;

  @Field(() => GraphQLString, { description: '处置人类别。Kind of who did it.' })
  actorKind!: string;

  @Field(() => GraphQLString, { description: '处置人。Who did it.' })
  actor!: string;

  @Field(() => DateTimeScalar, { description: '时间。When.' })
  at!: string;

  @Field(() => GraphQLString, { nullable: true, description: '理由。Why.' })
  reason!: string | null;
}

@ObjectType({ description: '一条告警。An alert.' })
class Alert {
  @Field(() => ID, { description: '编号，递增。Id, growing.' })
  id!: string;

  @Field(() => GraphQLString, {
    description: `检测器：${Object.keys(detectors).join('、')}。Which detector raised it; docs/anomalies.md has their rules.`,
  })
  detector!: string;

  @Field(() => GraphQLString, { description: '严重程度：critical、high、medium、low。Severity.' })
  severity!: string;

  @Field(() => GraphQLString, { description: '状态：open、acknowledged、closed。Status.' })
  status!: string;

  @Field(() => GraphQLString, { description: '主体类别。Kind of principal that it is about.' })
  principalKind!: string;

  @Field(() => GraphQLString, { description: '应用、人员；公众为其网络地址。Principal; of the public its network.' })
  principal!: string;

  @Field(() => GraphQLString, { nullable: true, description: '授权编号。Grant that it is about.' })
  grant!: string | null;

  @Field(() => DateTimeScalar, { description: '时间窗起点。Start of its window.' })
  windowStart!: string;

  @Field(() => DateTimeScalar, { description: '时间窗终点。End of its window.' })
  windowEnd!: string;

  @Field(() => DateTimeScalar, { description: '发出时间。When it was raised.' })
  raisedAt!: string;

  @Field(() => GraphQLString, { description: '证据（JSON）：数值、阈值等。Evidence, as JSON: figures and thresholds.' })
  evidence!: string;

  @Field(() => [ID], { description: '作为证据的使用记录。Usage records that it rests on.' })
  records!: readonly string[];

  @Field(() => [AlertAction], { description: '处置经过。What was done about it, in order.' })
  actions!: readonly AlertAction[];
}

@ObjectType({ description: '告警列表，新的在前。A page of alerts, newest first.' })
class AlertPage {
  @Field(() => [Alert], { description: '各条告警。Alerts.' })
  nodes!: readonly Alert[];

  @Field(() => GraphQLBoolean, { description: '后面是否还有。Whether more follow.' })
  hasNextPage!: boolean;
}

@ObjectType({ description: '告警处置结果。What was done about an alert.' })
class AlertOutcome {
  @Field(() => ID, { description: '告警编号。Id of the alert.' })
  id!: string;

  @Field(() => GraphQLString, { description: '处置：acknowledged、closed、suspended。What was done.' })
  change!: string;

  @Field(() => GraphQLString, { nullable: true, description: '被暂停者。Who was suspended.' })
  suspended!: string | null;
}

@ArgsType()
class AlertArguments {
  @Field(() => GraphQLString, { nullable: true, description: '检测器。Detector.' })
  detector?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '状态。Status.' })
  status?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '严重程度。Severity.' })
  severity?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '应用名称。Name of the consumer.' })
  consumer?: string | null;

  @Field(() => GraphQLString, { nullable: true, description: '授权编号。Grant.' })
  grant?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '发出时间起（含）。Raised from, included.' })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: '发出时间止（不含）。Raised until, not included.' })
  until?: string | null;

  @Field(() => GraphQLInt, { nullable: true, description: '每页条数，默认 20，最多 100。Page size.' })
  first?: number | null;

  @Field(() => ID, { nullable: true, description: '从此编号之后开始。After this id.' })
  after?: string | null;
}

const maximumPage = 100;
const idDescription = '告警编号。Id of the alert.';
const reasonDescription = '理由，留存备查。Reason; kept.';

@Resolver()
export class AlertsResolver {
  @Query(() => AlertPage, { nullable: true, description: '告警，新的在前。Alerts, newest first.' })
  async alerts(
    @Args(() => AlertArguments) { first, after, from, until, ...given }: AlertArguments,
    @Ctx() { services }: AlertContext,
  ): Promise<AlertPage> {
    const size = first ?? 20;
    if (size < 1 || size > maximumPage)
      throw new CitygraphError('LIMIT_EXCEEDED', `alerts(first:): expected 1 to ${maximumPage}, got ${size}`);
    if (after && !/^[1-9]\d{0,17}$/.test(after))
      throw new CitygraphError('BAD_USER_INPUT', 'alerts(after:): expected the id of an alert, got another text');
    const filter = {
      ...{ detector: given.detector ?? null, status: given.status ?? null, severity: given.severity ?? null },
      ...{ consumer: given.consumer ?? null, grant: given.grant ?? null },
      ...{ from: from ? new Date(from) : null, until: until ? new Date(until) : null },
    };
    const found = await readAlerts(services.auditorPool, filter, size, after ?? null);
    return { nodes: found.slice(0, size).map(toAlert), hasNextPage: found.length > size };
  }

  @Mutation(() => AlertOutcome, { nullable: true, description: '确认告警。Acknowledges an alert.' })
  async acknowledgeAlert(
    @Arg('id', () => ID, { description: idDescription }) id: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: AlertContext,
  ): Promise<AlertOutcome> {
    await alertManagerFor(context).acknowledge(id, reason);
    return { id, change: 'acknowledged', suspended: null };
  }

  @Mutation(() => AlertOutcome, { nullable: true, description: '关闭告警。Closes an alert.' })
  async closeAlert(
    @Arg('id', () => ID, { description: idDescription }) id: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: AlertContext,
  ): Promise<AlertOutcome> {
    await alertManagerFor(context).close(id, reason);
    return { id, change: 'closed', suspended: null };
  }

  @Mutation(() => AlertOutcome, {
    nullable: true,
    description:
      '依告警暂停所涉应用或人员，自提交之时生效。Suspends the consumer or official that an alert is about, from its commit on.',
  })
  async suspendFromAlert(
    @Arg('id', () => ID, { description: idDescription }) id: string,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: AlertContext,
  ): Promise<AlertOutcome> {
    return { id, change: 'suspended', suspended: await alertManagerFor(context).suspendFrom(id, reason) };
  }
}

function toAlert({ windowStart, windowEnd, raisedAt, evidence, ...row }: ReadAlert): Alert {
  const { records = [], ...figures } = evidence;
  return {
    ...row,
    windowStart: windowStart.toISOString(),
    windowEnd: windowEnd.toISOString(),
    raisedAt: raisedAt.toISOString(),
    evidence: JSON.stringify(figures),
    records,
  };
}
