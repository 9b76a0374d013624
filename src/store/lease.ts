import { randomUUID } from 'node:crypto';
import { UsageError } from '../usage/failure';
import { type EpochMs, SECOND } from '../usage/time';
import type { DatabaseCache } from './databaseCache';

/** Maximum time that a dead process' lease stays. */
const DURATION_MS = 15 * SECOND;
const RENEWED_EVERY_MS = 5 * SECOND;

/** How often a waiting process looks whether the lease is free. */
const LOOKS_EVERY_MS = SECOND;

export interface AccountLeaseOptions {
  readonly databaseCache: DatabaseCache;
  readonly accountId: string;
  readonly now: () => EpochMs;
}

/**
 * The right to ask a vendor about an account, which one process has at a time. Parallel work within a process shares the lease.
 */
export class AccountLease {
  readonly owner = randomUUID();
  readonly #options: AccountLeaseOptions;
  readonly #waiting = new Set<() => void>();
  #holders = 0;
  #held = false;
  #ended = false;
  #renewing: NodeJS.Timeout | undefined;
  /** Requests to the database go one after the other, so that replies come in order. */
  #asking: Promise<void> = Promise.resolve();

  constructor(options: AccountLeaseOptions) {
    this.#options = options;
  }

  /**
   * Waits for the lease; call {@link giveBack} afterwards. Throws UsageError `cancelled` when it is aborted, and after
   * {@link end}; then there is nothing to give back.
   */
  async take(signal: AbortSignal): Promise<void> {
    this.#holders += 1;
    while (!this.#held) {
      if (signal.aborted || this.#ended) {
        await this.giveBack();
        throw new UsageError({ kind: 'cancelled' });
      }
      if (!(await this.#isGranted())) {
        await this.#pause(signal);
      }
    }
    this.#renewing ??= setInterval(() => void this.#inTurn(() => this.#acquire()), RENEWED_EVERY_MS).unref();
  }

  /** Gives the lease back once everybody who took it has. */
  async giveBack(): Promise<void> {
    this.#holders -= 1;
    if (!this.#isWanted) {
      clearInterval(this.#renewing);
      this.#renewing = undefined;
      await this.#inTurn(() => this.#release());
    }
  }

  /** Gives the lease back at once, whatever is under way, and takes it no more; for when the window closes. */
  async end(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#renewing);
    this.checkForChanges();
    await this.#inTurn(() => this.#release());
  }

  /** Another process may have given the lease back: waiting work looks at once. */
  checkForChanges(): void {
    for (const wake of this.#waiting) {
      wake();
    }
  }

  get #isWanted(): boolean {
    return this.#holders > 0 && !this.#ended;
  }

  async #isGranted(): Promise<boolean> {
    await this.#inTurn(() => (this.#held ? undefined : this.#acquire()));
    return this.#held;
  }

  #inTurn(ask: () => Promise<void> | undefined): Promise<void> {
    this.#asking = this.#asking.then(ask);
    return this.#asking;
  }

  async #acquire(): Promise<void> {
    const { databaseCache, accountId, now } = this.#options;
    if (this.#isWanted) {
      this.#held = (await databaseCache.acquire(accountId, this.owner, now(), DURATION_MS)).granted;
    }
  }

  /** Unless somebody wants it again by now. */
  async #release(): Promise<void> {
    if (this.#held && !this.#isWanted) {
      this.#held = false;
      await this.#options.databaseCache.release(this.#options.accountId, this.owner);
    }
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
