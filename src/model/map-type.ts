/** A declaration as type-graphql's object type. Every field is nullable, for a denial is null. */
import { Extensions, Field, ID, ObjectType } from 'type-graphql';
import { addConnectionArguments, connectionTypeOf } from './connection-type.js';
import type { Dataset, DatasetField, LinkField, RelationField } from './declaration.js';
import { describe } from './description.js';
import { enumTypeOf } from './enum-type.js';
import { identifierKinds } from './identifier-kind.js';
import { portraitClassOf } from './subject-kind.js';
import type { EnumDeclaration } from './value-type.js';

/** type-graphql: the object type. Every field is nullable, for a denial is null. */
export function mapType(dataset: Dataset): void {
  const prototype = dataset.entity.prototype as object;
  ObjectType(dataset.name, { description: describe(dataset) })(dataset.entity);
  connectionTypeOf(dataset.name, () => dataset.entity);
  for (const field of dataset.fields.values()) {
    // Links are added when both of their ends are declared.
    if (isLink(field)) continue;
    Field(graphqlTypeOf(field) as never, { nullable: true, description: describe(field) })(prototype, field.name);
    Extensions({ classification: field.classification })(prototype, field.name, undefined as never);
  }
}

/** A relation to a dataset, as a field of whatever class has it: one row, or a connection with its arguments. */
export function mapRelation(
  prototype: object,
  field: Pick<RelationField | LinkField, 'kind' | 'name' | 'zh' | 'en' | 'target' | 'classification'>,
): void {
  const options = { nullable: true, description: describe(field) };
  if (field.kind === 'one' || field.kind === 'link') {
    Field(() => field.target.entity, options)(prototype, field.name);
  } else {
    // A field with arguments is a method to type-graphql.
    Object.defineProperty(prototype, field.name, { value: () => undefined, configurable: true, writable: true });
    const connection = connectionTypeOf(field.target.name, () => field.target.entity);
    Field(() => connection, options)(prototype, field.name, Object.getOwnPropertyDescriptor(prototype, field.name)!);
    addConnectionArguments(prototype, field.name, field.target);
  }
  Extensions({ classification: field.classification })(
    prototype,
    field.name,
    Object.getOwnPropertyDescriptor(prototype, field.name) as never,
  );
}

function isLink(field: DatasetField): field is LinkField {
  return field.kind === 'link' || field.kind === 'links';
}

function graphqlTypeOf(field: Exclude<DatasetField, LinkField>): () => unknown {
  if (field.kind === 'id') return () => ID;
  if (field.kind === 'subject') return () => portraitClassOf(field.subject);
  const type =
    field.kind === 'identifier'
      ? identifierKinds[field.identifier].scalar
      : (field.type.scalar ?? enumTypeOf(field.type.enum as EnumDeclaration));
  return () => type;
}
