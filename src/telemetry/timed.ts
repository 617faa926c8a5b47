/** A stage of a request: however it ends, it is counted and has its span. */
import type { Figures } from './figures.js';
import type { RequestTrace, TracedStage } from './tracing.js';

/**
 * @param work what is done at once is not made a promise of: to wait for one takes longer than most of what is planned already
 * @param onDone told how many milliseconds it took
 */
export function timed<T>(
  { stages }: Figures,
  trace: RequestTrace | null,
  stage: TracedStage,
  work: () => T | Promise<T>,
  onDone?: (milliseconds: number) => void,
): T | Promise<T> {
  const endSpan = trace?.begin(stage);
  const startedAt = performance.now();
  const end = (): void => {
    const milliseconds = stages[stage === 'statement' ? 'run' : stage].noteSince(startedAt);
    onDone?.(milliseconds);
    endSpan?.();
  };
  let result: T | Promise<T>;
  try {
    result = work();
  } catch (error) {
    end();
    throw error;
  }
  if (result instanceof Promise) return settle(result, end);
  end();
  return result;
}

async function settle<T>(result: Promise<T>, end: () => void): Promise<T> {
  try {
    return await result;
  } finally {
    end();
  }
}
