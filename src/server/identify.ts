/** The first stage: who asks, and with which grants. Grants that are no good are a refusal on record, for the principal is known by then. */
import { CitygraphError } from '../errors.js';
import type { PolicyStore } from '../policy/policy-store.js';
import type { AccessProfile } from '../policy/access-profile.js';
import type { Principal } from '../policy/access.js';
import { createRecordId } from '../usage-log/usage-record.js';
import type { RequestContext, ServiceRequest } from './request.js';

export interface IdentifyOptions {
  readonly policy: PolicyStore;
  readonly node: string;
  readonly usageKey: Buffer;
}

export function createIdentifyStage({
  policy,
  node,
  usageKey,
}: IdentifyOptions): (request: ServiceRequest, now: Date) => Promise<RequestContext> {
  return async (request, now) => {
    const occurredAt = new Date();
    const { principal, profile, refusal } = await openAccess(policy, request, now);
    return {
      recordId: createRecordId(occurredAt),
      occurredAt,
      request,
      principal,
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
    };
  };
}

interface Opened {
  readonly principal: Principal;
  readonly profile: AccessProfile | null;
  readonly refusal: CitygraphError | null;
}

async function openAccess(policy: PolicyStore, request: ServiceRequest, now: Date): Promise<Opened> {
  const behind = { user: request.user, case: request.caseNumber };
  try {
    const profile = await policy.authenticate(request.token, request.grants, now, behind);
    return { principal: profile.principal, profile, refusal: null };
  } catch (error) {
    if (!(error instanceof CitygraphError) || error.code !== 'GRANT_INVALID') throw error;
    return { principal: policy.principalOf(request.token), profile: null, refusal: error };
  }
}
