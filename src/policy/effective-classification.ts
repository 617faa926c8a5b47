/**
 * The classification that holds: the declaration, overlaid by the re-gradings of a policy version.
 *
 * Pure. A re-grading may make a coordinate stricter or laxer than declared, but never laxer than a declaration that it did not know: where
 * the declaration has changed since, the stricter of the two holds. What is derived follows its sources when these are raised, and no
 * re-grading takes it below them.
 */
import { type Classification, compareStrictness, dimensions } from '../model/classification.js';
import type { CoordinateEntry } from '../model/registry.js';

export interface RegradingInForce {
  readonly coordinate: string;
  readonly classification: Classification;
  /** What the declaration said when it was made. */
  readonly declared: Classification;
}

export type Coordinates = ReadonlyMap<string, CoordinateEntry>;

export function applyRegradings(
  declared: Coordinates,
  regradings: ReadonlyMap<string, RegradingInForce>,
): ReadonlyMap<string, CoordinateEntry> {
  if (regradings.size === 0) return declared;
  // A source is never derived itself (`model/registry.ts`).
  const own = (coordinate: string): Classification => overlaid(declared.get(coordinate)!, regradings);
  return new Map(
    [...declared].map(([name, entry]) => {
      const classification = raiseToSources(declared, entry, overlaid(entry, regradings), own);
      return [name, classification === entry.classification ? entry : Object.freeze({ ...entry, classification })];
    }),
  );
}

/** Coordinates that a coordinate is computed from, by way of its type. */
export function sourcesOf(coordinates: Coordinates, { coordinate }: CoordinateEntry): readonly string[] {
  return coordinates.get(coordinate.split('.')[0]!)?.derivedFrom ?? [];
}

function overlaid(entry: CoordinateEntry, regradings: ReadonlyMap<string, RegradingInForce>): Classification {
  const regrading = regradings.get(entry.coordinate);
  return regrading ? overlay(entry.classification, regrading) : entry.classification;
}

/** INVARIANT: laxer than the declaration only where it is the declaration that was looked at. */
function overlay(declaration: Classification, { classification, declared }: RegradingInForce): Classification {
  return mapDimensions((dimension) => {
    const stricter = compareStrictness(dimension, classification, declaration) >= 0;
    return stricter || declared[dimension] === declaration[dimension] ? classification : declaration;
  });
}

function raiseToSources(
  declared: Coordinates,
  entry: CoordinateEntry,
  current: Classification,
  effectiveOf: (coordinate: string) => Classification,
): Classification {
  let raised = current;
  for (const source of sourcesOf(declared, entry)) {
    const [its, declaredSource] = [effectiveOf(source), declared.get(source)!.classification];
    raised = mapDimensions((dimension) => {
      const lowered = compareStrictness(dimension, current, entry.classification) < 0;
      const sourceRaised = compareStrictness(dimension, its, declaredSource) > 0;
      if (!lowered && !sourceRaised) return raised;
      return compareStrictness(dimension, its, raised) > 0 ? its : raised;
    });
  }
  return sameClassification(raised, current) ? current : raised;
}

export function sameClassification(a: Classification, b: Classification): boolean {
  return dimensions.every((dimension) => a[dimension] === b[dimension]);
}

/** @param choose where to take each dimension from */
function mapDimensions(choose: (dimension: keyof Classification) => Classification): Classification {
  return {
    level: choose('level').level,
    sharing: choose('sharing').sharing,
    open: choose('open').open,
    category: choose('category').category,
  };
}
