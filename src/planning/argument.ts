/** Arguments as the planner reads them: structure now, values as parameters for later. Literals have been lifted; what is left in the text is structure. */
import { type ArgumentNode, Kind, type ValueNode } from 'graphql';
import { CitygraphError } from '../errors.js';
import type { ParameterSource } from './plan.js';

export type Argument =
  | { readonly kind: 'null' }
  | { readonly kind: 'value'; readonly value: unknown; readonly source: ParameterSource }
  | { readonly kind: 'list'; readonly items: readonly Argument[]; readonly source: ParameterSource | null }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Argument> };

/** @returns the arguments that were given; a variable that was left out is no argument */
export function readArguments(
  nodes: readonly ArgumentNode[] | undefined,
  variables: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Argument> {
  const given = new Map<string, Argument>();
  for (const node of nodes ?? []) {
    const argument = readValue(node.value, variables);
    if (argument) given.set(node.name.value, argument);
  }
  return given;
}

function readValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): Argument | undefined {
  switch (node.kind) {
    case Kind.VARIABLE:
      return Object.hasOwn(variables, node.name.value)
        ? readVariable(variables[node.name.value], [node.name.value])
        : undefined;
    case Kind.NULL:
      return { kind: 'null' };
    case Kind.LIST: {
      const items = node.values.map((item) => readValue(item, variables) ?? ({ kind: 'null' } as const));
      // Input objects are structure: a list of them has no value as a whole.
      const values = items.every((item) => item.kind === 'value' || item.kind === 'null');
      return { kind: 'list', items, source: values ? { from: 'list', items: items.map(sourceOfItem) } : null };
    }
    case Kind.OBJECT: {
      const fields = new Map<string, Argument>();
      for (const field of node.fields) {
        const value = readValue(field.value, variables);
        if (value) fields.set(field.name.value, value);
      }
      return { kind: 'object', fields };
    }
    case Kind.BOOLEAN:
    case Kind.ENUM:
    case Kind.STRING:
      return { kind: 'value', value: node.value, source: { from: 'constant', value: node.value } };
    case Kind.INT:
    case Kind.FLOAT:
      return { kind: 'value', value: Number(node.value), source: { from: 'constant', value: Number(node.value) } };
  }
}

function readVariable(value: unknown, path: readonly (string | number)[]): Argument {
  if (value === null || value === undefined) return { kind: 'null' };
  const source = { from: 'variable', path } as const;
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item, index) => readVariable(item, [...path, index])), source };
  if (typeof value !== 'object') return { kind: 'value', value, source };
  return {
    kind: 'object',
    fields: new Map(Object.entries(value).map(([name, part]) => [name, readVariable(part, [...path, name])])),
  };
}

export function sourceOf(argument: Argument): ParameterSource {
  if ((argument.kind === 'value' || argument.kind === 'list') && argument.source) return argument.source;
  throw new CitygraphError(
    'BAD_USER_INPUT',
    `expected a value, got ${argument.kind === 'null' ? 'null' : 'an object'}`,
  );
}

/** A null among values is refused when the list is bound. */
function sourceOfItem(item: Argument): ParameterSource {
  return item.kind === 'value' ? item.source : { from: 'constant', value: null };
}
