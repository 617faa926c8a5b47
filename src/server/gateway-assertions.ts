/**
 * A gateway says for whom it forwards a request: a short-lived JWS (RFC 7515) in X-Consumer-Assertion, signed with the key that is registered
 * for it, good once.
 *
 * What it says is believed of the consumers that are registered for the gateway, and that is decided by the policy (`policy/credential.ts`).
 */
import { errors, importJWK, type JWK, jwtVerify } from 'jose';
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { KnownGateway } from '../policy/policy-snapshot.js';
import type { ServiceRequest } from './request.js';

export interface Assertion {
  readonly consumer: string;
  /** Codes; null: as where X-Grant is not sent. */
  readonly grants: readonly string[] | null;
}

export interface GatewayAssertions {
  /** A request that is decided again shows the same assertion and has used it once. @throws GATEWAY_REFUSED, POOL_UNAVAILABLE */
  read(gateway: KnownGateway, assertion: string, request: ServiceRequest, now: Date): Promise<Assertion>;
}

export interface GatewayAssertionsOptions {
  /** Of the role that logs: it may put an assertion down as used. */
  readonly pool: Pool;
  /** What the assertion must name as its audience. */
  readonly audience: string;
}

const type = 'consumer-assertion+jwt';
const algorithms: Readonly<Record<string, string>> = { Ed25519: 'EdDSA', 'P-256': 'ES256' };
const longestLifeSeconds = 60;
const skewSeconds = 5;
/** Beyond its end, for clocks of nodes and database that differ. */
const keptMs = 300_000;
const maximumGrants = 20;

export function createGatewayAssertions({ pool, audience }: GatewayAssertionsOptions): GatewayAssertions {
  const readBefore = new WeakMap<ServiceRequest, Assertion>();
  return {
    async read(gateway, assertion, request, now) {
      const before = readBefore.get(request);
      if (before) return before;
      const payload = await verify(gateway, assertion, audience, now);
      const read = checkClaims(payload);
      await useOnce(pool, gateway.name, read.jti, new Date(read.exp * 1000 + keptMs));
      readBefore.set(request, read);
      return read;
    },
  };
}

async function verify(
  { name, publicKey }: KnownGateway,
  assertion: string,
  audience: string,
  now: Date,
): Promise<Readonly<Record<string, unknown>>> {
  const algorithm = algorithms[publicKey['crv'] ?? ''];
  if (!algorithm) throw refuse('a gateway with a key that can be checked against', 'another');
  try {
    const { payload } = await jwtVerify(assertion, await importJWK(publicKey as unknown as JWK, algorithm), {
      // INVARIANT: the algorithm is that of the registered key, whatever the header says.
      algorithms: [algorithm],
      typ: type,
      issuer: name,
      audience,
      maxTokenAge: longestLifeSeconds,
      clockTolerance: skewSeconds,
      requiredClaims: ['sub', 'jti', 'exp'],
      currentDate: now,
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw refuse('an assertion that still holds', 'one that has ended', cause);
    if (cause instanceof errors.JWTClaimValidationFailed)
      throw refuse(`an assertion whose claim ${cause.claim} is right`, 'one whose is not', cause);
    if (cause instanceof errors.JOSEError)
      throw refuse(`a JWS signed with ${algorithm} by the key that is registered`, 'another text', cause);
    throw cause;
  }
}

interface Claims extends Assertion {
  readonly jti: string;
  readonly exp: number;
}

function checkClaims({ sub, jti, exp, iat, grants = null }: Readonly<Record<string, unknown>>): Claims {
  if (typeof sub !== 'string' || sub.length > 63) throw refuse('the name of a consumer as sub', 'another');
  if (typeof jti !== 'string' || !/^[\w-]{16,64}$/.test(jti))
    throw refuse('16 to 64 letters, digits, - and _ as jti', 'another text');
  if (typeof exp !== 'number' || typeof iat !== 'number' || exp - iat > longestLifeSeconds)
    throw refuse(`an assertion that holds for at most ${longestLifeSeconds} seconds`, 'one for longer');
  if (grants === null) return { consumer: sub, jti, exp, grants: null };
  if (!Array.isArray(grants) || grants.length > maximumGrants || grants.some((code) => typeof code !== 'string'))
    throw refuse(`a list of at most ${maximumGrants} codes as grants`, 'another value');
  return { consumer: sub, jti, exp, grants: grants as string[] };
}

/** INVARIANT: an assertion is good once, on all nodes together: the database says so. */
async function useOnce(pool: Pool, gateway: string, jti: string, until: Date): Promise<void> {
  let rows: readonly { fresh: boolean }[];
  try {
    ({ rows } = await pool.query<{ fresh: boolean }>('select citygraph.use_assertion($1, $2, $3) as fresh', [
      gateway,
      jti,
      until,
    ]));
  } catch (cause) {
    throw new CitygraphError('POOL_UNAVAILABLE', 'The assertion could not be put down as used', {}, { cause });
  }
  if (rows[0]?.fresh !== true) throw refuse('an assertion that was not used before', 'one that was');
}

export function refuse(expected: string, came: string, cause?: unknown): CitygraphError {
  return new CitygraphError(
    'GATEWAY_REFUSED',
    `X-Consumer-Assertion: expected ${expected}, got ${came}`,
    {},
    cause === undefined ? undefined : { cause },
  );
}
