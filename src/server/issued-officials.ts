/**
 * Officials who sign in at an issuer (OpenID Connect): a bearer JWT (RFC 9068) is checked against the issuer's keys, and role and department are read
 * from it. Which role may do what is decided elsewhere; who is suspended, too.
 *
 * Until the signature is known to be good, all faults read the same; of a token that the issuer did sign, its holder is told what is wrong.
 */
import { createHash, createHmac } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { IssuerConfig } from '../settings/issuer.js';
import { CitygraphError } from '../errors.js';
import { departments } from '../model/code-lists/departments.js';
import { holdsIdentifier } from '../model/redact-identifiers.js';
import { type OfficialRole, officialRoles } from '../policy/access.js';
import { type IssuedCredential, unauthenticated } from '../policy/credential.js';
import { issuedPrefix } from '../policy/manage-holders.js';

export interface IssuedOfficials {
  /** A token that was checked a moment ago and still holds; null: it must be looked at. */
  recall(token: string): IssuedCredential | null;
  /** @throws UNAUTHENTICATED, ISSUER_UNAVAILABLE */
  verify(token: string, now: Date): Promise<IssuedCredential>;
}

const patienceMs = 3_000;
/** After a failure the issuer is left alone for so long, and whoever comes is told at once. */
const pauseMs = 2_000;
/** A key that the issuer withdrew is not trusted for longer than this. */
const rememberedMs = 60_000;
const rememberedTokens = 10_000;

/** @param key of digests, for a name that is an identifier */
export function createIssuedOfficials(config: IssuerConfig, key: Buffer): IssuedOfficials {
  const keys = createKeySource(config);
  const known = new LRUCache<string, IssuedCredential>({ max: rememberedTokens, ttl: rememberedMs });
  const idOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
  return {
    recall: (token) => known.get(idOf(token)) ?? null,
    async verify(token, now) {
      const payload = await verifyToken(token, await keys(), config, now);
      const credential = readOfficial(payload, config, key);
      known.set(idOf(token), credential);
      return credential;
    },
  };
}

/** Whether a bearer token may be one of an issuer; those of this service hold no dot. */
export function looksIssued(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);
}

async function verifyToken(token: string, keys: JWTVerifyGetKey, config: IssuerConfig, now: Date): Promise<JWTPayload> {
  try {
    // INVARIANT: algorithms are pinned, and none of them is symmetric: a public key must never serve as a secret.
    const { payload } = await jwtVerify(token, keys, {
      issuer: config.issuer,
      audience: config.audience,
      algorithms: [...config.algorithms],
      clockTolerance: config.clockSkewSeconds,
      requiredClaims: ['exp', 'iat', config.nameClaim.split('.')[0]!],
      currentDate: now,
      ...(config.tokenType !== null && { typ: config.tokenType }),
    });
    if (payload.iat! * 1000 > now.getTime() + config.clockSkewSeconds * 1000)
      throw refuse('is valid already', 'one that is not yet');
    return payload;
  } catch (cause) {
    throw refusalOf(cause);
  }
}

function refusalOf(cause: unknown): unknown {
  if (cause instanceof CitygraphError) return cause;
  if (cause instanceof errors.JWTExpired) return refuse('has not expired', 'one that has');
  if (cause instanceof errors.JWTClaimValidationFailed) {
    if (cause.claim === 'nbf' && cause.reason === 'check_failed')
      return refuse('is valid already', 'one that is not yet');
    if (cause.claim === 'aud' && cause.reason === 'check_failed')
      return refuse('is meant for this service', 'one for another audience');
    return unauthenticated(cause);
  }
  if (cause instanceof errors.JOSEError && badTokens.has(cause.code)) return unauthenticated(cause);
  return issuerUnavailable(cause);
}

/** Faults of the token; all others are of the issuer or of the way to it. */
const badTokens: ReadonlySet<string> = new Set([
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWSInvalid.code,
  errors.JWTInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
]);

function readOfficial(payload: JWTPayload, config: IssuerConfig, key: Buffer): IssuedCredential {
  const name = claimOf(payload, config.nameClaim);
  if (typeof name !== 'string' || !/^[\p{L}\p{N}._@-]{1,100}$/u.test(name))
    throw refuse('names its holder in letters, digits and . _ @ -', 'one that does not');
  const department = claimOf(payload, config.departmentClaim);
  if (typeof department !== 'string' || !departments.find(department))
    throw refuse('names a department that this service knows', 'one that does not');
  // INVARIANT: the name goes into the log, so it is no identifier.
  const shown = holdsIdentifier(name) ? createHmac('sha256', key).update(name).digest('base64url').slice(0, 24) : name;
  return Object.freeze({
    kind: 'issued',
    name: `${issuedPrefix}${shown}`,
    role: readRole(claimOf(payload, config.roleClaim)),
    department,
    until: new Date((payload.exp! + config.clockSkewSeconds) * 1000),
  });
}

/** One text, or a list in which just one is a role of this service. */
function readRole(given: unknown): OfficialRole {
  const named: readonly unknown[] = Array.isArray(given) ? given : [given];
  const found = officialRoles.filter((role) => named.includes(role));
  if (found.length === 1) return found[0]!;
  throw refuse('gives one role of this service', found.length === 0 ? 'one that gives none' : 'one that gives several');
}

/** A path into nested claims, parted by dots, or the name of a claim that has dots itself. */
function claimOf(payload: JWTPayload, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
  return path.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined;
  }, payload);
}

/** The issuer's keys, found by its metadata on first use; kept, and fetched again for a key that is not among them, but not for every such token. */
function createKeySource(config: IssuerConfig): () => Promise<JWTVerifyGetKey> {
  let source: Promise<JWTVerifyGetKey> | null = null;
  let failedAt = -Infinity;
  const guarded =
    (keys: ReturnType<typeof createRemoteJWKSet>): JWTVerifyGetKey =>
    async (header, token) => {
      if (!keys.fresh && performance.now() - failedAt < pauseMs) throw issuerUnavailable();
      try {
        return await keys(header, token);
      } catch (error) {
        if (!(error instanceof errors.JOSEError && badTokens.has(error.code))) failedAt = performance.now();
        throw error;
      }
    };
  const open = async (): Promise<JWTVerifyGetKey> => {
    const url = config.jwksUrl ?? (await discoverKeys(config));
    return guarded(
      createRemoteJWKSet(new URL(url), {
        timeoutDuration: patienceMs,
        cooldownDuration: config.keysCooldownSeconds * 1000,
      }),
    );
  };
  return async () => {
    if (performance.now() - failedAt < pauseMs && !source) throw issuerUnavailable();
    source ??= open();
    try {
      return await source;
    } catch (cause) {
      source = null;
      failedAt = performance.now();
      throw cause instanceof CitygraphError ? cause : issuerUnavailable(cause);
    }
  };
}

/** OpenID Connect Discovery 1.0. @throws ISSUER_UNAVAILABLE, also where the metadata is another issuer's */
async function discoverKeys({ issuer }: IssuerConfig): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw issuerUnavailable(new Error(`its metadata were answered with ${response.status}`));
  const metadata = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (metadata.issuer !== issuer) throw issuerUnavailable(new Error('its metadata name another issuer'));
  if (typeof metadata.jwks_uri !== 'string' || !URL.canParse(metadata.jwks_uri))
    throw issuerUnavailable(new Error('its metadata name no keys'));
  if (new URL(metadata.jwks_uri).protocol !== 'https:' && new URL(issuer).protocol === 'https:')
    throw issuerUnavailable(new Error('its keys are not served over https'));
  return metadata.jwks_uri;
}

function issuerUnavailable(cause?: unknown): CitygraphError {
  return new CitygraphError(
    'ISSUER_UNAVAILABLE',
    'the issuer of this token can’t be asked for its keys now; try again',
    {},
    { cause },
  );
}

/** To the holder of a token that the issuer signed. */
function refuse(expected: string, came: string): CitygraphError {
  return new CitygraphError('UNAUTHENTICATED', `Expected a token that ${expected}, got ${came}`);
}
