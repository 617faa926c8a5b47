/**
 * Apollo Server around the pipeline: the protocol is its own; document and operation are ours.
 *
 * A document is parsed, measured and validated before Apollo gets it (`inspect-request.ts`), so that limits come first and the words about
 * faults are the caller's own; it is not validated a second time.
 * The result enters through `responseForOperation` and leaves through `stringifyResult`, so that finished JSON is never parsed. A request in
 * which there is nothing for the protocol to decide (`plain-request.ts`) takes the same steps without Apollo.
 */
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { getOperationAST, type GraphQLFormattedError } from 'graphql';
import { CitygraphError } from '../errors.js';
import { type ByteString, toByteString } from '../model/byte-string.js';
import { redactIdentifiers } from '../model/redact-identifiers.js';
import { executeOperation } from '../pipeline.js';
import { formatRefusal, retryAfterOf } from './graphql-errors.js';
import { answerRefusal, findRefusal, settleDocument } from './inspect-request.js';
import type { OperationStages } from './operation.js';
import { type PlainRequest, readPlainRequest } from './plain-request.js';
import type { Notice, RequestContext, ServiceRequest, ServiceResponse } from './request.js';
import { JsonText, stringifyResult } from './response-text.js';
import { responseTypeOf, statusOfRefusal } from './response-type.js';
import type { ServiceLog } from './service-log.js';
import { namesDocument } from './trusted-documents.js';

export interface ApolloStage {
  respond(request: ServiceRequest, context: RequestContext): Promise<ServiceResponse>;
  stop(): Promise<void>;
}

/** Apollo copies the context it is given; what we gather must be the one that we gave. */
interface Carrier {
  readonly request: RequestContext;
}

export async function startApollo(
  stages: OperationStages,
  limits: { tokens: number },
  log: ServiceLog,
): Promise<ApolloStage> {
  const server = new ApolloServer<Carrier>({
    schema: stages.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    csrfPrevention: true,
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: limits.tokens },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      createPipelinePlugin(stages, log),
    ],
    formatError: formatApolloError,
    stringifyResult,
    logger: log,
  });
  await server.start();
  const respondToNamed = async (sent: ServiceRequest, context: RequestContext): Promise<ServiceResponse> => {
    const request = await settleDocument(stages, sent, context);
    return request instanceof CitygraphError ? answerRefusal(request, context) : respondTo(request, context);
  };
  const respondTo = (request: ServiceRequest, context: RequestContext): Promise<ServiceResponse> => {
    const refusal = findRefusal(stages, request, context);
    if (refusal) return Promise.resolve(answerRefusal(refusal, context));
    const plain = context.document && readPlainRequest(request);
    return plain ? respondPlainly(stages, plain, context, log) : respondByProtocol(server, request, context);
  };
  return {
    respond: (sent, context) => (namesDocument(sent.body) ? respondToNamed(sent, context) : respondTo(sent, context)),
    stop: () => server.stop(),
  };
}

async function respondByProtocol(
  server: ApolloServer<Carrier>,
  request: ServiceRequest,
  context: RequestContext,
): Promise<ServiceResponse> {
  const response = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: new HeaderMap(request.headers),
      search: request.search,
      body: request.body,
    },
    context: () => Promise.resolve({ request: context }),
  });
  // Of `stringifyResult`, and so bytes; or a plain text of Apollo's own.
  const body = (response.body.kind === 'complete' ? response.body.string : '') as ByteString;
  return {
    status: response.status ?? 200,
    headers: Object.fromEntries(response.headers),
    body: body.lastIndexOf(`"usage":{"recordId":"${context.recordId}"`) >= 0 ? body : withUsage(body, context),
  };
}

/** What Apollo would make of it, byte for byte. */
async function respondPlainly(
  stages: OperationStages,
  plain: PlainRequest,
  context: RequestContext,
  log: ServiceLog,
): Promise<ServiceResponse> {
  context.operation = plain;
  context.operationName = getOperationAST(context.document!.document, plain.name)?.name?.value ?? null;
  const { status, result, retryAfter } = await respondToOperation(stages, context, log);
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...(retryAfter && { 'retry-after': retryAfter }) },
    body: stringifyResult({ ...result, extensions: { ...result.extensions, usage: { recordId: context.recordId } } }),
  };
}

function createPipelinePlugin(stages: OperationStages, log: ServiceLog): ApolloServerPlugin<Carrier> {
  return {
    requestDidStart: ({ contextValue: { request: context }, request }) => {
      context.operation = {
        source: request.query ?? '',
        name: request.operationName ?? null,
        variables: request.variables ?? {},
      };
      return Promise.resolve({
        didResolveOperation: ({ operationName }) => {
          context.operationName = operationName;
          return Promise.resolve();
        },
        didEncounterErrors: ({ errors }) => {
          context.kind = 'failure';
          for (const error of errors) context.errorCodes.add(codeOf(error));
          return Promise.resolve();
        },
        responseForOperation: async () => {
          const { status, result, retryAfter = null } = await respondToOperation(stages, context, log);
          return {
            http: { status, headers: new HeaderMap(retryAfter ? [['retry-after', retryAfter]] : []) },
            body: { kind: 'single', singleResult: result as never },
          };
        },
        willSendResponse: ({ response }) => {
          if (response.body.kind === 'single')
            response.body.singleResult.extensions = {
              ...response.body.singleResult.extensions,
              usage: { recordId: context.recordId },
            };
          return Promise.resolve();
        },
      });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter?: string | null;
  readonly result: {
    data?: JsonText;
    errors?: readonly GraphQLFormattedError[];
    extensions?: { readonly notices: readonly Notice[] };
  };
}

async function respondToOperation(stages: OperationStages, context: RequestContext, log: ServiceLog): Promise<Answer> {
  try {
    const { data, errors, notices } = await executeOperation(stages, context);
    noteCodes(context, errors);
    return {
      status: 200,
      result: {
        data: new JsonText(data),
        ...(errors.length > 0 && { errors }),
        ...(notices.length > 0 && { extensions: { notices } }),
      },
    };
  } catch (cause) {
    context.kind = 'failure';
    context.released = [];
    if (cause instanceof CitygraphError) {
      if (cause.status >= 500) log.error({ err: cause, recordId: context.recordId }, cause.message);
      return refuse(cause, context);
    }
    log.error({ err: cause, recordId: context.recordId }, 'unexpected failure of an operation');
    return refuse(new CitygraphError('INTERNAL', 'the request could not be answered', {}, { cause }), context);
  }
}

function refuse(error: CitygraphError, context: RequestContext): Answer {
  const status = statusOfRefusal(error, responseTypeOf(context.request));
  const errors = formatRefusal(error);
  noteCodes(context, errors);
  return { status, retryAfter: retryAfterOf(error), result: { errors } };
}

function noteCodes({ errorCodes }: RequestContext, errors: readonly GraphQLFormattedError[]): void {
  for (const error of errors) errorCodes.add(String(error.extensions?.['code']));
}

/** Apollo's codes that `errors.ts` has under another name. */
const ownCodes: Readonly<Record<string, string>> = {
  INTERNAL_SERVER_ERROR: 'INTERNAL',
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
};

/** A scalar's own code (INVALID_IDENTIFIER) says more than that validation failed, which is what Apollo puts in its place. */
function codeOf(error: unknown): string {
  const { extensions, originalError } = error as {
    extensions?: { code?: unknown };
    originalError?: { extensions?: { code?: unknown } };
  };
  for (const code of [originalError?.extensions?.code, extensions?.code]) {
    if (typeof code === 'string') return ownCodes[code] ?? code;
  }
  return 'INTERNAL';
}

function formatApolloError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { code: _code, ...extensions } = formatted.extensions ?? {};
  const known = codeOf(error);
  const { stacktrace: _stacktrace, ...rest } = extensions;
  return {
    ...formatted,
    message: known === 'INTERNAL' ? 'the request could not be answered' : redactIdentifiers(formatted.message),
    extensions: { code: known, ...rest },
  };
}

/**
 * A refusal of the protocol (wrong media type, no query, batched, an answer in no form that is accepted) has not been through the plugin, or
 * stands in place of what has: it is on record all the same, and says so.
 */
function withUsage(body: ByteString, context: RequestContext): ByteString {
  let parsed: { errors?: GraphQLFormattedError[] };
  try {
    parsed = JSON.parse(body) as { errors?: GraphQLFormattedError[] };
  } catch {
    // Apollo answers some protocol faults in plain text; its words are put into the form that every other error has.
    parsed = {
      errors: [{ message: toByteString(redactIdentifiers(body.trim())), extensions: { code: 'BAD_USER_INPUT' } }],
    };
  }
  context.kind = 'failure';
  for (const error of parsed.errors ?? []) context.errorCodes.add(codeOf(error));
  return JSON.stringify({ ...parsed, extensions: { usage: { recordId: context.recordId } } }) as ByteString;
}
