/**
 * A service's figures in the text form of Prometheus: what `/metrics` answers. docs/operations.md explains each.
 *
 * The hot path touches plain numbers alone (`figures.ts`); everything is read here, when it is asked for. It decides names and help, and must
 * not know where a figure comes from: it is given functions.
 */
import { Registry } from 'prom-client';
import type { Durations } from './durations.js';

export type Labels = Readonly<Record<string, string>>;
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** What to say of one figure: a number, or one for each of some labels. Where nothing is known it is left out. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly read: () => readonly Sample[] | number | null;
}

export interface HistogramMetric {
  readonly name: string;
  readonly help: string;
  readonly type: 'histogram';
  readonly read: () => readonly { readonly labels?: Labels; readonly durations: Durations }[];
}

export interface Metrics {
  readonly contentType: string;
  /** @throws what a source throws that asks the database */
  render(): Promise<string>;
}

/** @param prepare asks for what has to be asked for, once a scrape, before the figures are read */
export function createMetrics(
  list: readonly (Metric | HistogramMetric)[],
  prepare: () => Promise<void> = () => Promise.resolve(),
): Metrics {
  // Of its own: several services may run in one process, and prom-client's global one would mix them.
  const registry = new Registry();
  for (const metric of list) registry.registerMetric(asRegistered(metric) as never);
  return {
    contentType: registry.contentType,
    async render() {
      await prepare();
      return registry.metrics();
    },
  };
}

/** What prom-client's registry asks of a metric. */
interface Registered {
  readonly name: string;
  get(): Promise<{
    name: string;
    help: string;
    type: string;
    aggregator: string;
    values: { metricName?: string; labels: Labels; value: number }[];
  }>;
}

function asRegistered(metric: Metric | HistogramMetric): Registered {
  const { name, help, type } = metric;
  const values = (): { metricName?: string; labels: Labels; value: number }[] => {
    if (metric.type === 'histogram') return metric.read().flatMap((it) => histogramValues(name, it));
    const given = metric.read();
    if (given === null) return [];
    const samples = typeof given === 'number' ? [{ value: given }] : given;
    return samples.map(({ labels = {}, value }: Sample) => ({ labels, value }));
  };
  return { name, get: () => Promise.resolve({ name, help, type, aggregator: 'sum', values: values() }) };
}

function histogramValues(
  name: string,
  { labels = {}, durations }: { readonly labels?: Labels; readonly durations: Durations },
): { metricName: string; labels: Labels; value: number }[] {
  const cumulative = durations.cumulative();
  const all = cumulative.at(-1)!;
  return [
    ...[...durations.bounds.map(String), '+Inf'].map((le, at) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le },
      value: cumulative[at]!,
    })),
    { metricName: `${name}_sum`, labels, value: durations.sum },
    { metricName: `${name}_count`, labels, value: all },
  ];
}
