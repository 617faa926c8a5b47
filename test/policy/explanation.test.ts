import { expect, test } from '@jest/globals';
import { reasons } from '../../src/model/verdict.js';
import { explain } from '../../src/policy/explanation.js';

test.each(reasons)('the reason %s is told in both languages, and so is what would help, or neither', (reason) => {
  const { zh, en, remedyZh, remedyEn } = explain(reason);
  expect([zh, en].map((text) => text.length > 0)).toEqual([true, true]);
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(remedyZh === null).toBe(remedyEn === null);
});
