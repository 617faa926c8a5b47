/** Who asks, and with which grants of one purpose: all that a decision may look at besides the coordinate. Plain data, frozen per policy version. */
import type { Level } from '../model/classification.js';

export const officialRoles = ['steward', 'operator', 'auditor', 'security-officer', 'supervisor'] as const;
export type OfficialRole = (typeof officialRoles)[number];

export interface PublicPrincipal {
  readonly kind: 'public';
  readonly name: 'public';
}
export interface ConsumerPrincipal {
  readonly kind: 'consumer';
  readonly name: string;
  readonly department: string;
  readonly clearance: Level;
  /** Surrogate id of the legal person whose credential it is; of the libraries it then sees what the public sees. */
  readonly legalPerson?: string;
  /** Set by the operator; without, the defaults of the service hold. */
  readonly limits?: ConsumerLimits;
  /** Without, none is registered for it, and it may send what it likes. */
  readonly documents?: TrustedDocuments;
}
/** What a consumer may name by its hash. */
export interface TrustedDocuments {
  /** SHA-256 in hexadecimal. */
  readonly hashes: ReadonlySet<string>;
  /** Whether it may send no others. */
  readonly only: boolean;
}
/** What is null keeps the default. */
export interface ConsumerLimits {
  readonly rate: number | null;
  readonly burst: number | null;
  readonly concurrency: number | null;
  readonly lookups: number | null;
  readonly misses: number | null;
}
export interface OfficialPrincipal {
  readonly kind: 'official';
  readonly name: string;
  readonly role: OfficialRole;
  readonly department: string;
}
export type Principal = PublicPrincipal | ConsumerPrincipal | OfficialPrincipal;

/** How a grant gives an item. `match`: look up by a value already held, without reading it. */
export const grantModes = ['plain', 'masked', 'aggregate', 'match'] as const;
export type GrantMode = (typeof grantModes)[number];

export interface Grant {
  readonly code: string;
  readonly consumer: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly validFrom: Date;
  /** First moment at which it no longer holds. */
  readonly validUntil: Date;
  /** Null: the whole city. */
  readonly divisions: readonly string[] | null;
  readonly includesProtected: boolean;
  /** Second approval, without which important data stays closed. */
  readonly approvedTwice: boolean;
  readonly requiresUser: boolean;
  readonly requiresCase: boolean;
  readonly revokedAt: Date | null;
  readonly items: ReadonlyMap<string, ReadonlySet<GrantMode>>;
}

export interface Access {
  readonly principal: Principal;
  /** Valid now, all of one purpose. */
  readonly grants: readonly Grant[];
}

/** Rows that are there for this access. */
export interface RowScope {
  /** Null: all of the city, rows without a division included. */
  readonly divisions: readonly string[] | null;
  readonly includesProtected: boolean;
}
