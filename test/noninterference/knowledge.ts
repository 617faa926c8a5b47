/**
 * What a principal may know in one request: verdicts by the decision tables (`test/policy/decision-table.yml`) and the rows that are there for
 * it. It shares no code with the service's decision, so that what is held against the service comes from elsewhere.
 */
import type { Dataset, SubjectField } from '../../src/model/declaration.js';
import type { IdentifierKind } from '../../src/model/identifier-kind.js';
import type { Registry } from '../../src/model/registry.js';
import type { Verdict } from '../../src/model/verdict.js';
import type { Access, RowScope } from '../../src/policy/access.js';
import { decideWithSources, scopeOfGrants } from '../reference/reference-access.js';
import { matchByTable } from '../support/decision-table.js';

export interface Knowledge {
  verdictOf(coordinate: string): Verdict;
  /** Whether rows of a type may be known to be there. */
  mayExist(type: string): boolean;
  /** Whether a subject may be found by a value of such an identifier. */
  mayMatch(kind: IdentifierKind): boolean;
  /** The most that any coordinate gives of such an identifier. */
  identifierVerdict(kind: IdentifierKind): 'allow' | 'mask' | 'deny';
  /** Whether a row and the subject of a key may be known to belong together, from either side. */
  mayFollow(dataset: Dataset, key: SubjectField): boolean;
  readonly scope: RowScope;
  /** The same for whoever may know the same. */
  readonly signature: string;
}

export function knowledgeOf(registry: Registry, access: Access): Knowledge {
  const verdicts = new Map<string, Verdict>();
  const verdictOf = (coordinate: string): Verdict => {
    const verdict = verdicts.get(coordinate) ?? decideWithSources(registry, coordinate, access);
    verdicts.set(coordinate, verdict);
    return verdict;
  };
  const mayExist = (type: string): boolean => verdictOf(type).kind === 'allow';
  const mayMatch = (kind: IdentifierKind): boolean =>
    [...registry.portraits.values()].some(
      ({ name, lookup }) =>
        lookup.identifier === kind &&
        mayExist(name) &&
        matchByTable(registry.coordinates.get(lookup.coordinate), access).kind === 'allow',
    );
  const identifierVerdict = (kind: IdentifierKind): 'allow' | 'mask' | 'deny' => {
    const kinds = [...registry.datasets.values()].flatMap((dataset) =>
      [...dataset.fields.values()].flatMap((field) =>
        field.kind === 'identifier' && field.identifier === kind && mayExist(dataset.name)
          ? [verdictOf(`${dataset.name}.${field.name}`).kind]
          : [],
      ),
    );
    return kinds.includes('allow') ? 'allow' : kinds.includes('mask') ? 'mask' : 'deny';
  };
  const scope = scopeOfGrants(access.grants);
  return {
    verdictOf,
    mayExist,
    mayMatch,
    identifierVerdict,
    mayFollow(dataset, key) {
      const portrait = registry.portraitOf(key.subject);
      if (!mayExist(portrait.name)) return false;
      const back = [...portrait.fields.values()].filter(
        (field) => (field.kind === 'one' || field.kind === 'many') && field.target === dataset && field.by === key.name,
      );
      return [`${dataset.name}.${key.name}`, ...back.map(({ name }) => `${portrait.name}.${name}`)].some(
        (coordinate) => verdictOf(coordinate).kind === 'allow',
      );
    },
    scope,
    get signature() {
      const kinds = [...registry.coordinates.keys()].map((coordinate) => verdictOf(coordinate).kind);
      const { divisions, includesProtected } = scope;
      return JSON.stringify([
        kinds.join(''),
        mayMatch('resident-id-number'),
        mayMatch('unified-social-credit-code'),
        divisions && [...divisions].sort(),
        includesProtected,
      ]);
    },
  };
}
