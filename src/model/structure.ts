/**
 * A structure is a part of an answer that is no row: a graph's node, a beneficial owner, a line of provenance. Each of its fields names the
 * coordinate that decides it, so that nothing in an answer goes undecided.
 */
import { type ClassRef, defineType } from './define-type.js';
import type { Described } from './declaration.js';
import type { SubjectKind } from './subject-kind.js';

export interface StructureField extends Described {
  readonly name: string;
  readonly type: () => unknown;
  /** The coordinate whose verdict is this field's. */
  readonly decidedBy: string;
  /** Where it leads to the portrait of a subject. */
  readonly subject?: SubjectKind;
}

export interface Structure extends Described {
  readonly kind: 'structure';
  readonly name: string;
  readonly typeClass: ClassRef;
  /** The coordinate that decides whether there is such a part at all. */
  readonly decidedBy: string;
  readonly fields: readonly StructureField[];
}

export function defineStructure(
  about: Described & { readonly name: string; readonly decidedBy: string },
  fields: readonly (Omit<StructureField, 'decidedBy'> & { readonly decidedBy?: string })[],
): Structure {
  const decided = fields.map((field) => ({ ...field, decidedBy: field.decidedBy ?? about.decidedBy }));
  return {
    kind: 'structure',
    ...about,
    typeClass: defineType('object', about.name, about, decided),
    fields: decided,
  };
}
