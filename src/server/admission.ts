/**
 * How many requests are answered at once, and how many may wait for it: what is more than this node can do in good time is shed at once,
 * so that what is let in stays fast.
 *
 * Width: as many at once as the pool gets done in a quarter of a second, by what it got done lately; never fewer than there are connections
 * to it, never more than `atOnce`. Line: first come, first served, for no longer than `longestWait`; whoever would wait longer, by the same
 * measure, is told so on arrival. It must not know who asks or what for.
 */
import { CitygraphError } from '../errors.js';
import type { CancellationSource } from '../execution/cancellation.js';
import type { AdmissionSettings } from '../settings/operations.js';

export interface Admission {
  /** Why one more would be shed, so that nothing is made of it; null: it would not. */
  overload(): CitygraphError | null;
  /** Resolves when it is its turn; `leave` must follow. @throws OVERLOADED; the reason of the cancellation */
  enter(cancellation: CancellationSource): Promise<void>;
  leave(): void;
  /** For what is no work of the pool's, or takes as long as its reader: it counts as under way and waits in no line. @throws OVERLOADED @returns its leaving */
  enterBeside(): () => void;
  readonly working: number;
  readonly waiting: number;
  /** As many as are answered at once, for now. */
  readonly width: number;
}

export interface AdmissionOptions extends AdmissionSettings {
  /** Connections to the pool. */
  readonly least: number;
  readonly now?: () => number;
}

interface Waiter {
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: CitygraphError) => void;
}

/** Milliseconds that those who are answered at once should take. */
const serviceTarget = 250;
/** Over which it is counted how many are done. */
const windowMs = 200;

export function createAdmission(options: AdmissionOptions): Admission {
  return new Line(options);
}

class Line implements Admission {
  working = 0;
  private beside = 0;
  private readonly line = new Set<Waiter>();
  private readonly now: () => number;
  /** Milliseconds from one answer to the next while there was always more to do; null: there was not. */
  private interval: number | null = null;
  private window = { since: 0, done: 0, busy: false };
  private lastLeave = 0;
  /** Since when somebody has been waiting. */
  private lineSince = 0;
  private timer: NodeJS.Timeout | null = null;
  /** The same for everybody: under overload it is said thousands of times a second. */
  private readonly tooLong: CitygraphError;

  constructor(private readonly options: AdmissionOptions) {
    this.now = options.now ?? (() => performance.now());
    this.tooLong = tooLong(options.longestWait);
  }

  get waiting(): number {
    return this.line.size;
  }

  get width(): number {
    const { inFlight, least } = this.options;
    const atOnce = Math.min(this.options.atOnce, inFlight);
    if (this.interval === null) return atOnce;
    return Math.min(atOnce, Math.max(least, Math.round(serviceTarget / this.interval)));
  }

  /** Who finds a place at once is never refused. */
  overload(): CitygraphError | null {
    const { inFlight, longestWait } = this.options;
    if (this.line.size === 0 && this.working < this.width && this.working + this.beside < inFlight) return null;
    const came = this.working + this.line.size + this.beside + 1;
    if (came > inFlight) return tooMany(inFlight, came);
    const expected = this.expectedWait();
    return expected > longestWait ? this.tooLong : null;
  }

  async enter(cancellation: CancellationSource): Promise<void> {
    if (this.line.size === 0 && this.working < this.width) {
      this.begin();
      return;
    }
    const overload = this.overload();
    if (overload) throw overload;
    if (this.line.size === 0) this.lineSince = this.now();
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { since: this.now(), resolve, reject };
      this.line.add(waiter);
      cancellation.watch(() => {
        this.line.delete(waiter);
        reject(cancellation.reason!);
      });
      this.arm();
    }).finally(() => cancellation.watch(null));
  }

  leave(): void {
    this.count();
    this.working -= 1;
    this.callNext();
  }

  enterBeside(): () => void {
    const { inFlight } = this.options;
    const came = this.working + this.line.size + this.beside + 1;
    if (came > inFlight) throw tooMany(inFlight, came);
    this.beside += 1;
    return () => void (this.beside -= 1);
  }

  private begin(): void {
    // What stood still was not busy: the time before does not count.
    if (this.working === 0) this.window = { since: this.now(), done: 0, busy: true };
    this.working += 1;
  }

  /** A burst is let in: that it is more than a burst shows by a line that stays. */
  private expectedWait(): number {
    const now = this.now();
    const { longestWait } = this.options;
    if (longestWait === 0) return 1;
    if (this.line.size === 0 || now - this.lineSince <= longestWait) return 0;
    const stuckFor = now - Math.max(this.lastLeave, this.lineSince);
    return Math.max(this.line.size * (this.interval ?? 0), stuckFor);
  }

  private callNext(): void {
    const oldest = this.now() - this.options.longestWait;
    for (const waiter of this.line) {
      if (this.working >= this.width) break;
      this.line.delete(waiter);
      if (waiter.since < oldest) waiter.reject(this.tooLong);
      else {
        this.begin();
        waiter.resolve();
      }
    }
  }

  /** One timer, for who has waited longest. */
  private arm(): void {
    if (this.timer) return;
    const first = this.line.values().next().value;
    if (!first) return;
    const { longestWait } = this.options;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        const oldest = this.now() - longestWait;
        for (const waiter of this.line) {
          if (waiter.since > oldest) break;
          this.line.delete(waiter);
          waiter.reject(this.tooLong);
        }
        this.arm();
      },
      Math.max(1, first.since + longestWait - this.now()),
    );
  }

  private count(): void {
    const now = this.now();
    const { window } = this;
    this.lastLeave = now;
    window.done += 1;
    if (this.working < this.options.least) window.busy = false;
    if (now - window.since < windowMs) return;
    const interval = (now - window.since) / window.done;
    if (!window.busy) this.interval = null;
    else this.interval = this.interval === null ? interval : (this.interval + interval) / 2;
    this.window = { since: now, done: 0, busy: true };
  }
}

function tooMany(maximum: number, came: number): CitygraphError {
  return new CitygraphError('OVERLOADED', `expected at most ${maximum} requests under way, got ${came}; try again`, {
    ...{ limit: 'inFlight', maximum, came },
  });
}

function tooLong(maximum: number): CitygraphError {
  return new CitygraphError('OVERLOADED', `expected to be able to answer within ${maximum} ms of waiting; try again`, {
    ...{ limit: 'wait', maximum },
  });
}
