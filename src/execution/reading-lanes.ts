/**
 * The connections of a pool on which statements that read are sent one behind the other without waiting for answers (pipelining): small
 * ones then share wake-ups of PostgreSQL and system calls, which cost more than the statements.
 *
 * A statement goes to the lane with the least work before it, by what each took on average; so slow ones have few behind them, and a lane
 * whose head takes longer than it should is left to itself. Connections are the pool's, and given back a moment after they have become idle.
 * INVARIANT: statements here change nothing and stand for themselves; no transaction spans two of them.
 */
import type { Pool, PoolClient } from 'pg';

export interface ReadingLanes {
  /**
   * @param expected milliseconds that the work is thought to take
   * @param work sends its statement before it first awaits, for others share the connection
   */
  use<Result>(expected: number, work: (turn: LaneTurn) => Promise<Result>): Promise<Result>;
}

export interface LaneTurn {
  readonly client: PoolClient;
  /** Whether all that was sent before it has been answered. */
  isHead(): boolean;
  /** Nothing more is sent on this connection, which is closed when what was sent has ended. */
  abandon(reason: Error): void;
  isAbandoned(): boolean;
}

/** Whatever keeps a session from being opened. */
class NoConnection extends Error {
  constructor(cause: unknown) {
    super('no connection could be opened', { cause });
  }
}

interface Lane {
  readonly client: PoolClient;
  underWay: number;
  /** Of those under way, in the order in which they were sent. */
  readonly turns: Turn[];
  /** The sum of what those under way are thought to take. */
  expected: number;
  /** When the one at the head came to the head; of an idle one, since when it is. */
  headSince: number;
  /** Takes no more: it is broken, or others wait for its connection. */
  closed: boolean;
  fault: Error | undefined;
  /** Told when the connection is lost. */
  onLost?: (error: Error) => void;
}

/** Milliseconds for which an idle connection waits for the next statement: to get one of the pool costs more than a small statement. */
const idleMs = 10;
/** More wait here, in the order that they came, and not on the wire. */
const deepest = 16;

export function openLanes(pool: Pool, isConnectionFault: (error: unknown) => boolean): ReadingLanes {
  return new PooledLanes(pool, isConnectionFault);
}

class PooledLanes implements ReadingLanes {
  private readonly lanes = new Set<Lane>();
  private opening = 0;
  private readonly waiters: (() => void)[] = [];
  private idleTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly isConnectionFault: (error: unknown) => boolean,
  ) {}

  async use<Result>(expected: number, work: (turn: LaneTurn) => Promise<Result>): Promise<Result> {
    const lane = this.takeLane(expected) ?? (await this.waitForLane(expected));
    const turn = new Turn(lane);
    lane.turns.push(turn);
    try {
      return await work(turn);
    } catch (error) {
      if (this.isConnectionFault(error)) turn.abandon(error as Error);
      throw error;
    } finally {
      if (lane.turns[0] === turn) lane.turns.shift();
      else lane.turns.splice(lane.turns.indexOf(turn), 1);
      this.leaveLane(lane, expected);
    }
  }

  private takeLane(expected: number): Lane | null {
    if (this.waiters.length > 0) return null;
    if (this.lanes.size + this.opening >= this.pool.options.max) return this.takeLeastBusy(expected);
    for (const lane of this.lanes) {
      if (lane.closed || lane.underWay > 0) continue;
      enter(lane, expected);
      return lane;
    }
    return null;
  }

  private takeLeastBusy(expected: number): Lane | null {
    const now = performance.now();
    let [best, least]: [Lane | null, number] = [null, Infinity];
    for (const lane of this.lanes) {
      if (lane.closed || lane.underWay >= deepest) continue;
      const work = lane.underWay === 0 ? 0 : Math.max(lane.expected, now - lane.headSince);
      if (work < least) [best, least] = [lane, work];
    }
    if (!best) return null;
    enter(best, expected);
    // Others ask the pool for a connection: this lane is let run empty for them.
    if (this.pool.waitingCount > this.opening) best.closed = true;
    return best;
  }

  /** Again where somebody else was faster: to ask the pool for more than it has would be to wait for it to stand still. */
  private async waitForLane(expected: number): Promise<Lane> {
    let lane: Lane | null = null;
    let inTurn = this.waiters.length === 0;
    while (!lane) {
      if (inTurn && this.lanes.size + this.opening < this.pool.options.max) return this.open(expected);
      await this.waitInLine();
      inTurn = true;
      lane = this.takeLeastBusy(expected);
    }
    return lane;
  }

  private async open(expected: number): Promise<Lane> {
    this.opening += 1;
    try {
      const client = await this.pool.connect();
      const lane: Lane = { client, underWay: 0, turns: [], expected: 0, headSince: 0, closed: false, fault: undefined };
      this.lanes.add(lane);
      client.once('error', (lane.onLost = (error) => this.lose(lane, error)));
      enter(lane, expected);
      return lane;
    } catch (cause) {
      // INVARIANT: whoever ends in whichever way lets the next one go on; else all would wait for nobody.
      this.waiters.shift()?.();
      throw new NoConnection(cause);
    } finally {
      this.opening -= 1;
    }
  }

  /** As long as the pool lets somebody wait. */
  private async waitInLine(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const limit = this.pool.options.connectionTimeoutMillis;
      const timer = setTimeout(() => {
        this.waiters.splice(this.waiters.indexOf(goOn), 1);
        reject(new NoConnection(new Error(`none came free within ${limit} ms`)));
      }, limit);
      const goOn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.waiters.push(goOn);
    });
  }

  private leaveLane(lane: Lane, expected: number): void {
    lane.underWay -= 1;
    lane.expected -= expected;
    lane.headSince = performance.now();
    if (lane.underWay === 0) {
      if (lane.closed || this.isWantedByOthers()) this.giveBack(lane);
      else this.idleTimer ??= setTimeout(() => this.giveBackIdle(), idleMs);
    }
    this.waiters.shift()?.();
  }

  private isWantedByOthers(): boolean {
    return this.waiters.length === 0 && this.pool.waitingCount > this.opening;
  }

  private giveBack(lane: Lane): void {
    this.lanes.delete(lane);
    lane.client.removeListener('error', lane.onLost!);
    lane.client.release(lane.fault);
  }

  /** Who comes next takes another. */
  private lose(lane: Lane, error: Error): void {
    lane.closed = true;
    lane.fault ??= error;
    if (lane.underWay === 0) this.giveBack(lane);
  }

  private giveBackIdle(): void {
    this.idleTimer = null;
    const longest = performance.now() - idleMs;
    for (const lane of this.lanes) {
      if (lane.underWay > 0) continue;
      if (lane.headSince <= longest || this.isWantedByOthers()) this.giveBack(lane);
      else this.idleTimer ??= setTimeout(() => this.giveBackIdle(), idleMs);
    }
  }
}

class Turn implements LaneTurn {
  constructor(private readonly lane: Lane) {}

  get client(): PoolClient {
    return this.lane.client;
  }

  isHead(): boolean {
    return this.lane.turns[0] === this;
  }

  abandon(reason: Error): void {
    this.lane.closed = true;
    this.lane.fault ??= reason;
  }

  isAbandoned(): boolean {
    return this.lane.fault !== undefined;
  }
}

function enter(lane: Lane, expected: number): void {
  if (lane.underWay === 0) lane.headSince = performance.now();
  lane.underWay += 1;
  lane.expected += expected;
}
