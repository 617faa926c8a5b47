/** Asks two cities the same, in the name of everyone who may know the same of them, and tells each difference and each name that is too much. */
import type { Registry } from '../../src/model/registry.js';
import { createRandom } from '../reference/random.js';
import type { Operation } from '../reference/reference-executor.js';
import type { Caller } from '../reference/sample-city.js';
import { coordinatesIn } from '../reference/schema-coordinates.js';
import { shrinkOperation } from '../reference/shrink-operation.js';
import {
  explanations,
  mutations,
  operationExplanations,
  otherReadings,
  usageReadings,
} from './management-operations.js';
import { findForbiddenNames } from './named-columns.js';
import { keepSouvenirs, type Kept, newSouvenirs } from './read-answer.js';
import type { CallerGroup, CityPair, PairAnswer, TwinCity } from './twin-city.js';

export interface Tally {
  asked: number;
  answered: number;
  statements: number;
  /** By schema coordinate: how many operations that were answered had it. */
  readonly coverage: Map<string, number>;
  readonly faults: string[];
}

export function newTally(): Tally {
  return { asked: 0, answered: 0, statements: 0, coverage: new Map(), faults: [] };
}

/** The first few tell enough. */
const mostFaults = 5;
const pagesOfWalk = 6;

export class Questioner {
  private readonly members: readonly Caller[];
  private readonly kept = new Map<string | null, Kept>();
  private readonly answered: [string, string][] = [];

  constructor(
    private readonly city: TwinCity,
    private readonly registry: Registry,
    private readonly pair: CityPair,
    private readonly group: CallerGroup,
    private readonly tally: Tally,
    /** Whether a difference is told by the smallest part of the operation that shows it. */
    private readonly shrinks = true,
    /** Of the group's callers so many ask what each asks for itself. */
    mostMembers = Infinity,
  ) {
    this.members = group.callers.slice(0, mostMembers);
  }

  get isDone(): boolean {
    return this.tally.faults.length >= mostFaults;
  }

  async ask(operation: Operation, caller: Caller, second: Operation = operation): Promise<PairAnswer> {
    const answer = await this.pair.ask(operation, caller, second);
    const { tally, registry, group, city } = this;
    tally.asked += 1;
    if (answer.first !== answer.second) {
      const isSame = operation === second && this.shrinks;
      const smallest = isSame
        ? await shrinkOperation(city.schema, operation, async (smaller) => {
            const { first, second: other } = await this.pair.ask(smaller, caller);
            return first !== other;
          })
        : operation;
      tally.faults.push(describe(smallest, caller, isSame ? await this.pair.ask(smallest, caller) : answer));
    }
    for (const statement of answer.statements) {
      tally.statements += 1;
      const names = findForbiddenNames(registry, group.knowledge, statement);
      if (names.length > 0)
        tally.faults.push(`${nameOf(caller)}: a statement names ${names.join(', ')}\n${operation.query}\n${statement}`);
    }
    const { data } = JSON.parse(answer.bodies[0]) as { data?: unknown };
    if (data === undefined) return answer;
    tally.answered += 1;
    for (const coordinate of coordinatesIn(city.schema, operation))
      tally.coverage.set(coordinate, (tally.coverage.get(coordinate) ?? 0) + 1);
    keepSouvenirs(city.schema, operation, data, this.souvenirsOf(caller));
    if (answer.statements.length > 0) this.answered.push([...answer.recordIds] as [string, string]);
    return answer;
  }

  /** In the name of the group's members by turns. */
  async askAll(operations: readonly Operation[]): Promise<void> {
    const { callers } = this.group;
    for (const [n, operation] of operations.entries())
      if (!this.isDone) await this.ask(operation, callers[n % callers.length]!);
  }

  /** Each list from page to page: the cursor that one city gave leads on in both. */
  async walk(walks: readonly Operation[]): Promise<void> {
    const caller = this.group.callers[0]!;
    for (const walk of walks) {
      let after: string | null = null;
      for (let pages = 0; pages < pagesOfWalk && !this.isDone; pages += 1) {
        const { bodies } = await this.ask({ ...walk, variables: { after } }, caller);
        const list = (JSON.parse(bodies[0]) as Page).data?.list;
        if (!list?.pageInfo.hasNextPage) break;
        after = list.pageInfo.endCursor;
      }
    }
  }

  /** @param from what the seed of each is made of; operations come back with other values, and with what the caller was given before */
  async askByLot(count: number, from: number): Promise<void> {
    const random = createRandom(from);
    for (let n = 0; n < count && !this.isDone; n += 1) {
      const caller = random.pick(this.group.callers);
      const structure = n > 20 && random.chance(0.3) ? random.below(n) : n;
      await this.ask(
        this.city.generator.generate(from * 100_000 + structure, from * 100_000 + n, this.souvenirsOf(caller)),
        caller,
      );
    }
  }

  async askRefetches(): Promise<void> {
    for (const caller of this.members) {
      const { ids } = this.souvenirsOf(caller);
      for (const operation of this.city.generator.everyRefetch((type) => ids.get(type)?.[0] ?? 'none'))
        if (!this.isDone) await this.ask(operation, caller);
    }
  }

  /** The usage log of what was just asked, and what else is not of the libraries. */
  async askManagement(coordinates: readonly string[]): Promise<void> {
    const { schema } = this.city;
    const some = this.city.generator.everyLookup().slice(0, coordinates.length);
    await this.askAll([
      ...explanations(schema, coordinates),
      ...operationExplanations(schema, some),
      ...otherReadings(schema),
      ...mutations(schema),
    ]);
    for (const caller of this.members) {
      const last = this.answered.slice(-40);
      let cursors: [string | null, string | null] = [null, null];
      for (const query of usageReadings(schema, caller.name)) {
        if (this.isDone) return;
        const withIds = (side: 0 | 1): Operation => ({
          query,
          variables: { ids: last.map((ids) => ids[side]), after: cursors[side] },
          operationName: null,
        });
        const { bodies } = await this.ask(withIds(0), caller, withIds(1));
        const [own, its] = bodies.map((body) => (JSON.parse(body) as UsagePage).data?.usageRecords?.random_endCursor);
        if (own && its) cursors = [own, its];
      }
    }
  }

  private souvenirsOf({ token }: Caller): Kept {
    const kept = this.kept.get(token) ?? newSouvenirs();
    this.kept.set(token, kept);
    return kept;
  }
}

interface Page {
  readonly data?: { readonly list: { readonly pageInfo: { hasNextPage: boolean; endCursor: string } } | null };
}
interface UsagePage {
  readonly data?: { readonly usageRecords: { readonly random_endCursor: string | null } | null };
}

function nameOf({ name, grants }: Caller): string {
  return `${name}${grants ? `, X-Grant: ${grants.join() || '(empty)'}` : ''}`;
}

function describe({ query, variables }: Operation, caller: Caller, { first, second }: PairAnswer): string {
  let at = 0;
  while (at < first.length && first[at] === second[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 120), at + 200);
  return [
    `${nameOf(caller)} can tell two cities apart that differ in nothing it may know; the smallest part that shows it:`,
    query,
    `variables ${JSON.stringify(variables)}`,
    `  one    … ${around(first)}`,
    `  other  … ${around(second)}`,
  ].join('\n');
}
