/** Root fields with resolvers of their own, as far as the plan knows them: what they cost, and what the log keeps of their arguments. */
import type { FieldNode } from 'graphql';
import { type Argument, readArguments, sourceOf } from './argument.js';
import type { SelectionContext } from './collect-fields.js';
import { resolverCostOf } from './cost.js';
import type { CostPart, LoggedArgument } from './plan.js';

export function resolverCost(key: string, { name }: FieldNode, type: string): CostPart {
  return { path: key, type, within: -1, each: resolverCostOf(name.value) };
}

/** A document that is sent to be explained may hold any value, and so may its variables; and whom a canary is, no record may tell. */
const sensitiveArguments = new Set([
  ...['explainOperation(document', 'explainOperation(variables'],
  // Too long for a record; the history of the policy has their hashes.
  'registerTrustedDocuments(documents',
  ...['declareCanary(idNumber', 'declareCanary(creditCode'],
]);

/** By their names: whoever is looked for by an official identifier. */
const isSensitive = (label: string): boolean =>
  sensitiveArguments.has(label) || /[(.](idNumber|creditCode)$/.test(label);

/** What a management field was asked with, for the log; its fields decide for themselves. That the schema was read is on record as well. */
export function logResolverArguments(field: FieldNode, variables: SelectionContext['variables']): LoggedArgument[] {
  const name = field.name.value;
  if (name === '__schema' || name === '_service')
    return [{ label: name, source: { from: 'constant', value: 'introspection' }, sensitive: false }];
  const log = (label: string, argument: Argument): LoggedArgument[] => {
    if (argument.kind === 'null') return [];
    if (argument.kind === 'object')
      return [...argument.fields].flatMap(([name, part]) => log(`${label}.${name}`, part));
    // Input objects in a list are structure, as they are by themselves.
    if (argument.kind === 'list' && !argument.source)
      return argument.items.flatMap((item, place) => log(`${label}[${place}]`, item));
    return [{ label: `${label}:)`, source: sourceOf(argument), sensitive: isSensitive(label) }];
  };
  return [...readArguments(field.arguments, variables)].flatMap(([name, argument]) =>
    log(`${field.name.value}(${name}`, argument),
  );
}
