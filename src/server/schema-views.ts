/**
 * The part of the schema that each kind of principal is shown: introspection, suggestions and the words about faults come from here.
 *
 * The public is shown what is open to it, consumers the libraries and what management fields they may use, officials their management
 * fields. A view decides nothing: a field that is left out can still be named, and is then denied by its verdict like any other.
 * Made once for each kind, when first asked for.
 */
import { filterSchema, pruneSchema } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import { findableColumns, orderValueOf } from '../model/connection-type.js';
import type { ColumnField, Dataset } from '../model/declaration.js';
import type { Portrait } from '../model/portrait.js';
import type { Registry } from '../model/registry.js';
import { findLibraryRoot } from '../planning/library-roots.js';
import { createAccessProfile } from '../policy/access-profile.js';
import type { Principal } from '../policy/access.js';
import { audienceOf, isArgumentShownTo } from '../policy/management-shields.js';

export interface SchemaViews {
  /** A gateway that is known by itself alone sees what anyone does. */
  of(kind: Principal['kind'] | 'gateway'): GraphQLSchema;
}

/** What of the libraries a kind is shown. */
interface LibraryView {
  root(field: string): boolean;
  field(type: string, field: string): boolean;
  /** Whether rows may be filtered and ordered by it. */
  column(dataset: Dataset, field: ColumnField): boolean;
}

export function createSchemaViews(schema: GraphQLSchema, registry: Registry): SchemaViews {
  const views = new Map<Principal['kind'], GraphQLSchema>();
  return {
    of(asker) {
      const kind = asker === 'gateway' ? 'public' : asker;
      let view = views.get(kind);
      if (!view) views.set(kind, (view = makeView(schema, registry, kind)));
      return view;
    },
  };
}

function makeView(schema: GraphQLSchema, registry: Registry, kind: Principal['kind']): GraphQLSchema {
  const library = libraryViews[kind](registry);
  const filterOf = (type: string): Dataset | undefined => datasetNamed(registry, type, 'Filter');
  const orderOf = (type: string): Dataset | undefined => datasetNamed(registry, type, 'Order');
  const isFindable = (dataset: Dataset): boolean =>
    findableColumns(dataset).some((field) => library.column(dataset, field));
  return pruneSchema(
    filterSchema({
      schema,
      rootFieldFilter: (operation, field) =>
        operation === 'Query' && findLibraryRoot(registry, field)
          ? library.root(field)
          : audienceOf(operation as 'Query' | 'Mutation', field).has(kind),
      objectFieldFilter: (type, field) => !isLibraryType(registry, type) || library.field(type, field),
      inputObjectFieldFilter: (type, field) => {
        const dataset = filterOf(type);
        const column = dataset?.fields.get(field);
        return !dataset || column?.kind !== 'column' || library.column(dataset, column);
      },
      argumentFilter: (type, field, argument, config) => {
        if (argument !== 'filter' && argument !== 'orderBy')
          return type !== 'Query' || isArgumentShownTo(kind, field!, argument!);
        const name = String(config!.type).replace(/[[\]!]/g, '');
        const dataset = filterOf(name) ?? orderOf(name);
        return !dataset || isFindable(dataset);
      },
      enumValueFilter: (type, value) => {
        const dataset = orderOf(type);
        return (
          !dataset ||
          findableColumns(dataset).some(
            (field) =>
              library.column(dataset, field) &&
              (['ASC', 'DESC'] as const).some((direction) => orderValueOf(field, direction) === value),
          )
        );
      },
    }),
  );
}

const libraryViews: Record<Principal['kind'], (registry: Registry) => LibraryView> = {
  consumer: () => ({ root: () => true, field: () => true, column: () => true }),
  official: () => ({ root: () => false, field: () => false, column: () => false }),
  public: openLibraryView,
};

/** What the planner would give to the public: by the same verdicts, asked in the same places. */
function openLibraryView(registry: Registry): LibraryView {
  const { coordinates } = registry;
  const profile = createAccessProfile({ principal: { kind: 'public', name: 'public' }, grants: [] }, 0, coordinates);
  const isOpen = (coordinate: string): boolean => profile.verdictOf(coordinate).kind === 'allow';
  const column = (dataset: Dataset, { name }: ColumnField): boolean => isOpen(`${dataset.name}.${name}`);
  const isSearchable = (dataset: Dataset, name: string): boolean =>
    [...dataset.fields.values()].some((it) => it.kind === 'column' && it.column === name && column(dataset, it));

  const leadsToOpen = (type: Dataset | Portrait, name: string): boolean => {
    const field = type.fields.get(name);
    switch (field?.kind) {
      case 'one':
      case 'many':
        return isOpen(field.target.name);
      case 'link':
      case 'links':
        return isSearchable(type as Dataset, field.ownColumn) && isSearchable(field.target, field.targetColumn);
      case 'subject':
        return isOpen(registry.portraitOf(field.subject).name);
      default:
        return true;
    }
  };
  return {
    column,
    field(type, field) {
      if (!isOpen(`${type}.${field}`)) return false;
      const subject = registry.structures.get(type)?.fields.find(({ name }) => name === field)?.subject;
      if (subject) return isOpen(registry.portraitOf(subject).name);
      const declared = registry.datasets.get(type) ?? registry.portraits.get(type);
      return !declared || leadsToOpen(declared, field);
    },
    root(name) {
      const root = findLibraryRoot(registry, name)!;
      if (root.kind === 'entities') return true;
      if (root.kind === 'lookup') return profile.matchOf(root.portrait.lookup.coordinate).kind === 'allow';
      if (root.kind === 'keyed') return isOpen(root.portrait.dataset.name);
      if (root.portrait && !isOpen(root.portrait.name)) return false;
      return root.kind === 'refetch' || isOpen(root.dataset.name);
    },
  };
}

function isLibraryType(registry: Registry, type: string): boolean {
  return registry.datasets.has(type) || registry.portraits.has(type) || registry.structures.has(type);
}

function datasetNamed(registry: Registry, type: string, suffix: string): Dataset | undefined {
  return type.endsWith(suffix) ? registry.datasets.get(type.slice(0, -suffix.length)) : undefined;
}
