/** The media type of a response, chosen as the protocol library chooses it, and the status that a refusal has under it (GraphQL over HTTP, 6.4). */
import Negotiator from 'negotiator';
import type { CitygraphError } from '../errors.js';
import type { ServiceRequest } from './request.js';

const graphqlResponse = 'application/graphql-response+json';
const mediaTypes = ['application/json', graphqlResponse] as const;

export type ResponseType = (typeof mediaTypes)[number];

/** Where nothing is accepted that there is, a refusal still has to have some type. */
export function responseTypeOf({ headers }: Pick<ServiceRequest, 'headers'>): ResponseType {
  const accept = headers.get('accept');
  if (accept === undefined || !accept.includes(graphqlResponse)) return 'application/json';
  const chosen = new Negotiator({ headers: { accept } }).mediaType([...mediaTypes]);
  return chosen === graphqlResponse ? graphqlResponse : 'application/json';
}

/**
 * The table of errors has the status under `application/json`, which proxies answer with as well, so that 200 says that GraphQL was
 * spoken. Under the other type the status may say more: what has no data is no success.
 */
export function statusOfRefusal(error: CitygraphError, type: ResponseType): number {
  return type === graphqlResponse && error.status === 200 ? 400 : error.status;
}
