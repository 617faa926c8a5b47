/** Who vouches for officials. */
import { CitygraphError } from '../errors.js';
import { type Environment, readInteger, readList, readSecureUrl } from './read-setting.js';

/** An issuer of OpenID Connect and what its tokens must be. */
export interface IssuerConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Null: found by the issuer's metadata. */
  readonly jwksUrl: string | null;
  readonly algorithms: readonly string[];
  /** The header `typ`; null: any. */
  readonly tokenType: string | null;
  readonly nameClaim: string;
  readonly roleClaim: string;
  readonly departmentClaim: string;
  readonly clockSkewSeconds: number;
  /** For how long an unknown key causes no second look at the issuer's. */
  readonly keysCooldownSeconds: number;
}

/** INVARIANT: none of them is symmetric or `none`. */
const signatureAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export function readIssuer(env: Environment): IssuerConfig | null {
  const issuer = env['OIDC_ISSUER'];
  if (!issuer) return null;
  const audience = env['OIDC_AUDIENCE'];
  if (!audience)
    throw new CitygraphError(
      'CONFIG_INVALID',
      'OIDC_AUDIENCE: expected the audience of tokens of OIDC_ISSUER, got none; set it, or leave out OIDC_ISSUER',
    );
  const algorithms = readList(env, 'OIDC_ALGORITHMS') ?? ['RS256', 'PS256', 'ES256', 'EdDSA'];
  for (const algorithm of algorithms) {
    if (!signatureAlgorithms.includes(algorithm))
      throw new CitygraphError(
        'CONFIG_INVALID',
        `OIDC_ALGORITHMS: expected some of ${signatureAlgorithms.join(', ')}, got '${algorithm}'; leave it out for RS256, PS256, ES256, EdDSA`,
      );
  }
  return Object.freeze({
    issuer: readSecureUrl('OIDC_ISSUER', issuer),
    audience,
    jwksUrl: env['OIDC_JWKS_URL'] ? readSecureUrl('OIDC_JWKS_URL', env['OIDC_JWKS_URL']) : null,
    algorithms,
    tokenType: env['OIDC_TOKEN_TYPE'] || null,
    nameClaim: env['OIDC_NAME_CLAIM'] || 'sub',
    roleClaim: env['OIDC_ROLE_CLAIM'] || 'citygraph_role',
    departmentClaim: env['OIDC_DEPARTMENT_CLAIM'] || 'citygraph_department',
    clockSkewSeconds: readInteger(env, 'OIDC_CLOCK_SKEW_SECONDS', 30, 0, 300),
    keysCooldownSeconds: readInteger(env, 'OIDC_KEYS_COOLDOWN_SECONDS', 30, 1, 3600),
  });
}
