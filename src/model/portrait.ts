/**
 * A portrait is the view of one subject over all libraries: a class whose every line names a dataset and the key it joins by.
 *
 * A relation is decided before its fields: by the existence level of its dataset and, where the relation says more than
 * the row does (that a *person* holds an office), by a classification of its own as well.
 * Declared in `portraits/`; libraries never know of it.
 */
import { Arg, Field, ID, Int, ObjectType } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { type Classification, findClassificationFault } from './classification.js';
import type { Dataset, IdentifierField, LibraryRow, RelationField } from './declaration.js';
import { datasetOf } from './dataset.js';
import { positive } from './declare-dataset.js';
import { describe } from './description.js';
import { enumTypeOf } from './enum-type.js';
import { type IdentifierKind, identifierKinds } from './identifier-kind.js';
import { setPortraitClass, type SubjectKind } from './subject-kind.js';
import { connectionTypeOf } from './connection-type.js';
import { mapRelation } from './map-type.js';
import { declareProvenance, type ProvenanceField, sectionProvenance } from './provenance.js';
import {
  declareGraph,
  declareOwners,
  type GraphField,
  graphLimits,
  type GraphOptions,
  type OwnersField,
  type OwnersOptions,
} from './relation-graph.js';
import { DecimalScalar } from './scalars.js';

type RowClass = new () => LibraryRow;

export interface PortraitOptions {
  readonly kind: SubjectKind;
  readonly zh: string;
  readonly en: string;
  /** That the subject is in the pool. */
  readonly existence: Classification;
  /** The dataset by which subjects of this kind are listed, filtered and ordered. */
  readonly home: () => RowClass;
  /** The root field that lists them. */
  readonly list: string;
  readonly lookup: {
    readonly field: string;
    readonly argument: string;
    readonly identifier: IdentifierKind;
    readonly by: () => RowClass;
    readonly byField: string;
  };
}

export interface RelationOptions {
  readonly of: () => RowClass;
  /** The subject key of that dataset that holds this subject. */
  readonly by: string;
  readonly zh: string;
  readonly en: string;
  readonly classification?: Classification;
  /**
   * The most rows that are counted for each subject in the cost of an operation, where a page of them is more than there ever are: a
   * person's marriages. Declared from what the rows mean, never from what the database holds.
   */
  readonly fanOut?: number;
}

export interface PeersOptions extends RelationOptions {
  /** The field that rows of peers share with the subject's own: a subject key (the employer) or a column (the household's number). */
  readonly through: string;
  /** The date by which a row has ended. */
  readonly until?: string;
}

export interface PortraitIdField {
  readonly kind: 'id';
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly classification: Classification;
}
/** The identifier that a portrait is looked up by, current: the same item as the field of the dataset that has it, and decided as that. */
export interface PortraitIdentifierField {
  readonly kind: 'identifier';
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly classification: Classification;
  readonly identifier: IdentifierKind;
  readonly of: Dataset;
  readonly item: IdentifierField;
}
export type PortraitField =
  RelationField | PortraitIdField | PortraitIdentifierField | GraphField | OwnersField | ProvenanceField;

export interface Portrait {
  readonly kind: 'portrait';
  readonly name: string;
  readonly portraitClass: object;
  readonly subject: SubjectKind;
  readonly zh: string;
  readonly en: string;
  readonly existence: Classification;
  readonly home: Dataset;
  readonly list: string;
  readonly lookup: {
    readonly field: string;
    readonly argument: string;
    readonly identifier: IdentifierKind;
    readonly coordinate: string;
  };
  readonly fields: ReadonlyMap<string, PortraitField>;
}

type FieldDraft = (portrait: string, subject: SubjectKind) => PortraitField;
const drafts = new Map<object, FieldDraft[]>();
const portraits = new Map<object, Portrait>();

function drafted(declare: (name: string) => FieldDraft): PropertyDecorator {
  return (prototype, name) => {
    const found = drafts.get(prototype) ?? [];
    found.push(declare(String(name)));
    drafts.set(prototype, found);
  };
}

/** At most one row of a dataset about the subject. */
export function One(options: RelationOptions): PropertyDecorator {
  return drafted((name) => (portrait, subject) => declareRelation(portrait, subject, 'one', name, options));
}

/** The rows of a dataset about the subject, as a connection. */
export function Many(options: RelationOptions): PropertyDecorator {
  return drafted((name) => (portrait, subject) => declareRelation(portrait, subject, 'many', name, options));
}

/** The rows of others that share something with the subject's own: colleagues have the same employer. */
export function Peers(options: PeersOptions): PropertyDecorator {
  return drafted((name) => (portrait, subject) => ({
    ...declareRelation(portrait, subject, 'many', name, options),
    peers: declarePeers(`${portrait}.${name}`, options),
  }));
}

/** Whom the subject is tied to by shares and offices, some steps far. */
export function RelationGraph(options: GraphOptions): PropertyDecorator {
  return drafted((name) => (portrait) => declareGraph(portrait, name, options));
}

/** Who owns the subject in the end, by shares. */
export function BeneficialOwners(options: OwnersOptions): PropertyDecorator {
  return drafted((name) => (portrait) => declareOwners(portrait, name, options));
}

export function Portrait(options: PortraitOptions) {
  return (target: abstract new () => object): void => {
    const fault = findClassificationFault(options.existence);
    if (fault) throw new CitygraphError('DECLARATION_INVALID', `${target.name}: ${fault}`);
    const fields = new Map<string, PortraitField>();
    fields.set('id', {
      kind: 'id',
      name: 'id',
      zh: '对调用方封装的标识',
      en: 'Id, sealed for the caller',
      classification: options.existence,
    });
    const lookupDataset = datasetOf(options.lookup.by());
    const identifier = declareIdentifier(target.name, options.lookup, lookupDataset);
    fields.set(identifier.name, identifier);
    for (const draft of drafts.get(target.prototype as object) ?? []) {
      const field = draft(target.name, options.kind);
      fields.set(field.name, field);
    }
    fields.set('provenance', declareProvenance(options.existence));
    const portrait: Portrait = {
      kind: 'portrait',
      name: target.name,
      portraitClass: target,
      subject: options.kind,
      zh: options.zh,
      en: options.en,
      existence: options.existence,
      home: datasetOf(options.home()),
      list: options.list,
      lookup: {
        field: options.lookup.field,
        argument: options.lookup.argument,
        identifier: options.lookup.identifier,
        coordinate: `${lookupDataset.name}.${options.lookup.byField}`,
      },
      fields,
    };
    portraits.set(target, portrait);
    setPortraitClass(options.kind, target);
    mapType(target, portrait);
  };
}

export function portraitOf(portraitClass: object): Portrait {
  const found = portraits.get(portraitClass);
  if (!found) throw new CitygraphError('DECLARATION_INVALID', `expected a class with @Portrait, got another`);
  return found;
}

function declareIdentifier(
  portrait: string,
  { argument, byField }: PortraitOptions['lookup'],
  of: Dataset,
): PortraitIdentifierField {
  const item = of.fields.get(byField);
  if (item?.kind !== 'identifier')
    throw new CitygraphError('DECLARATION_INVALID', `${portrait}: ${of.name}.${byField} is no identifier`);
  const { identifier, classification, zh, en } = item;
  return { kind: 'identifier', name: argument, zh, en, classification, identifier, of, item };
}

function declareRelation(
  portrait: string,
  subject: SubjectKind,
  kind: 'one' | 'many',
  name: string,
  options: RelationOptions,
): RelationField {
  const target = datasetOf(options.of());
  const key = target.fields.get(options.by);
  if (key?.kind !== 'subject' || key.subject !== subject) {
    throw new CitygraphError(
      'DECLARATION_INVALID',
      `${portrait}.${name}: ${target.name}.${options.by} is no key to a ${subject}`,
    );
  }
  if (kind === 'one' && !key.unique) {
    throw new CitygraphError(
      'DECLARATION_INVALID',
      `${portrait}.${name}: ${target.name}.${options.by} is not unique, so it is a Many`,
    );
  }
  const classification = options.classification ?? target.existence;
  const fault = findClassificationFault(classification);
  if (fault) throw new CitygraphError('DECLARATION_INVALID', `${portrait}.${name}: ${fault}`);
  return {
    kind,
    name,
    zh: options.zh,
    en: options.en,
    target,
    by: options.by,
    classification,
    ownClassification: options.classification !== undefined,
    fanOut: options.fanOut === undefined ? null : positive(options.fanOut, `${portrait}.${name}: fanOut`),
    peers: null,
  };
}

function declarePeers(coordinate: string, options: PeersOptions): RelationField['peers'] {
  const { fields, name } = datasetOf(options.of());
  const through = fields.get(options.through);
  const until = options.until === undefined ? null : fields.get(options.until);
  if (through?.kind !== 'subject' && through?.kind !== 'column')
    throw new CitygraphError('DECLARATION_INVALID', `${coordinate}: ${name}.${options.through} is no key or column`);
  if (until !== null && (until?.kind !== 'column' || until.type.name !== 'date'))
    throw new CitygraphError('DECLARATION_INVALID', `${coordinate}: ${name}.${options.until} is no date`);
  return { through, until };
}

function mapType(target: abstract new () => object, portrait: Portrait): void {
  const prototype = target.prototype as object;
  ObjectType(portrait.name, { description: describe(portrait) })(target as never);
  connectionTypeOf(portrait.name, () => target);
  for (const field of portrait.fields.values()) mapField(prototype, field);
}

function mapField(prototype: object, field: PortraitField): void {
  const options = { nullable: true, description: describe(field) };
  switch (field.kind) {
    case 'one':
    case 'many':
      return mapRelation(prototype, field);
    case 'id':
      return Field(() => ID, options)(prototype, field.name);
    case 'identifier':
      return Field(() => identifierKinds[field.identifier].scalar, options)(prototype, field.name);
    case 'provenance':
      return Field(() => [sectionProvenance.typeClass], options)(prototype, field.name);
    case 'graph': {
      // type-graphql takes stock of enums before it asks for the types of arguments.
      const kinds = enumTypeOf(field.kinds);
      return mapMethod(prototype, field.name, () => field.graph.typeClass, options, [
        [
          'steps',
          () => Int,
          `步数，1 到 ${graphLimits.steps}，默认 2。Steps, 1 to ${graphLimits.steps}, 2 by default.`,
        ],
        ['kinds', () => [kinds], '经由哪些关系，默认全部。Kinds of relation to follow, all by default.'],
      ]);
    }
    case 'owners':
      return mapMethod(prototype, field.name, () => [field.owner.typeClass], options, [
        [
          'threshold',
          () => DecimalScalar,
          '最低合计持股比例（%），0.1 到 100，默认 25。Least share in all, in per cent, 0.1 to 100, 25 by default.',
        ],
      ]);
  }
}

/** A field with arguments is a method to type-graphql. */
function mapMethod(
  prototype: object,
  name: string,
  type: () => unknown,
  options: { nullable: boolean; description: string },
  given: readonly (readonly [name: string, type: () => unknown, description: string])[],
): void {
  Object.defineProperty(prototype, name, { value: () => undefined, configurable: true, writable: true });
  Field(type as never, options)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  for (const [index, [argument, argumentType, description]] of given.entries())
    Arg(argument, argumentType as never, { nullable: true, description })(prototype, name, index);
}
