/** The one GraphQL schema: library types from the declarations, and the management fields of the features. */
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import type { Registry } from '../model/registry.js';
import { AccessExplanationResolver } from '../policy/access-explanation.resolver.js';
import { shieldManagement } from '../policy/management-shields.js';
import { PolicyResolver } from '../policy/policy.resolver.js';
import { UsageRecordsResolver } from '../usage-log/usage-records.resolver.js';
import { UsageReceiptResolver } from '../usage-log/tree/usage-receipt.resolver.js';
import { createPoolQueries } from './pool-queries.js';

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
      UsageRecordsResolver,
      UsageReceiptResolver,
      PolicyResolver,
    ],
    validate: false,
  });
  return shieldManagement(schema, new Set([...registry.datasets.keys(), ...registry.portraits.keys()]));
}
