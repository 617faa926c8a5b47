/** What is asked of every change before it is made. That change and history go together, policy-changes.test.ts shows. */
import { describe, expect, test } from '@jest/globals';
import { requireAnotherPerson, requireReason, requireText } from '../../src/policy/policy-change.js';

const refusal = (field: string, expected: string, came: string) =>
  expect.objectContaining({
    code: 'BAD_USER_INPUT',
    message: `${field}: expected ${expected}, got ${came}`,
    details: { field, expected, came },
  });

describe('a text', () => {
  test.each([['a'], ['原因'], [' a '], ['x'.repeat(500)]])('is taken as it is: %j', (text) =>
    expect(requireText('purpose', text)).toBe(text),
  );
  test.each([[''], [' '], ['\n\t']])('is not empty: %j', (text) =>
    expect(() => requireText('purpose', text)).toThrow(refusal('purpose', 'a text', 'an empty one')),
  );
  test.each([[null], [undefined], [7], [['a']]])('is a text: %j', (given) =>
    expect(() => requireText('purpose', given as never)).toThrow(refusal('purpose', 'a text', 'an empty one')),
  );
  test('has at most 500 characters', () =>
    expect(() => requireText('purpose', 'x'.repeat(501))).toThrow(
      refusal('purpose', 'a text of at most 500 characters', '501 characters'),
    ));
});

describe('a reason', () => {
  test('is a text', () => {
    expect(requireReason('an incident')).toBe('an incident');
    expect(() => requireReason('')).toThrow(refusal('reason', 'a text', 'an empty one'));
  });
  test.each([['11010519491231002X'], ['about 91350100M000100Y43, again']])('has no identifier in it: %s', (reason) =>
    expect(() => requireReason(reason)).toThrow(
      refusal('reason', 'words without an identifier, for it stays on record', 'some with one'),
    ),
  );
});

describe('what takes two persons', () => {
  const second = (name: string) => () => requireAnotherPerson('Li', { kind: 'official', name }, 'proposed it');
  test.each([['Wang'], ['Li2'], ['oidc:Wang'], ['xoidc:Li'], ['Lioidc:']])('is done with %s', (name) =>
    expect(second(name)).not.toThrow(),
  );
  test.each([['Li'], ['li'], ['oidc:Li'], ['OIDC:LI']])('is not done with %s, who is the same', (name) =>
    expect(second(name)).toThrow(
      expect.objectContaining({
        code: 'FORBIDDEN',
        message: 'expected another person than who proposed it, got the same',
      }),
    ),
  );
  test('is not done by one who proposed it by way of an issuer', () =>
    expect(() => requireAnotherPerson('oidc:li', { kind: 'official', name: 'Li' }, 'proposed it')).toThrow());
});
