/**
 * Shields of mutations and management queries: graphql-shield as usual, on root fields, deny by default.
 *
 * Library root fields are not listed: they are planned and decided in the pipeline and never run here; should one be reached, the
 * fallback denies it.
 */
import { GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import type { AccessProfile } from './access-profile.js';
import type { OfficialRole, Principal } from './access.js';
import { allow, type and, applyMiddleware, deny, type or, rule, shield } from './graphql-shield.js';

type Kind = Principal['kind'];
type Rule = ReturnType<ReturnType<typeof rule>> | typeof allow | ReturnType<typeof or> | ReturnType<typeof and>;

/** To which kinds of principal a field under a rule is shown. A rule that does not say so is of officials: management is theirs. */
const audiences = new Map<Rule, readonly Kind[]>();

function shownTo(shield: Rule, ...kinds: Kind[]): Rule {
  audiences.set(shield, kinds);
  return shield;
}

function isRole(...roles: OfficialRole[]) {
  const held = rule(`is ${roles.join(' or ')}`, { cache: 'no_cache' })((
    _parent: unknown,
    _args: unknown,
    { profile }: { profile: AccessProfile },
  ) => {
    const { principal } = profile;
    return principal.kind === 'official' && roles.includes(principal.role);
  });
  return shownTo(held, 'official');
}

const everyone = shownTo(allow, 'public', 'consumer', 'official');

// The library knows a rule by its name: one instance for each.
const isSecurityOfficer = isRole('security-officer');
const isOperator = isRole('operator');
const managesConsumers = isRole('operator', 'security-officer');
const mayReadDocuments = isRole('operator', 'security-officer', 'auditor');
/** A steward for the data of its own department: the resolver narrows accordingly. */
const mayProposeRegrading = isRole('security-officer', 'steward');
const mayReadPolicy = isRole('auditor', 'security-officer', 'supervisor');

/** INVARIANT: not by way of a gateway: it would be given a token with which it needs to sign nothing. */
const holdsOwnToken = shownTo(
  rule('holds a token of its own', { cache: 'no_cache' })(
    (_parent: unknown, _args: unknown, { profile, gateway }: { profile: AccessProfile; gateway: string | null }) =>
      profile.principal.kind !== 'public' && gateway === null,
  ),
  ...(['consumer', 'official'] as const),
);
const mayReadAlerts = isRole('auditor', 'security-officer');

/** Auditor and security officer read all; a consumer its own; the public its own record ids. The resolver narrows accordingly. */
const mayReadUsage = shownTo(
  rule('may read usage', { cache: 'no_cache' })(
    (_parent: unknown, args: { ids?: readonly string[] | null }, { profile }: { profile: AccessProfile }) => {
      const { principal } = profile;
      if (principal.kind === 'official') return principal.role === 'auditor' || principal.role === 'security-officer';
      return principal.kind === 'consumer' || (args.ids?.length ?? 0) > 0;
    },
  ),
  ...(['public', 'consumer', 'official'] as const),
);

/** Counts: auditor and security officer of all, the supervisor without single persons, a consumer of its own. The resolver narrows accordingly. */
const mayReadUsageCounts = shownTo(
  rule('may read counts of usage', { cache: 'no_cache' })(
    (_parent: unknown, _args: unknown, { profile: { principal } }: { profile: AccessProfile }) =>
      principal.kind === 'consumer' ||
      (principal.kind === 'official' && ['auditor', 'security-officer', 'supervisor'].includes(principal.role)),
  ),
  ...(['consumer', 'official'] as const),
);

/** The credential of a legal person: it asks for that one alone, whom the resolver finds by it. */
const standsForLegalPerson = shownTo(
  rule('stands for a legal person', { cache: 'no_cache' })(
    (_parent: unknown, _args: unknown, { profile: { principal } }: { profile: AccessProfile }) =>
      principal.kind === 'consumer' && principal.legalPerson !== undefined,
  ),
  'consumer',
);

/** One record by its id, which is known to who got it with a response; the resolver shows it to none but its own principal. */
const mayReadReceipt = shownTo(
  rule('may read a receipt', { cache: 'no_cache' })(
    (_parent: unknown, _args: unknown, { profile: { principal } }: { profile: AccessProfile }) =>
      principal.kind !== 'official' || principal.role === 'auditor' || principal.role === 'security-officer',
  ),
  ...(['public', 'consumer', 'official'] as const),
);

const queries: Readonly<Record<string, Rule>> = {
  _service: everyone,
  explainAccess: everyone,
  explainOperation: everyone,
  usageRecords: mayReadUsage,
  usageSummary: mayReadUsageCounts,
  usesOfPerson: mayReadAlerts,
  usesOfMyEnterprise: standsForLegalPerson,
  usageReceipt: mayReadReceipt,
  regradings: mayReadPolicy,
  policyChanges: mayReadPolicy,
  enumerationEvents: mayReadAlerts,
  emergencySwitches: mayReadPolicy,
  alerts: mayReadAlerts,
  riskReport: mayReadAlerts,
  canaries: isSecurityOfficer,
  trustedDocuments: mayReadDocuments,
};

const mutations: Readonly<Record<string, Rule>> = {
  issueGrant: isOperator,
  approveGrant: isSecurityOfficer,
  limitConsumer: isOperator,
  bindLegalPerson: isOperator,
  unbindLegalPerson: isOperator,
  revokeGrant: isSecurityOfficer,
  suspendConsumer: isSecurityOfficer,
  resumeConsumer: isSecurityOfficer,
  suspendOfficial: isSecurityOfficer,
  resumeOfficial: isSecurityOfficer,
  suspendGateway: isSecurityOfficer,
  resumeGateway: isSecurityOfficer,
  setClearance: isSecurityOfficer,
  switchOff: isSecurityOfficer,
  liftSwitch: isSecurityOfficer,
  acknowledgeAlert: isSecurityOfficer,
  closeAlert: isSecurityOfficer,
  suspendFromAlert: isSecurityOfficer,
  declareCanary: isSecurityOfficer,
  withdrawCanary: isSecurityOfficer,
  regrade: isSecurityOfficer,
  proposeRegrading: mayProposeRegrading,
  approveRegrading: isSecurityOfficer,
  rejectRegrading: isSecurityOfficer,
  rotateConsumerToken: isOperator,
  expireConsumerToken: isOperator,
  setConsumerAddresses: isOperator,
  rotateMyToken: holdsOwnToken,
  registerTrustedDocuments: managesConsumers,
  withdrawTrustedDocuments: managesConsumers,
  requireTrustedDocuments: isSecurityOfficer,
};

const shields = { Query: queries, Mutation: mutations };

/** The kinds of principal that a management field is shown to; none where no rule lets anybody use it. */
export function audienceOf(operation: 'Query' | 'Mutation', field: string): ReadonlySet<Kind> {
  const shield = Object.hasOwn(shields[operation], field) ? shields[operation][field] : undefined;
  return new Set(shield ? (audiences.get(shield) ?? ['official']) : []);
}

/** To look for a subject in the log is for officials: the resolver refuses it to others. */
const ofOfficials: ReadonlySet<string> = new Set(
  ['usageRecords', 'usageSummary'].flatMap((field) =>
    ['subject', 'idNumber', 'creditCode'].map((argument) => `${field}.${argument}`),
  ),
);

export function isArgumentShownTo(kind: Kind, field: string, argument: string): boolean {
  return kind === 'official' || !ofOfficials.has(`${field}.${argument}`);
}

/** Fields whose rule does not say to whom it is shown: a test holds this empty. */
export function fieldsWithoutAudience(): string[] {
  return Object.entries(shields).flatMap(([operation, rules]) =>
    Object.entries(rules).flatMap(([field, shield]) => (audiences.has(shield) ? [] : [`${operation}.${field}`])),
  );
}

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
