/**
 * From source text to a document that is parsed, validated and has its literals lifted to variables.
 *
 * Two sources that differ in literals alone give one normal form, and so share plans; booleans, enum values and nulls stay, for they
 * steer the plan. What is remembered here depends on the source text and the schema alone, never on who asks.
 */
import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  getNamedType,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  parseType,
  print,
  type TypeNode,
  TypeInfo,
  validate,
  type ValueNode,
  valueFromAST,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { CitygraphError } from '../errors.js';
import { holdsVariable, representationScalarName } from '../model/entities.js';
import { type DocumentLimits, type DocumentMeasure, limitExceeded, limitRules, measureDocument } from './limits.js';

export interface PreparedDocument {
  /** As sent; graphql-js runs resolver fields on it. */
  readonly document: DocumentNode;
  /** With literals lifted; plans are made from it. */
  readonly normal: DocumentNode;
  /** Digest of the normal form. */
  readonly hash: string;
  readonly lifted: Readonly<Record<string, unknown>>;
  readonly measure: DocumentMeasure;
}

export interface DocumentStore {
  /**
   * A document is good for everyone or for no one: what a caller may not see is a matter of verdicts. Only the words about a bad one are
   * the caller's own.
   *
   * @param view the part of the schema that the caller may know of: faults are told, and names suggested, in its terms alone
   * @throws GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, LIMIT_EXCEEDED
   */
  prepare(source: string, view?: () => GraphQLSchema): PreparedDocument;
}

export function createDocumentStore(schema: GraphQLSchema, limits: DocumentLimits, remembered = 2000): DocumentStore {
  const known = new LRUCache<string, PreparedDocument>({
    max: remembered,
    maxSize: 32_000_000,
    sizeCalculation: (_, source) => source.length + 2000,
  });
  return {
    prepare(source, view) {
      let prepared = known.get(source);
      if (!prepared) known.set(source, (prepared = prepareDocument(schema, source, limits, view)));
      return prepared;
    },
  };
}

/** More say no more, and cost more. */
const maxErrors = 5;

function prepareDocument(
  schema: GraphQLSchema,
  source: string,
  limits: DocumentLimits,
  view: (() => GraphQLSchema) | undefined,
): PreparedDocument {
  const document = parseSource(source, limits);
  const measure = measureDocument(document, limits);
  const faults = validate(schema, document, limitRules, { maxErrors, hideSuggestions: true });
  if (faults.length > 0) {
    // INVARIANT: the words about a fault come from the caller's view, where what it may not know of does not exist; or from a scalar, which
    // speaks of the value alone.
    const told =
      view && !faults.every((fault) => 'code' in fault.extensions)
        ? validate(view(), document, limitRules, { maxErrors })
        : faults;
    throw new CitygraphError('GRAPHQL_VALIDATION_FAILED', 'the document does not fit the schema', { faults: told });
  }
  const { normal, lifted } = liftLiterals(schema, document, source);
  return { document, normal, lifted, measure, hash: createHash('sha256').update(print(normal)).digest('hex') };
}

function parseSource(source: string, limits: DocumentLimits): DocumentNode {
  try {
    return parse(source, { maxTokens: limits.tokens, noLocation: false });
  } catch (cause) {
    if (cause instanceof GraphQLError && /more tha[nt] \d+ tokens/.test(cause.message))
      throw limitExceeded('tokens', limits.tokens, limits.tokens + 1);
    const faults = cause instanceof GraphQLError ? [cause] : [];
    throw new CitygraphError('GRAPHQL_PARSE_FAILED', 'expected a GraphQL document', { faults }, { cause });
  }
}

/** The operation to run. */
export function selectOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
): OperationDefinitionNode {
  const operations = document.definitions.filter(
    (it): it is OperationDefinitionNode => it.kind === Kind.OPERATION_DEFINITION,
  );
  const found = operationName
    ? operations.find((it) => it.name?.value === operationName)
    : operations.length === 1
      ? operations[0]
      : undefined;
  if (!found) {
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `expected operationName to be one of the document's ${operations.length} operations`,
    );
  }
  return found;
}

function liftLiterals(
  schema: GraphQLSchema,
  document: DocumentNode,
  source: string,
): { normal: DocumentNode; lifted: Record<string, unknown> } {
  const prefix = '__l';
  // The specification reserves names that begin with two underscores (2.1.9, for introspection); lifted literals take them.
  if (source.includes(`$${prefix}`)) {
    throw new CitygraphError(
      'GRAPHQL_VALIDATION_FAILED',
      `expected variables without the reserved prefix ${prefix}, got one with it`,
    );
  }
  const lifted: Record<string, unknown> = {};
  const definitions: VariableDefinitionNode[] = [];
  const typeInfo = new TypeInfo(schema);
  let inDirective = 0;
  const lift = (node: ValueNode): ValueNode | undefined => {
    // Within a list the current type is already that of its items.
    const type =
      node.kind === Kind.LIST
        ? (typeInfo.getParentInputType() as GraphQLInputType | undefined)
        : typeInfo.getInputType();
    if (inDirective > 0 || !type || !isLiftable(node, type)) return undefined;
    const name = `${prefix}${definitions.length}`;
    lifted[name] = valueFromAST(node, type);
    definitions.push(declareVariable(name, parseType(String(type))));
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
  };
  const normal = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      VariableDefinition: () => false,
      Directive: { enter: () => void (inDirective += 1), leave: () => void (inDirective -= 1) },
      IntValue: lift,
      FloatValue: lift,
      StringValue: lift,
      ListValue: lift,
      ObjectValue: () => refuseRepresentation(typeInfo),
    }),
  );
  if (definitions.length === 0) return { normal: document, lifted };
  const withDefinitions = visit(normal, {
    OperationDefinition: (operation) => ({
      ...operation,
      variableDefinitions: [...(operation.variableDefinitions ?? []), ...definitions],
    }),
  });
  return { normal: withDefinitions, lifted };
}

function declareVariable(name: string, type: TypeNode): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
    type,
  };
}

/** INVARIANT: no part of a representation stays in the normal form: an identifier there would be in the document's hash. */
function refuseRepresentation(typeInfo: TypeInfo): void {
  const type = typeInfo.getInputType();
  if (type && getNamedType(type).name === representationScalarName)
    throw new CitygraphError(
      'GRAPHQL_VALIDATION_FAILED',
      'representations: expected one variable, or a list without variables, got another',
    );
}

/** Numbers and texts, whole lists of them, and lists of representations; not what holds a variable, an enum value, a boolean or an input object. */
function isLiftable(node: ValueNode, type: GraphQLInputType): boolean {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (node.kind !== Kind.LIST) return !isListType(bare) && isLeafType(bare);
  if (!isListType(bare) || isInputObjectType(getNamedType(bare))) return false;
  return (
    node.values.length > 0 &&
    (getNamedType(bare).name === representationScalarName
      ? !holdsVariable(node)
      : node.values.every((item) => item.kind === Kind.STRING || item.kind === Kind.INT || item.kind === Kind.FLOAT))
  );
}
