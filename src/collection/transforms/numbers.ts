/** Plain numbers and truth values. A decimal stays a text, so that no digit is lost; only a safe whole number becomes a number. */
import { removeBlanks, toHalfWidth, trimBlanks } from './text.js';
import { type TransformDefinition, refused, taken } from './transform.js';

const decimalText = /^([+-]?)0*(\d+)(?:\.(\d+))?$/;

/** Half width, blanks and well-placed thousands separators gone; null where it is no number. */
function plainNumber(text: string): string | null {
  const narrow = removeBlanks(toHalfWidth(text));
  if (narrow.includes(',') && !/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(narrow)) return null;
  const found = decimalText.exec(narrow.replaceAll(',', ''));
  if (!found) return null;
  const [, sign, whole = '', fraction = ''] = found;
  const decimals = fraction.replace(/0+$/, '');
  const magnitude = decimals === '' ? whole : `${whole}.${decimals}`;
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude;
}

export const numberTransforms: readonly TransformDefinition[] = [
  {
    name: 'integer',
    yields: 'number',
    build: (args) => {
      args.allow();
      return (value) => {
        const text = plainNumber(value);
        if (text === null || text.includes('.')) return refused('not-a-number');
        return Number.isSafeInteger(Number(text)) ? taken(Number(text)) : refused('number-out-of-range');
      };
    },
  },
  {
    name: 'decimal',
    yields: 'text',
    build: (args) => {
      args.allow();
      return (value) => {
        const text = plainNumber(value);
        return text === null ? refused('not-a-number') : taken(text);
      };
    },
  },
  {
    name: 'truth',
    yields: 'boolean',
    build: (args) => {
      args.allow('yes', 'no');
      const yes = args.get('yes').present ? args.get('yes').texts() : ['是', '有', '1', 'true'];
      const no = args.get('no').present ? args.get('no').texts() : ['否', '无', '0', 'false'];
      const both = yes.find((word) => no.includes(word));
      if (both !== undefined) args.fail('yes and no to share no spelling', `'${both}' in both`);
      return (value) => {
        const word = trimBlanks(toHalfWidth(value));
        if (yes.includes(word)) return taken(true);
        return no.includes(word) ? taken(false) : refused('not-a-truth-value');
      };
    },
  },
];
