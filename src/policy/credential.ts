/**
 * Who holds a credential, by one snapshot of the policy. Here alone is decided that a token, an issuer's word or a gateway's word is good.
 *
 * Pure: the snapshot, the time and the address are given; signatures were checked before. Whatever is wrong reads the same.
 */
import { timingSafeEqual } from 'node:crypto';
import { CitygraphError } from '../errors.js';
import type { Grant, OfficialRole, Principal } from './access.js';
import type { AddressList } from './address-list.js';
import type { KnownCredential, KnownGateway, PolicySnapshot } from './policy-snapshot.js';
import { digestToken } from './token.js';

/** A bearer token of this service. */
export interface TokenCredential {
  readonly kind: 'token';
  readonly token: string;
  /** Of the caller; null where it is not known, which no list of addresses includes. */
  readonly address: string | null;
}

/** An official as an issuer describes him or her; its signature has been checked. */
export interface IssuedCredential {
  readonly kind: 'issued';
  readonly name: string;
  readonly role: OfficialRole;
  readonly department: string;
  /** First moment at which it no longer holds. */
  readonly until: Date;
}

/** A consumer whom a gateway forwards, with the gateway's own token; the signature has been checked against `publicKey`. */
export interface ForwardedCredential {
  readonly kind: 'forwarded';
  readonly gateway: TokenCredential;
  readonly publicKey: KnownGateway['publicKey'];
  readonly consumer: string;
}

export type Credential = { readonly kind: 'public' } | TokenCredential | IssuedCredential | ForwardedCredential;

export interface Holder {
  readonly principal: Principal;
  /** All grants that it was ever given. */
  readonly held: readonly Grant[];
  /** Null: the credential has no end. */
  readonly until: Date | null;
}

const publicHolder: Holder = Object.freeze({
  principal: Object.freeze({ kind: 'public', name: 'public' }),
  held: [],
  until: null,
});

/** @throws UNAUTHENTICATED, GATEWAY_REFUSED */
export function findHolder(snapshot: PolicySnapshot, credential: Credential, now: Date): Holder {
  switch (credential.kind) {
    case 'public':
      return publicHolder;
    case 'token':
      return findTokenHolder(snapshot, credential, now);
    case 'issued': {
      const { name, role, department, until } = credential;
      if (until <= now || snapshot.suspendedOfficials.has(name)) throw unauthenticated();
      return { principal: { kind: 'official', name, role, department }, held: [], until };
    }
    case 'forwarded':
      return findForwarded(snapshot, credential, now);
  }
}

/** The gateway whose token it is; null where it is nobody's or another's. */
export function findGateway(snapshot: PolicySnapshot, credential: TokenCredential, now: Date): KnownGateway | null {
  if (snapshot.gateways.size === 0) return null;
  const known = findCredential(snapshot, credential, now);
  const gateway = known?.holder === 'gateway' ? snapshot.gateways.get(known.name) : undefined;
  return gateway && !gateway.suspended && mayCallFrom(gateway.addresses, credential.address) ? gateway : null;
}

function findTokenHolder(snapshot: PolicySnapshot, credential: TokenCredential, now: Date): Holder {
  const known = findCredential(snapshot, credential, now);
  if (known?.holder === 'official') {
    const principal = snapshot.officials.get(known.name);
    if (principal && !snapshot.suspendedOfficials.has(known.name)) return { principal, held: [], until: known.until };
  }
  if (known?.holder === 'consumer') {
    const consumer = snapshot.consumers.get(known.name);
    if (consumer && !consumer.suspended) {
      if (!mayCallFrom(consumer.addresses, credential.address))
        throw unauthenticated(new Error(`the token of ${known.name} was sent from an address that is not on its list`));
      return { principal: consumer.principal, held: consumer.grants, until: known.until };
    }
  }
  throw unauthenticated();
}

/** INVARIANT: gateway, key and consumer are those of this snapshot, for between the check of the signature and now the policy may have changed. */
function findForwarded(snapshot: PolicySnapshot, credential: ForwardedCredential, now: Date): Holder {
  const gateway = findGateway(snapshot, credential.gateway, now);
  if (!gateway) throw unauthenticated();
  const sameKey = JSON.stringify(gateway.publicKey) === JSON.stringify(credential.publicKey);
  const consumer = snapshot.consumers.get(credential.consumer);
  if (!sameKey || !consumer || consumer.suspended || !gateway.consumers.has(credential.consumer)) {
    throw new CitygraphError(
      'GATEWAY_REFUSED',
      'expected an assertion of a consumer that this gateway may forward, got another',
    );
  }
  const until = findCredential(snapshot, credential.gateway, now)!.until;
  return { principal: consumer.principal, held: consumer.grants, until };
}

/**
 * The look-up goes by the hash of the whole token, so the time it takes says nothing about how much of a guess was right; and what was
 * found is compared in constant time.
 */
function findCredential(snapshot: PolicySnapshot, { token }: TokenCredential, now: Date): KnownCredential | null {
  const digest = digestToken(token);
  const known = snapshot.credentials.get(digest);
  if (!known || !timingSafeEqual(known.hash, Buffer.from(digest, 'hex'))) return null;
  return known.until && known.until <= now ? null : known;
}

function mayCallFrom(list: AddressList | null, address: string | null): boolean {
  return list === null || (address !== null && list.includes(address));
}

/** @param cause for the operator's log alone */
export function unauthenticated(cause?: Error): CitygraphError {
  return new CitygraphError(
    'UNAUTHENTICATED',
    'Expected a valid token in the header Authorization: Bearer TOKEN',
    {},
    cause && { cause },
  );
}
