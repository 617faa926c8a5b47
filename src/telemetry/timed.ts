/** A stage of a request: however it ends, it is counted and has its span. */
import type { Figures } from './figures.js';
import type { RequestTrace, TracedStage } from './tracing.js';

/** @param onDone told how many milliseconds it took */
export async function timed<T>(
  { stages }: Figures,
  trace: RequestTrace | null,
  stage: TracedStage,
  work: () => Promise<T>,
  onDone?: (milliseconds: number) => void,
): Promise<T> {
  const end = trace?.begin(stage);
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    const milliseconds = stages[stage === 'statement' ? 'run' : stage].noteSince(startedAt);
    onDone?.(milliseconds);
    end?.();
  }
}
