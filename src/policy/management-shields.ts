/**
 * Shields of mutations and management queries: graphql-shield as usual, on root fields, deny by default.
 *
 * Library root fields are not listed: they are planned and decided in the pipeline and never run here; should one be reached, the
 * fallback denies it.
 */
import { GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import type { AccessProfile } from './access-profile.js';
import type { OfficialRole } from './access.js';
import { allow, applyMiddleware, deny, rule, shield } from './graphql-shield.js';

function isRole(...roles: OfficialRole[]) {
  return rule(`is ${roles.join(' or ')}`, { cache: 'no_cache' })(
    (_parent: unknown, _args: unknown, { profile }: { profile: AccessProfile }) => {
      const { principal } = profile;
      return principal.kind === 'official' && roles.includes(principal.role);
    },
  );
}

// The library knows a rule by its name: one instance for each.
const isSecurityOfficer = isRole('security-officer');

/** Auditor and security officer read all; a consumer its own; the public its own record ids. The resolver narrows accordingly. */
const mayReadUsage = rule('may read usage', { cache: 'no_cache' })((
  _parent: unknown,
  args: { ids?: readonly string[] | null },
  { profile }: { profile: AccessProfile },
) => {
  const { principal } = profile;
  if (principal.kind === 'official') return principal.role === 'auditor' || principal.role === 'security-officer';
  return principal.kind === 'consumer' || (args.ids?.length ?? 0) > 0;
});

/** One record by its id, which is known to who got it with a response; the resolver shows it to none but its own principal. */
const mayReadReceipt = rule('may read a receipt', { cache: 'no_cache' })(
  (_parent: unknown, _args: unknown, { profile: { principal } }: { profile: AccessProfile }) =>
    principal.kind !== 'official' || principal.role === 'auditor' || principal.role === 'security-officer',
);

const queries = {
  explainAccess: allow,
  usageRecords: mayReadUsage,
  usageReceipt: mayReadReceipt,
};

const mutations = {
  revokeGrant: isSecurityOfficer,
  suspendConsumer: isSecurityOfficer,
  resumeConsumer: isSecurityOfficer,
};

/** @param libraryTypes types whose fields are decided in plans and must not be reached by resolvers */
export function shieldManagement(schema: GraphQLSchema, libraryTypes: ReadonlySet<string>): GraphQLSchema {
  const managed = Object.values(schema.getTypeMap()).filter(
    (type) =>
      isObjectType(type) &&
      !type.name.startsWith('__') &&
      !libraryTypes.has(type.name) &&
      !['Query', 'Mutation'].includes(type.name),
  );
  const permissions = shield(
    {
      Query: { '*': deny, ...queries },
      Mutation: { '*': deny, ...mutations },
      ...Object.fromEntries(managed.map((type) => [type.name, { '*': allow }])),
    },
    {
      fallbackRule: deny,
      allowExternalErrors: true,
      fallbackError: new GraphQLError('expected a role that may use this field, got another', {
        extensions: { code: 'FORBIDDEN' },
      }),
    },
  );
  return applyMiddleware(schema, permissions as never);
}
