/** The dimensions of a cube as one tree: the first is broken down first, each level below the one before it. A leaf is one combination. */
import type { Dimension } from './cube.js';

export interface Step {
  readonly id: string;
  readonly children: Step[];
}

export interface Breakdown {
  readonly root: Step;
  /** The leaf of a combination's codes, a path a dimension. */
  leafOf(paths: readonly (readonly string[])[]): Step;
  readonly leaves: ReadonlyMap<Step, readonly (readonly string[])[]>;
  /** From the root to the leaf, both included. */
  readonly lines: ReadonlyMap<Step, readonly Step[]>;
}

export type Combination = readonly (readonly string[])[];

/** @param seen what the sources hold; members of the dimensions that they do not hold are added, where dimensions are given */
export function createBreakdown(dimensions: readonly Dimension[] | null, seen: readonly Combination[]): Breakdown {
  const root: Step = { id: '', children: [] };
  const steps = new Map<string, Step>([['', root]]);
  const leaves = new Map<Step, Combination>();
  const lines = new Map<Step, readonly Step[]>();
  const add = (paths: Combination): Step => {
    const line = [root];
    for (const code of paths.flat()) {
      const above = line.at(-1)!;
      const id = `${above.id}/${code}`;
      let step = steps.get(id);
      if (!step) {
        steps.set(id, (step = { id, children: [] }));
        above.children.push(step);
      }
      line.push(step);
    }
    const leaf = line.at(-1)!;
    leaves.set(leaf, paths);
    lines.set(leaf, line);
    return leaf;
  };
  for (const paths of seen) add(paths);
  if (dimensions) for (const paths of possible(dimensions, seen)) add(paths);
  return { root, leaves, lines, leafOf: (paths) => steps.get(`/${paths.flat().join('/')}`)! };
}

/** Every combination of members; of a dimension whose members are not known, those that were seen. */
function possible(dimensions: readonly Dimension[], seen: readonly Combination[]): Combination[] {
  return dimensions.reduce<Combination[]>(
    (found, { members, pathOf }, index) => {
      const paths = members?.map(pathOf) ?? distinct(seen.map((paths) => paths[index]!));
      return found.flatMap((before) => paths.map((path) => [...before, path]));
    },
    [[]],
  );
}

function distinct(paths: readonly (readonly string[])[]): readonly string[][] {
  return [...new Map(paths.map((path) => [path.join('/'), [...path]])).values()];
}
