/**
 * Reads `test/policy/decision-table.yml`: what the rules say of a coordinate and an access. It shares no code with `policy/decide.ts`, so
 * that the two can be held against one another; the reference executor's shields are made from it.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { categories, levels, openTypes, sharingTypes } from '../../src/model/classification.js';
import type { CoordinateEntry } from '../../src/model/registry.js';
import { type Reason, reasons, type Verdict, type VerdictKind } from '../../src/model/verdict.js';
import { type Access, type Grant, type GrantMode, grantModes } from '../../src/policy/access.js';

const eitherWay = ['yes', 'no'];
const domains = {
  category: categories,
  principal: ['public', 'consumer', 'legal-person', 'official'],
  open: openTypes,
  level: levels,
  sharing: sharingTypes,
  own: eitherWay,
  cleared: eitherWay,
  named: eitherWay,
  approved: eitherWay,
  gives: grantModes,
  maskable: eitherWay,
  matchable: eitherWay,
  read: ['allow', 'mask', 'aggregate', 'deny'],
} as const;
type Column = keyof typeof domains;
type Facts = Readonly<Record<Column, string | readonly string[]>>;

export interface DecisionRule {
  readonly conditions: readonly (readonly [column: Column, values: readonly string[]])[];
  readonly verdict: VerdictKind | 'as-read';
  readonly reason: Reason | undefined;
}

const table = parse(readFileSync(new URL('../policy/decision-table.yml', import.meta.url), 'utf8')) as Record<
  'field' | 'match',
  Record<string, string>[]
>;
export const fieldRules = table.field.map(readRule);
export const matchRules = table.match.map(readRule);

/** Whether a value of the coordinate may be selected, and in which form. */
export function decideByTable(entry: CoordinateEntry | undefined, access: Access): Verdict {
  if (!entry) return { kind: 'deny', reason: 'unclassified', level: null, grants: [] };
  return apply(findRule(fieldRules, entry, access, ''), entry, access);
}

/** Whether a subject may be looked up by a value of the coordinate. */
export function matchByTable(entry: CoordinateEntry | undefined, access: Access): Verdict {
  const read = decideByTable(entry, access);
  if (!entry) return read;
  const rule = findRule(matchRules, entry, access, read.kind);
  return rule.verdict === 'as-read' ? read : apply(rule, entry, access);
}

export function findRule(
  rules: readonly DecisionRule[],
  entry: CoordinateEntry,
  access: Access,
  read: string,
): DecisionRule {
  const facts = factsOf(entry, access, read);
  const rule = rules.find(({ conditions }) =>
    conditions.every(([column, values]) => values.some((value) => holds(facts[column], value))),
  );
  if (!rule) throw new Error('expected the last rule of the table to match everything');
  return rule;
}

function factsOf(entry: CoordinateEntry, { principal, grants }: Access, read: string): Facts {
  const { category, open, level, sharing } = entry.classification;
  const naming = grants.filter((grant) => grant.items.has(entry.coordinate));
  const isConsumer = principal.kind === 'consumer';
  const kind = isConsumer && principal.legalPerson !== undefined ? 'legal-person' : principal.kind;
  return {
    ...{ category, open, level, sharing, read, principal: kind },
    own: yesOrNo(isConsumer && principal.department === entry.provider),
    cleared: yesOrNo(isConsumer && levels.indexOf(level) <= levels.indexOf(principal.clearance)),
    named: yesOrNo(naming.length > 0),
    approved: yesOrNo(naming.some((grant) => grant.approvedTwice)),
    gives: grantModes.filter((mode) => givingIn(mode, entry, grants).length > 0),
    maskable: yesOrNo(entry.maskable),
    matchable: yesOrNo(entry.matchable),
  };
}

function givingIn(mode: GrantMode, entry: CoordinateEntry, grants: readonly Grant[]): Grant[] {
  return grants.filter(
    (grant) =>
      grant.items.get(entry.coordinate)?.has(mode) &&
      (entry.classification.category !== 'important' || grant.approvedTwice),
  );
}

/** A verdict rests on the grants that give what its rule asks of them. */
function apply({ verdict, reason, conditions }: DecisionRule, entry: CoordinateEntry, { grants }: Access): Verdict {
  if (verdict === 'as-read' || !reason) throw new Error('expected a rule with a verdict and a reason of its own');
  const mode = conditions.find(([column]) => column === 'gives')?.[1][0] as GrantMode | undefined;
  const codes = mode ? givingIn(mode, entry, grants).map(({ code }) => code) : [];
  return { kind: verdict, reason, level: entry.classification.level, grants: codes };
}

function holds(fact: string | readonly string[], value: string): boolean {
  return typeof fact === 'string' ? fact === value : fact.includes(value);
}

function yesOrNo(fact: boolean): string {
  return fact ? 'yes' : 'no';
}

/** A slip of the pen in the table must not be a rule that never matches. */
function readRule({ verdict, reason, ...cells }: Record<string, string>): DecisionRule {
  const conditions = Object.entries(cells).flatMap(([column, cell]): DecisionRule['conditions'][number][] => {
    if (!(column in domains)) throw new Error(`decision-table.yml: ${column} is no column`);
    if (cell === '*') return [];
    const values = cell.split('|');
    const known: readonly string[] = domains[column as Column];
    for (const value of values)
      if (!known.includes(value)) throw new Error(`decision-table.yml: ${value} is no value of ${column}`);
    return [[column as Column, values]];
  });
  if (!['allow', 'mask', 'aggregate', 'deny', 'as-read'].includes(verdict ?? ''))
    throw new Error(`decision-table.yml: ${verdict} is no verdict`);
  if (reason !== undefined && !reasons.includes(reason as Reason))
    throw new Error(`decision-table.yml: ${reason} is no reason`);
  return { conditions, verdict: verdict as DecisionRule['verdict'], reason: reason as Reason | undefined };
}
