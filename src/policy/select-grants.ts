/**
 * Which grants a request rests on: valid now, held by this consumer, of one purpose.
 * Union of fields, intersection of divisions; the protected are there only where every grant of the request includes them.
 */
import { CitygraphError } from '../errors.js';
import { cityCode } from '../model/code-lists/divisions.js';
import type { Grant, RowScope } from './access.js';

/**
 * @param held all grants of the consumer
 * @param named codes of the X-Grant header; null where it was not sent
 * @throws GRANT_INVALID; another consumer's grant and one that does not exist read the same
 */
export function selectGrants(held: readonly Grant[], named: readonly string[] | null, now: Date): readonly Grant[] {
  if (named === null) {
    const valid: Grant[] = [];
    for (const grant of held) if (findGrantFault(grant, now) === null) valid.push(grant);
    return valid.length === 1 ? valid : [];
  }
  const grants = [...new Set(named)].map((code) => {
    const grant = held.find((it) => it.code === code);
    const fault = grant ? findGrantFault(grant, now) : 'is not known for this consumer';
    if (!grant || fault)
      throw new CitygraphError(
        'GRANT_INVALID',
        `X-Grant: expected a valid grant of this consumer, but one of the codes sent ${fault}`,
      );
    return grant;
  });
  const purposes = new Set(grants.map((grant) => grant.purpose));
  if (purposes.size > 1) {
    throw new CitygraphError('GRANT_INVALID', `X-Grant: expected grants of one purpose, got ${purposes.size} purposes`);
  }
  return grants;
}

function findGrantFault(grant: Grant, now: Date): string | null {
  // INVARIANT: no clock is asked here. Against one that runs behind the database's, a grant just revoked would still hold.
  if (grant.revokedAt) return 'has been revoked';
  if (grant.validFrom > now) return 'is not valid yet';
  return grant.validUntil <= now ? 'has expired' : null;
}

export function scopeOf(grants: readonly Grant[]): RowScope {
  let divisions: readonly string[] | null = null;
  for (const grant of grants) {
    // A grant for the city means all nine, and what has no division.
    if (grant.divisions === null || grant.divisions.includes(cityCode)) continue;
    const limit: readonly string[] = grant.divisions;
    divisions = divisions === null ? limit : divisions.filter((division: string) => limit.includes(division));
  }
  return {
    divisions: divisions && [...divisions].sort(),
    includesProtected: grants.length > 0 && grants.every((grant) => grant.includesProtected),
  };
}
