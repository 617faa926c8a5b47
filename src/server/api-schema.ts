/** The one GraphQL schema: library types from the declarations, and the management fields of the features. */
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AlertsResolver } from '../anomalies/alerts.resolver.js';
import { CanariesResolver } from '../anomalies/canaries.resolver.js';
import { RiskReportResolver } from '../anomalies/risk-report.resolver.js';
import { describe } from '../model/description.js';
import type { Registry } from '../model/registry.js';
import { AccessExplanationResolver } from '../policy/access-explanation.resolver.js';
import { ClassificationResolver } from '../policy/classification.resolver.js';
import { CredentialsResolver } from '../policy/credentials.resolver.js';
import { DocumentsResolver } from '../policy/documents.resolver.js';
import { shieldManagement } from '../policy/management-shields.js';
import { EmergencySwitchResolver } from '../policy/emergency-switch.resolver.js';
import { PolicyHistoryResolver } from '../policy/policy-history.resolver.js';
import { PolicyResolver } from '../policy/policy.resolver.js';
import { EnumerationEventsResolver } from '../usage-log/enumeration-events.resolver.js';
import { UsageRecordsResolver } from '../usage-log/usage-records.resolver.js';
import { UsageSummaryResolver } from '../usage-log/usage-summary.resolver.js';
import { UsesOfSubjectResolver } from '../usage-log/uses-of-subject.resolver.js';
import { OperationExplanationResolver } from './operation-explanation.resolver.js';
import { UsageReceiptResolver } from '../usage-log/tree/usage-receipt.resolver.js';
import { createPoolQueries } from './pool-queries.js';
import { SubgraphResolver } from './subgraph.js';

const built = new WeakMap<Registry, GraphQLSchema>();

/** Built once for a registry: type-graphql keeps what was declared in one store. */
export function buildApiSchema(registry: Registry): GraphQLSchema {
  let schema = built.get(registry);
  if (!schema) built.set(registry, (schema = build(registry)));
  return schema;
}

function build(registry: Registry): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      createPoolQueries(registry),
      AccessExplanationResolver,
      OperationExplanationResolver,
      UsageRecordsResolver,
      UsageSummaryResolver,
      UsesOfSubjectResolver,
      ...[UsageReceiptResolver, SubgraphResolver],
      EnumerationEventsResolver,
      ...[PolicyResolver, ClassificationResolver, CredentialsResolver, PolicyHistoryResolver],
      ...[EmergencySwitchResolver, DocumentsResolver],
      ...[AlertsResolver, CanariesResolver, RiskReportResolver],
    ],
    validate: false,
  });
  // type-graphql takes no description for these.
  for (const [type, about] of [
    [schema.getQueryType(), { zh: '查询入口', en: 'What can be asked' }],
    [schema.getMutationType(), { zh: '变更入口', en: 'What can be changed' }],
  ] as const) {
    if (type) type.description = describe(about);
  }
  return shieldManagement(schema, new Set([...registry.datasets.keys(), ...registry.portraits.keys()]));
}
