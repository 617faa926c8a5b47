/** The composition root: the only file that knows everyone. Wires a service onto a database, and takes it apart in order. */
import { createAlertManager } from './anomalies/manage-alerts.js';
import { startWatch } from './anomalies/watch.js';
import type { Config } from './config.js';
import { layoutOf } from './database/library-databases.js';
import { openLibraryPools } from './database/library-pools.js';
import { createPools, type Pools, poolsByName } from './database/pools.js';
import { openDirectConnection } from './database/direct-connection.js';
import { listen } from './database/listener.js';
import { migrate } from './database/migrate.js';
import { readMigrationFiles } from './database/migration-files.js';
import { createOrm } from './database/orm.js';
import { openReplicas } from './database/replicas.js';
import { databaseRoles } from './database/role-names.js';
import { entities } from './database/entities.js';
import { digestIdentifier } from './execution/bind-parameters.js';
import { createReplicaRunner } from './execution/replica-runner.js';
import { createStatementRunner } from './execution/statement-runner.js';
import { openKeyring } from './keyring.js';
import { libraries } from './libraries/index.js';
import { distributionsOf } from './model/distribution.js';
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
import { createAdmission } from './server/admission.js';
import { startApollo } from './server/apollo.js';
import { buildApiSchema } from './server/api-schema.js';
import { createAuditServices } from './server/audit-services.js';
import { createBuffers } from './server/buffers.js';
import { explainOperation } from './server/explain-operation.js';
import { createFailureThrottle } from './server/failure-throttle.js';
import { createGatewayAssertions } from './server/gateway-assertions.js';
import { type HttpServer, startHttpServer } from './server/http-server.js';
import { createIssuedOfficials } from './server/issued-officials.js';
import type { OperationToExplain } from './server/operation-explanation.resolver.js';
import { openSealer, type OperationStages, type RecordedPlan } from './server/operation.js';
import { createIdentifyStage } from './server/identify.js';
import type { ServiceRequest, ServiceResponse } from './server/request.js';
import { statementsOf } from './server/executable-plan.js';
import { placementOf } from './server/library-placement.js';
import { createLookupGuard } from './server/lookup-guard.js';
import { createProbeRecord } from './server/probe-record.js';
import { createReadiness } from './server/readiness.js';
import { createRequestNotes, createStatementWatch } from './server/request-notes.js';
import { createSchemaViews } from './server/schema-views.js';
import type { ServiceLog } from './server/service-log.js';
import { createServiceMetrics } from './server/service-metrics.js';
import { createSubgraphText } from './server/subgraph.js';
import { createDocumentTexts } from './server/trusted-documents.js';
import { createTraffic } from './server/traffic.js';
import { createUsageExports } from './server/usage-export.js';
import { createFigures } from './telemetry/figures.js';
import { watchProcess } from './telemetry/process-figures.js';
import { startTracing } from './telemetry/tracing.js';
import { createEnumerationLog } from './usage-log/enumeration-log.js';
import { createUsageLog } from './usage-log/append-usage.js';
import { startIndexer } from './usage-log/index/indexer.js';
import type { UsageContext } from './usage-log/usage-arguments.js';
import { createPublishedLog } from './usage-log/tree/published-log.js';
import { createReceiptSigner } from './usage-log/tree/receipt.js';
import { type Sequencer, startSequencer } from './usage-log/tree/sequencer.js';
import { startWitnessing } from './usage-log/tree/witness.js';
import { openSigningKeys, type SigningKeys } from './usage-log/tree/signing-keys.js';
import { stopAll } from './server/stop-all.js';
import { startSettling } from './subjects/start-settling.js';
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
  /** @param graphiql where the settings don't say whether it is there */
  listen(options?: { readonly graphiql?: boolean }): Promise<HttpServer>;
  /** Finishes and records what is in flight. @throws what went wrong on the way, when all has been stopped */
  stop(): Promise<void>;
}

/** @param databaseUrl of a user that may migrate; the service itself runs under narrower roles */
export async function createService(config: Config, databaseUrl: string, log: ServiceLog): Promise<Service> {
  const layout = layoutOf(config.databases, distributionsOf(registry), databaseUrl);
  const placement = placementOf(registry, layout);
  await migrate(databaseUrl, layout);
  const keyring = openKeyring(config.keyringFile);
  const pools = createPools({
    url: databaseUrl,
    // The watcher's second is for those who ask how it goes while it works.
    sizes: { reader: config.readerConnections, readerL4: config.readerConnections, watcher: 2 },
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
  const orm = await createOrm(databaseUrl, { entities });
  const libraryPools = await openLibraryPools(layout.apart, {
    distributions: layout.distributions,
    sizes: { reader: config.readerConnections, readerL4: config.readerConnections },
    statementTimeoutMilliseconds: config.statementTimeoutMs,
    onReport: ({ event, database, error }) =>
      event === 'up'
        ? log.info({ database }, 'a database of libraries is there')
        : log.error({ err: error, database }, 'a database of libraries can not be asked'),
  });
  const settling =
    layout.apart.length > 0
      ? startSettling(orm.em.getKysely(), registry.datasets, (error) =>
          log.warn({ err: error }, 'scopes wait to be copied to other databases'),
        )
      : null;
  await makeUsagePartitions(pools.logger);
  const partitioning = setInterval(
    () =>
      void makeUsagePartitions(pools.logger).catch((error: unknown) =>
        log.error({ err: error }, 'usage partitions could not be made'),
      ),
    dayMs,
  ).unref();
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
  const figures = createFigures();
  const onPrimary = createStatementRunner({
    onCancelled: (error) =>
      error === undefined ? figures.cancelled() : log.warn({ err: error }, 'a statement could not be cancelled'),
  });
  const tracing =
    config.operations.tracing &&
    (await startTracing(config.operations.tracing, (error) => log.warn({ err: error }, 'traces could not be sent')));
  const replicas =
    config.databases.replicas.length > 0
      ? await openReplicas({
          primaryUrl: databaseUrl,
          urls: config.databases.replicas,
          maximumLagMs: config.databases.replicaLagMs,
          sizes: { reader: config.readerConnections, readerL4: config.readerConnections },
          statementTimeoutMilliseconds: config.statementTimeoutMs,
          onReport: ({ replica, event, reason, error }) =>
            event === 'in'
              ? log.info({ replica }, 'a replica is read from')
              : log.warn({ err: error, replica, reason }, 'a replica is left out'),
        })
      : null;
  const runner = replicas ? createReplicaRunner(onPrimary, replicas, pools) : onPrimary;
  const schema = buildApiSchema(registry);
  const views = createSchemaViews(schema, registry);
  const operation: OperationStages = {
    schema,
    registry,
    documents: createDocumentStore(schema, config.limits),
    plans: createPlanCache<RecordedPlan>({
      maximum: 1000,
      onEvict: (plan) => statementsOf(plan).forEach((prepared) => runner.retire(prepared)),
    }),
    shields: createFieldShields(registry.coordinates),
    runner,
    pools,
    apart: placement && {
      placement,
      databases: {
        index: placement.index,
        poolsOf: (database) => (database === placement.index ? pools : libraryPools.poolsOf(database)),
        failed: (database) => libraryPools.failed(database),
      },
    },
    replicas,
    keyring,
    limits: config.limits,
    lookups: createLookupGuard({ settings: config.traffic, note: (event) => enumeration.note(event) }),
    views,
    trustedTexts: createDocumentTexts(pools.policy),
    usageLog,
    figures,
    onStatement: createStatementWatch(config.operations.slowStatement, figures, log),
    onFieldFailure: ({ recordId }, error) => log.error({ err: error, recordId }, 'a field could not be answered'),
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
      subgraph: createSubgraphText(registry, views),
      checkDocument: (document: string, profile: AccessProfile) =>
        void operation.documents.prepare(document, () => operation.views.of(profile.principal.kind)),
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
      {
        ...{ identify, respond: (asked, context) => apollo.respond(asked, context), traffic, log: usageLog, policy },
        ...{ figures, tracing, note: log.isLevelEnabled('debug') ? createRequestNotes(log) : null },
      },
      request,
    );
  const processFigures = watchProcess();
  const buffers = createBuffers({
    maximum: config.operations.connections.bufferedBytes,
    patience: config.operations.connections.response,
  });
  const admission = createAdmission({ ...config.operations.admission, least: 2 * config.readerConnections });
  const readiness = createReadiness({
    settings: config.operations.readiness,
    pools,
    migrations: readMigrationFiles().map(({ name }) => name),
    probeLog: () => usageLog.probe(() => createProbeRecord(config.node)),
    dataDir: config.dataDir,
  });
  let http: HttpServer | null = null;

  return {
    answer,
    pools,
    policy,
    async listen({ graphiql = false } = {}) {
      http = await startHttpServer(config.host, config.port, {
        bodyBytes: config.limits.bodyBytes,
        compression: config.compression,
        answerExport: (request, response) => exports.answer(request, response),
        admitPublic: (address) => traffic.admit({ kind: 'public', name: 'public' }, address),
        ...{ admission, buffers, answer, figures, log },
        countRefusal: (code) => {
          figures.refused(code);
          refusals.count(code);
        },
        connections: config.operations.connections,
        shutdown: config.operations.shutdown,
        graphiql: config.operations.graphiql ?? graphiql,
        pages: {
          readiness,
          metricsToken: config.operations.metricsToken,
          metrics: createServiceMetrics({
            ...{ figures, admission, buffers, usageLog, pools: poolsByName(pools), watcher: pools.watcher },
            plans: operation.plans,
            connections: () => http?.connections() ?? 0,
            witnesses: () => witnessing.figures(),
            process: processFigures.metrics,
            onFailure: (error) => log.warn({ err: error }, 'the database did not tell how far the log has come'),
          }),
        },
        publishedLog: createPublishedLog({
          pool: pools.publisher,
          verifierKeys: () => signingKeys.describe().map(({ verifier }) => verifier),
        }),
        trustedProxies: config.trustedProxies.length > 0 ? createAddressList(config.trustedProxies) : null,
      });
      return http;
    },
    async stop() {
      clearInterval(partitioning);
      // In this order: what answers, then what records it, then what both rest on.
      await stopAll([
        () => exports.stop(),
        () => http?.stop(),
        () => watch.stop(),
        () => apollo.stop(),
        () => usageLog.stop(),
        () => sequencer.stop(),
        () => indexer.stop(),
        () => witnessing.stop(),
        () => refusals.stop(),
        () => enumeration.stop(),
        () => tracing?.stop(),
        () => settling?.stop(),
        () => listener.close(),
        () => orm.close(),
        () => exportPools.close(),
        () => replicas?.close(),
        () => libraryPools.close(),
        () => pools.close(),
        () => buffers.stop(),
        () => processFigures.stop(),
      ]);
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
