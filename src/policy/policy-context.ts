/** What resolvers of the policy are given, and who makes a change by them. */
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { CoordinateEntry } from '../model/registry.js';
import type { AccessProfile } from './access-profile.js';
import type { PolicyManager } from './manage-grants.js';

export interface PolicyContext {
  readonly profile: AccessProfile;
  /** As declared. */
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
  readonly services: {
    readonly policyManager: PolicyManager;
    readonly auditorPool: Pool;
    /** @throws what would refuse each request of the document */
    readonly checkDocument: (document: string, profile: AccessProfile) => void;
    readonly subjectFinder: {
      /** Ids of the subject, the one that stands for itself first; none where nobody has the identifier. */
      byIdentifier(kind: 'unified-social-credit-code', value: string): Promise<readonly string[]>;
    };
  };
}

/** INVARIANT: a change is put down to who asked for it. */
export function managerFor({ profile, services }: PolicyContext): PolicyManager {
  const { kind, name } = profile.principal;
  if (kind === 'public') throw new CitygraphError('FORBIDDEN', 'expected who is known, got the public');
  return services.policyManager.as({ kind, name });
}
