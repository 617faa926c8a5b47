/**
 * A portrait is the view of one subject over all libraries: a class whose every line names a dataset and the key it joins by.
 *
 * A relation is decided before its fields: by the existence level of its dataset and, where the relation says more than
 * the row does (that a *person* holds an office), by a classification of its own as well.
 * Declared in `portraits/`; libraries never know of it.
 */
import { Field, ID, ObjectType } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { type Classification, findClassificationFault } from './classification.js';
import type { Dataset, LibraryRow, RelationField } from './declaration.js';
import { datasetOf } from './dataset.js';
import { positive } from './declare-dataset.js';
import { describe } from './description.js';
import type { IdentifierKind } from './identifier-kind.js';
import { setPortraitClass, type SubjectKind } from './subject-kind.js';
import { connectionTypeOf } from './connection-type.js';
import { mapRelation } from './map-type.js';

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

export interface PortraitIdField {
  readonly kind: 'id';
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly classification: Classification;
}
export type PortraitField = RelationField | PortraitIdField;

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

type RelationDraft = { readonly kind: 'one' | 'many'; readonly name: string; readonly options: RelationOptions };
const drafts = new Map<object, RelationDraft[]>();
const portraits = new Map<object, Portrait>();

function relation(kind: 'one' | 'many', options: RelationOptions): PropertyDecorator {
  return (prototype, name) => {
    const found = drafts.get(prototype) ?? [];
    found.push({ kind, name: String(name), options });
    drafts.set(prototype, found);
  };
}

/** At most one row of a dataset about the subject. */
export function One(options: RelationOptions): PropertyDecorator {
  return relation('one', options);
}

/** The rows of a dataset about the subject, as a connection. */
export function Many(options: RelationOptions): PropertyDecorator {
  return relation('many', options);
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
    for (const draft of drafts.get(target.prototype as object) ?? []) {
      fields.set(draft.name, declareRelation(target.name, options.kind, draft));
    }
    const lookupDataset = datasetOf(options.lookup.by());
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

function declareRelation(
  portrait: string,
  subject: SubjectKind,
  { kind, name, options }: RelationDraft,
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
  };
}

function mapType(target: abstract new () => object, portrait: Portrait): void {
  const prototype = target.prototype as object;
  ObjectType(portrait.name, { description: describe(portrait) })(target as never);
  connectionTypeOf(portrait.name, () => target);
  for (const field of portrait.fields.values()) {
    if (field.kind !== 'id') mapRelation(prototype, field);
    else Field(() => ID, { nullable: true, description: describe(field) })(prototype, field.name);
  }
}
