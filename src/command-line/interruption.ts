/** What a long command does when it is told to stop: says so, and is asked to stop where that leaves nothing half done. */

export interface Interruption {
  readonly signal: AbortSignal;
  abort(): void;
  /** Signals have their usual effect again. */
  stop(): void;
}

/**
 * @param message told at the first signal; the second is not held back
 * @param reason what the signal is aborted with
 */
export function watchForInterruption(message: string, reason?: Error): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    console.error(message);
    stop();
    controller.abort(reason);
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stop = (): void => signals.forEach((name) => process.off(name, interrupt));
  for (const name of signals) process.on(name, interrupt);
  return { signal: controller.signal, abort: () => controller.abort(reason), stop };
}
