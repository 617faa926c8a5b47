/** What the service's own log says of requests: a line for a slow statement, and at level debug one for each request. By hash, never by text. */
import type { Figures } from '../telemetry/figures.js';
import type { RequestContext, ServiceResponse } from './request.js';
import { codeOf, outcomeOf } from './request-record.js';
import type { ServiceLog } from './service-log.js';

/** @param slow milliseconds; 0: every statement is */
export function createStatementWatch(
  slow: number,
  figures: Figures,
  log: ServiceLog,
): (context: RequestContext, milliseconds: number) => void {
  return ({ recordId, plan, documentHash }, milliseconds) => {
    if (milliseconds < slow) return;
    figures.ranSlowly();
    const took = Math.round(milliseconds);
    log.warn({ recordId, planHash: plan?.hash, documentHash, milliseconds: took }, 'a statement was slow');
  };
}

export function createRequestNotes(log: ServiceLog): (context: RequestContext, response: ServiceResponse) => void {
  return (context, response) => {
    const { recordId, plan, documentHash, principal, request } = context;
    log.debug(
      {
        ...{ recordId, documentHash, planHash: plan?.hash, principalKind: principal.kind },
        ...{ outcome: outcomeOf(context, response), code: codeOf(context), status: response.status },
        milliseconds: Math.round((performance.now() - request.startedAt) * 10) / 10,
        bytes: response.body.length,
      },
      'a request was answered',
    );
  };
}
