import { describe, expect, test } from '@jest/globals';
import {
  computeCreditCodeCheck,
  computeOrganisationCodeCheck,
  computeResidentIdCheck,
  normaliseIdentifier,
  parseResidentIdNumber,
  parseUnifiedSocialCreditCode,
  upgradeFifteenDigits,
} from '../../src/model/identifiers.js';

const goodNumbers = ['11010519491231002X', '440524188001010014', '34052419800101001X'];
const goodCodes = ['91350100M000100Y43', '91512081MA62K0260E'];
const codeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

function reasonOf(result: { ok: boolean; reason?: string }): string | undefined {
  return result.ok ? undefined : result.reason;
}

function* substitutions(text: string, alphabet: string): Generator<string> {
  for (let place = 0; place < text.length; place++) {
    for (const letter of alphabet) {
      if (letter !== text.charAt(place)) yield text.slice(0, place) + letter + text.slice(place + 1);
    }
  }
}

function* neighbourSwaps(text: string): Generator<string> {
  for (let place = 0; place + 1 < text.length; place++) {
    if (text.charAt(place) === text.charAt(place + 1)) continue;
    yield text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2);
  }
}

describe('a resident ID number', () => {
  test.each(goodNumbers)('of the standard and its teaching examples is read: %s', (number) => {
    expect(parseResidentIdNumber(number)).toMatchObject({
      ok: true,
      value: { number, form: 'eighteen', holder: 'resident' },
    });
    expect(computeResidentIdCheck(number.slice(0, 17))).toBe(number.charAt(17));
  });

  test('gives region, birth date and sex', () => {
    expect(parseResidentIdNumber('11010519491231002X')).toEqual({
      ok: true,
      value: {
        number: '11010519491231002X',
        form: 'eighteen',
        holder: 'resident',
        region: '110105',
        birthDate: '1949-12-31',
        sex: 'female',
      },
    });
    expect(parseResidentIdNumber('440524188001010014')).toMatchObject({
      value: { birthDate: '1880-01-01', sex: 'male' },
    });
  });

  test('is normalised: lower case, full width and blanks', () => {
    for (const written of [
      '11010519491231002x',
      ' 110105 19491231 002X\t',
      '１１０１０５１９４９１２３１００２Ｘ',
      '11010519491231002ｘ\u3000',
    ]) {
      expect(parseResidentIdNumber(written)).toMatchObject({ ok: true, value: { number: '11010519491231002X' } });
    }
  });

  test('of the 15-digit form is upgraded, and has no check of its own', () => {
    expect(upgradeFifteenDigits('110105491231002')).toBe('11010519491231002X');
    expect(parseResidentIdNumber('110105491231002')).toMatchObject({
      ok: true,
      value: { number: '11010519491231002X', form: 'fifteen' },
    });
    expect(parseResidentIdNumber('110105491231003')).toMatchObject({ ok: true });
    expect(reasonOf(parseResidentIdNumber('11010549123100X'))).toBe('character');
    expect(reasonOf(parseResidentIdNumber('110105491331002'))).toBe('birth-date');
  });

  test('is never refused for its region', () => {
    for (const region of ['152701', '150691', '000000', '830000', '999999']) {
      const first17 = `${region}19800101001`;
      expect(parseResidentIdNumber(first17 + computeResidentIdCheck(first17))).toMatchObject({
        ok: true,
        value: { region },
      });
    }
  });

  test('of a foreign permanent resident is known by its first digit', () => {
    const first17 = '91584019800101001';
    expect(parseResidentIdNumber(first17 + computeResidentIdCheck(first17))).toMatchObject({
      ok: true,
      value: { holder: 'foreign-permanent-resident', birthDate: '1980-01-01' },
    });
  });

  test.each([
    ['', 'length'],
    ['1101051949123100', 'length'],
    ['11010519491231002XX', 'length'],
    ['11010519491231002Y', 'character'],
    ['1101051949123100X2', 'character'],
    ['1101051949123100２X', undefined],
    ['11010519491231002-', 'character'],
    ['110105194912310021', 'check-character'],
  ])('that is %j is refused for: %s', (text, reason) => {
    expect(reasonOf(parseResidentIdNumber(text))).toBe(reason);
  });

  test('must carry a real birth date, even when the check character agrees', () => {
    const dates = {
      '19490229': false,
      '19480229': true,
      '19000229': false,
      '20000229': true,
      '19491301': false,
      '19490431': false,
      '19490100': false,
      '00000101': false,
    };
    for (const [date, real] of Object.entries(dates)) {
      const first17 = `110105${date}002`;
      expect(reasonOf(parseResidentIdNumber(first17 + computeResidentIdCheck(first17)))).toBe(
        real ? undefined : 'birth-date',
      );
    }
  });

  test('with any one character changed is refused', () => {
    for (const number of goodNumbers) {
      for (const changed of substitutions(number, '0123456789X')) expect(parseResidentIdNumber(changed).ok).toBe(false);
    }
  });

  test('with two unlike neighbours swapped is refused', () => {
    for (const number of goodNumbers) {
      for (const swapped of neighbourSwaps(number)) expect(parseResidentIdNumber(swapped).ok).toBe(false);
    }
  });
});

describe('a unified social credit code', () => {
  test.each(goodCodes)('that is known good is read: %s', (code) => {
    expect(parseUnifiedSocialCreditCode(code)).toEqual({
      ok: true,
      value: { code, kind: '91', region: code.slice(2, 8), organisationCode: code.slice(8, 17) },
    });
    expect(computeCreditCodeCheck(code.slice(0, 17))).toBe(code.charAt(17));
    expect(computeOrganisationCodeCheck(code.slice(8, 16))).toBe(code.charAt(16));
  });

  test('is normalised', () => {
    expect(parseUnifiedSocialCreditCode(' ９１350100m000100y43 ')).toMatchObject({
      ok: true,
      value: { code: '91350100M000100Y43' },
    });
  });

  test.each([
    ['91350100M000100Y4', 'length'],
    ['91350100M000100Y4Z', 'character'],
    ['9135010AM000100Y43', 'character'],
    ['91350100MO00100Y43', 'character'],
    ['91350100M000100Y53', 'organisation-check-character'],
    ['91350100M000100Y44', 'check-character'],
  ])('that is %s is refused for: %s', (text, reason) => {
    expect(reasonOf(parseUnifiedSocialCreditCode(text))).toBe(reason);
  });

  test('has an organisation code whose check may be X', () => {
    const eight = Array.from({ length: 60 }, (_, i) => `MA0${String(i).padStart(5, '0')}`).find(
      (code) => computeOrganisationCodeCheck(code) === 'X',
    );
    const first17 = `91150602${eight}X`;
    expect(parseUnifiedSocialCreditCode(first17 + computeCreditCodeCheck(first17)).ok).toBe(true);
  });

  test('with any one character changed is refused', () => {
    for (const code of goodCodes) {
      for (const changed of substitutions(code, codeAlphabet))
        expect(parseUnifiedSocialCreditCode(changed).ok).toBe(false);
    }
  });

  test('with two unlike neighbours swapped is refused', () => {
    for (const code of goodCodes) {
      for (const swapped of neighbourSwaps(code)) expect(parseUnifiedSocialCreditCode(swapped).ok).toBe(false);
    }
  });
});

describe('a fault', () => {
  test('never repeats the value, nor any four characters of it in a row', () => {
    const refused = [
      ...goodNumbers.flatMap((number) =>
        [...substitutions(number, '05X')].map(parseResidentIdNumber).map((result, i) => ({ result, i })),
      ),
      ...goodCodes.flatMap((code) =>
        [...substitutions(code, '05Z')].map(parseUnifiedSocialCreditCode).map((result, i) => ({ result, i })),
      ),
    ];
    expect(refused.length).toBeGreaterThan(200);
    for (const { result } of refused) {
      if (result.ok) throw new Error('expected a refusal');
      expect(result.zh + result.en).not.toMatch(/[0-9A-Z]{4}/);
    }
  });

  test('comes as an answer for any text at all, never as an exception', () => {
    for (const text of [
      '\u0000',
      '💠💠💠💠💠💠💠💠💠',
      'A'.repeat(100_000),
      '一二三四五六七八九十一二三四五六七八',
      'null',
    ]) {
      expect(parseResidentIdNumber(text).ok).toBe(false);
      expect(parseUnifiedSocialCreditCode(text).ok).toBe(false);
    }
  });
});

test('the functions that compute a check refuse what they cannot weigh, without repeating it', () => {
  for (const compute of [
    computeResidentIdCheck,
    computeCreditCodeCheck,
    computeOrganisationCodeCheck,
    upgradeFifteenDigits,
  ]) {
    expect(() => compute('secret-value')).toThrow(RangeError);
    expect(() => compute('secret-value')).not.toThrow(/secret/);
  }
});

test('normalising changes letters, digits and blanks alone', () => {
  expect(normaliseIdentifier('ａＺ０ -_①é')).toBe('AZ0-_①é');
});
