/** Every transform that a mapping may name, one explicit line a family. */
import { addressTransforms } from './address-division.js';
import { codeTransforms } from './codes.js';
import { dateTransforms } from './dates.js';
import { identifierTransforms } from './identifiers.js';
import { industryTransforms } from './industry-of-scope.js';
import { moneyTransforms } from './money.js';
import { numberTransforms } from './numbers.js';
import { textTransforms } from './text.js';
import type { TransformDefinition } from './transform.js';

const families: readonly (readonly TransformDefinition[])[] = [
  textTransforms,
  dateTransforms,
  moneyTransforms,
  numberTransforms,
  codeTransforms,
  identifierTransforms,
  addressTransforms,
  industryTransforms,
];

export const transforms: ReadonlyMap<string, TransformDefinition> = new Map(families.flat().map((it) => [it.name, it]));
