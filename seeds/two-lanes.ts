/** Work in two lanes: the first makes work for both, and joins the second in doing it when it has made all of it. */

export interface TwoLanes {
  /** Aborted when either lane has failed, or from outside. */
  readonly signal: AbortSignal;
  /**
   * Runs until all work is made and none is left; if one lane fails the other stops at its next look at `signal`.
   * @param make calls `announce` when there is something to do
   * @param work does one piece in the lane that is told; false where there is none
   * @throws what the lane threw that failed first
   */
  run(make: (announce: () => void) => Promise<void>, work: (lane: Lane) => Promise<boolean>): Promise<void>;
}

export type Lane = 'first' | 'second';

export function createTwoLanes(outside: AbortSignal | undefined): TwoLanes {
  const failed = new AbortController();
  const signal = outside ? AbortSignal.any([outside, failed.signal]) : failed.signal;
  const stopOther = (cause: unknown): never => {
    failed.abort(cause);
    throw cause;
  };
  return {
    signal,
    async run(make, work) {
      let wake: () => void = () => undefined;
      let isMade = false;
      const making = async (): Promise<void> => {
        await make(() => wake());
        isMade = true;
        wake();
        while (await work('first'));
      };
      const working = async (): Promise<void> => {
        for (;;) {
          const announced = new Promise<void>((resolve) => (wake = resolve));
          const mayEnd = isMade;
          if (await work('second')) continue;
          if (mayEnd) return;
          await announced;
        }
      };
      const first = making().catch((cause: unknown) => {
        // The second may be waiting for work that is not going to come.
        isMade = true;
        wake();
        return stopOther(cause);
      });
      for (const result of await Promise.allSettled([first, working().catch(stopOther)]))
        if (result.status === 'rejected') throw failed.signal.reason;
    },
  };
}
