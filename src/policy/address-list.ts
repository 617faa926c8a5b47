/** Lists of CIDR blocks (RFC 4632, RFC 4291) and the addresses in them. */
import { BlockList, isIP, isIPv4 } from 'node:net';
import { CitygraphError } from '../errors.js';

export interface AddressList {
  includes(address: string): boolean;
}

const longestPrefix = { 4: 32, 6: 128 } as const;
const maximumBlocks = 100;

/** @throws BAD_USER_INPUT */
export function checkAddressBlocks(blocks: readonly string[]): readonly string[] {
  if (blocks.length === 0 || blocks.length > maximumBlocks)
    throw refuse(`1 to ${maximumBlocks} CIDR blocks, or none at all for any address`, String(blocks.length));
  for (const block of blocks) if (!readBlock(block)) throw refuse('CIDR blocks such as 10.1.0.0/16', 'another text');
  return blocks;
}

/** A block that is none holds no address: what was written badly by hand stays shut. */
export function createAddressList(blocks: readonly string[]): AddressList {
  const list = new BlockList();
  for (const block of blocks) {
    const known = readBlock(block);
    if (known) list.addSubnet(known.net, known.prefix, known.family);
  }
  return {
    includes(given) {
      const address = normalAddress(given);
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

/** An IPv4 address that came over an IPv6 socket is the IPv4 address; a zone (RFC 4007) is of this machine alone. */
export function normalAddress(address: string): string {
  const bare = address.trim().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  return mapped !== undefined && isIPv4(mapped) ? mapped : bare.toLowerCase();
}

function readBlock(block: string): { net: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [net, prefix, ...more] = block.split('/');
  const version = isIP(net ?? '');
  if (!net || version === 0 || more.length > 0) return null;
  const longest = longestPrefix[version as 4 | 6];
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest)) return null;
  return { net, prefix: prefix === undefined ? longest : Number(prefix), family: version === 4 ? 'ipv4' : 'ipv6' };
}

function refuse(expected: string, came: string): CitygraphError {
  return new CitygraphError('BAD_USER_INPUT', `addresses: expected ${expected}, got ${came}`, {
    field: 'addresses',
    expected,
    came,
  });
}
