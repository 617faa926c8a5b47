/** A stage of a request: however it ends, it is counted and has its span. */
import type { Durations } from './durations.js';
import type { Figures } from './figures.js';
import type { RequestTrace, TracedStage } from './tracing.js';

export interface Timing {
  /** To be called once. @returns how many milliseconds it took */
  end(): number;
}

/**
 * An object to be ended in `finally`, where the work could be a function to be called: V8 keeps no machine code for a function that is made
 * anew with each request, and compiles it again after each collection.
 */
export function startTiming({ stages }: Figures, trace: RequestTrace | null, stage: TracedStage): Timing {
  return new StageTiming(stages[stage === 'statement' ? 'run' : stage], trace?.begin(stage));
}

class StageTiming implements Timing {
  private readonly startedAt = performance.now();

  constructor(
    private readonly durations: Durations,
    private readonly endSpan: (() => void) | undefined,
  ) {}

  end(): number {
    const milliseconds = this.durations.noteSince(this.startedAt);
    this.endSpan?.();
    return milliseconds;
  }
}
