/**
 * Whether a mapped value fits the column's declared type, and its form for the database. Asked before anything is sent, so that a value
 * that does not fit costs its own row and not the batch; nothing is cut and nothing is rounded.
 */
import { DateScalar, DateTimeScalar } from '../model/scalars.js';
import type { CodeList } from '../model/code-lists/code-list.js';
import type { ValueType } from '../model/value-type.js';
import type { ReasonCode } from './reasons.js';
import type { Value } from './transforms/transform.js';

export type Fit = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: ReasonCode };

export type ValueFitter = (value: Value) => Fit;

export function fitterOf(type: ValueType): ValueFitter {
  if (type.enum) return oneOf(type.enum.values);
  if (type.codeList) return codeOf(type.codeList);
  const [base = '', ...sizes] = type.sql.split(/[(),]/);
  const [size = 0, scale = 0] = sizes.map(Number);
  switch (base) {
    case 'varchar':
      return textOf(size);
    case 'numeric':
      return decimalOf(size, scale);
    case 'int':
      return integerOf(32);
    case 'bigint':
      return integerOf(64);
    case 'double precision':
      return fitFloat;
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? fits(value) : refuse('not-a-truth-value'));
    case 'date':
      return (value) => parsed(() => DateScalar.parseValue(value), 'not-a-date');
    case 'timestamptz':
      return (value) => parsed(() => DateTimeScalar.parseValue(value), 'not-a-moment');
    default:
      throw new RangeError(`no rule for values of the type ${type.sql}`);
  }
}

function fits(value: Value): Fit {
  return { ok: true, value };
}

function refuse(reason: ReasonCode): Fit {
  return { ok: false, reason };
}

function oneOf(values: Readonly<Record<string, unknown>>): ValueFitter {
  return (value) =>
    typeof value === 'string' && Object.hasOwn(values, value) ? fits(value) : refuse('not-in-code-list');
}

function codeOf(list: CodeList): ValueFitter {
  return (value) => (list.find(String(value)) ? fits(String(value)) : refuse('not-in-code-list'));
}

/** PostgreSQL counts characters, not UTF-16 units, and knows neither NUL nor half a surrogate pair. */
function textOf(longest: number): ValueFitter {
  return (value) => {
    const text = String(value);
    if (/\0|\p{Surrogate}/u.test(text)) return refuse('not-decodable');
    return text.length > longest && [...text].length > longest ? refuse('too-long') : fits(text);
  };
}

function decimalOf(precision: number, scale: number): ValueFitter {
  return (value) => {
    const found = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(String(value));
    if (!found || !/\d/.test(String(value))) return refuse('not-a-number');
    const [, , whole = '', decimals = ''] = found;
    if (whole.length > precision - scale) return refuse('number-out-of-range');
    return decimals.length > scale ? refuse('number-too-precise') : fits(String(value));
  };
}

function integerOf(bits: 32 | 64): ValueFitter {
  return (value) => {
    const text = String(value);
    if (!/^[+-]?\d+$/.test(text)) return refuse('not-a-number');
    const number = BigInt(text.replace('+', ''));
    return BigInt.asIntN(bits, number) === number ? fits(String(number)) : refuse('number-out-of-range');
  };
}

function fitFloat(value: Value): Fit {
  if (typeof value === 'boolean' || String(value).trim() === '') return refuse('not-a-number');
  const number = Number(value);
  if (Number.isNaN(number)) return refuse('not-a-number');
  return Number.isFinite(number) ? fits(number) : refuse('number-out-of-range');
}

function parsed(parse: () => string, reason: ReasonCode): Fit {
  try {
    return fits(parse());
  } catch {
    // What the scalar says is the reason over again.
    return refuse(reason);
  }
}
