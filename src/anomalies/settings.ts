/** What the detectors go by. `docs/anomalies.md` has each with its default and why. */
export interface AnomalySettings {
  /** Milliseconds between two looks at the log; 0: this node looks for none. */
  readonly interval: number;
  /** Milliseconds between two applications of the rules to what was counted. */
  readonly rulesInterval: number;
  /** Days of its own past that a principal is held against, and how many of them it must have been active for them to count. */
  readonly baselineDays: number;
  readonly leastDays: number;
  readonly volumeFloor: number;
  readonly volumeFactor: number;
  readonly volumeNewcomer: number;
  readonly breadthFloor: number;
  readonly breadthFactor: number;
  readonly deniedFloor: number;
  readonly deniedFactor: number;
  /** Working hours of Monday to Friday, local time: from, included, until, not included. */
  readonly hoursFrom: number;
  readonly hoursUntil: number;
  readonly outOfHoursFloor: number;
  /** Per cent of its past requests out of hours from which on they are usual for it. */
  readonly outOfHoursShare: number;
  readonly unusedDays: number;
  readonly endingDays: number;
}

/** Where alerts are told. */
export interface AlertWebhooks {
  readonly urls: readonly string[];
  /** Of the HMAC; null where there are no addresses. */
  readonly secret: string | null;
  /** Milliseconds until the first repetition; each further one waits twice as long. */
  readonly retryAfter: number;
}
