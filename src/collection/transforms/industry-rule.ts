/** The tables of `industry-of-scope` as a mapping writes them. A code that the list does not have, and a word that stands twice, are refused. */
import type { CodeList } from '../../model/code-lists/code-list.js';
import type { MappingNode } from '../mapping-node.js';
import { tableOf, type WordTable } from './word-table.js';

/** What is done with goods. */
export const dealings = ['sold', 'made', 'mined', 'grown'] as const;
export type Dealing = (typeof dealings)[number];

export interface Goods {
  readonly codes: Readonly<Partial<Record<Exclude<Dealing, 'sold'>, string>>>;
  readonly wholesale: string | null;
  readonly retail: string | null;
  /** Which of the two plain selling is; null where the word does not tell. */
  readonly usual: 'wholesale' | 'retail' | null;
}

export type Meaning =
  | { readonly kind: 'activity'; readonly code: string }
  | { readonly kind: 'goods'; readonly goods: Goods }
  | { readonly kind: 'verb'; readonly dealing: Dealing; readonly alone: string | null }
  | { readonly kind: 'bare' }
  | { readonly kind: 'undecided' };

export interface IndustryRule {
  readonly words: WordTable<Meaning>;
  /** Words of another activity: beside what was found they take it back. */
  readonly others: RegExp;
  /** By trade word of a name, the beginnings of the codes that go with it. */
  readonly names: WordTable<readonly string[]>;
  /** Trades whose goods without a verb are goods sold. */
  readonly traders: RegExp;
}

type Entry = readonly [word: string, meaning: Meaning];

export function readIndustryRule(args: MappingNode, list: CodeList): IndustryRule {
  args.allow('list', 'verbs', 'activities', 'goods', 'bare', 'undecided', 'others', 'names', 'traders');
  const codeOf = (node: MappingNode): string => {
    const code = node.text('a code of two or three digits');
    return /^\d{2,3}$/.test(code) && list.find(code) ? code : node.fail(`a division or group of ${list.name}`);
  };
  const meanings = [
    ...readVerbs(args.get('verbs'), codeOf),
    ...readActivities(args.get('activities'), codeOf),
    ...args
      .get('goods')
      .list('a list of goods')
      .flatMap((node) => readGoods(node, codeOf)),
    ...wordsOf(args.get('bare')).map((word): Entry => [word, { kind: 'bare' }]),
    ...wordsOf(args.get('undecided')).map((word): Entry => [word, { kind: 'undecided' }]),
  ];
  refuseTwice(args, meanings);
  const names = readNames(args.get('names'));
  refuseTwice(args.get('names'), names);
  return {
    words: tableOf(meanings),
    others: anyOf(wordsOf(args.get('others'))),
    names: tableOf(names),
    traders: anyOf(wordsOf(args.get('traders'))),
  };
}

/** Words with blanks between them, so that a table of hundreds stays a table. */
function wordsOf(node: MappingNode): string[] {
  return node.texts('words with blanks between them').flatMap((words) => words.trim().split(/\s+/));
}

/** `sold: 销售 经销`, or words that say enough alone: `grown: { 种植: '01', 饲养: null }`. */
function readVerbs(node: MappingNode, codeOf: (node: MappingNode) => string): Entry[] {
  return node
    .allow(...dealings)
    .entries('words for each dealing')
    .flatMap(([name, words]) => {
      const dealing = name as Dealing;
      if (typeof words.value === 'string')
        return wordsOf(words).map((word): Entry => [word, { kind: 'verb', dealing, alone: null }]);
      return words
        .entries('words, each with its code or null')
        .map(([word, code]): Entry => [word, { kind: 'verb', dealing, alone: code.present ? codeOf(code) : null }]);
    });
}

/** By code, the words that name the activity. */
function readActivities(node: MappingNode, codeOf: (node: MappingNode) => string): Entry[] {
  return node.entries('codes, each with its words').flatMap(([code, words]) => {
    codeOf(node.withValue(code));
    return wordsOf(words).map((word): Entry => [word, { kind: 'activity', code }]);
  });
}

function readGoods(node: MappingNode, codeOf: (node: MappingNode) => string): Entry[] {
  node.allow('words', 'wholesale', 'retail', 'usual', 'made', 'mined', 'grown');
  const code = (name: string): string | null => (node.get(name).present ? codeOf(node.get(name)) : null);
  const [wholesale, retail] = [code('wholesale'), code('retail')];
  const usual = node.get('usual').present ? node.get('usual').oneOf(['wholesale', 'retail'] as const) : null;
  if (usual !== null && code(usual) === null) node.get('usual').fail(`one that has a code here`);
  const codes = Object.fromEntries(
    (['made', 'mined', 'grown'] as const).flatMap((name) => (code(name) === null ? [] : [[name, code(name)]])),
  ) as Goods['codes'];
  const goods: Goods = { codes, wholesale, retail, usual };
  return wordsOf(node.get('words')).map((word): Entry => [word, { kind: 'goods', goods }]);
}

function readNames(node: MappingNode): (readonly [string, readonly string[]])[] {
  return node.list('a list of trades').flatMap((trade) => {
    const starts = trade.allow('words', 'codes').get('codes').texts('beginnings of codes');
    return wordsOf(trade.get('words')).map((word) => [word, starts] as const);
  });
}

function refuseTwice(node: MappingNode, entries: readonly (readonly [string, unknown])[]): void {
  const words = entries.map(([word]) => word);
  const twice = words.find((word, at) => words.indexOf(word) !== at);
  if (twice !== undefined) node.fail('every word once', `'${twice}' twice`);
}

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
}
