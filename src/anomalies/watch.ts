/** The detectors and the deliveries of a node, each at its own pace for as long as the service runs. What fails is reported, and tried again. */
import type { Pool } from 'pg';
import { runDetectors } from './run-detectors.js';
import type { AlertWebhooks, AnomalySettings } from './settings.js';
import { deliverAlerts } from './webhooks.js';

export interface WatchOptions {
  /** Of the watcher's role. */
  readonly pool: Pool;
  readonly settings: AnomalySettings;
  readonly webhooks: AlertWebhooks;
  readonly onFailure: (error: unknown, what: 'detectors' | 'webhooks') => void;
}

export interface Watch {
  /** Waits for the step under way. */
  stop(): Promise<void>;
}

export function startWatch({ pool, settings, webhooks, onFailure }: WatchOptions): Watch {
  let stopped = false;
  const stopping = (): boolean => stopped;
  const loops: { readonly stop: () => void; readonly ended: () => Promise<void> }[] = [];
  const every = (interval: number, what: 'detectors' | 'webhooks', work: () => Promise<unknown>): void => {
    let running: Promise<void> = Promise.resolve();
    let idle = true;
    const timer = setInterval(() => {
      if (!idle || stopped) return;
      idle = false;
      running = work()
        .then(() => undefined)
        .catch((error: unknown) => onFailure(error, what))
        .finally(() => (idle = true));
    }, interval).unref();
    loops.push({ stop: () => clearInterval(timer), ended: () => running });
  };
  if (settings.interval > 0) every(settings.interval, 'detectors', () => runDetectors({ pool, settings, stopping }));
  if (webhooks.urls.length > 0)
    every(Math.max(settings.interval, 200), 'webhooks', () => deliverAlerts({ pool, webhooks, stopping }));
  return {
    async stop() {
      stopped = true;
      for (const { stop } of loops) stop();
      await Promise.all(loops.map(({ ended }) => ended()));
    },
  };
}
