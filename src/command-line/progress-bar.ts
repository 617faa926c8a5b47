/** A bar with rate and time left, on a terminal; a line now and then where nobody looks. */
import { Presets, SingleBar } from 'cli-progress';

export interface ProgressBar {
  readonly update: (done: number, of: number) => void;
  stop(): void;
}

/** @param things what is counted */
export function showProgressBar(things: string): ProgressBar {
  const bar = new SingleBar(
    {
      format: `{bar} {percentage}% | {value}/{total} ${things} | {rate}/s | {eta_formatted} left`,
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 10_000,
      etaBuffer: 50,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const since = performance.now();
  let started = false;
  let shownAt = 0;
  return {
    update(done, of) {
      const now = performance.now();
      if (!started) bar.start(of, 0, { rate: 0 });
      else if (now - shownAt < 200 && done < of) return;
      [started, shownAt] = [true, now];
      bar.setTotal(of);
      bar.update(done, { rate: Math.round(done / Math.max(0.001, (now - since) / 1000)) });
    },
    stop: () => bar.stop(),
  };
}
