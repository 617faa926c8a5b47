/** Texts: blanks, widths, lengths. Blanks are those of Unicode, the full-width one (U+3000) and the invisible ones included. */
import type { MappingNode } from '../mapping-node.js';
import { type TransformDefinition, refused, taken } from './transform.js';

const blanks = /[\s\u180E\u200B-\u200D\u2060\uFEFF]+/gu;
const blanksAround = /^[\s\u180E\u200B-\u200D\u2060\uFEFF]+|[\s\u180E\u200B-\u200D\u2060\uFEFF]+$/gu;

const widthKinds = ['letters', 'digits', 'punctuation'] as const;
type WidthKind = (typeof widthKinds)[number];

export function trimBlanks(text: string): string {
  return text.replace(blanksAround, '');
}

export function removeBlanks(text: string): string {
  return text.replace(blanks, '');
}

/** Full width to half width: U+FF01 to U+FF5E lie 0xFEE0 above their ASCII twins; U+3000 is the blank. */
export function toHalfWidth(text: string, kinds: readonly WidthKind[] = widthKinds): string {
  return text.replace(/[\u3000\uFF01-\uFF5E]/g, (wide) => {
    const narrow = wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
    return kinds.includes(widthKindOf(narrow)) ? narrow : wide;
  });
}

function widthKindOf(character: string): WidthKind {
  if (/[A-Za-z]/.test(character)) return 'letters';
  return /[0-9]/.test(character) ? 'digits' : 'punctuation';
}

function widthKindsOf(args: MappingNode): WidthKind[] {
  const only = args.allow('only').get('only');
  return only.present ? only.list().map((node) => node.oneOf(widthKinds)) : [...widthKinds];
}

/** An empty text is no value, as in `missing`. */
function text(value: string) {
  return taken(value === '' ? null : value);
}

export const textTransforms: readonly TransformDefinition[] = [
  {
    name: 'trim',
    yields: 'text',
    build: (args) => {
      args.allow();
      return (value) => text(trimBlanks(value));
    },
  },
  {
    name: 'collapse-blanks',
    yields: 'text',
    build: (args) => {
      args.allow();
      return (value) => text(trimBlanks(value).replace(blanks, ' '));
    },
  },
  {
    name: 'remove-blanks',
    yields: 'text',
    build: (args) => {
      args.allow();
      return (value) => text(removeBlanks(value));
    },
  },
  {
    name: 'half-width',
    yields: 'text',
    build: (args) => {
      const kinds = widthKindsOf(args);
      return (value) => text(toHalfWidth(value, kinds));
    },
  },
  {
    name: 'max-length',
    yields: 'text',
    build: (args) => {
      const limit = args.allow('characters').get('characters');
      if (!limit.present) limit.fail('a whole number, 0 or more');
      const characters = limit.count(0);
      return (value) => ([...value].length > characters ? refused('too-long') : taken(value));
    },
  },
];
