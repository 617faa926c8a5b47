/** Cursors and ids that each caller has been given in earlier answers, to page on and to come back with. */
import type { Registry } from '../../src/model/registry.js';
import type { Souvenirs } from './generate-operations.js';
import { openCursor } from './list-request.js';
import type { Caller } from './sample-city.js';

type Cursor = { readonly cursor: string; readonly order: readonly string[] };
interface Kept extends Souvenirs {
  readonly cursors: Map<string, Cursor[]>;
  readonly ids: Map<string, string[]>;
}

const keptOfEach = 20;

export class SouvenirBook {
  private readonly byToken = new Map<string | null, Kept>();

  constructor(private readonly registry: Registry) {}

  of({ token }: Caller): Kept {
    let kept = this.byToken.get(token);
    if (!kept) this.byToken.set(token, (kept = { cursors: new Map(), ids: new Map() }));
    return kept;
  }

  /** @returns how many values that are not null the answer holds */
  keep(caller: Caller, service: unknown, reference: unknown): number {
    const kept = this.of(caller);
    let values = 0;
    const walk = (own: unknown, other: unknown): void => {
      if (typeof own === 'object' && own !== null) {
        this.keepId(kept, own as Record<string, unknown>);
        for (const [key, member] of Object.entries(own)) walk(member, (other as Record<string, unknown>)[key]);
        return;
      }
      if (own !== null) values += 1;
      const content = typeof other === 'string' ? openCursor(other) : null;
      if (content)
        keep(kept.cursors, content.list, { cursor: own as string, order: content.order }, (it) => it.cursor === own);
    };
    walk(service, reference);
    return values;
  }

  /** An object that says its type and its id. */
  private keepId({ ids }: Kept, object: Record<string, unknown>): void {
    const { __typename: type, id } = object;
    if (typeof type === 'string' && typeof id === 'string' && this.registry.portraits.has(type))
      keep(ids, type, id, (it) => it === id);
  }
}

function keep<T>(book: Map<string, T[]>, name: string, it: T, isSame: (other: T) => boolean): void {
  const known = book.get(name) ?? [];
  book.set(name, known);
  if (!known.some(isSame)) known.push(it);
  if (known.length > keptOfEach) known.shift();
}
