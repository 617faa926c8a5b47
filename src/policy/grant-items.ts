/** The items of a grant as they are written, and as they are kept: one explicit coordinate and mode each, so that a new field is granted to nobody. */
import { CitygraphError } from '../errors.js';
import type { CoordinateEntry } from '../model/registry.js';
import { type GrantMode, grantModes } from './access.js';

export interface GrantItem {
  /** `Resident`, `Resident.name`, or when issuing `Resident.*`. */
  readonly coordinate: string;
  readonly mode: GrantMode;
}

/**
 * `Type.*` stands for what the type has today and the mode applies to: masked those with a mask, match the identifiers; plain and masked
 * also give the type's existence, without which no field of it is reached. It never reaches into another type. What is masked may not be
 * told by what is given in plain beside it.
 * @throws BAD_USER_INPUT
 */
export function expandGrantItems(
  items: readonly GrantItem[],
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): readonly GrantItem[] {
  if (items.length === 0) throw refuse('one or more items', 'none');
  const expanded = items.flatMap((item) => {
    if (!grantModes.includes(item.mode)) throw refuse(`a mode of ${grantModes.join(', ')}`, item.mode);
    return item.coordinate.endsWith('.*') ? expandType(item, coordinates) : [checkItem(item, coordinates)];
  });
  const told = findToldMask(expanded, coordinates);
  if (told) throw refuse(`${told.masked} masked without ${told.by.join(' and ')} in plain, which tells it`, 'both');
  return [...new Map(expanded.map((item) => [`${item.coordinate} ${item.mode}`, item])).values()];
}

/** A value that is given masked alone, beside all that it takes to tell it, in plain. Masks are judged together. */
export function findToldMask(
  items: readonly GrantItem[],
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): { readonly masked: string; readonly by: readonly string[] } | null {
  const plain = new Set(items.flatMap(({ coordinate, mode }) => (mode === 'plain' ? [coordinate] : [])));
  for (const { coordinate, mode } of items) {
    if (mode !== 'masked' || plain.has(coordinate)) continue;
    const by = coordinates.get(coordinate)?.toldBy?.find((group) => group.every((name) => plain.has(name)));
    if (by) return { masked: coordinate, by };
  }
  return null;
}

function expandType({ coordinate, mode }: GrantItem, coordinates: ReadonlyMap<string, CoordinateEntry>): GrantItem[] {
  const type = coordinate.slice(0, -2);
  if (type.includes('.') || !coordinates.has(type)) throw refuse('TYPE.* of a type in the catalogue', coordinate);
  const own = [...coordinates]
    .filter(([name, entry]) => name.startsWith(`${type}.`) && entry.coordinate === name)
    .map(([, entry]) => entry);
  const items = own
    .filter((entry) => findModeFault(entry, mode) === null)
    .map((entry) => ({ coordinate: entry.coordinate, mode }));
  if (items.length === 0) throw refuse(`a type with fields that ${mode} applies to`, coordinate);
  return mode === 'plain' || mode === 'masked' ? [{ coordinate: type, mode: 'plain' }, ...items] : items;
}

function checkItem({ coordinate, mode }: GrantItem, coordinates: ReadonlyMap<string, CoordinateEntry>): GrantItem {
  const entry = coordinates.get(coordinate);
  if (!entry) throw refuse('a coordinate of the catalogue', coordinate);
  // What is decided by another coordinate cannot be granted by itself: the grant would give nothing, or more than it says.
  if (entry.coordinate !== coordinate)
    throw refuse(`${entry.coordinate}, by which ${coordinate} is decided`, coordinate);
  const fault = findModeFault(entry, mode);
  if (fault) throw refuse(fault, `${coordinate}: ${mode}`);
  return { coordinate, mode };
}

function findModeFault(entry: CoordinateEntry, mode: GrantMode): string | null {
  if (mode === 'masked' && !entry.maskable) return 'masked for a coordinate that has a mask';
  return mode === 'match' && !entry.matchable ? 'match for an identifier' : null;
}

function refuse(expected: string, came: string): CitygraphError {
  return new CitygraphError('BAD_USER_INPUT', `items: expected ${expected}, got ${came}`, {
    field: 'items',
    expected,
    came,
  });
}
