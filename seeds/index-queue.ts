/** The indexes that tables were written without, given out one by one to whoever makes them: the dearest first, so that the last are short. */

export interface IndexStep {
  readonly table: string;
  /** Null where the table has no index but those it was written with. */
  readonly statement: string | null;
}

export class IndexQueue {
  readonly #waiting: { step: IndexStep; cost: number }[] = [];
  readonly #unfinished = new Map<string, number>();
  #done = 0;
  #total = 0;

  add(table: string, rows: number, statements: readonly string[]): void {
    const steps = statements.length > 0 ? statements : [null];
    for (const statement of steps) this.#waiting.push({ step: { table, statement }, cost: rows * weightOf(statement) });
    this.#waiting.sort((a, b) => a.cost - b.cost);
    this.#unfinished.set(table, steps.length);
    this.#total += statements.length;
  }

  /** Undefined where nothing waits; something may still be added. */
  take(): IndexStep | undefined {
    return this.#waiting.pop()?.step;
  }

  /** Whether this was the table's last. */
  complete({ table, statement }: IndexStep): boolean {
    if (statement !== null) this.#done += 1;
    const left = this.#unfinished.get(table)! - 1;
    this.#unfinished.set(table, left);
    return left === 0;
  }

  /** Indexes made, and how many there are to make for the tables that were added so far. */
  get progress(): { readonly done: number; readonly total: number } {
    return { done: this.#done, total: this.#total };
  }
}

/** About what a row costs: pairs of characters are several entries, of which each is sorted. */
function weightOf(statement: string | null): number {
  if (statement === null) return 0;
  return statement.includes(' USING gin ') ? 8 : statement.split(', ').length;
}
