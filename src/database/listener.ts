/**
 * One direct connection that hears what the database announces (LISTEN). It comes back by itself; what was announced meanwhile is lost,
 * so `onReconnect` must look for itself. Not through a pooler that gives a session to many.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { connectionSettings } from './connection-settings.js';

export interface Listener {
  close(): Promise<void>;
}

export interface ListenOptions {
  /** The connection was lost, or could not be made again yet. */
  readonly onLost?: (error: Error) => void;
}

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;

/**
 * Resolves once it listens: what is announced afterwards is heard.
 * @throws what pg throws, when the first connection cannot be made
 */
export async function listen(
  url: string,
  channel: string,
  onNotice: (payload: string) => void,
  onReconnect: () => void,
  options: ListenOptions = {},
): Promise<Listener> {
  const listener = new DatabaseListener(url, channel, onNotice, onReconnect, options.onLost ?? (() => undefined));
  await listener.connect();
  return listener;
}

class DatabaseListener implements Listener {
  private client: Client | undefined;
  private readonly closing = new AbortController();
  private reconnecting: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onNotice: (payload: string) => void,
    private readonly onReconnect: () => void,
    private readonly onLost: (error: Error) => void,
  ) {}

  async connect(): Promise<void> {
    const client = new Client(connectionSettings(this.url, { purpose: 'listener' }));
    let lastError: Error = new Error('the connection was closed');
    client.on('error', (error) => (lastError = error));
    client.on('notification', ({ payload }) => this.onNotice(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(this.channel)}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    if (this.closing.signal.aborted) return client.end();
    client.once('end', () => this.recover(lastError));
    this.client = client;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.reconnecting;
    await this.client?.end();
  }

  private recover(error: Error): void {
    this.client = undefined;
    if (this.closing.signal.aborted) return;
    this.onLost(error);
    this.reconnecting = this.reconnect();
  }

  private async reconnect(): Promise<void> {
    for (let pause = FIRST_RETRY_MS; !this.closing.signal.aborted; pause = Math.min(pause * 2, LAST_RETRY_MS)) {
      if (!(await this.pauses(pause))) return;
      try {
        await this.connect();
      } catch (error) {
        this.onLost(error as Error);
        continue;
      }
      if (!this.closing.signal.aborted) this.onReconnect();
      return;
    }
  }

  /** False when it was closed meanwhile. */
  private async pauses(milliseconds: number): Promise<boolean> {
    try {
      await delay(milliseconds, undefined, { signal: this.closing.signal });
    } catch (error) {
      if (this.closing.signal.aborted) return false;
      throw error;
    }
    return true;
  }
}
