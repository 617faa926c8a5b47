/**
 * The first stage: who asks, for whom, and with which grants.
 *
 * Refusals before anyone is known are thrown, and counted; once a consumer, an official or a gateway is known, a refusal is on record.
 */
import { CitygraphError, type ErrorCode } from '../errors.js';
import type { AccessProfile } from '../policy/access-profile.js';
import { type Credential, type TokenCredential, unauthenticated } from '../policy/credential.js';
import type { Behind, PolicyStore } from '../policy/policy-store.js';
import { createRecordId } from '../usage-log/usage-record.js';
import { readBehind } from './behind.js';
import { networkOf } from './client-address.js';
import type { FailureSender, FailureThrottle } from './failure-throttle.js';
import { type GatewayAssertions, refuse } from './gateway-assertions.js';
import { type IssuedOfficials, looksIssued } from './issued-officials.js';
import type { Asker } from './asker.js';
import type { RequestContext, ServiceRequest } from './request.js';
import type { ServiceLog } from './service-log.js';

export interface IdentifyOptions {
  readonly policy: PolicyStore;
  /** Null: no issuer is configured. */
  readonly issuedOfficials: IssuedOfficials | null;
  readonly assertions: GatewayAssertions;
  readonly failures: FailureThrottle;
  readonly node: string;
  readonly usageKey: Buffer;
  readonly log: Pick<ServiceLog, 'warn'>;
}

export function createIdentifyStage(
  options: IdentifyOptions,
): (request: ServiceRequest, now: Date) => Promise<RequestContext> {
  const { policy, node, usageKey } = options;
  return async (request, now) => {
    const occurredAt = new Date();
    const { asker, gateway, profile, refusal, behind } = await openThrottled(options, request, now);
    return {
      recordId: createRecordId(occurredAt),
      occurredAt,
      request,
      principal: asker,
      gateway,
      behind,
      profile,
      refusal,
      policyVersion: profile?.policyVersion ?? policy.current().version,
      node,
      usageKey,
      superseded: null,
      ticket: null,
      document: null,
      operation: null,
      operationName: null,
      kind: 'query',
      documentHash: null,
      arguments: {},
      plan: null,
      released: [],
      errorCodes: new Set(),
      trace: null,
    };
  };
}

interface Opened {
  readonly asker: Asker;
  readonly gateway: string | null;
  readonly profile: AccessProfile | null;
  readonly refusal: CitygraphError | null;
  readonly behind: Behind;
}

async function openThrottled(options: IdentifyOptions, request: ServiceRequest, now: Date): Promise<Opened> {
  const { failures, log } = options;
  try {
    return await openAccess(options, request, now);
  } catch (error) {
    if (!(error instanceof CitygraphError) || error.code !== 'UNAUTHENTICATED') throw error;
    const sender = senderOf(request);
    if (failures.isOver(sender)) throw tooManyFailures(failures);
    failures.note(sender);
    if (error.cause instanceof Error) log.warn({ reason: error.cause.message }, 'a credential was refused');
    throw error;
  }
}

function senderOf({ token, clientAddress }: ServiceRequest): FailureSender {
  // Every JWT begins alike.
  const prefix = token !== null && !looksIssued(token) ? token.slice(0, 6) : null;
  return { network: networkOf(clientAddress), prefix };
}

function tooManyFailures({ retryAfter }: FailureThrottle): CitygraphError {
  return new CitygraphError('RATE_LIMITED', 'expected a valid credential, got too many that are none; try later', {
    retryAfter,
  });
}

const noBehind: Behind = { user: null, case: null };
/** Of who is known: on record. */
const recorded: ReadonlySet<ErrorCode> = new Set([
  'GRANT_INVALID',
  'GATEWAY_REFUSED',
  'HEADER_INVALID',
  'SWITCHED_OFF',
]);

async function openAccess(options: IdentifyOptions, request: ServiceRequest, now: Date): Promise<Opened> {
  const { policy } = options;
  const token = tokenOf(request);
  const gateway = token && policy.findGateway(token, now);
  const asker: Asker | null = gateway && { kind: 'gateway', name: gateway.name, department: gateway.department };
  let credential: Credential | null = null;
  let behind = noBehind;
  try {
    const shown = gateway
      ? await readForwarded(options, gateway, token, request, now)
      : { credential: readOwn(options, token, now), named: request.grants };
    credential = shown.credential instanceof Promise ? await shown.credential : shown.credential;
    const opened = policy.openAccess(credential, shown.named, now, requireBehind(request));
    const profile = opened instanceof Promise ? await opened : opened;
    if (!gateway && hasAssertion(request))
      throw refuse('to be sent by a gateway that is registered', 'it from another');
    behind = requireBehind(request);
    return { asker: profile.principal, gateway: gateway?.name ?? null, profile, refusal: null, behind };
  } catch (error) {
    if (!(error instanceof CitygraphError) || !recorded.has(error.code)) throw error;
    // INVARIANT: a refusal too names nobody whom the policy does not know.
    const known = error.code === 'GATEWAY_REFUSED' && asker ? asker : policy.principalOf(credential!, now);
    return { asker: known, gateway: gateway?.name ?? null, profile: null, refusal: error, behind };
  }
}

function hasAssertion({ assertion }: ServiceRequest): boolean {
  return assertion !== undefined && assertion !== null;
}

function tokenOf(request: ServiceRequest): TokenCredential | null {
  const { token, clientAddress } = request;
  if (token === null && hasAssertion(request)) throw unauthenticated();
  return token === null ? null : { kind: 'token', token, address: clientAddress };
}

function requireBehind(request: ServiceRequest): Behind {
  const behind = readBehind(request);
  if (behind instanceof CitygraphError) throw behind;
  return behind;
}

function readOwn(
  { issuedOfficials, failures }: IdentifyOptions,
  token: TokenCredential | null,
  now: Date,
): Credential | Promise<Credential> {
  if (token === null) return { kind: 'public' };
  if (!issuedOfficials || !looksIssued(token.token)) return token;
  const known = issuedOfficials.recall(token.token);
  if (known) return known;
  // Checking a signature costs; those who sent many bad ones wait.
  if (failures.isOver({ network: networkOf(token.address ?? ''), prefix: null })) throw tooManyFailures(failures);
  return issuedOfficials.verify(token.token, now);
}

async function readForwarded(
  { assertions }: IdentifyOptions,
  gateway: NonNullable<ReturnType<PolicyStore['findGateway']>>,
  token: TokenCredential,
  request: ServiceRequest,
  now: Date,
): Promise<{ credential: Credential; named: readonly string[] | null }> {
  if (!request.assertion) throw refuse('the assertion of a consumer, which a gateway must send', 'none');
  if (request.grants !== null) throw refuse('grants named in the assertion alone', 'X-Grant beside it');
  const { consumer, grants } = await assertions.read(gateway, request.assertion, request, now);
  return {
    credential: { kind: 'forwarded', gateway: token, publicKey: gateway.publicKey, consumer },
    named: grants,
  };
}
