import { expect, test } from '@jest/globals';
import { fitterOf } from '../../src/collection/fit-value.js';
import { divisions } from '../../src/model/code-lists/divisions.js';
import { code } from '../../src/model/value-type.js';

test('a code that its list does not have does not fit, whatever a mapping did', () => {
  const fit = fitterOf(code(divisions));
  expect(fit('150602')).toEqual({ ok: true, value: '150602' });
  for (const value of ['150600000', '150699', '东胜区', '']) {
    expect(fit(value)).toEqual({ ok: false, reason: 'not-in-code-list' });
  }
});
