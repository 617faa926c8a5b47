/** A choice by weight: give it a number from 0 to 1 and it answers one of the values, as often as its weight says. */
export type WeightedChoice<T> = (unit: number) => T;

export function chooseByWeight<T>(weighted: readonly (readonly [value: T, weight: number])[]): WeightedChoice<T> {
  const ends: number[] = [];
  let total = 0;
  for (const [, weight] of weighted) ends.push((total += weight));
  return (unit) => {
    const at = unit * total;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return weighted[low]![0];
  };
}
