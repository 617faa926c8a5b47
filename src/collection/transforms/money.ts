/**
 * Amounts of money as registers write them: `100(万)`, `5,000(万人民币元)`, `100万元人民币`, `500000(人民币元)`, `1000(万美元)`,
 * `人民币3亿元`, `￥120元` … to a decimal text in whole units (元) and an ISO 4217 currency code.
 *
 * An amount is a text from end to end: the decimal point is moved, nothing is computed in floating point and nothing is rounded.
 * What the words do not say (unit, currency) is taken from the mapping's declaration alone; without one the value is refused.
 */
import { removeBlanks, toHalfWidth } from './text.js';
import { type TransformDefinition, type TransformResult, refused, taken } from './transform.js';
import type { ReasonCode } from '../reasons.js';

/** Longest word first, so that 百万 is not read as 百. */
const unitPowers: readonly (readonly [string, number])[] = [
  ['万亿', 12],
  ['千亿', 11],
  ['百亿', 10],
  ['十亿', 9],
  ['千万', 7],
  ['百万', 6],
  ['十万', 5],
  ['亿', 8],
  ['億', 8],
  ['万', 4],
  ['萬', 4],
  ['千', 3],
  ['仟', 3],
  ['百', 2],
];

const currencyWords: readonly (readonly [string, string])[] = [
  ['人民币', 'CNY'],
  ['RMB', 'CNY'],
  ['CNY', 'CNY'],
  ['￥', 'CNY'],
  ['¥', 'CNY'],
  ['美元', 'USD'],
  ['美金', 'USD'],
  ['USD', 'USD'],
  ['港元', 'HKD'],
  ['港币', 'HKD'],
  ['HKD', 'HKD'],
  ['欧元', 'EUR'],
  ['EUR', 'EUR'],
  ['日元', 'JPY'],
  ['JPY', 'JPY'],
  ['英镑', 'GBP'],
  ['GBP', 'GBP'],
];
const currencyCodes = [...new Set(currencyWords.map(([, code]) => code))];

/** Digits before the point that a `numeric(20, …)` column of the pool can hold. */
const mostDigits = 18;

export interface Money {
  /** Decimal text in whole units of the currency, without a needless zero: `1000000`, `1100.5`. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

export interface MoneyOptions {
  /** Currency of an amount that names none. */
  readonly currency: string | null;
  /** Power of ten of an amount that names neither a unit nor 元: 0 for 元, 4 for 万. */
  readonly barePower: number | null;
  readonly decimals: number;
  readonly negative: boolean;
}

export function readMoney(text: string, options: MoneyOptions): Money | ReasonCode {
  const words = removeBlanks(toHalfWidth(text))
    .replace(/[()[\]【】]/g, '')
    .toUpperCase();
  const found = /^([^0-9.,+-]*)([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?([^0-9]*)$/.exec(words);
  if (!found) return 'not-money';
  const [, before = '', sign, whole = '', fraction = '', after = ''] = found;
  const meaning = readWords(before, after);
  if (typeof meaning === 'string') return meaning;
  const currency = meaning.currency ?? options.currency;
  if (currency === null) return 'money-without-currency';
  const power = meaning.power ?? options.barePower;
  if (power === null) return 'money-without-unit';
  const amount = shiftPoint(whole.replaceAll(',', ''), fraction, power);
  const [units = '', decimals = ''] = amount.split('.');
  if (decimals.length > options.decimals) return 'money-too-precise';
  if (units.length > mostDigits) return 'money-too-large';
  const negative = sign === '-' && amount !== '0';
  if (negative && !options.negative) return 'money-negative';
  return { amount: negative ? `-${amount}` : amount, currency };
}

interface Words {
  readonly currency: string | null;
  readonly power: number | null;
}

/** The words around the number: at most one unit, then currency and 元 in either order. Anything else is not money. */
function readWords(before: string, after: string): Words | ReasonCode {
  const unit = unitPowers.find(([word]) => after.startsWith(word));
  const afterUnit = unit ? after.slice(unit[0].length) : after;
  const front = readCurrency(before);
  const back = readCurrency(afterUnit);
  if (front === null || back === null || (front.yuan && front.currency === null)) return 'not-money';
  if (front.currency !== null && back.currency !== null && front.currency !== back.currency)
    return 'money-currencies-disagree';
  const currency = front.currency ?? back.currency;
  const namesUnit = unit !== undefined || back.yuan || back.currency !== null;
  return { currency, power: namesUnit ? (unit?.[1] ?? 0) : null };
}

function readCurrency(words: string): { currency: string | null; yuan: boolean } | null {
  if (words === '') return { currency: null, yuan: false };
  const yuan = /^[元圆]|[元圆]整?$/.test(words);
  const bare = words.replace(/整$/, '').replace(/^[元圆]/, '');
  for (const rest of [bare, bare.replace(/[元圆]$/, '')]) {
    if (rest === '') return { currency: null, yuan };
    const found = currencyWords.find(([word]) => word === rest);
    if (found) return { currency: found[1], yuan };
  }
  return null;
}

function shiftPoint(whole: string, fraction: string, power: number): string {
  const moved = fraction.slice(0, power).padEnd(power, '0');
  const units = `${whole}${moved}`.replace(/^0+(?=\d)/, '');
  const decimals = fraction.slice(power).replace(/0+$/, '');
  return decimals === '' ? units : `${units}.${decimals}`;
}

export const moneyTransforms: readonly TransformDefinition[] = [
  {
    name: 'money',
    yields: 'text',
    build: (args) => {
      args.allow('as', 'currency', 'unit', 'decimals', 'negative');
      const part = args.get('as').oneOf(['amount', 'currency']);
      const currency = args.get('currency');
      const unit = args.get('unit');
      const options: MoneyOptions = {
        currency: currency.present ? currency.oneOf(currencyCodes) : null,
        barePower: unit.present ? { 元: 0, 万元: 4, 亿元: 8 }[unit.oneOf(['元', '万元', '亿元'])] : null,
        decimals: args.get('decimals').count(2),
        negative: args.get('negative').flag(false),
      };
      return (value): TransformResult => {
        const money = readMoney(value, options);
        return typeof money === 'string' ? refused(money) : taken(money[part]);
      };
    },
  },
];
