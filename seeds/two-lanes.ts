/** Two kinds of work side by side, the second fed by the first. */

export interface TwoLanes {
  /** Aborted when either lane has failed, or from outside. */
  readonly signal: AbortSignal;
  /**
   * Runs both until the first is through and the second has nothing left to do; if one fails the other stops at its next look at `signal`.
   * @param first calls `announce` when there is something for the second
   * @param second does one piece of work, told whether the first is through; false where there is none
   * @throws what the lane threw that failed first
   */
  run(first: (announce: () => void) => Promise<void>, second: (alone: boolean) => Promise<boolean>): Promise<void>;
}

export function createTwoLanes(outside: AbortSignal | undefined): TwoLanes {
  const failed = new AbortController();
  const signal = outside ? AbortSignal.any([outside, failed.signal]) : failed.signal;
  const stopOther = (cause: unknown): never => {
    failed.abort(cause);
    throw cause;
  };
  return {
    signal,
    async run(first, second) {
      let wake: () => void = () => undefined;
      let isThrough = false;
      const feeding = first(() => wake())
        .catch(stopOther)
        .finally(() => {
          isThrough = true;
          wake();
        });
      const following = follow(second, {
        isThrough: () => isThrough,
        announced: () => new Promise<void>((resolve) => (wake = resolve)),
      }).catch(stopOther);
      for (const result of await Promise.allSettled([feeding, following]))
        if (result.status === 'rejected') throw failed.signal.reason;
    },
  };
}

async function follow(
  work: (alone: boolean) => Promise<boolean>,
  feeder: { isThrough(): boolean; announced(): Promise<void> },
): Promise<void> {
  for (;;) {
    const announced = feeder.announced();
    const mayEnd = feeder.isThrough();
    if (await work(mayEnd)) continue;
    if (mayEnd) return;
    await announced;
  }
}
