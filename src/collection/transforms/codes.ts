/**
 * Values of a code list: by code, by Chinese label, or by a spelling that the mapping declares a synonym of one of them
 * (`个体户: 个体工商户`). Widths and blanks do not tell two spellings apart; nothing else is guessed.
 */
import type { CodeEntry } from '../../model/code-lists/code-list.js';
import type { MappingNode } from '../mapping-node.js';
import { removeBlanks, toHalfWidth } from './text.js';
import { type TransformDefinition, refused, taken } from './transform.js';

function spelling(text: string): string {
  return removeBlanks(toHalfWidth(text));
}

/** Spelling -> code. A code wins over a label of the same spelling; a synonym may not hide either. */
export function codesBySpelling(entries: readonly CodeEntry[], synonyms: MappingNode): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  for (const { code } of entries) codes.set(spelling(code), code);
  for (const { code, zh } of entries) if (!codes.has(spelling(zh))) codes.set(spelling(zh), code);
  if (!synonyms.present) return codes;
  const declared = new Map(codes);
  for (const [synonym, node] of synonyms.entries('spellings, each with a code or label of the list')) {
    const code =
      codes.get(spelling(node.text('a code or label of the list'))) ?? node.fail('a code or label of the list');
    if (codes.has(spelling(synonym))) node.fail('a spelling that the list does not have itself', `'${synonym}'`);
    declared.set(spelling(synonym), code);
  }
  return declared;
}

export const codeTransforms: readonly TransformDefinition[] = [
  {
    name: 'code',
    yields: 'text',
    build: (args, vocabulary) => {
      args.allow('list', 'synonyms', 'unknown');
      const list = args.get('list');
      const found = vocabulary.codeList(list.text('the name of a code list')) ?? list.fail('the name of a code list');
      const codes = codesBySpelling(found.entries, args.get('synonyms'));
      const unknown = args.get('unknown').oneOf(['refuse', 'empty'], 'refuse');
      return (value) => {
        const code = codes.get(spelling(value));
        if (code !== undefined) return taken(code);
        return unknown === 'empty' ? taken(null) : refused('not-in-code-list');
      };
    },
  },
];
