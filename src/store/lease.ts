import { randomUUID } from 'node:crypto';
import { UsageError } from '../usage/failure';
import { type EpochMs, SECOND } from '../usage/time';
import type { Archive } from './archive';

/** A process that dies leaves its lease behind for this long at most. */
const DURATION_MS = 15 * SECOND;
const RENEWED_EVERY_MS = 5 * SECOND;

/** How often a process that waits for a lease looks whether it is free. */
const LOOKS_EVERY_MS = SECOND;

export interface AccountLeaseOptions {
  readonly archive: Archive;
  readonly accountId: string;
  readonly now: () => EpochMs;
}

/**
 * The right to ask a vendor about an account, which one process has at a time. Work that meets within a process shares
 * the lease.
 */
export class AccountLease {
  readonly owner = randomUUID();
  readonly #options: AccountLeaseOptions;
  readonly #waiting = new Set<() => void>();
  #holders = 0;
  #held = false;
  #renewing: NodeJS.Timeout | undefined;

  constructor(options: AccountLeaseOptions) {
    this.#options = options;
  }

  /** Waits for the lease; to be followed by {@link giveBack}. Throws UsageError `cancelled` when it is cut short, and then there is nothing to give back. */
  async take(signal: AbortSignal): Promise<void> {
    this.#holders += 1;
    while (!this.#held) {
      if (signal.aborted) {
        await this.giveBack();
        throw new UsageError({ kind: 'cancelled' });
      }
      if (!(await this.#acquire())) {
        await this.#pause(signal);
      }
    }
    this.#renewing ??= setInterval(() => void this.#acquire(), RENEWED_EVERY_MS).unref();
  }

  /** Gives the lease back once everybody who took it has. */
  async giveBack(): Promise<void> {
    this.#holders -= 1;
    if (this.#holders > 0) {
      return;
    }
    clearInterval(this.#renewing);
    this.#renewing = undefined;
    if (this.#held) {
      this.#held = false;
      await this.#options.archive.release(this.#options.accountId, this.owner);
    }
  }

  /** Another process may have given the lease back: whoever waits looks at once. */
  look(): void {
    for (const wake of this.#waiting) {
      wake();
    }
  }

  async #acquire(): Promise<boolean> {
    const { archive, accountId, now } = this.#options;
    this.#held = (await archive.acquire(accountId, this.owner, now(), DURATION_MS)).granted;
    return this.#held;
  }

  #pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, LOOKS_EVERY_MS);
      signal.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
    });
  }
}
