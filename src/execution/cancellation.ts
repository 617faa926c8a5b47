/** Whether a request is still wanted. Its caller may hang up, and the service may end; then what runs for it in the database is stopped. */
import type { CitygraphError } from '../errors.js';

export interface Cancellation {
  /** Why it is not wanted any more; null while it is. */
  readonly reason: CitygraphError | null;
  /** @param act called once when it comes; null: nobody waits for it any more. One at a time. */
  watch(act: (() => void) | null): void;
}

export class CancellationSource implements Cancellation {
  reason: CitygraphError | null = null;
  private act: (() => void) | null = null;

  watch(act: (() => void) | null): void {
    this.act = act;
  }

  /** The first reason stays. */
  cancel(reason: CitygraphError): void {
    if (this.reason) return;
    this.reason = reason;
    const { act } = this;
    this.act = null;
    act?.();
  }
}
