/**
 * The industry (GB/T 4754-2017, division or group) that a business scope names, with the trade in the enterprise's name as a second witness.
 * It knows no industry itself: words and codes stand in the mapping, the method is in docs/industry-rule.md. It answers null rather than guess.
 *
 * 1. The text is the name, a line end, and the scope. Of the scope the first clause counts, without labels (许可经营项目：无 …) and brackets.
 * 2. Its first item, up to the first comma, is the first stated activity; bare verbs (设计、制作、发布各类广告) run on to what they are about.
 * 3. An activity of the table decides by its longest match; two of different divisions are a conflict. A word of another activity beside it
 *    (咨询, 设备, 租赁 …), or one declared undecided, gives null.
 * 4. Goods want a verb (销售, 生产, 开采, 种植 …), in their own item or at the end of the list. Goods sold that are of several groups give the
 *    division. What is sold by retail and wholesale alike wants 批发 or 零售, and not both.
 * 5. A trade in the name that does not go with the code gives null.
 */
import type { CodeList } from '../../model/code-lists/code-list.js';
import { type Goods, type IndustryRule, type Meaning, readIndustryRule } from './industry-rule.js';
import { removeBlanks, toHalfWidth } from './text.js';
import { type TransformDefinition, taken } from './transform.js';
import { findWords, type FoundWord } from './word-table.js';

const labels =
  /^(?:(?:许可|一般)(?:经营)?(?:项目|范围)?|主营|兼营|经营范围|范围)?[:;,、。.]*(?:无(?![\p{L}])[;,、。.]*|无(?=(?:许可|一般)经营项目))?/u;
const brackets = /\([^()]*\)|【[^【】]*】|〔[^〔〕]*〕/g;

export function industryOf(text: string, rule: IndustryRule, list: CodeList): string | null {
  const cut = text.indexOf('\n');
  if (cut < 0) return null;
  const [name, scope] = [plain(text.slice(0, cut)), firstClause(plain(text.slice(cut + 1)))];
  const trade = findWords(name, rule.names).at(-1)?.of ?? null;
  const code = firstActivity(scope, rule, { sells: rule.traders.test(name), trade: trade ?? [] });
  if (code === null || list.find(code) === undefined) return null;
  return trade === null || trade.some((start) => code.startsWith(start) || start.startsWith(code)) ? code : null;
}

function plain(text: string): string {
  let [before, after] = ['', removeBlanks(toHalfWidth(text))];
  while (before !== after) [before, after] = [after, after.replace(brackets, '')];
  return after;
}

function firstClause(scope: string): string {
  let [before, after] = ['', scope];
  while (before !== after) [before, after] = [after, after.replace(labels, '')];
  return /^[^;。:]*/.exec(after.replace(/(?:许可|一般)经营项目.*$/, ''))?.[0] ?? '';
}

type Item = { readonly text: string; readonly found: readonly FoundWord<Meaning>[] };

/** What the name tells. */
interface Witness {
  /** Whose goods without a verb are goods sold. */
  readonly sells: boolean;
  readonly trade: readonly string[];
}

function firstActivity(clause: string, rule: IndustryRule, witness: Witness): string | null {
  const items: Item[] = clause.split(/[、,]/).map((text) => ({ text, found: findWords(text, rule.words) }));
  const start = items.findIndex(({ text, found }) => !isBare(text, found));
  const first = items[start];
  if (!first) return verbAlone(items[0]);
  const head = items.slice(0, start).flatMap(({ found }) => found);
  const met = [...head, ...first.found].map(({ of }) => of);
  if (met.some(({ kind }) => kind === 'undecided') || rule.others.test(rest(first))) return null;
  const activities = met.flatMap((it) => (it.kind === 'activity' ? [it.code] : []));
  if (activities.length > 0) return common(activities);
  const [goods] = met.flatMap((it) => (it.kind === 'goods' ? [it.goods] : []));
  if (!goods) return verbAlone(first);
  return ofGoods(goods, head, items.slice(start), witness);
}

/** Nothing but verbs: what they are about follows. */
function isBare(text: string, found: readonly FoundWord<Meaning>[]): boolean {
  const length = found.reduce((sum, { word }) => sum + word.length, 0);
  const verbs = found.filter(({ of }) => of.kind === 'bare' || (of.kind === 'verb' && of.alone === null));
  return verbs.length === found.length && length === text.length && text !== '';
}

/** What is left of an item when the words that were found are taken out. */
function rest({ text, found }: Item): string {
  return found.reduceRight(
    (left, { start, word }) => `${left.slice(0, start)}|${left.slice(start + word.length)}`,
    text,
  );
}

/** 种植 and 养殖 say enough without an object, and nothing may stand beside them. */
function verbAlone(item: Item | undefined): string | null {
  const codes = (item?.found ?? []).flatMap(({ of }) => (of.kind === 'verb' && of.alone !== null ? [of.alone] : []));
  return item !== undefined && /^[的业、|]*$/.test(rest(item)) ? common(codes) : null;
}

function ofGoods(
  goods: Goods,
  head: readonly FoundWord<Meaning>[],
  items: readonly Item[],
  witness: Witness,
): string | null {
  const isVerb = ({ of }: FoundWord<Meaning>): boolean => of.kind === 'verb';
  const at = head.some(isVerb) ? 0 : items.findIndex(({ found }) => found.some(isVerb));
  const verbs = head.some(isVerb) ? head.filter(isVerb) : verbsFrom(items.slice(Math.max(at, 0))).filter(isVerb);
  const [verb] = verbs.map(({ of }) => (of as Meaning & { kind: 'verb' }).dealing);
  // Goods alone are sold by who trades; 汽车服务 is something else.
  if (verb === undefined && !(witness.sells && items[0]?.found.every(({ of }) => of.kind === 'goods'))) return null;
  const list = (at < 0 ? items : items.slice(0, at + 1)).flatMap(({ found }) =>
    found.flatMap(({ of }) => (of.kind === 'goods' ? [of.goods] : [])),
  );
  if (verb === undefined || verb === 'sold')
    return ofSold(goods, list, verbs.map(({ word }) => word).join(''), witness.trade);
  const code = goods.codes[verb];
  if (code === undefined) return null;
  return common([code, ...list.flatMap((it) => it.codes[verb] ?? []).filter((other) => sameDivision(code, other))]);
}

/** Of the first item and of those behind it that are verbs alone: 五金批发、零售. */
function verbsFrom([item, ...more]: readonly Item[]): readonly FoundWord<Meaning>[] {
  const end = more.findIndex(({ text, found }) => !isBare(text, found));
  return [item, ...(end < 0 ? more : more.slice(0, end))].flatMap((it) => it?.found ?? []);
}

function ofSold(goods: Goods, list: readonly Goods[], verbs: string, trade: readonly string[]): string | null {
  const [wholesale, retail] = [/批/.test(verbs), /零/.test(verbs)];
  const said = wholesale === retail ? null : wholesale ? 'wholesale' : 'retail';
  const way = said ?? goods.usual;
  const code = way === null ? null : goods[way];
  if (way === null || code === null) return null;
  if (trade.includes(code)) return code;
  // 批发兼零售 of what is sold by retail says that it is not that alone; and lorries among cement and steel are no showroom.
  if (said === null && way === 'retail' && (wholesale || list.some(({ usual }) => usual === 'wholesale'))) return null;
  const others = list.flatMap((it) => it[way] ?? it.wholesale ?? it.retail ?? []);
  return common([code, ...others.filter((other) => sameDivision(code, other))]);
}

function sameDivision(a: string, b: string): boolean {
  return a.slice(0, 2) === b.slice(0, 2);
}

/** One code, or the division that all share; null where they share none. */
function common(codes: readonly string[]): string | null {
  const [first, ...more] = codes;
  if (first === undefined || more.some((code) => !sameDivision(code, first))) return null;
  return more.every((code) => code === first) ? first : first.slice(0, 2);
}

export const industryTransforms: readonly TransformDefinition[] = [
  {
    name: 'industry-of-scope',
    yields: 'text',
    build: (args, vocabulary) => {
      const list = args.get('list');
      const found = vocabulary.codeList(list.text('the name of a code list')) ?? list.fail('the name of a code list');
      const rule = readIndustryRule(args, found);
      return (value) => taken(industryOf(value, rule, found));
    },
  },
];
