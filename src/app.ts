/** The composition root: the only file that knows everyone. Wires a service onto a database, and takes it apart in order. */
import { createAlertManager } from './anomalies/manage-alerts.js';
import { startWatch } from './anomalies/watch.js';
import { CitygraphError } from './errors.js';
import type { Config } from './config.js';
import { createPools, type Pools } from './database/pools.js';
import { openDirectConnection } from './database/direct-connection.js';
import { listen } from './database/listener.js';
import { migrate } from './database/migrate.js';
import { createOrm } from './database/orm.js';
import { databaseRoles } from './database/role-names.js';
import { entities } from './database/entities.js';
import { digestIdentifier } from './execution/bind-parameters.js';
import { createStatementRunner } from './execution/statement-runner.js';
import { openKeyring } from './keyring.js';
import { libraries } from './libraries/index.js';
import { createRegistry, type Registry } from './model/registry.js';
import { answerRequest } from './pipeline.js';
import { createDocumentStore } from './planning/document.js';
import { createPlanCache } from './planning/plan-cache.js';
import { createFieldShields } from './policy/field-shields.js';
import type { AccessProfile } from './policy/access-profile.js';
import type { Principal } from './policy/access.js';
import { createAddressList } from './policy/address-list.js';
import { createPolicyManager } from './policy/manage-grants.js';
import { createPolicyStore, type PolicyStore } from './policy/policy-store.js';
import { portraits } from './portraits/index.js';
import { startApollo } from './server/apollo.js';
import { buildApiSchema } from './server/api-schema.js';
import { createAuditServices } from './server/audit-services.js';
import { explainOperation } from './server/explain-operation.js';
import { createFailureThrottle } from './server/failure-throttle.js';
import { createGatewayAssertions } from './server/gateway-assertions.js';
import { type HttpServer, startHttpServer } from './server/http-server.js';
import { createIssuedOfficials } from './server/issued-officials.js';
import type { OperationToExplain } from './server/operation-explanation.resolver.js';
import { openSealer, type OperationStages, type RecordedPlan } from './server/operation.js';
import { createIdentifyStage } from './server/identify.js';
import type { ServiceRequest, ServiceResponse } from './server/request.js';
import { createLookupGuard } from './server/lookup-guard.js';
import { createSchemaViews } from './server/schema-views.js';
import type { ServiceLog } from './server/service-log.js';
import { createTraffic } from './server/traffic.js';
import { createUsageExports } from './server/usage-export.js';
import { createEnumerationLog } from './usage-log/enumeration-log.js';
import { createUsageLog } from './usage-log/append-usage.js';
import { startIndexer } from './usage-log/index/indexer.js';
import type { UsageContext } from './usage-log/usage-arguments.js';
import { createPublishedLog } from './usage-log/tree/published-log.js';
import { createReceiptSigner } from './usage-log/tree/receipt.js';
import { type Sequencer, startSequencer } from './usage-log/tree/sequencer.js';
import { startWitnessing } from './usage-log/tree/witness.js';
import { openSigningKeys, type SigningKeys } from './usage-log/tree/signing-keys.js';
import { makeUsagePartitions } from './usage-log/usage-partitions.js';
import { createRefusalCounter } from './usage-log/refusal-counter.js';

export const registry: Registry = createRegistry(libraries, portraits);

const dayMs = 86_400_000;
/** Milliseconds in which all that an export finds must have been put in order. */
const exportTimeout = 600_000;
/** On which a change of policy is announced, by triggers on its tables. */
const policyChannel = 'citygraph_policy';

export interface Service {
  /** A request without HTTP around it; what tests and commands call. */
  answer(request: ServiceRequest): Promise<ServiceResponse>;
  readonly pools: Pools;
  readonly policy: PolicyStore;
  listen(): Promise<HttpServer>;
  /** Finishes and records what is in flight. */
  stop(): Promise<void>;
}

/** @param databaseUrl of a user that may migrate; the service itself runs under narrower roles */
export async function createService(config: Config, databaseUrl: string, log: ServiceLog): Promise<Service> {
  await migrate(databaseUrl);
  const keyring = openKeyring(config.keyringFile);
  const pools = createPools({
    url: databaseUrl,
    sizes: { reader: config.readerConnections, readerL4: config.readerConnections },
    statementTimeoutMilliseconds: config.statementTimeoutMs,
    onConnectionLost: (pool, error) => log.warn({ err: error, pool }, 'a database connection was lost'),
  });
  // Of their own, so that exports keep nobody from reading the log; opened by the first of them. One more finds where to begin.
  const exportPools = createPools({
    url: databaseUrl,
    sizes: { auditor: config.traffic.exports + 1 },
    statementTimeoutMilliseconds: exportTimeout,
    onConnectionLost: (pool, error) => log.warn({ err: error, pool }, 'a database connection of an export was lost'),
  });
  await makeUsagePartitions(pools.logger);
  const partitioning = setInterval(
    () =>
      void makeUsagePartitions(pools.logger).catch((error: unknown) =>
        log.error({ err: error }, 'usage partitions could not be made'),
      ),
    dayMs,
  ).unref();
  const orm = await createOrm(databaseUrl, { entities });
  const policy = await createPolicyStore({ pool: pools.policy, coordinates: registry.coordinates });
  const refreshPolicy = (): void =>
    void policy
      .refresh()
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the policy could not be refreshed; the next record will ask for it'),
      );
  const listener = await listen(databaseUrl, policyChannel, refreshPolicy, refreshPolicy, {
    onLost: (error) => log.warn({ err: error }, 'notifications were lost'),
  });
  const signingKeys = openSigningKeys(config.logKeysFile, config.logOrigin);
  const usageLog = createUsageLog({
    pool: pools.logger,
    signReceipts: createReceiptSigner(signingKeys.origin, () => signingKeys.signers()),
  });
  const witnessing = startWitnessing({
    addresses: config.logWitnesses,
    interval: config.logWitnessIntervalMs,
    pool: pools.publisher,
    onCosignature: (cosignature) => sequencer.addCosignature(cosignature),
    onReport: ({ event, witness, error }) =>
      event === 'refused'
        ? log.fatal({ err: error, witness }, 'a witness of the usage log refuses its checkpoint')
        : log.warn({ err: error, witness }, 'a witness of the usage log could not be reached'),
  });
  const sequencer = sequence(databaseUrl, signingKeys, log, (note) => witnessing.offer(note));
  const indexer = startIndexer({
    pool: pools.indexer,
    onFailure: (error) => log.warn({ err: error }, 'the usage log waits to be indexed'),
  });
  const refusals = createRefusalCounter({
    pool: pools.logger,
    node: config.node,
    onFailure: (error) => log.warn({ err: error }, 'refusals could not be counted'),
  });
  const enumeration = createEnumerationLog({
    pool: pools.logger,
    node: config.node,
    onFailure: (error) => log.warn({ err: error }, 'an enumeration of identifiers could not be put down yet'),
  });
  const usageServices = {
    ...createAuditServices(registry, keyring, pools.reader),
    auditorPool: pools.auditor,
    sealerOf: (principal: Principal) => openSealer(keyring.sealing, principal),
    isPortrait: (type: string) => registry.portraits.has(type),
  };
  const runner = createStatementRunner();
  const schema = buildApiSchema(registry);
  const operation: OperationStages = {
    schema,
    registry,
    documents: createDocumentStore(schema, config.limits),
    plans: createPlanCache<RecordedPlan>({
      maximum: 1000,
      onEvict: ({ prepared }) => prepared && runner.retire(prepared),
    }),
    shields: createFieldShields(registry.coordinates),
    runner,
    pools,
    keyring,
    limits: config.limits,
    lookups: createLookupGuard({ settings: config.traffic, note: (event) => enumeration.note(event) }),
    views: createSchemaViews(schema, registry),
    usageLog,
    services: {
      ...usageServices,
      publisherPool: pools.publisher,
      policyManager: createPolicyManager({ em: orm.em, coordinates: registry.coordinates }),
      alertManager: createAlertManager({
        pool: async () => orm.em.getConnection().getNativeClient(),
        digest: (kind, value) => digestIdentifier(keyring.identifiers, kind, value),
      }),
      explainOperation: (asked: OperationToExplain, profile: AccessProfile) =>
        explainOperation(operation, asked, profile),
    },
  };
  const watch = startWatch({
    pool: pools.watcher,
    settings: config.anomalies,
    webhooks: config.alertWebhooks,
    onFailure: (error, what) => log.warn({ err: error, what }, 'anomalies wait to be looked for, or to be told'),
  });
  const apollo = await startApollo(operation, config.limits, log);
  const identify = createIdentifyStage({
    policy,
    issuedOfficials: config.issuer && createIssuedOfficials(config.issuer, keyring.usageLog),
    assertions: createGatewayAssertions({ pool: pools.logger, audience: config.gatewayAudience }),
    failures: createFailureThrottle({ burst: config.limits.failures }),
    node: config.node,
    usageKey: keyring.usageLog,
    log,
  });
  const traffic = createTraffic(config.traffic);
  const exports = createUsageExports({
    ...{ identify, traffic, policy, log: usageLog, serviceLog: log },
    services: usageServices as UsageContext['services'],
    pool: exportPools.auditor,
    settings: config.traffic,
  });
  const answer = (request: ServiceRequest): Promise<ServiceResponse> =>
    answerRequest(
      { identify, respond: (asked, context) => apollo.respond(asked, context), traffic, log: usageLog, policy },
      request,
    );
  let http: HttpServer | null = null;

  return {
    answer,
    pools,
    policy,
    async listen() {
      http = await startHttpServer(config.host, config.port, {
        bodyBytes: config.limits.bodyBytes,
        inFlight: config.traffic.inFlight,
        answer,
        answerExport: (request, response) => exports.answer(request, response),
        admitPublic: (address) => traffic.admit({ kind: 'public', name: 'public' }, address),
        countRefusal: (code) => refusals.count(code),
        ready: () => isReady(pools),
        publishedLog: createPublishedLog({
          pool: pools.publisher,
          verifierKeys: () => signingKeys.describe().map(({ verifier }) => verifier),
        }),
        log,
        trustedProxies: config.trustedProxies.length > 0 ? createAddressList(config.trustedProxies) : null,
      });
      return http;
    },
    async stop() {
      clearInterval(partitioning);
      await exports.stop();
      await http?.stop();
      await watch.stop();
      await apollo.stop();
      await usageLog.stop();
      await sequencer.stop();
      await indexer.stop();
      await witnessing.stop();
      await refusals.stop();
      await enumeration.stop();
      await listener.close();
      await orm.close();
      await exportPools.close();
      await pools.close();
    },
  };
}

function sequence(
  databaseUrl: string,
  keys: SigningKeys,
  log: ServiceLog,
  onCheckpoint: (note: string) => void,
): Sequencer {
  return startSequencer({
    connect: () =>
      openDirectConnection(databaseUrl, {
        purpose: 'sequencer',
        role: databaseRoles.sequencer,
        statementTimeoutMilliseconds: 60_000,
      }),
    keys,
    onCheckpoint,
    onReport: (report) => {
      if (report.event === 'leading') log.info('this node sequences the usage log');
      else if (report.event === 'failed') log.warn({ err: report.error }, 'the usage log waits to be sequenced');
      else log.fatal({ err: report.error }, report.error.message);
    },
  });
}

async function isReady(pools: Pools): Promise<boolean> {
  try {
    await Promise.all([pools.reader.query('select 1'), pools.logger.query('select 1')]);
    return true;
  } catch (cause) {
    if (cause instanceof CitygraphError || cause instanceof Error) return false;
    throw cause;
  }
}
