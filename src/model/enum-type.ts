import { registerEnumType } from 'type-graphql';
import { describe } from './description.js';
import type { EnumDeclaration } from './value-type.js';

const registered = new Map<EnumDeclaration, object>();

/** The enum object that type-graphql knows for a declaration; the stored value is the name. */
export function enumTypeOf(declaration: EnumDeclaration): object {
  const found = registered.get(declaration);
  if (found) return found;
  const names = Object.keys(declaration.values);
  const object = Object.fromEntries(names.map((name) => [name, name]));
  const valuesConfig = Object.fromEntries(
    names.map((name) => [name, { description: describe(declaration.values[name]!) }]),
  );
  registerEnumType(object, { name: declaration.name, description: describe(declaration), valuesConfig });
  registered.set(declaration, object);
  return object;
}
