/** By what one caller of the public is told from another: its IPv4 address, or the first 64 bits of its IPv6 address, for those are given to one site. */
import { isIPv6 } from 'node:net';

export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const bare = address.split('%', 1)[0]!;
  if (!isIPv6(bare)) return address;
  const [head = '', tail = ''] = bare.split('::') as [string, string?];
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = groups(tail);
  const missing = bare.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  const all = [...left, ...Array<string>(missing).fill('0'), ...right];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
