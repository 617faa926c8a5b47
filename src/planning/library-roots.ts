/** The root fields that the libraries answer: look-ups by identifier or by a place's code, refetching by sealed id, lists. All others have resolvers. */
import { type Entity, entitiesOf } from '../model/entities.js';
import type { Dataset } from '../model/declaration.js';
import type { PlacePortrait } from '../model/place-portrait.js';
import type { Portrait } from '../model/portrait.js';
import type { Registry } from '../model/registry.js';

export type LibraryRoot =
  | { readonly kind: 'lookup'; readonly field: string; readonly portrait: Portrait }
  | { readonly kind: 'refetch'; readonly field: string; readonly portrait: Portrait }
  | { readonly kind: 'keyed'; readonly field: string; readonly portrait: PlacePortrait }
  | { readonly kind: 'list'; readonly field: string; readonly dataset: Dataset; readonly portrait: Portrait | null }
  /** What another subgraph of a federation refers to. */
  | { readonly kind: 'entities'; readonly field: string; readonly entities: readonly Entity[] };

const known = new WeakMap<Registry, ReadonlyMap<string, LibraryRoot>>();

export function libraryRootsOf(registry: Registry): ReadonlyMap<string, LibraryRoot> {
  let roots = known.get(registry);
  if (!roots) known.set(registry, (roots = new Map(listRoots(registry).map((root) => [root.field, root]))));
  return roots;
}

export function findLibraryRoot(registry: Registry, field: string): LibraryRoot | undefined {
  return libraryRootsOf(registry).get(field);
}

function listRoots(registry: Registry): LibraryRoot[] {
  const roots: LibraryRoot[] = [];
  for (const portrait of registry.portraits.values()) {
    roots.push({ kind: 'lookup', field: portrait.lookup.field, portrait });
    roots.push({ kind: 'refetch', field: portrait.name[0]!.toLowerCase() + portrait.name.slice(1), portrait });
    roots.push({ kind: 'list', field: portrait.list, dataset: portrait.home, portrait });
  }
  for (const portrait of registry.placePortraits) roots.push({ kind: 'keyed', field: portrait.lookup.field, portrait });
  for (const dataset of registry.datasets.values())
    roots.push({ kind: 'list', field: dataset.list, dataset, portrait: null });
  roots.push({ kind: 'entities', field: '_entities', entities: [...entitiesOf(registry).values()] });
  return roots;
}
