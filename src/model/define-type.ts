/** Types that no class of ours stands for (connections, filters, parts of a graph), made known to type-graphql by name. */
import { Field, InputType, ObjectType } from 'type-graphql';
import { describe } from './description.js';

export type ClassRef = abstract new () => object;

export interface Member {
  readonly name: string;
  readonly type: () => unknown;
  readonly zh: string;
  readonly en: string;
  readonly required?: boolean;
}

/** Makes a class known to type-graphql as an object or input type. */
export function defineType(
  kind: 'object' | 'input',
  name: string,
  about: { zh: string; en: string },
  members: readonly Member[],
): ClassRef {
  const made = { [name]: class {} }[name] as ClassRef;
  const decorate = kind === 'object' ? ObjectType : InputType;
  decorate(name, { description: describe(about) })(made as never);
  for (const member of members) {
    Field(member.type as never, { nullable: !member.required, description: describe(member) })(
      made.prototype as object,
      member.name,
    );
  }
  return made;
}
