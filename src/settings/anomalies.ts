/** What the detectors go by, and where alerts go. */
import { CitygraphError } from '../errors.js';
import { type Environment, readInteger, readList, readSecureUrl } from './read-setting.js';

/** What the detectors go by; `docs/anomalies.md` has each with its reason. Times in milliseconds. */
export interface AnomalyConfig {
  readonly interval: number;
  readonly rulesInterval: number;
  readonly baselineDays: number;
  readonly leastDays: number;
  readonly volumeFloor: number;
  readonly volumeFactor: number;
  readonly volumeNewcomer: number;
  readonly breadthFloor: number;
  readonly breadthFactor: number;
  readonly deniedFloor: number;
  readonly deniedFactor: number;
  readonly hoursFrom: number;
  readonly hoursUntil: number;
  readonly outOfHoursFloor: number;
  readonly outOfHoursShare: number;
  readonly unusedDays: number;
  readonly endingDays: number;
}

export interface AlertWebhookConfig {
  readonly urls: readonly string[];
  readonly secret: string | null;
  /** Milliseconds until the first repetition. */
  readonly retryAfter: number;
}

export function readAnomalies(env: Environment): AnomalyConfig {
  const hoursFrom = readInteger(env, 'ANOMALY_HOURS_FROM', 7, 0, 23);
  return Object.freeze({
    interval: readInteger(env, 'ANOMALY_INTERVAL_MS', 1_000, 0, 3_600_000),
    rulesInterval: readInteger(env, 'ANOMALY_RULES_SECONDS', 60, 0, 86_400) * 1000,
    baselineDays: readInteger(env, 'ANOMALY_BASELINE_DAYS', 28, 1, 366),
    leastDays: readInteger(env, 'ANOMALY_LEAST_DAYS', 5, 1, 366),
    volumeFloor: readInteger(env, 'ANOMALY_VOLUME_FLOOR', 200, 0, 1_000_000_000),
    volumeFactor: readInteger(env, 'ANOMALY_VOLUME_FACTOR', 3, 1, 1000),
    volumeNewcomer: readInteger(env, 'ANOMALY_VOLUME_NEWCOMER', 2_000, 0, 1_000_000_000),
    breadthFloor: readInteger(env, 'ANOMALY_BREADTH_FLOOR', 40, 0, 1_000_000),
    breadthFactor: readInteger(env, 'ANOMALY_BREADTH_FACTOR', 2, 1, 1000),
    deniedFloor: readInteger(env, 'ANOMALY_DENIED_FLOOR', 50, 0, 1_000_000_000),
    deniedFactor: readInteger(env, 'ANOMALY_DENIED_FACTOR', 3, 1, 1000),
    hoursFrom,
    hoursUntil: readInteger(env, 'ANOMALY_HOURS_UNTIL', 20, hoursFrom + 1, 24),
    outOfHoursFloor: readInteger(env, 'ANOMALY_OUT_OF_HOURS_FLOOR', 20, 0, 1_000_000_000),
    outOfHoursShare: readInteger(env, 'ANOMALY_OUT_OF_HOURS_SHARE', 20, 1, 101),
    unusedDays: readInteger(env, 'ANOMALY_UNUSED_DAYS', 90, 1, 3650),
    endingDays: readInteger(env, 'ANOMALY_ENDING_DAYS', 30, 1, 3650),
  });
}

/** An address may hold a secret: it is not repeated. */
export function readAlertWebhooks(env: Environment): AlertWebhookConfig {
  const urls = (readList(env, 'ALERT_WEBHOOK_URLS') ?? []).map((url) => readSecureUrl('ALERT_WEBHOOK_URLS', url));
  const secret = env['ALERT_WEBHOOK_SECRET'] || null;
  if (urls.length > 0 && (secret === null || secret.length < 16))
    throw new CitygraphError(
      'CONFIG_INVALID',
      'ALERT_WEBHOOK_SECRET: expected at least 16 characters beside ALERT_WEBHOOK_URLS, got fewer or none; make one with `openssl rand -hex 32`',
    );
  return Object.freeze({
    urls: Object.freeze(urls),
    secret,
    retryAfter: readInteger(env, 'ALERT_WEBHOOK_RETRY_MS', 5_000, 10, 3_600_000),
  });
}
