/** Where a request comes from: the socket's address, or behind proxies that are trusted what they say of the one before them. */
import { isIP, isIPv6 } from 'node:net';
import { type AddressList, normalAddress } from '../policy/address-list.js';

/**
 * @param forwardedFor the header X-Forwarded-For, to which each proxy adds the address it was called from
 * @param trusted proxies; null: none, and the header is anybody's claim
 */
export function findClientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trusted: AddressList | null,
): string {
  let address = normalAddress(socketAddress ?? '');
  if (!trusted) return address;
  // INVARIANT: read from the right, and no further than the first who is not trusted: all to the left of that one is his own claim.
  for (const claim of (forwardedFor ?? '').split(',').reverse()) {
    if (!trusted.includes(address)) break;
    const before = normalAddress(claim.trim().replace(/^\[(.*)\](:\d+)?$/, '$1'));
    if (isIP(before) === 0) break;
    address = before;
  }
  return address;
}

/** Who is behind an address as far as it can be told: of IPv6 the network of 64 bits that one customer is given. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(gap).fill('0'), ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
