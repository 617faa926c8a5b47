/**
 * The division and the town that a free-text address names. It decides by names alone and answers null rather than guess. The rules:
 *
 * 1. Blanks go, full width becomes half width, and what stands before everything else (内蒙古自治区, 鄂尔多斯市, also twice) is passed over.
 *    An address that begins with another city or province has neither division nor town.
 * 2. A division is named by its full name or short form (达旗, 准旗, 伊旗 …) anywhere, by 东胜, 康巴什, 前旗 at the start alone. A name with
 *    路, 街, 公路 … behind it is a street (准格尔南路 is in 东胜区), save at the start, where the form with 旗 or 区 is a division still.
 * 3. A town, a sumu, a subdistrict or a zone at the very start names its division too (棋盘井镇 …), where that name is in one division alone.
 * 4. Two different divisions named: no division and no town.
 * 5. With the division known the town is sought among its own: the one directly behind the division's name wins, unless another follows
 *    it at once (a seat named before the town); else the only one named; two are none. Full names count anywhere, bare ones (准旗薛家湾) directly behind the division alone, and not as a street.
 *    `X街道北` may be a street or a subdistrict and is neither.
 *
 * It must not know registration codes: 150691 and its like say who registered, not where.
 */
import type { CodeEntry } from '../../model/code-lists/code-list.js';
import type { Town } from '../../model/code-lists/towns.js';
import {
  divisionNames,
  elsewhere,
  leadingDivisionNames,
  ordinaryTownWords,
  otherTownNames,
  seatNames,
  townQuarters,
  zonesAcrossDivisions,
} from './place-names.js';
import { removeBlanks, toHalfWidth } from './text.js';
import { type TransformDefinition, taken } from './transform.js';

export interface Place {
  readonly division: string | null;
  readonly town: string | null;
}

const nowhere: Place = { division: null, town: null };
const prefix = /^(?:中国|内蒙古自治区|内蒙古|鄂尔多斯市|伊克昭盟|鄂尔多斯(?=[^东西南北大]))+/;
const street = /^[东西南北中大前后]*(?:路|街|巷|大道|线|公路|国道|高速|收费站)/;
/** What makes a bare name that of a water, a street or a house. */
const notTheTown = /^[东西南北中大前后]*(?:路|街|巷|大道|线|公路|国道|高速|湖|河|沟|水库|煤矿|大?酒店|宾馆|大厦|小区)/;
const kindOfTown = /(?:街道|镇|乡|苏木)$/;
const betweenDivisionAndTown = /^[,,、()-]*/;

interface TownName {
  readonly text: string;
  readonly town: Town;
  /** A bare name counts directly behind its division alone. */
  readonly bare: boolean;
}

interface Mention<T> {
  readonly start: number;
  readonly end: number;
  readonly of: T;
}

/** Makes the reader of addresses for these divisions and towns; their names are prepared once. */
export function createAddressReader(
  divisions: readonly CodeEntry[],
  towns: readonly Town[],
): (address: string) => Place {
  const known = new Set(divisions.map(({ code }) => code));
  const names = townNamesOf(towns);
  return (text) => {
    const address = stripPrefix(removeBlanks(toHalfWidth(text)));
    if (elsewhere.test(address)) return nowhere;
    const mentions = findDivisions(address).filter(({ of }) => known.has(of));
    const leadingTown = findLeadingTown(address, names);
    const named = new Set([...mentions.map(({ of }) => of), ...(leadingTown ? [leadingTown.division] : [])]);
    const [division] = named;
    if (division === undefined || named.size > 1) return nowhere;
    return { division, town: findTown(address, division, mentions, names, leadingTown)?.code ?? null };
  };
}

function stripPrefix(address: string): string {
  return address.replace(prefix, '');
}

function findDivisions(address: string): Mention<string>[] {
  const found: Mention<string>[] = [];
  for (const [code, spellings] of Object.entries(divisionNames)) {
    for (const spelling of spellings) {
      for (let start = address.indexOf(spelling); start >= 0; start = address.indexOf(spelling, start + 1)) {
        const end = start + spelling.length;
        if (start === 0 || !street.test(address.slice(end))) found.push({ start, end, of: code });
      }
    }
  }
  for (const [code, spellings] of Object.entries(leadingDivisionNames)) {
    const spelling = spellings.find((it) => address.startsWith(it) && !notTheTown.test(address.slice(it.length)));
    if (spelling && !found.some(({ start }) => start === 0)) found.push({ start: 0, end: spelling.length, of: code });
  }
  return found;
}

/**
 * Every spelling of every town, longest first. A spelling that two towns share is dropped unless it is the full name of one; a bare
 * name, which counts behind its division alone, only where they share the division too.
 */
function townNamesOf(towns: readonly Town[]): TownName[] {
  const names: TownName[] = [];
  for (const town of towns) {
    for (const text of new Set([
      ...fullNamesOf(town),
      ...(otherTownNames[town.code] ?? []),
      ...(townQuarters[town.code] ?? []),
    ])) {
      names.push({ text, town, bare: false });
    }
    const bare = bareNameOf(town);
    if (bare !== null) names.push({ text: bare, town, bare: true });
  }
  const official = new Set(towns.map(({ zh }) => zh));
  const unique = names.filter((name) => {
    const { text, town, bare } = name;
    if (text === town.zh) return true;
    const rival = names.some(
      (other) => other.text === text && other.town !== town && (!bare || other.town.division === town.division),
    );
    return !rival && !official.has(text);
  });
  return unique.sort((a, b) => b.text.length - a.text.length);
}

/** The name itself; what it was called as a township of another kind (红庆河乡); a subdistrict after its street (富兴路街道); a zone without its city. */
function fullNamesOf(town: Town): string[] {
  const kind = kindOfTown.exec(town.zh)?.[0];
  if (kind === undefined) {
    const plain = town.zh.replace(/^(?:内蒙古|鄂尔多斯市|鄂尔多斯)+/, '');
    return zonesAcrossDivisions.includes(plain) ? [] : [town.zh, plain];
  }
  const base = town.zh.slice(0, -kind.length);
  return kind === '街道'
    ? [town.zh, `${base}路街道`, `${base}街街道`, `${base}办事处`]
    : [town.zh, `${base}镇`, `${base}乡`, `${base}苏木`];
}

function bareNameOf(town: Town): string | null {
  const kind = kindOfTown.exec(town.zh)?.[0];
  if (kind === undefined) return town.zh.endsWith('经济开发区') ? '经济开发区' : null;
  const base = town.zh.slice(0, -kind.length);
  return kind === '街道' || ordinaryTownWords.includes(base) ? null : base;
}

function findLeadingTown(address: string, names: readonly TownName[]): Town | null {
  for (const { text, town, bare } of names) {
    if (!bare && address.startsWith(text) && countsAsFullName(text, address.slice(text.length))) return town;
    const seat = bare ? seatNames[town.code] : undefined;
    if (seat === text && address.startsWith(text) && !notTheTown.test(address.slice(text.length))) return town;
  }
  return null;
}

function findTown(
  address: string,
  division: string,
  divisions: readonly Mention<string>[],
  names: readonly TownName[],
  leading: Town | null,
): Town | null {
  const own = names.filter(({ town }) => town.division === division);
  for (const mention of divisions) {
    const behind = address.slice(mention.end).replace(betweenDivisionAndTown, '');
    const direct = findDirectTown(behind, own);
    if (!direct) continue;
    const next = findDirectTown(
      behind.slice(direct.end),
      own.filter(({ bare }) => !bare),
    );
    return next && next.of !== direct.of && !isZone(next.of) ? null : direct.of;
  }
  if (leading) return leading;
  const found = new Set(findFullNames(address, own).map(({ of }) => of));
  return found.size === 1 ? [...found][0]! : null;
}

function findDirectTown(behind: string, own: readonly TownName[]): Mention<Town> | null {
  for (const { text, town, bare } of own) {
    if (!behind.startsWith(text)) continue;
    const rest = behind.slice(text.length);
    if (bare ? !notTheTown.test(rest) : countsAsFullName(text, rest)) return { start: 0, end: text.length, of: town };
  }
  return null;
}

/** A zone lies in a town or across some, so that it takes nothing from the town named before it. */
function isZone({ kind }: Town): boolean {
  return kind === 'zone';
}

function findFullNames(address: string, own: readonly TownName[]): Mention<Town>[] {
  const found: Mention<Town>[] = [];
  for (const { text, town, bare } of own) {
    if (bare) continue;
    for (let start = address.indexOf(text); start >= 0; start = address.indexOf(text, start + 1)) {
      const end = start + text.length;
      const inLonger = found.some((other) => other.start <= start && end <= other.end);
      if (!inLonger && countsAsFullName(text, address.slice(end))) found.push({ start, end, of: town });
    }
  }
  return found;
}

function countsAsFullName(name: string, rest: string): boolean {
  return name.endsWith('街道') ? !/^[东西南北]/.test(rest) : !street.test(rest);
}

export const addressTransforms: readonly TransformDefinition[] = (['division', 'town'] as const).map((part) => ({
  name: `${part}-of-address`,
  yields: 'text',
  build: (args, vocabulary) => {
    args.allow();
    const readAddress = createAddressReader(vocabulary.divisions, vocabulary.towns);
    return (value) => taken(readAddress(value)[part]);
  },
}));
