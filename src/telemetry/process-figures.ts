/** What the process takes: processor, memory, and how late its event loop runs. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metric, Sample } from './metrics.js';

export interface ProcessFigures {
  readonly metrics: readonly Metric[];
  /** Looks at the clock no more. */
  stop(): void;
}

const nanoseconds = 1e-9;
const microseconds = 1e-6;

/** Lag is told of the last one or two of these, however many look and how often. */
const windowMs = 30_000;
const percents = [50, 90, 99, 100] as const;

export function watchProcess(): ProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const read = (): number[] => percents.map((percent) => (delay.count === 0 ? 0 : delay.percentile(percent)));
  let before = percents.map(() => 0);
  const timer = setInterval(() => {
    before = read();
    delay.reset();
  }, windowMs).unref();
  const lag = (): Sample[] =>
    read().map((value, at) => ({
      labels: { quantile: String(percents[at]! / 100) },
      value: Math.max(value, before[at]!) * nanoseconds,
    }));
  return {
    metrics: [
      ...processMetrics(),
      gauge(
        'nodejs_eventloop_lag_seconds',
        'How late the event loop runs, of the last half minute or the one before',
        lag,
      ),
    ],
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}

function gauge(name: string, help: string, read: Metric['read']): Metric {
  return { name, help, type: 'gauge', read };
}

function processMetrics(): Metric[] {
  let memory = process.memoryUsage();
  const cpu = (part: 'user' | 'system'): Metric => ({
    name: `process_cpu_${part}_seconds_total`,
    help: `Processor time of the process, ${part}`,
    type: 'counter',
    read: () => process.cpuUsage()[part] * microseconds,
  });
  return [
    cpu('user'),
    cpu('system'),
    gauge('process_resident_memory_bytes', 'Memory of the process', () => (memory = process.memoryUsage()).rss),
    gauge('nodejs_heap_size_used_bytes', 'Heap in use', () => memory.heapUsed),
    gauge('nodejs_external_memory_bytes', 'Memory of buffers, outside the heap', () => memory.external),
    gauge('process_start_time_seconds', 'When the process was started, in seconds since 1970', () =>
      Math.round(performance.timeOrigin / 1000),
    ),
  ];
}
