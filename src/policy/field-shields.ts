/**
 * The shields of library fields: one graphql-shield rule for each coordinate, generated from the classification, deny by default.
 *
 * They are asked at plan time, once a plan and coordinate, and never per row: run as middleware on every field of every row they
 * make a list an order of magnitude slower. A rule answers true or a refusal that carries the verdict; caching is off, for
 * what is remembered is the profile's own verdict and nothing contextual.
 */
import type { CoordinateEntry } from '../model/registry.js';
import { isReadable, type Verdict } from '../model/verdict.js';
import type { AccessProfile } from './access-profile.js';
import { rule } from './graphql-shield.js';

type Rule = ReturnType<ReturnType<typeof rule>>;
type Question = 'field' | 'match';

/** Why a shield says no. */
export class ShieldRefusal extends Error {
  constructor(readonly verdict: Verdict) {
    super(verdict.reason);
  }
}

export interface FieldShields {
  /** The verdict on a coordinate; one without a shield is denied as unclassified. */
  ask(question: Question, coordinate: string, profile: AccessProfile): Promise<Verdict>;
}

const unclassified: Verdict = { kind: 'deny', reason: 'unclassified', level: null, grants: [] };

export function createFieldShields(coordinates: ReadonlyMap<string, CoordinateEntry>): FieldShields {
  const shields: Record<Question, Map<string, Rule>> = { field: new Map(), match: new Map() };
  for (const [coordinate, entry] of coordinates) {
    shields.field.set(coordinate, shieldOf('field', coordinate));
    if (entry.matchable) shields.match.set(coordinate, shieldOf('match', coordinate));
  }
  return {
    async ask(question, coordinate, profile) {
      const shield = shields[question].get(coordinate);
      if (!shield) return unclassified;
      const answer = await shield.resolve(
        {},
        {},
        { profile } as never,
        {} as never,
        { allowExternalErrors: true, debug: true } as never,
      );
      // INVARIANT: only true opens; a refusal, an error or anything else stays shut.
      if (answer === true) return verdictOf(question, coordinate, profile);
      return answer instanceof ShieldRefusal ? answer.verdict : unclassified;
    },
  };
}

function shieldOf(question: Question, coordinate: string): Rule {
  return rule(`${question} ${coordinate}`, { cache: 'no_cache' })(
    (_parent: unknown, _args: unknown, context: { profile: AccessProfile }) => {
      const verdict = verdictOf(question, coordinate, context.profile);
      return isReadable(verdict) ? true : new ShieldRefusal(verdict);
    },
  );
}

function verdictOf(question: Question, coordinate: string, profile: AccessProfile): Verdict {
  return question === 'field' ? profile.verdictOf(coordinate) : profile.matchOf(coordinate);
}
