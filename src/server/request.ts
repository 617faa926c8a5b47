/** What the stages of a request hand to one another. */
import type { GraphQLFormattedError } from 'graphql';
import type { CitygraphError } from '../errors.js';
import type { NoticeCode } from '../model/notice.js';
import type { Cancellation } from '../execution/cancellation.js';
import type { ByteString } from '../model/byte-string.js';
import type { AccessProfile } from '../policy/access-profile.js';
import type { Behind } from '../policy/policy-store.js';
import type { Denial } from '../planning/plan.js';
import type { PreparedDocument } from '../planning/document.js';
import type { Figures } from '../telemetry/figures.js';
import type { RequestTrace, Tracing } from '../telemetry/tracing.js';
import type { Appended, UsageLog } from '../usage-log/append-usage.js';
import type { UsagePlan } from '../usage-log/usage-record.js';
import type { Asker } from './asker.js';
import type { Ticket, Traffic } from './traffic.js';

/** By their names in lower case; what came several times is joined by commas. */
export interface RequestHeaders extends Iterable<readonly [string, string]> {
  get(name: string): string | undefined;
}

/** A request as it came over HTTP, its body read. */
export interface ServiceRequest {
  readonly method: string;
  readonly search: string;
  readonly headers: RequestHeaders;
  readonly body: unknown;
  readonly token: string | null;
  /** Codes of X-Grant; null where it was not sent. */
  readonly grants: readonly string[] | null;
  /** X-User and X-Case as they were sent. */
  readonly user: string | null;
  readonly caseNumber: string | null;
  /** X-Consumer-Assertion: for whom a gateway forwards it. */
  readonly assertion?: string | null;
  readonly clientAddress: string;
  readonly startedAt: number;
  /** Whether it is still wanted; without one it is, whatever happens. */
  readonly cancellation?: Cancellation;
}

export interface ServiceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ByteString;
}

/** A request on its way; what the log needs is gathered here. */
export interface RequestContext {
  readonly recordId: string;
  readonly occurredAt: Date;
  readonly request: ServiceRequest;
  readonly principal: Asker;
  /** Who forwarded it. */
  readonly gateway: string | null;
  /** The human and the case behind it, as far as they can be taken. */
  readonly behind: Behind;
  /** Null where the grants named are no good: then nothing is decided but the refusal. */
  readonly profile: AccessProfile | null;
  readonly policyVersion: number;
  readonly node: string;
  /** Key of digests in the usage log. */
  readonly usageKey: Buffer;
  /** Why nothing of the request is decided: its grants are no good. */
  readonly refusal: CitygraphError | null;
  /** Set where the log said, before anything was changed, that the decision no longer holds. */
  superseded: Appended | null;
  /** What the request takes of the principal's allowance. */
  ticket: Ticket | null;
  /** The operation's document, parsed and good. */
  document: PreparedDocument | null;
  operation: { source: string; name: string | null; variables: Readonly<Record<string, unknown>> } | null;
  /** Of the operation that the document has. */
  operationName: string | null;
  kind: 'query' | 'mutation' | 'failure';
  documentHash: string | null;
  arguments: Readonly<Record<string, unknown>>;
  plan: UsagePlan | null;
  released: readonly string[];
  errorCodes: Set<string>;
  trace: RequestTrace | null;
}

/** An entry of `extensions.notices` (`model/notice.ts`). */
export interface Notice {
  readonly path: readonly (string | number)[];
  readonly code: NoticeCode;
  readonly message: string;
  readonly messageZh: string;
}

export interface OperationResult {
  /** JSON text of `data`, as its bytes. */
  readonly data: ByteString;
  readonly errors: readonly GraphQLFormattedError[];
  readonly denials: readonly Denial[];
  readonly notices: readonly Notice[];
}

export interface RequestStages {
  /** @throws UNAUTHENTICATED */
  identify(request: ServiceRequest, now: Date): Promise<RequestContext>;
  respond(request: ServiceRequest, context: RequestContext): Promise<ServiceResponse>;
  readonly traffic: Traffic;
  readonly log: Pick<UsageLog, 'append'>;
  readonly policy: { refreshIfOlderThan(version: number): Promise<unknown> };
  readonly figures: Figures;
  /** Null: nobody is told of traces. */
  readonly tracing: Tracing | null;
  /** One line for each request, for who asks for so much. */
  readonly note: ((context: RequestContext, response: ServiceResponse) => void) | null;
}
