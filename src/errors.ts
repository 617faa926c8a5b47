/**
 * Every error that refuses a whole operation, with its code and HTTP status, in one table. 200 is of well-formed requests that GraphQL itself
 * refuses, and holds under `application/json` (`server/response-type.ts`).
 *
 * A denial is not here: it is a verdict, answered with null and an entry beside the data.
 * A message says what was expected and what came, and never repeats an identifier or a value of the pool.
 * Mapping to GraphQL and HTTP happens once, in `server/`.
 */
export const errorCodes = {
  UNAUTHENTICATED: 401,
  HEADER_INVALID: 400,
  GRANT_INVALID: 403,
  GATEWAY_REFUSED: 403,
  SWITCHED_OFF: 403,
  DOCUMENT_NOT_TRUSTED: 403,
  INVALID_IDENTIFIER: 200,
  BAD_USER_INPUT: 200,
  INVALID_CURSOR: 200,
  FORBIDDEN: 200,
  LIMIT_EXCEEDED: 200,
  COST_EXCEEDED: 200,
  GRAPHQL_PARSE_FAILED: 200,
  GRAPHQL_VALIDATION_FAILED: 200,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  CONTENT_ENCODING_UNSUPPORTED: 415,
  RATE_LIMITED: 429,
  LOG_UNAVAILABLE: 503,
  POOL_UNAVAILABLE: 503,
  ISSUER_UNAVAILABLE: 503,
  OVERLOADED: 503,
  STATEMENT_TIMEOUT: 503,
  SHUTTING_DOWN: 503,
  /** The caller hung up: nobody reads it but the usage log. */
  CANCELLED: 499,
  INTERNAL: 500,
  /* start-up and command line */
  CONFIG_INVALID: 500,
  DATABASE_UNSUITABLE: 500,
  DATABASE_NEWER: 500,
  DATA_DIR_LOCKED: 500,
  POSTGRES_FAILED: 500,
  DECLARATION_INVALID: 500,
  MAPPING_INVALID: 500,
  INTERRUPTED: 500,
  LOG_INCONSISTENT: 500,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error that may be shown: its message and details were written for the reader, the cause is for the operator's log alone. */
export class CitygraphError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CitygraphError';
    this.status = errorCodes[code];
  }
}
