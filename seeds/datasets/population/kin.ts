/** Persons of one family, remembered while its block is walked: relatives stand near each other, and seeds ask for each of them often. */
import type { Cast } from '../../cast/cast.js';
import { blockSize } from '../../cast/family-templates.js';
import type { Person } from '../../cast/person.js';

interface Block {
  readonly number: number;
  readonly persons: Map<number, Person>;
}

const blocks = new WeakMap<Cast, Block>();

/** The same as `cast.person`, cheaper for who was asked for just before. */
export function recallPerson(cast: Cast, index: number): Person {
  const number = Math.floor(index / blockSize);
  let block = blocks.get(cast);
  if (block?.number !== number) blocks.set(cast, (block = { number, persons: new Map() }));
  let person = block.persons.get(index);
  if (person === undefined) block.persons.set(index, (person = cast.person(index)));
  return person;
}
