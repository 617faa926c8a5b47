/** Lists of addresses, as a consumer's token may be bound to and as trusted proxies are named. */
import { describe, expect, test } from '@jest/globals';
import { checkAddressBlocks, createAddressList, normalAddress } from '../../src/policy/address-list.js';

describe('a list of blocks', () => {
  test.each([
    ['10.1.0.0/16', '10.1.2.3', true],
    ['10.1.0.0/16', '10.2.0.0', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['10.1.2.3/32', '10.1.2.3', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['10.1.0.0/16', '::ffff:10.1.2.3', true],
    ['10.1.0.0/16', '::FFFF:10.1.2.3', true],
    ['10.1.0.0/16', ' 10.1.2.3 ', true],
    ['2001:db8::/32', '2001:db8::1', true],
    ['2001:db8::/32', '2001:DB8::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1', '2001:db8::1', true],
    ['2001:db8::1', '2001:db8::2', false],
    ['2001:db8::1/128', '2001:db8::1', true],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['::/0', '2001:db8::1', true],
    ['10.1.0.0/16', 'no address', false],
    ['10.1.0.0/16', '', false],
    ['::/0', '', false],
  ])('%s beside %j: %j', (block, address, included) => {
    expect(createAddressList([block]).includes(address)).toBe(included);
  });

  test('holds an address that any of them holds', () => {
    const list = createAddressList(['10.1.0.0/16', '2001:db8::/32', '192.0.2.1']);
    expect(['10.1.0.1', '2001:db8::1', '192.0.2.1', '192.0.2.2'].map((it) => list.includes(it))).toEqual([
      ...[true, true, true],
      false,
    ]);
  });

  test('holds nothing where it is empty, or where what was written is no block', () => {
    expect(createAddressList([]).includes('10.1.2.3')).toBe(false);
    expect(createAddressList(['10.1.0.0/99', 'everything', '10.1.2.3/32/']).includes('10.1.2.3')).toBe(false);
  });
});

describe('blocks that are set', () => {
  test.each([
    [['10.1.0.0/16']],
    [['10.1.2.3']],
    [['0.0.0.0/0', '::/0']],
    [['10.0.0.0/32', '2001:db8::/128']],
    [Array.from({ length: 100 }, (_, n) => `10.0.${n}.0/24`)],
  ])('are taken: %j', (blocks) => expect(checkAddressBlocks(blocks)).toBe(blocks));

  test.each([
    ['10.1.0.0/33'],
    ['10.1.0.0/'],
    ['10.1.0.0/-1'],
    ['10.1.0.0/1.5'],
    ['10.1.0.0/0016'],
    ['10.1.0.0/16x'],
    ['10.1.0.0/x16'],
    ['10.1.0.0/16/8'],
    ['10.1.0/16'],
    ['2001:db8::/129'],
    ['/16'],
    [''],
    ['example.org'],
  ])('are refused where one is %j, which is not repeated', (block) => {
    const expected = 'CIDR blocks such as 10.1.0.0/16';
    expect(() => checkAddressBlocks(['10.1.0.0/16', block])).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        message: `addresses: expected ${expected}, got another text`,
        details: { field: 'addresses', expected, came: 'another text' },
      }),
    );
  });

  test.each([0, 101])('are refused where they are %i', (length) => {
    const blocks = Array.from({ length }, (_, n) => `10.0.${n}.0/24`);
    expect(() => checkAddressBlocks(blocks)).toThrow(
      `expected 1 to 100 CIDR blocks, or none at all for any address, got ${length}`,
    );
  });
});

test.each([
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.300', '::ffff:10.1.2.300'],
  ['x::ffff:10.1.2.3', 'x::ffff:10.1.2.3'],
  ['::ffff:10.1.2.3x', '::ffff:10.1.2.3x'],
  ['::ffff:100.101.102.103', '100.101.102.103'],
  ['2001:DB8::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['10.1.2.3%a%b', '10.1.2.3'],
  ['  10.1.2.3 ', '10.1.2.3'],
])('%j is the address %j', (given, address) => expect(normalAddress(given)).toBe(address));
